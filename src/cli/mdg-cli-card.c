/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* card: what card is on the reader, how long its certificate is good for, how many tries its PIN
 * has. No PIN is asked for and nothing of the holder is read or shown. */
#include "config.h"

#include "mdg-certificate.h"
#include "mdg-cli.h"
#include "mdg-jpki.h"
#include "mdg-oqs-summary.h"
#include "mdg-reader-memory.h"

#include <glib/gi18n.h>

typedef struct
{
  gboolean phone; /* the certificate is readable only after the PIN */
  int tries_left; /* -1: not told; 0: blocked */
  MdgCertificate *certificate;
  MdgExchange exchange;
} CardFacts;

static void
card_facts_free (gpointer data)
{
  CardFacts *facts = data;

  g_clear_pointer (&facts->certificate, mdg_certificate_free);
  g_free (facts);
}

/* Reader thread. */
static gpointer
read_card (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  MdgJpki *jpki = mdg_jpki_open (card, MDG_JPKI_FORM_UNKNOWN, error);
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GError) local = NULL;
  CardFacts *facts;

  if (jpki == NULL)
    return NULL;
  facts = g_new0 (CardFacts, 1);
  der = mdg_jpki_read_certificate (jpki, &local);
  if (der == NULL && g_error_matches (local, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED))
    {
      facts->phone = TRUE;
      g_clear_error (&local);
    }
  if (local == NULL)
    {
      facts->tries_left = mdg_jpki_get_tries_left (jpki, &local);
      if (facts->tries_left == MDG_JPKI_TRIES_NO_LIMIT)
        facts->tries_left = -1;
      if (g_error_matches (local, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_BLOCKED))
        {
          facts->tries_left = 0;
          g_clear_error (&local);
        }
    }
  mdg_jpki_close (jpki);
  mdg_card_get_exchange (card, &facts->exchange);
  if (local == NULL && der != NULL)
    facts->certificate = mdg_certificate_new (der, &local);
  if (local == NULL)
    return facts;
  card_facts_free (facts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static const char *
name_kind (MdgCertificateKind kind)
{
  switch (kind)
    {
    case MDG_CERTIFICATE_REAL:
      return "real";
    case MDG_CERTIFICATE_TEST:
      return "test";
    case MDG_CERTIFICATE_PRACTICE:
    default:
      return "practice";
    }
}

static void
print_facts (MdgCli *cli, MdgReader *reader, const CardFacts *facts)
{
  g_autofree char *until = NULL;
  g_autofree char *until_words = NULL;
  g_autofree char *name = NULL;

  if (cli->json)
    {
      json_t *object =
          json_pack ("{s:s, s:s, s:b, s:i, s:b, s:s, s:i}", "reader", mdg_reader_get_name (reader),
                     "card", "my-number", "phone", facts->phone, "tries_left", facts->tries_left,
                     "pin_blocked", facts->tries_left == 0, "extended_apdu",
                     mdg_cli_extended_to_string (mdg_reader_get_extended (reader)), "apdus",
                     (int) facts->exchange.apdus);
      json_t *certificate = json_null ();

      if (facts->certificate != NULL)
        certificate = json_pack (
            "{s:s, s:o, s:o, s:b}", "kind",
            name_kind (mdg_certificate_get_kind (facts->certificate)), "not_before",
            mdg_cli_time_to_json (mdg_certificate_get_not_before (facts->certificate)), "not_after",
            mdg_cli_time_to_json (mdg_certificate_get_not_after (facts->certificate)), "expired",
            g_date_time_to_unix (mdg_certificate_get_not_after (facts->certificate)) <
                g_get_real_time () / G_USEC_PER_SEC);
      json_object_set_new (object, "certificate", certificate);
      mdg_cli_print_json (cli, object);
      return;
    }
  name = mdg_oqs_text_for_display (mdg_reader_get_name (reader));
  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line ("%s: %s", _ ("Reader"), name);
  mdg_cli_print_line ("%s: %s", _ ("Card"),
                      facts->phone ? _ ("My Number Card on a phone") : _ ("My Number Card"));
  if (facts->certificate != NULL)
    {
      g_autoptr (GDateTime) local =
          g_date_time_to_local (mdg_certificate_get_not_after (facts->certificate));

      until = g_date_time_format (local, "%Y%m%d");
      until_words = mdg_oqs_date_describe (until, mdg_desk_language ());
      mdg_cli_print_line ("%s: %s", _ ("Certificate valid until"), until_words);
      if (mdg_certificate_get_kind (facts->certificate) != MDG_CERTIFICATE_REAL)
        mdg_cli_print_line ("%s", _ ("This is a card for practice or tests."));
    }
  if (facts->tries_left == 0)
    mdg_cli_print_line ("%s", _ ("The PIN is locked."));
  else
    mdg_cli_print_line ("%s: %d", _ ("Tries left for the PIN"), facts->tries_left);
}

static gboolean
card_is_there (gpointer reader)
{
  return mdg_reader_get_present (reader);
}

/**
 * mdg_cli_card:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_card (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autofree char *id = NULL;
  int seconds = 0;
  const GOptionEntry entries[] = {
    { "reader", 0, 0, G_OPTION_ARG_STRING, &id, N_ ("The reader to use"), N_ ("ID") },
    { "wait", 0, 0, G_OPTION_ARG_INT, &seconds, N_ ("How long to wait for a card (0 unless given)"),
      N_ ("SECONDS") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgReader) reader = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MdgCliWait wait = { NULL };
  g_autoptr (MdgReaderMemory) memory = NULL;
  CardFacts *facts;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Show what card is on the reader and the tries left of its PIN"), entries,
                      &exit_code))
    return exit_code;
  if (seconds < 0 || seconds > 3600)
    return mdg_cli_fail_usage (cli, "--wait", _ ("0 to 3600 seconds."));
  session = mdg_cli_session_new (cli);
  reader = mdg_cli_session_pick_reader (session, id, &error);
  if (reader == NULL)
    return mdg_cli_session_fail_reader (session, id, error);
  g_object_ref (reader);
  memory = mdg_reader_memory_new (mdg_cli_session_get_store (session, NULL));
  mdg_reader_memory_attach (memory, reader);
  mdg_cli_wait_until (cli, card_is_there, reader, (guint) seconds * 1000);
  mdg_reader_run_async (reader, 0, read_card, NULL, NULL, card_facts_free, cli->cancellable,
                        mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  facts = mdg_reader_run_finish (reader, result, &error);
  if (facts == NULL)
    return mdg_cli_fail (cli, error);
  print_facts (cli, reader, facts);
  card_facts_free (facts);
  return 0;
}
