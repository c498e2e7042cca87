/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Certificates: kinds, dates in Japan's calendar, signatures that almost fit, hostile bytes. */
#include "config.h"

#include "mdg-card-error.h"
#include "mdg-certificate.h"
#include "mdg-test-certificate.h"

static const guint8 digest_info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                      0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

static MdgCertificate *
make (const MdgTestCertificate *what, EVP_PKEY *key)
{
  g_autoptr (GBytes) der = mdg_test_certificate_new (what, key);
  g_autoptr (GError) error = NULL;
  MdgCertificate *self = mdg_certificate_new (der, &error);

  g_assert_no_error (error);
  return self;
}

static GDateTime *
parse (const char *text)
{
  GDateTime *time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return time;
}

static void
test_kind (void)
{
  const struct
  {
    const char *organisation;
    const char *second;
    MdgCertificateKind kind;
  } rows[] = {
    { "JPKI", NULL, MDG_CERTIFICATE_REAL },       { "JPKI-TEST", NULL, MDG_CERTIFICATE_TEST },
    { "架空", NULL, MDG_CERTIFICATE_PRACTICE },   { NULL, NULL, MDG_CERTIFICATE_PRACTICE },
    { "JPKI ", NULL, MDG_CERTIFICATE_PRACTICE },  { "jpki", NULL, MDG_CERTIFICATE_PRACTICE },
    { "JPKI", "JPKI", MDG_CERTIFICATE_PRACTICE }, { "JPKI-", NULL, MDG_CERTIFICATE_PRACTICE },
    { "JPKI", "練習", MDG_CERTIFICATE_PRACTICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MdgTestCertificate what = { .organisation = rows[i].organisation, .second = rows[i].second };
      g_autoptr (MdgCertificate) self = make (&what, mdg_test_key_rsa ());

      g_assert_cmpint (mdg_certificate_get_kind (self), ==, rows[i].kind);
    }
}

static void
test_dates (void)
{
  MdgTestCertificate what = { .not_before = "20251027000000Z", .not_after = "20300217145959Z" };
  g_autoptr (MdgCertificate) self = make (&what, mdg_test_key_rsa ());
  g_autoptr (GDateTime) until = mdg_certificate_get_eligible_until (self);
  g_autofree char *before = g_date_time_format_iso8601 (mdg_certificate_get_not_before (self));
  g_autofree char *after = g_date_time_format_iso8601 (mdg_certificate_get_not_after (self));
  g_autofree char *last = g_date_time_format_iso8601 (until);
  const struct
  {
    const char *now;
    int days;
    gboolean valid;
    gboolean eligible;
  } rows[] = {
    { "2025-10-26T23:59:59Z", 1574, FALSE, FALSE },
    { "2025-10-27T00:00:00Z", 1574, TRUE, TRUE },
    { "2030-02-16T14:59:59Z", 1, TRUE, TRUE },
    { "2030-02-16T15:00:00Z", 0, TRUE, TRUE }, /* the 17th in Japan */
    { "2030-02-17T23:59:59+09", 0, TRUE, TRUE },
    { "2030-02-18T00:00:00+09", -1, FALSE, TRUE },
    { "2030-05-31T23:59:59+09", -103, FALSE, TRUE },
    { "2030-06-01T00:00:00+09", -104, FALSE, FALSE },
  };

  g_assert_cmpstr (before, ==, "2025-10-27T00:00:00Z");
  g_assert_cmpstr (after, ==, "2030-02-17T14:59:59Z");
  g_assert_cmpstr (last, ==, "2030-05-31T23:59:59+09");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) now = parse (rows[i].now);

      g_assert_cmpint (mdg_certificate_get_days_left (self, now), ==, rows[i].days);
      g_assert_cmpint (mdg_certificate_is_valid_at (self, now), ==, rows[i].valid);
      g_assert_cmpint (mdg_certificate_is_eligible_at (self, now), ==, rows[i].eligible);
    }
}

/* "Three months after the end of the month": not three months after the day. */
static void
test_eligible_until (void)
{
  const struct
  {
    const char *not_after;
    const char *until;
  } rows[] = {
    { "20261130145959Z", "2027-02-28T23:59:59+09" },
    { "20271115145959Z", "2028-02-29T23:59:59+09" },
    { "20260930145959Z", "2026-12-31T23:59:59+09" },
    { "20261231145959Z", "2027-03-31T23:59:59+09" },
    { "20261231150000Z", "2027-04-30T23:59:59+09" }, /* January in Japan */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MdgTestCertificate what = { .not_after = rows[i].not_after };
      g_autoptr (MdgCertificate) self = make (&what, mdg_test_key_rsa ());
      g_autoptr (GDateTime) until = mdg_certificate_get_eligible_until (self);
      g_autofree char *text = g_date_time_format_iso8601 (until);

      g_assert_cmpstr (text, ==, rows[i].until);
    }
}

static void
assert_refused (MdgTestCertificate *what)
{
  g_autoptr (GBytes) der = mdg_test_certificate_new (what, mdg_test_key_rsa ());
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_certificate_new (der, &error));
  g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED);
}

static void
test_impossible (void)
{
  MdgTestCertificate backwards = { .not_before = "20300101000000Z",
                                   .not_after = "20250101000000Z" };
  MdgTestCertificate endless = { .not_after = "99991231235959Z" };
  MdgTestCertificate huge = { .size = 9000 };

  assert_refused (&backwards);
  assert_refused (&endless);
  assert_refused (&huge);
}

static GBytes *
sign_digest (EVP_PKEY *key, const guint8 digest[32])
{
  g_autoptr (GByteArray) info = g_byte_array_new ();

  g_byte_array_append (info, digest_info, sizeof digest_info);
  g_byte_array_append (info, digest, 32);
  return mdg_test_sign_raw (key, info->data, info->len);
}

static void
assert_bad (MdgCertificate *self, const guint8 digest[32], const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) signature = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;

  g_assert_false (mdg_certificate_verify (self, digest, signature, &error));
  g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_SIGNATURE);
}

static void
test_verify (void)
{
  MdgTestCertificate what = { .organisation = "練習" };
  g_autoptr (MdgCertificate) self = make (&what, mdg_test_key_rsa ());
  guint8 digest[32] = { 1, 2, 3 };
  g_autoptr (GBytes) good = sign_digest (mdg_test_key_rsa (), digest);
  g_autoptr (GBytes) bare = mdg_test_sign_raw (mdg_test_key_rsa (), digest, 32);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *copy = g_malloc0 (300);
  const guint8 *bytes = g_bytes_get_data (good, NULL);

  g_assert_cmpuint (mdg_certificate_get_signature_size (self, &error), ==, 256);
  g_assert_true (mdg_certificate_verify (self, digest, good, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < 256; i++)
    copy[i] = bytes[i];
  for (gsize i = 0; i < 256; i += 15)
    {
      copy[i] ^= 0x01;
      assert_bad (self, digest, copy, 256);
      copy[i] ^= 0x01;
    }
  assert_bad (self, digest, copy, 0);
  assert_bad (self, digest, copy, 255);
  assert_bad (self, digest, copy, 257);
  assert_bad (self, digest, g_bytes_get_data (bare, NULL), 256); /* without DigestInfo */
  digest[31] = 1;
  assert_bad (self, digest, copy, 256);
}

static void
test_keys (void)
{
  MdgTestCertificate what = { .organisation = "練習" };
  g_autoptr (MdgCertificate) ec = make (&what, mdg_test_key_ec ());
  g_autoptr (MdgCertificate) small = make (&what, mdg_test_key_small ());
  g_autoptr (GBytes) signature = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  const guint8 digest[32] = { 0 };

  g_assert_cmpuint (mdg_certificate_get_signature_size (ec, &error), ==, 0);
  g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "not supported"));
  g_clear_error (&error);
  g_assert_false (mdg_certificate_verify (ec, digest, signature, &error));
  g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpuint (mdg_certificate_get_signature_size (small, &error), ==, 0);
  g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED);
}

/* TRUE when it was taken for a certificate; then everything about it can be asked. */
static gboolean
try (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) der = g_bytes_new_take (g_memdup2 (data, size), size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgCertificate) self = mdg_certificate_new (der, &error);
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (self == NULL)
    {
      g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED);
      return FALSE;
    }
  g_assert_no_error (error);
  until = mdg_certificate_get_eligible_until (self);
  now = g_date_time_new_now_utc ();
  g_assert_nonnull (until);
  mdg_certificate_get_days_left (self, now);
  mdg_certificate_get_signature_size (self, NULL);
  return TRUE;
}

static void
test_hostile (void)
{
  MdgTestCertificate what = { .organisation = "JPKI", .size = 1588 };
  g_autoptr (GBytes) der = mdg_test_certificate_new (&what, mdg_test_key_rsa ());
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (der, &size);
  g_autofree guint8 *copy = g_malloc0 (size + 1);

  g_assert_cmpuint (size, ==, 1588);
  for (gsize i = 0; i < size; i++)
    copy[i] = bytes[i];
  g_assert_true (try (copy, size));
  g_assert_false (try (copy, size + 1));
  g_assert_false (try (copy, 0));
  for (gsize length = 1; length < size; length += length < 64 ? 1 : 37)
    g_assert_false (try (copy, length));
  for (gsize i = 0; i < size; i += i < 400 ? 1 : 7)
    {
      guint8 mask = (guint8) g_test_rand_int_range (1, 256);

      copy[i] ^= mask;
      try (copy, size);
      copy[i] ^= mask;
    }
  for (guint i = 0; i < 500; i++)
    {
      guint8 noise[200];

      for (gsize k = 0; k < sizeof noise; k++)
        noise[k] = (guint8) g_test_rand_int_range (0, 256);
      noise[0] = 0x30;
      g_assert_false (try (noise, (gsize) g_test_rand_int_range (1, sizeof noise)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/certificate/kind", test_kind);
  g_test_add_func ("/card/certificate/dates", test_dates);
  g_test_add_func ("/card/certificate/eligible-until", test_eligible_until);
  g_test_add_func ("/card/certificate/impossible", test_impossible);
  g_test_add_func ("/card/certificate/verify", test_verify);
  g_test_add_func ("/card/certificate/keys", test_keys);
  g_test_add_func ("/card/certificate/hostile", test_hostile);
  return g_test_run ();
}
