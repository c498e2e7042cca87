/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The fixture of the tests of runs. */
#include "config.h"

#include "reader-fixture.h"

void
reader_fixture_set_up (ReaderFixture *f, gconstpointer data)
{
  f->bench = mdg_fake_bench_new ();
  f->fake = mdg_fake_bench_add_reader (f->bench, "fake-0");
  f->reader = MDG_READER (f->fake);
  f->main = g_thread_self ();
}

void
reader_fixture_tear_down (ReaderFixture *f, gconstpointer data)
{
  gpointer gone = f->fake;

  g_object_add_weak_pointer (G_OBJECT (f->fake), &gone);
  g_clear_object (&f->fake);
  mdg_fake_bench_free (f->bench);
  mdg_test_wait_for (gone == NULL);
}

void
reader_fixture_on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RunOutcome *outcome = data;
  gpointer value = mdg_reader_run_finish (MDG_READER (source), result, &outcome->error);

  outcome->done = TRUE;
  outcome->ok = value != NULL;
  if (value != NULL)
    g_bytes_unref (value);
}

gpointer
reader_fixture_send_one (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");

  return mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
}

void
reader_fixture_start (ReaderFixture *f,
                      guint serial,
                      GCancellable *cancellable,
                      RunOutcome *outcome)
{
  mdg_reader_run_async (f->reader, serial, reader_fixture_send_one, NULL, NULL,
                        (GDestroyNotify) g_bytes_unref, cancellable, reader_fixture_on_done_cb,
                        outcome);
}

void
reader_fixture_assert_log (ReaderFixture *f, const char *wanted)
{
  g_autofree char *log = mdg_fake_reader_get_log (f->fake);

  g_assert_cmpstr (log, ==, wanted);
}
