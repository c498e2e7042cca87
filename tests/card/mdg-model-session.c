/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One PIN check from SELECT to the way out, as the desk does it, and the rules that must hold after
 * it whatever went wrong. */
#include "config.h"

#include "mdg-model-session.h"

#include "mdg-certificate.h"

static const guint8 digest[32] = { 0xd1, 0xd2, 0xd3 };

static gboolean
read_certificate (MdgModelSession *self, MdgJpki *jpki)
{
  self->certificate = mdg_jpki_read_certificate (jpki, &self->error);
  g_assert_true ((self->certificate == NULL) == (self->error != NULL));
  return self->certificate != NULL;
}

static gboolean
check_pin (MdgModelSession *self, MdgJpki *jpki)
{
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text (self->pin ? self->pin : MDG_MODEL_PIN, -1, NULL);
  gboolean ok = mdg_jpki_verify (jpki, pin, self->confirmed_last_try, &self->error);

  g_assert_true (ok == (self->error == NULL));
  g_assert_true (mdg_pin_is_used (pin));
  return ok;
}

static void
check_holder (MdgModelSession *self, MdgJpki *jpki)
{
  gboolean phone = FALSE;

  if (!self->tries_only && !read_certificate (self, jpki))
    {
      phone = g_error_matches (self->error, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED);
      if (!phone)
        return;
      g_clear_error (&self->error);
    }
  if (!self->skip_tries)
    {
      self->tries_left = mdg_jpki_get_tries_left (jpki, &self->error);
      g_assert_true ((self->tries_left == -1) == (self->error != NULL));
      if (self->error != NULL || self->tries_only)
        return;
    }
  if (!check_pin (self, jpki) || (phone && !read_certificate (self, jpki)))
    return;
  self->signature = mdg_jpki_sign (jpki, digest, self->certificate, &self->error);
  g_assert_true ((self->signature == NULL) == (self->error != NULL));
}

static gpointer
on_run_cb (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  MdgModelSession *self = user_data;
  MdgJpki *jpki = mdg_jpki_open (card, self->form, &self->error);

  g_assert_true ((jpki == NULL) == (self->error != NULL));
  if (jpki != NULL)
    {
      check_holder (self, jpki);
      self->form_out = mdg_jpki_get_form (jpki);
      self->pin_sent = mdg_jpki_pin_was_sent (jpki);
      if (self->suspend)
        mdg_jpki_suspend (jpki);
      else
        mdg_jpki_close (jpki);
    }
  mdg_card_get_exchange (card, &self->exchange);
  return user_data;
}

void
mdg_model_session_run (MdgModelSession *self, MdgModelReader *reader)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_model_reader_run (reader, on_run_cb, self, &error) == self);
  g_assert_no_error (error);
  if (self->error != NULL)
    {
      g_assert_null (strstr (self->error->message, MDG_MODEL_PIN));
      g_assert_true (g_utf8_validate (self->error->message, -1, NULL));
    }
}

void
mdg_model_session_clear (MdgModelSession *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
}

static gboolean
starts_with (const MdgModelExchange *exchange, const char *bytes, gsize length)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (exchange->command, &size);

  return size >= length && memcmp (data, bytes, length) == 0;
}

static gboolean
is_leaving (const MdgModelExchange *exchange)
{
  return starts_with (exchange, "\x00\xa4\x04\x0c\x07\xa0\x00\x00\x01\x51", 10);
}

static gboolean
is_verify (const MdgModelExchange *exchange)
{
  return starts_with (exchange, "\x00\x20", 2) && g_bytes_get_size (exchange->command) > 4;
}

static gboolean
is_question (const MdgModelExchange *exchange)
{
  return starts_with (exchange, "\x00\x20", 2) && g_bytes_get_size (exchange->command) == 4;
}

guint
mdg_model_session_count_verify (MdgModelReader *reader)
{
  guint count = 0;

  for (guint i = 0; i < mdg_model_reader_get_count (reader); i++)
    count += is_verify (mdg_model_reader_get_exchange (reader, i)) ? 1 : 0;
  return count;
}

/* The tries that an answered question told; 0 for one that told nothing */
static int
get_told (const MdgModelExchange *exchange)
{
  gsize size = 0;
  const guint8 *data = NULL;

  if (exchange->answer == NULL)
    return 0;
  data = g_bytes_get_data (exchange->answer, &size);
  if (size == 2 && data[0] == 0x63 && data[1] == 0x00)
    return 15;
  return size == 2 && data[0] == 0x63 && (data[1] & 0xf0) == 0xc0 ? data[1] & 0xf : 0;
}

/* No form is tried out once a PIN was sent: 6A82 may not be followed by a SELECT of the same file.
 */
static void
check_no_fallback (MdgModelReader *reader, guint verify)
{
  gboolean classic = FALSE;

  for (guint i = 0; i < mdg_model_reader_get_count (reader); i++)
    {
      gboolean select =
          starts_with (mdg_model_reader_get_exchange (reader, i), "\x00\xa4\x02\x0c", 4);

      if (select && i > verify)
        g_assert_true (classic);
      classic = classic || select;
    }
}

static void
check_away (MdgModelSession *self, MdgModelReader *reader)
{
  guint count = mdg_model_reader_get_count (reader);
  const MdgModelExchange *last = NULL;
  guint lost = 0;

  g_assert_cmpuint (count, >, 0);
  do
    last = mdg_model_reader_get_exchange (reader, --count);
  while (count > 0 &&
         starts_with (last, "\x00\xc0", 2)); /* GET RESPONSE belongs to the one before */
  for (guint i = 0; i < mdg_model_reader_get_count (reader); i++)
    {
      const MdgModelExchange *exchange = mdg_model_reader_get_exchange (reader, i);
      gboolean away = i + 1 == mdg_model_reader_get_count (reader);

      /* a reader that does not do extended length is not away */
      lost += exchange->answer == NULL && (away || g_bytes_get_size (exchange->command) != 7);
    }
  if (g_error_matches (self->error, MDG_CARD_ERROR, MDG_CARD_ERROR_UNKNOWN_CARD))
    return;
  if (mdg_card_error_caused_by (self->error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD) ||
      mdg_card_error_caused_by (self->error, MDG_READER_ERROR, MDG_READER_ERROR_GONE) ||
      mdg_card_error_caused_by (self->error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT))
    {
      g_assert_cmpuint (lost, ==, 1);
      g_assert_null (
          mdg_model_reader_get_exchange (reader, mdg_model_reader_get_count (reader) - 1)->answer);
      return;
    }
  g_assert_true (is_leaving (last) || self->suspend);
}

void
mdg_model_session_check (MdgModelSession *self, MdgModelReader *reader)
{
  guint count = mdg_model_reader_get_count (reader);
  guint verify = G_MAXUINT;
  int told = 0;

  g_assert_cmpuint (count, <, 150);
  g_assert_cmpuint (mdg_model_session_count_verify (reader), <=, 1);
  for (guint i = 0; i < count; i++)
    {
      const MdgModelExchange *exchange = mdg_model_reader_get_exchange (reader, i);

      if (is_question (exchange))
        told = get_told (exchange);
      if (is_verify (exchange))
        {
          verify = i;
          g_assert_cmpint (told, >=, self->confirmed_last_try ? 1 : 2);
        }
    }
  g_assert_true ((verify != G_MAXUINT) == self->pin_sent);
  if (self->pin_sent)
    check_no_fallback (reader, verify);
  check_away (self, reader);
  if (self->error != NULL)
    {
      g_assert_null (self->signature);
      return;
    }
  if (!self->tries_only)
    {
      g_autoptr (MdgCertificate) holder = mdg_certificate_new (self->certificate, NULL);

      g_assert_true (g_bytes_equal (self->certificate, mdg_model_reader_get_certificate (reader)));
      g_assert_true (mdg_certificate_verify (holder, digest, self->signature, NULL));
    }
}
