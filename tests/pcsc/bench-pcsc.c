/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What our way to the card costs: the same commands to the same card, through the driver and
 * straight through PC/SC, beside the time that the card itself takes. Run by with-pcscd. */
#include "config.h"

#include "mdg-pcsc-api.h"
#include "mdg-pcsc-test.h"
#include "mdg-pcscd-test.h"

#define COMMANDS   300
#define LATENCY_MS 8

static const guint8 command[] = { 0x00, 0xA4, 0x04, 0x00, 0x00 };
static gint64 times[COMMANDS];

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

static gint64
print_times (const char *way)
{
  gint64 sum = 0;

  for (guint i = 0; i < COMMANDS; i++)
    sum += times[i];
  qsort (times, COMMANDS, sizeof times[0], compare_times);
  g_print ("%-14s mean %6.3f ms, median %6.3f ms, 99 %% %6.3f ms, worst %6.3f ms\n", way,
           (double) sum / COMMANDS / 1000, (double) times[COMMANDS / 2] / 1000,
           (double) times[COMMANDS * 99 / 100] / 1000, (double) times[COMMANDS - 1] / 1000);
  return times[COMMANDS / 2];
}

static void
measure_pcsc (void)
{
  g_autoptr (MdgPcscApi) api = mdg_pcsc_api_new (NULL, NULL);
  guint8 answer[300];
  MdgPcscContext context;
  MdgPcscHandle handle;
  guint protocol;

  g_assert_cmphex (mdg_pcsc_api_establish (api, &context), ==, MDG_PCSC_OK);
  g_assert_cmphex (
      mdg_pcsc_api_connect (api, context, VPCD_READER, MDG_PCSC_SHARE_SHARED, &handle, &protocol),
      ==, MDG_PCSC_OK);
  for (guint i = 0; i < COMMANDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      gsize length = sizeof answer;

      g_assert_cmphex (
          mdg_pcsc_api_transmit (api, handle, protocol, command, sizeof command, answer, &length),
          ==, MDG_PCSC_OK);
      times[i] = g_get_monotonic_time () - begin;
    }
  mdg_pcsc_api_disconnect (api, handle, MDG_PCSC_LEAVE);
  mdg_pcsc_api_release (api, context);
}

static gpointer
send_measured (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (command, sizeof command);

  for (guint i = 0; i < COMMANDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GBytes) answer = mdg_card_transmit (card, bytes, MDG_TRANSMIT_NONE, error);

      if (answer == NULL)
        return NULL;
      times[i] = g_get_monotonic_time () - begin;
    }
  return user_data;
}

static void
on_measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  *done = mdg_reader_run_finish (MDG_READER (source), result, &error) != NULL;
  g_assert_no_error (error);
}

/* What a run without any command takes: connect, transaction, power-off. */
static void
measure_empty_runs (MdgReader *reader)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < 20; i++)
    assert_run (reader, 0, -1);
  g_print ("connect, transaction and power-off: %.3f ms a run\n",
           (double) (g_get_monotonic_time () - begin) / 20 / 1000);
}

int
main (int argc, char *argv[])
{
  g_autofree char *latency = g_strdup_printf ("%d", LATENCY_MS);
  RealCard card = { NULL };
  MdgReaderDriver *driver;
  gboolean done = FALSE;
  gint64 direct, ours;

  g_test_init (&argc, &argv, NULL);
  driver = make_pcsc_driver ();
  insert_real_card (&card, "--latency-ms", latency);
  start_driver (driver);
  wait_until (has_reader_with_card (driver, VPCD_ID));
  measure_empty_runs (find_reader (driver, VPCD_ID));
  g_print ("%-14s %d ms for each of %d commands\n", "the card", LATENCY_MS, COMMANDS);
  measure_pcsc ();
  direct = print_times ("PC/SC alone");
  mdg_reader_run_async (find_reader (driver, VPCD_ID), 0, send_measured, &done, NULL, NULL, NULL,
                        on_measured_cb, &done);
  wait_until (done);
  ours = print_times ("our driver");
  g_print ("our part: %.3f ms a command (1 ms allowed)\n", (double) (ours - direct) / 1000);
  pull_real_card (&card);
  end_driver (driver);
  remove_real_cards ();
  return ours - direct < 1000 ? 0 : 1;
}
