/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small HTTP client for the tests of the practice service. It is plain libsoup and shares nothing
 * with the program's own client.
 */
#include "config.h"

#include "practice-client.h"

#include <glib/gstdio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <string.h>

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
practice_rig_refresh (PracticeRig *rig)
{
  g_clear_pointer (&rig->info, mdg_practice_info_free);
  rig->info = mdg_practice_service_get_info (rig->service);
}

static void
start_service (PracticeRig *rig)
{
  g_autoptr (GError) error = NULL;

  rig->service = mdg_practice_service_new (rig->state_dir, &error);
  g_assert_no_error (error);
  g_assert_true (mdg_practice_service_start (rig->service, 0, &error));
  g_assert_no_error (error);
  practice_rig_refresh (rig);
}

void
practice_rig_init (PracticeRig *rig)
{
  g_autoptr (GError) error = NULL;

  *rig = (PracticeRig){ 0 };
  rig->dir = g_dir_make_tmp ("mdg-practice-XXXXXX", &error);
  g_assert_no_error (error);
  rig->state_dir = g_build_filename (rig->dir, "state", NULL);
  start_service (rig);
}

void
practice_rig_restart (PracticeRig *rig)
{
  g_clear_object (&rig->service);
  start_service (rig);
}

void
practice_rig_fault (PracticeRig *rig, const char *fault)
{
  g_autoptr (GError) error = NULL;

  mdg_practice_service_set_fault (rig->service, fault, &error);
  g_assert_no_error (error);
}

char *
practice_rig_write (PracticeRig *rig, const char *name, const void *data, gssize n)
{
  char *path = g_build_filename (rig->dir, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, data, n, NULL));
  return path;
}

void
practice_rig_clear (PracticeRig *rig)
{
  g_clear_object (&rig->service);
  g_clear_pointer (&rig->info, mdg_practice_info_free);
  if (rig->dir != NULL)
    remove_folder (rig->dir);
  g_free (rig->dir);
  g_free (rig->state_dir);
}

void
practice_reply_free (PracticeReply *reply)
{
  g_free (reply->text);
  json_decref (reply->json);
  g_clear_pointer (&reply->headers, soup_message_headers_unref);
  g_clear_error (&reply->error);
  g_free (reply);
}

const char *
practice_reply_code (PracticeReply *reply)
{
  return json_string_value (json_object_get (reply->json, "ErrorCode"));
}

/* "XmlMsg/MessageBody/ResultList/0/Name": numbers are places in an array, and step into the one
 * object there */
const char *
practice_reply_text (PracticeReply *reply, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  json_t *at = reply->json;

  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (json_is_array (at))
        {
          at = json_array_get (at, g_ascii_strtoull (steps[i], NULL, 10));
          at = json_object_iter_value (json_object_iter (at));
        }
      else
        at = json_object_get (at, steps[i]);
    }
  return json_string_value (at);
}

static gboolean
is_japanese (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HIRAGANA)
      return TRUE;
  return FALSE;
}

void
practice_assert_error (PracticeReply *reply, guint status, const char *code)
{
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (practice_reply_code (reply), ==, code);
  g_assert_true (is_japanese (practice_reply_text (reply, "ErrorMessage")));
}

PracticeClient *
practice_client_new (const char *url, const char *ca_file)
{
  PracticeClient *client = g_new0 (PracticeClient, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, &error);

  g_assert_no_error (error);
  client->url = g_strdup (url);
  client->session = soup_session_new_with_options ("tls-database", database, "timeout", 20,
                                                   "proxy-resolver", NULL, NULL);
  return client;
}

void
practice_client_free (PracticeClient *client)
{
  g_object_unref (client->session);
  g_clear_object (&client->certificate);
  g_free (client->chain);
  g_free (client->url);
  g_free (client->token);
  g_free (client->key);
  g_free (client);
}

static void
add_headers (PracticeClient *client, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (client->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", client->token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (client->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", client->key);
  g_clear_pointer (&client->key, g_free);
}

PracticeReply *
practice_call (PracticeClient *client,
               const char *method,
               const char *path,
               const char *format,
               ...)
{
  PracticeReply *reply = g_new0 (PracticeReply, 1);
  g_autofree char *url = g_strconcat (client->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) body = NULL;
  va_list values;

  if (format != NULL)
    {
      g_autoptr (GBytes) bytes = NULL;
      char *text;

      va_start (values, format);
      text = g_strdup_vprintf (format, values);
      va_end (values);
      bytes = g_bytes_new_take (text, strlen (text));
      soup_message_set_request_body_from_bytes (
          message,
          client->content_type != NULL ? client->content_type : "application/json;charset=UTF-8",
          bytes);
    }
  client->content_type = NULL;
  if (client->certificate != NULL)
    soup_message_set_tls_client_certificate (message, client->certificate);
  add_headers (client, message);
  body = soup_session_send_and_read (client->session, message, NULL, &reply->error);
  if (body == NULL)
    return reply;
  reply->status = soup_message_get_status (message);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  reply->length = g_bytes_get_size (body);
  reply->text = g_strndup (g_bytes_get_data (body, NULL), reply->length);
  reply->json = json_loadb (reply->text, reply->length, JSON_REJECT_DUPLICATES, NULL);
  return reply;
}

char *
practice_make_request (char **key_pem, const char *curve)
{
  EVP_PKEY *key = EVP_EC_gen (curve);
  X509_REQ *request = X509_REQ_new ();
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data = NULL;
  long n;
  g_auto (GStrv) lines = NULL;
  g_autofree char *pem = NULL;

  X509_REQ_set_pubkey (request, key);
  X509_REQ_sign (request, key, EVP_sha256 ());
  PEM_write_bio_X509_REQ (bio, request);
  n = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize) n);
  BIO_free (bio);
  bio = BIO_new (BIO_s_mem ());
  PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  n = BIO_get_mem_data (bio, &data);
  if (key_pem != NULL)
    *key_pem = g_strndup (data, (gsize) n);
  BIO_free (bio);
  X509_REQ_free (request);
  EVP_PKEY_free (key);
  lines = g_strsplit (pem, "\n", -1);
  return g_strjoinv ("\\n", lines);
}

void
practice_client_use (PracticeClient *client, const char *chain, const char *key_pem)
{
  g_autofree char *both = g_strconcat (chain, key_pem, NULL);
  g_autoptr (GError) error = NULL;

  g_clear_object (&client->certificate);
  client->certificate = g_tls_certificate_new_from_pem (both, -1, &error);
  g_assert_no_error (error);
  g_free (client->chain);
  client->chain = g_strdup (chain);
  soup_session_abort (client->session);
}

PracticeReply *
practice_activate (PracticeClient *client,
                   const MdgPracticeInfo *info,
                   const char *code,
                   const char *password)
{
  g_autofree char *key_pem = NULL;
  g_autofree char *request = practice_make_request (&key_pem, "P-256");
  PracticeReply *reply = practice_call (
      client, "POST", "activation",
      "{\"MedicalInstitutionCode\":\"%s\",\"UserId\":\"%s\",\"Password\":\"%s\","
      "\"ActivationCode\":\"%s\",\"TerminalName\":\"受付（試験）\","
      "\"CertificateSigningRequest\":\"%s\"}",
      info->institution_code, info->user_id, password != NULL ? password : info->password,
      code != NULL ? code : info->activation_code, request);

  if (reply->status == 201)
    practice_client_use (client, practice_reply_text (reply, "TerminalCertificate"), key_pem);
  return reply;
}

void
practice_login (PracticeClient *client, const MdgPracticeInfo *info)
{
  g_autoptr (PracticeReply) reply =
      practice_call (client, "POST", "auth", "{\"UserId\":\"%s\",\"Password\":\"%s\"}",
                     info->user_id, info->password);

  g_assert_cmpuint (reply->status, ==, 200);
  g_free (client->token);
  client->token = g_strdup (practice_reply_text (reply, "IdToken"));
  g_assert_nonnull (client->token);
}

PracticeClient *
practice_terminal (PracticeRig *rig)
{
  PracticeClient *client;
  g_autoptr (PracticeReply) reply = NULL;

  practice_rig_refresh (rig);
  client = practice_client_new (rig->info->url, rig->info->ca_file);
  reply = practice_activate (client, rig->info, NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 201);
  practice_login (client, rig->info);
  return client;
}
