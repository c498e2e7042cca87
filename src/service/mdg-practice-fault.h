/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the practice service does wrong on request. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 latency_ms;
  gint64 status;       /* answered instead of doing the work; 0: none */
  gint64 retry_after;  /* seconds, told with it */
  gint64 cut_after;    /* bytes of the body; -1: none */
  gint64 cut_at;       /* bytes of the whole answer, headers included; -1: none */
  gint64 slow_body_ms; /* pause after each byte of the body; 0: none */
  gboolean abrupt;     /* a cut is the socket's, without TLS's own farewell */
  gboolean garbage;
  gboolean wrong_patient;
  gboolean refuse_visual;
  gboolean maintenance;
  gboolean expiry_grace; /* a certificate counts until 3 months after the month of its end */
  gint64 clock_skew;     /* seconds */
  gint64 token_seconds;
  gint64 terminal_limit;
  char *revoke_card; /* (nullable): the CN of a card that counts as revoked */
  char *only;        /* (nullable): the only call whose answers are faulty */
  gint64 times;      /* answers that will still be faulty; -1: all */
} MdgPracticeFault;

void mdg_practice_fault_init (MdgPracticeFault *self);
void mdg_practice_fault_clear (MdgPracticeFault *self);
gboolean
mdg_practice_fault_set (MdgPracticeFault *self, const char *name_and_value, GError **error);
gboolean mdg_practice_fault_take (MdgPracticeFault *self, const char *call);
const char *const *mdg_practice_fault_list (void);

G_END_DECLS
