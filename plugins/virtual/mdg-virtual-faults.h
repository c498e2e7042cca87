/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_VIRTUAL_FAULT_NONE,
  MDG_VIRTUAL_FAULT_REMOVE,   /* the card is pulled before it has the command */
  MDG_VIRTUAL_FAULT_LOSE,     /* the card is pulled after the command, before its answer */
  MDG_VIRTUAL_FAULT_GARBLE,   /* every byte of the answer is another one */
  MDG_VIRTUAL_FAULT_TRUNCATE, /* one byte is left of the answer */
  MDG_VIRTUAL_FAULT_CUT,      /* the second half of the answer is missing */
  MDG_VIRTUAL_FAULT_HANG      /* no answer ever */
} MdgVirtualFault;

/* The faults that wait for their exchange. Plain data, one thread at a time. */
typedef struct _MdgVirtualFaults MdgVirtualFaults;

MdgVirtualFaults *mdg_virtual_faults_new (void);
void mdg_virtual_faults_free (MdgVirtualFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualFaults, mdg_virtual_faults_free)
gboolean
mdg_virtual_faults_add (MdgVirtualFaults *self, const char *text, guint done, GError **error);
MdgVirtualFault mdg_virtual_faults_take (MdgVirtualFaults *self, guint exchange);
GBytes *mdg_virtual_fault_apply (MdgVirtualFault fault, GBytes *answer);

/* How long things take, in microseconds. */
typedef struct
{
  double command;     /* each exchange */
  double sent_byte;   /* each byte to the card */
  double answer_byte; /* each byte from the card */
  double read_byte;   /* each byte that READ BINARY brings, beside that */
  double verify;      /* VERIFY with data, beside that */
  double sign;        /* a signature, beside that */
} MdgVirtualLatency;

gboolean mdg_virtual_latency_parse (const char *text, MdgVirtualLatency *latency, GError **error);
gint64 mdg_virtual_latency_get (const MdgVirtualLatency *self, GBytes *command, GBytes *answer);

G_END_DECLS
