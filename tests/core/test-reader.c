/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs on a reader: queue, deadline, cancellation, removal, changed card, power-off, hand-over. */
#include "config.h"

#include "mdg-fake-reader.h"

typedef struct
{
  MdgFakeBench *bench;
  MdgFakeReader *fake;
  MdgReader *reader;
  GThread *main;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean ok;
  GError *error;
} Outcome;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->bench = mdg_fake_bench_new ();
  f->fake = mdg_fake_bench_add_reader (f->bench, "fake-0");
  f->reader = MDG_READER (f->fake);
  f->main = g_thread_self ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer gone = f->fake;

  g_object_add_weak_pointer (G_OBJECT (f->fake), &gone);
  g_clear_object (&f->fake);
  mdg_fake_bench_free (f->bench);
  mdg_test_wait_for (gone == NULL);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  gpointer value = mdg_reader_run_finish (MDG_READER (source), result, &outcome->error);

  outcome->done = TRUE;
  outcome->ok = value != NULL;
  if (value != NULL)
    g_bytes_unref (value);
}

static gpointer
send_one (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");

  return mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
}

static void
start (Fixture *f, guint serial, GCancellable *cancellable, Outcome *outcome)
{
  mdg_reader_run_async (f->reader, serial, send_one, NULL, NULL, (GDestroyNotify) g_bytes_unref,
                        cancellable, on_done_cb, outcome);
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };
  g_autofree char *log = NULL;

  mdg_fake_bench_insert (f->fake, "3B 80 80 01 01");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  start (f, 0, NULL, &outcome);
  g_assert_true (mdg_reader_get_busy (f->reader));
  mdg_test_wait_for (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.ok);
  g_assert_false (mdg_reader_get_busy (f->reader));
  g_assert_true (mdg_fake_reader_is_done (f->fake));
  log = mdg_fake_reader_get_log (f->fake);
  g_assert_cmpstr (log, ==, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reader/plain", Fixture, NULL, set_up, test_plain, tear_down);
  return g_test_run ();
}
