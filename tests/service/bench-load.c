/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Load on the practice service: TERMINALS terminals with certificates and connections of their own
 * check cards as fast as they can (challenge, signature, card-eligibility) against the program in a
 * process of its own. Prints checks per second and the service's resident memory at ten points.
 *
 *   bench-load PROGRAM [CHECKS]
 */
#include "config.h"

#include "bench-memory.h"
#include "practice-card.h"
#include "practice-client.h"

#include <string.h>

#define TERMINALS      32
#define CARDS          8
#define POINTS         10
#define WANTED_RATE    300
#define MAX_GROWTH_KIB 8192

typedef struct
{
  PracticeCard *cards[CARDS];
  char *certificates[CARDS];
  int wanted;
  int begun;  /* (atomic) */
  int done;   /* (atomic) */
  int failed; /* (atomic) */
} Load;

typedef struct
{
  Load *load;
  PracticeClient *client;
  const MdgPracticeInfo *info;
} Terminal;

typedef struct
{
  GIOStream *plain;
  GIOStream *tls;
  GDataInputStream *input;
  char *token;
} Line;

/* One kept connection, blocking. libsoup's own blocking calls reuse no connection off the main
 * thread, and the handshakes would be what is measured. */
static Line *
open_line (const Terminal *terminal)
{
  Line *line = g_new0 (Line, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (terminal->info->url, G_URI_FLAGS_NONE, &error);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (terminal->info->ca_file, &error);

  line->plain = G_IO_STREAM (g_socket_client_connect_to_host (
      client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, &error));
  g_assert_no_error (error);
  line->tls = g_tls_client_connection_new (line->plain, NULL, &error);
  g_tls_connection_set_database (G_TLS_CONNECTION (line->tls), database);
  g_tls_client_connection_set_server_identity (
      G_TLS_CLIENT_CONNECTION (line->tls),
      g_network_address_new ("127.0.0.1", (guint16) g_uri_get_port (uri)));
  g_tls_connection_set_certificate (G_TLS_CONNECTION (line->tls), terminal->client->certificate);
  g_tls_connection_handshake (G_TLS_CONNECTION (line->tls), NULL, &error);
  g_assert_no_error (error);
  line->input = g_data_input_stream_new (g_io_stream_get_input_stream (line->tls));
  g_data_input_stream_set_newline_type (line->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  return line;
}

static void
close_line (Line *line)
{
  g_io_stream_close (line->tls, NULL, NULL);
  g_object_unref (line->input);
  g_object_unref (line->tls);
  g_object_unref (line->plain);
  g_free (line->token);
  g_free (line);
}

static json_t *
post (Line *line, const char *path, const char *body)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *text = g_strdup_printf (
      "POST /%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
      "Authorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Length: %u\r\n\r\n%s",
      path, line->token != NULL ? line->token : "", key, (guint) strlen (body), body);
  g_autofree char *answer = NULL;
  gsize length = 0;
  gsize got = 0;

  g_output_stream_write_all (g_io_stream_get_output_stream (line->tls), text, strlen (text), NULL,
                             NULL, NULL);
  while (TRUE)
    {
      g_autofree char *header = g_data_input_stream_read_line (line->input, NULL, NULL, NULL);

      if (header == NULL || *header == '\0')
        break;
      if (g_ascii_strncasecmp (header, "Content-Length:", 15) == 0)
        length = g_ascii_strtoull (header + 15, NULL, 10);
    }
  answer = g_malloc (length + 1);
  g_input_stream_read_all (G_INPUT_STREAM (line->input), answer, length, &got, NULL, NULL);
  return json_loadb (answer, got, 0, NULL);
}

static const char *
get_text (json_t *object, const char *name)
{
  return json_string_value (json_object_get (object, name));
}

static void
log_in (Line *line, const MdgPracticeInfo *info)
{
  g_autofree char *body =
      g_strdup_printf ("{\"UserId\":\"%s\",\"Password\":\"%s\"}", info->user_id, info->password);
  json_t *answer = post (line, "auth", body);

  g_free (line->token);
  line->token = g_strdup (get_text (answer, "IdToken"));
  json_decref (answer);
}

static gboolean
check_card (Load *load, Line *line, int number)
{
  int card = number % CARDS;
  json_t *challenge = post (line, "challenge", "");
  const char *nonce = get_text (challenge, "Challenge");
  g_autofree char *signature = NULL;
  g_autofree char *body = NULL;
  json_t *answer;
  gboolean good;

  if (nonce == NULL)
    {
      json_decref (challenge);
      return FALSE;
    }
  signature = practice_card_sign (load->cards[card], "1319999015", nonce);
  body = g_strdup_printf (
      "{\"XmlMsg\":{\"MessageHeader\":{\"QualificationConfirmationDate\":\"20261122\","
      "\"MedicalInstitutionCode\":\"1319999015\",\"ArbitraryFileIdentifier\":\"%d\"},"
      "\"MessageBody\":{\"CardHolderConfirmation\":{\"Method\":\"1\",\"Certificate\":\"%s\","
      "\"Challenge\":\"%s\",\"SignatureAlgorithm\":\"RSASSA-PKCS1-v1_5-SHA256\","
      "\"Signature\":\"%s\"},\"LimitApplicationCertificateRelatedConsFlg\":\"1\"}}}",
      number, load->certificates[card], nonce, signature);
  answer = post (line, "card-eligibility", body);
  good = g_strcmp0 (get_text (json_object_get (json_object_get (answer, "XmlMsg"), "MessageBody"),
                              "QualificationValidity"),
                    "1") == 0;
  json_decref (challenge);
  json_decref (answer);
  return good;
}

static gpointer
run_terminal (gpointer data)
{
  Terminal *terminal = data;
  Load *load = terminal->load;
  Line *line = open_line (terminal);
  int number;

  log_in (line, terminal->info);
  while ((number = g_atomic_int_add (&load->begun, 1)) < load->wanted)
    {
      if (!check_card (load, line, number))
        g_atomic_int_inc (&load->failed);
      g_atomic_int_inc (&load->done);
    }
  close_line (line);
  return NULL;
}

static void
make_cards (Load *load, PracticeRig *rig)
{
  g_autoptr (PracticeCard) ca = practice_card_ca ("Load CA (TEST)");
  g_autofree char *pem = practice_card_pem (ca);
  g_autofree char *path = practice_rig_write (rig, "card-ca.pem", pem, -1);

  for (guint i = 0; i < CARDS; i++)
    {
      g_autofree char *cn = g_strdup_printf ("PRACTICE%04u", i + 1);
      PracticeCardOptions options = { .cn = cn };

      load->cards[i] = practice_card_new (&options, ca);
      load->certificates[i] = practice_card_base64 (load->cards[i]);
    }
}

static GSubprocess *
start_program (PracticeRig *rig, const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ca = g_build_filename (rig->dir, "card-ca.pem", NULL);
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                           "--state", rig->state_dir, "--card-ca", ca, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  json_t *object;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_nonnull (line);
  object = json_loads (line, 0, NULL);
  g_free (rig->info->url);
  rig->info->url = g_strdup (json_string_value (json_object_get (object, "url")));
  json_decref (object);
  return process;
}

static int
watch (Load *load, GSubprocess *process)
{
  gint64 begin = g_get_monotonic_time ();
  guint64 memory[POINTS] = { 0 };
  double seconds;
  double rate;

  for (int point = 0; point < POINTS; point++)
    {
      while (g_atomic_int_get (&load->done) < (int) ((gint64) load->wanted * (point + 1) / POINTS))
        /* pause: a look at the count of other threads, in a benchmark */
        g_usleep (10000);
      seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
      memory[point] = bench_memory_of (g_subprocess_get_identifier (process));
      g_print ("%8d checks %8.1f s %7.0f checks/s  service %6" G_GUINT64_FORMAT " KiB\n",
               g_atomic_int_get (&load->done), seconds, g_atomic_int_get (&load->done) / seconds,
               memory[point]);
    }
  rate = load->wanted / seconds;
  g_print ("%d terminals, %d failed, %.0f checks/s (wanted %d), memory from half-way to the end "
           "%+" G_GINT64_FORMAT " KiB\n",
           TERMINALS, g_atomic_int_get (&load->failed), rate, WANTED_RATE,
           (gint64) memory[POINTS - 1] - (gint64) memory[POINTS / 2 - 1]);
  return g_atomic_int_get (&load->failed) == 0 && rate >= WANTED_RATE &&
                 memory[POINTS - 1] <= memory[POINTS / 2 - 1] + MAX_GROWTH_KIB
             ? 0
             : 1;
}

int
main (int argc, char **argv)
{
  g_auto (PracticeRig) rig = { 0 };
  Load load = { .wanted = argc > 2 ? (int) g_ascii_strtoll (argv[2], NULL, 10) : 6000 };
  Terminal terminals[TERMINALS];
  GThread *threads[TERMINALS];
  g_autoptr (GSubprocess) process = NULL;
  int result;

  g_assert_cmpint (argc, >=, 2);
  practice_rig_init (&rig);
  make_cards (&load, &rig);
  practice_rig_fault (&rig, "terminal-limit=64");
  for (guint i = 0; i < TERMINALS; i++)
    terminals[i].client = practice_terminal (&rig);
  g_clear_object (&rig.service);
  process = start_program (&rig, argv[1]);
  for (guint i = 0; i < TERMINALS; i++)
    {
      g_free (terminals[i].client->url);
      terminals[i].client->url = g_strdup (rig.info->url);
      terminals[i].load = &load;
      terminals[i].info = rig.info;
      threads[i] = g_thread_new ("terminal", run_terminal, &terminals[i]);
    }
  result = watch (&load, process);
  for (guint i = 0; i < TERMINALS; i++)
    {
      g_thread_join (threads[i]);
      practice_client_free (terminals[i].client);
    }
  g_subprocess_send_signal (process, 15);
  g_subprocess_wait (process, NULL, NULL);
  for (guint i = 0; i < CARDS; i++)
    {
      practice_card_free (load.cards[i]);
      g_free (load.certificates[i]);
    }
  return result;
}
