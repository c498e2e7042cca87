/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of the PC/SC driver have in common: a driver of our own, runs that send a number
 * of commands, and counters of what a program gets to see. */
#include "config.h"

#include "mdg-pcsc-test.h"

extern const MdgPluginDesc _mdg_plugin_desc_pcsc;

gboolean
on_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A driver that is not started. */
MdgReaderDriver *
make_pcsc_driver (void)
{
  return g_object_new (_mdg_plugin_desc_pcsc.get_type (), NULL);
}

/* Starts it and waits until it has looked for readers. */
void
start_driver (MdgReaderDriver *driver)
{
  g_autoptr (GError) error = NULL;

  mdg_reader_driver_start (driver, &error);
  g_assert_no_error (error);
  wait_until (mdg_reader_driver_get_ready (driver));
}

/* Stops it, gives it up, and checks that nothing of it is left. */
void
end_driver (MdgReaderDriver *driver)
{
  gpointer weak = driver;

  mdg_reader_driver_stop (driver);
  g_assert_cmpuint (g_list_model_get_n_items (mdg_reader_driver_get_readers (driver)), ==, 0);
  g_object_add_weak_pointer (G_OBJECT (driver), &weak);
  g_object_unref (driver);
  wait_until (weak == NULL);
}

MdgReader *
find_reader (MdgReaderDriver *driver, const char *id)
{
  GListModel *readers = mdg_reader_driver_get_readers (driver);

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      if (g_str_equal (mdg_reader_get_id (reader), id))
        return reader; /* the list keeps it */
    }
  return NULL;
}

gboolean
has_reader_with_card (MdgReaderDriver *driver, const char *id)
{
  MdgReader *reader = find_reader (driver, id);

  return reader != NULL && mdg_reader_get_present (reader);
}

gboolean
has_problem (MdgReaderDriver *driver, int code)
{
  return g_error_matches (mdg_reader_driver_get_problem (driver), MDG_READER_ERROR, code);
}

static void
on_present_cb (MdgReader *reader, GParamSpec *pspec, gpointer user_data)
{
  CardCounts *counts = user_data;

  if (mdg_reader_get_present (reader))
    counts->insertions++;
  else
    counts->removals++;
}

/* Counts from now on. */
void
count_cards (MdgReader *reader, CardCounts *counts)
{
  *counts = (CardCounts){ 0, 0 };
  g_signal_connect (reader, "notify::present", G_CALLBACK (on_present_cb), counts);
}

static gpointer
send_commands (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = g_bytes_new_static ("\x00\xA4\x04\x00\x00", 5);
  g_autoptr (GBytes) answer = NULL;

  for (guint i = 0; i < GPOINTER_TO_UINT (user_data); i++)
    {
      g_clear_pointer (&answer, g_bytes_unref);
      answer = mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
      if (answer == NULL)
        return NULL;
    }
  return answer != NULL ? g_steal_pointer (&answer) : g_bytes_new (NULL, 0);
}

static void
on_run_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->answer = mdg_reader_run_finish (MDG_READER (source), result, &run->error);
  run->took = g_get_monotonic_time () - run->begin;
  run->done = TRUE;
}

/* Begins a run that sends @apdus commands. */
void
begin_run (MdgReader *reader, guint apdus, GCancellable *cancellable, Run *run)
{
  *run = (Run){ .begin = g_get_monotonic_time () };
  mdg_reader_run_async (reader, 0, send_commands, GUINT_TO_POINTER (apdus), NULL,
                        (GDestroyNotify) g_bytes_unref, cancellable, on_run_done_cb, run);
}

void
finish_run (Run *run)
{
  wait_until (run->done);
  g_assert_true ((run->answer != NULL) != (run->error != NULL));
}

void
clear_run (Run *run)
{
  g_clear_pointer (&run->answer, g_bytes_unref);
  g_clear_error (&run->error);
}

/* Runs, and checks that it ends with that MdgReaderError, or well when @code is -1. */
void
assert_run (MdgReader *reader, guint apdus, int code)
{
  Run run;

  begin_run (reader, apdus, NULL, &run);
  finish_run (&run);
  if (code < 0)
    g_assert_no_error (run.error);
  else
    g_assert_error (run.error, MDG_READER_ERROR, code);
  clear_run (&run);
}
