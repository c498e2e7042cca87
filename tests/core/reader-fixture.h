/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One fake reader on a bench, and what a test wants to know of a run with it. */
#pragma once

#include "mdg-fake-reader.h"

G_BEGIN_DECLS

typedef struct
{
  MdgFakeBench *bench;
  MdgFakeReader *fake;
  MdgReader *reader;
  GThread *main;
} ReaderFixture;

typedef struct
{
  gboolean done;
  gboolean ok;
  GError *error;
} RunOutcome;

void reader_fixture_set_up (ReaderFixture *f, gconstpointer data);
void reader_fixture_tear_down (ReaderFixture *f, gconstpointer data);
/* For runs whose result is a GBytes; the data are a RunOutcome. */
void reader_fixture_on_done_cb (GObject *source, GAsyncResult *result, gpointer data);
/* An MdgCardFunc that sends 00A4040000. */
gpointer
reader_fixture_send_one (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error);
void reader_fixture_start (ReaderFixture *f,
                           guint serial,
                           GCancellable *cancellable,
                           RunOutcome *outcome);
/* What the fake reader was called with so far. */
void reader_fixture_assert_log (ReaderFixture *f, const char *wanted);

/* Waits for the end of a run, which must be this error. */
#define reader_fixture_assert_failed(outcome, domain, code)                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    mdg_test_wait_for ((outcome)->done);                                                           \
    g_assert_error ((outcome)->error, domain, code);                                               \
    g_assert_false ((outcome)->ok);                                                                \
    g_clear_error (&(outcome)->error);                                                             \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
