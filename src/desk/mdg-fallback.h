/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a counter does when eligibility cannot be confirmed online: the steps in their order, from a
 * data file that has a date. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;    /* "mynaportal", "notice", "certificate", "statement" */
  char *title; /* in the language of messages, Japanese where there is no other */
  char *text;
  char *source; /* what it rests on */
} MdgFallbackStep;

typedef struct _MdgFallback MdgFallback;
/* @bytes: (nullable): NULL for the built-in file; strict: a wrong one is an error that names the
 * group and key */
MdgFallback *mdg_fallback_new (GBytes *bytes, GError **error);
void mdg_fallback_free (MdgFallback *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgFallback, mdg_fallback_free)
const char *mdg_fallback_get_date (MdgFallback *self); /* yyyy-mm-dd: as of */
guint mdg_fallback_get_n_steps (MdgFallback *self);
const MdgFallbackStep *mdg_fallback_get_step (MdgFallback *self, guint index);

G_END_DECLS
