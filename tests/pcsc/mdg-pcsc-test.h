/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of the PC/SC driver have in common. */
#pragma once

#include "mdg-core.h"
#include "mdg-plugin.h"

G_BEGIN_DECLS

/* Iterates the main context until @condition holds; fails the test after ten seconds. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 _end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;                               \
    guint _tick = g_timeout_add (20, on_tick_cb, NULL);                                            \
    while (!(condition) && g_get_monotonic_time () < _end)                                         \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (_tick);                                                                       \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

gboolean on_tick_cb (gpointer data);

/* What a reader's card did, as the program sees it. */
typedef struct
{
  guint insertions;
  guint removals;
} CardCounts;

typedef struct
{
  gboolean done;
  GBytes *answer;
  GError *error;
  gint64 took; /* microseconds */
  gint64 begin;
} Run;

MdgReaderDriver *make_pcsc_driver (void);
void start_driver (MdgReaderDriver *driver);
void end_driver (MdgReaderDriver *driver);
MdgReader *find_reader (MdgReaderDriver *driver, const char *id);
gboolean has_reader_with_card (MdgReaderDriver *driver, const char *id);
gboolean has_problem (MdgReaderDriver *driver, int code);
void count_cards (MdgReader *reader, CardCounts *counts);
void begin_run (MdgReader *reader, guint apdus, GCancellable *cancellable, Run *run);
void finish_run (Run *run);
void clear_run (Run *run);
void assert_run (MdgReader *reader, guint apdus, int code);

G_END_DECLS
