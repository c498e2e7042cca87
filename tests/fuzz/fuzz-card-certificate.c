/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Two bytes of length, a certificate, a signature over DIGEST: what is accepted can be asked for
 * everything, at any time, and no changed signature is taken for the right one. */
#include "config.h"

#include "fuzz-input.h"
#include "mdg-card-error.h"
#include "mdg-certificate.h"

#define SIGNATURE_BYTES_MAX 1024

/* 00 01 … 1F */
static void
fill_digest (guint8 digest[32])
{
  for (guint8 i = 0; i < 32; i++)
    digest[i] = i;
}

static void
check_times (MdgCertificate *certificate, GDateTime *now)
{
  GDateTime *from = mdg_certificate_get_not_before (certificate);
  GDateTime *to = mdg_certificate_get_not_after (certificate);
  gboolean valid = g_date_time_compare (from, now) <= 0 && g_date_time_compare (now, to) <= 0;

  g_assert_cmpint (mdg_certificate_is_valid_at (certificate, now), ==, valid);
  g_assert_true (!valid || mdg_certificate_is_eligible_at (certificate, now));
  g_assert_true (!valid || mdg_certificate_get_days_left (certificate, now) >= 0);
}

static void
check_life (MdgCertificate *certificate)
{
  GDateTime *from = mdg_certificate_get_not_before (certificate);
  GDateTime *to = mdg_certificate_get_not_after (certificate);
  g_autoptr (GDateTime) until = mdg_certificate_get_eligible_until (certificate);
  g_autoptr (GDateTime) first = g_date_time_new_utc (1, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) last = g_date_time_new_utc (9999, 12, 31, 0, 0, 0);
  g_autoptr (GDateTime) today = g_date_time_new_utc (2026, 11, 22, 12, 0, 0);
  g_autoptr (GDateTime) late = NULL;

  g_assert_cmpint (g_date_time_compare (from, to), <=, 0);
  g_assert_nonnull (until);
  g_assert_cmpint (g_date_time_compare (to, until), <=, 0);
  g_assert_cmpint (mdg_certificate_get_days_left (certificate, to), ==, 0);
  g_assert_true (mdg_certificate_is_eligible_at (certificate, until));
  late = g_date_time_add_seconds (until, 1);
  g_assert_true (late == NULL || !mdg_certificate_is_eligible_at (certificate, late));
  check_times (certificate, from);
  check_times (certificate, to);
  check_times (certificate, first);
  check_times (certificate, last);
  check_times (certificate, today);
}

static gboolean
verify (MdgCertificate *certificate, GBytes *signature)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[32];
  gboolean ok;

  fill_digest (digest);
  ok = mdg_certificate_verify (certificate, digest, signature, &error);
  g_assert_true (ok == (error == NULL));
  g_assert_true (ok || error->domain == MDG_CARD_ERROR);
  return ok;
}

static void
check_signature (MdgCertificate *certificate, GBytes *signature)
{
  g_autoptr (GError) error = NULL;
  gsize expected = mdg_certificate_get_signature_size (certificate, &error);
  gsize size = g_bytes_get_size (signature);
  g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (signature, NULL), size);
  g_autoptr (GBytes) other = NULL;

  g_assert_true ((expected == 0) == (error != NULL));
  g_assert_true (expected == 0 || (expected >= 256 && expected <= SIGNATURE_BYTES_MAX));
  if (!verify (certificate, signature))
    return;
  g_assert_cmpuint (size, ==, expected);
  changed[size / 2] ^= 1;
  other = g_bytes_new (changed, size);
  g_assert_false (verify (certificate, other));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  gsize length = fuzz_input_take_16 (&input);
  g_autoptr (GBytes) der = fuzz_input_take_block (&input, length);
  g_autoptr (GBytes) signature = fuzz_input_take_block (&input, SIGNATURE_BYTES_MAX + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgCertificate) certificate = mdg_certificate_new (der, &error);

  g_assert_true ((certificate == NULL) == (error != NULL));
  if (certificate == NULL)
    return 0;
  g_assert_nonnull (mdg_certificate_kind_to_string (mdg_certificate_get_kind (certificate)));
  check_life (certificate);
  check_signature (certificate, signature);
  return 0;
}
