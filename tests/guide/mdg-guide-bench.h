/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A journey in a folder of its own, with its changes waited for. */
#pragma once

#include "mdg-guide.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder; /* the facility's */
  char *aside;  /* for files */
  MdgGuide *guide;
  GDate today;     /* 22 November 2026 */
  guint n_changed; /* of the signal */
  GAsyncResult *result;
} GuideBench;

void guide_bench_set_up (GuideBench *f, gconstpointer data);
void guide_bench_tear_down (GuideBench *f, gconstpointer data);
/* closes the journey and opens it again */
void guide_bench_reopen (GuideBench *f);
/* for a change: its callback, with the bench as data; then its end */
void guide_bench_ready_cb (GObject *object, GAsyncResult *result, gpointer f);
gboolean guide_bench_end (GuideBench *f, gint64 *id, GError **error);
void guide_bench_end_well (GuideBench *f, gint64 *id);
/* the change was refused, and nothing is another than it was */
void guide_bench_end_refused (GuideBench *f, GQuark domain, int code);
void guide_bench_set_step (GuideBench *f, MdgStepKind step, MdgStepState state, const char *date);
void guide_bench_set_value (GuideBench *f, const char *form, const char *field, const char *text);
gint64 guide_bench_add_receipt (GuideBench *f, const char *name, GBytes *bytes);
char *guide_bench_write (GuideBench *f, const char *name, GBytes *bytes); /* its path */

G_END_DECLS
