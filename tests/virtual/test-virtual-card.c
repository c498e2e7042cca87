/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card engine: every rule of reference/card.md 1.2 to 1.8 that it promises, and bytes that no
 * program should send. */
#include "config.h"

#include "mdg-virtual-test.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#define RANDOM_ROUNDS 100000

static void
test_select (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");

  assert_answer (card, "00 A4 00 00", "6A86"); /* the trap of 1.2 */
  assert_answer (card, "00 A4 02 0C 02 000A", "6A82");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, "00 A4 00 00", "9000");
  assert_answer (card, "00 A4 02 0C 02 000A", "9000");
  assert_answer (card, "00 B0 00 00 02", "30829000");
  assert_answer (card, "00 A4 00 00", "9000"); /* without effect */
  assert_answer (card, "00 B0 00 00 02", "30829000");
  assert_answer (card, "00 A4 02 0C 02 0016", "6A82");
  assert_answer (card, "00 B0 00 00 02", "30829000"); /* a failed SELECT selects nothing */
  assert_answer (card, "00 A4 02 0C 01 0A", "6700");
  assert_answer (card, "00 A4 02 0C", "6700");
  assert_answer (card, "00 A4 04 0C 0A D392F000260100000002", "6A82");
  assert_answer (card, "00 A4 04 0C 0B D392F00026010000000100", "6A82");
  assert_answer (card, "00 A4 04 0C 05 D392F00026", "9000"); /* by the first part of its name */
  assert_answer (card, "00 A4 04 0C 04 D392F000", "6A82");
  assert_answer (card, "00 A4 04 0C", "6A82");
  assert_answer (card, "00 A4 04 04 0A D392F000260100000001", "6A86");
  assert_answer (card, "00 A4 08 0C 02 000A", "6A86");
  assert_answer (card, "00 A4 04 00 0A D392F000260100000001 00", "9000");
  assert_answer (card, SELECT_HELPER, "9000");
  assert_answer (card, "00 A4 02 0C 02 0001", "6A82"); /* the My Number is not there */
  assert_answer (card, SELECT_ISSUER, "9000");
  assert_answer (card, "00 A4 02 0C 02 000A", "6A82");
}

static void
test_class_and_instruction (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");

  assert_answer (card, "01 A4 04 0C 0A D392F000260100000001", "6881");
  assert_answer (card, "0C B0 8A 00 00", "6882");
  assert_answer (card, "10 20 00 98 04 31323334", "6884");
  assert_answer (card, "80 A4 04 0C 0A D392F000260100000001", "6E00");
  assert_answer (card, "00 2A 00 97 00", "6E00");
  assert_answer (card, "FF CA 00 00 00", "6E00");
  assert_answer (card, "00 24 01 80 04 35363738", "6D00"); /* no change of PIN here */
  assert_answer (card, "00 2C 00 98", "6D00");
  assert_answer (card, "80 FC 00 00", "6D00");
  assert_answer (card, "00", "6700");
  assert_answer (card, "", "6700");
  assert_answer (card, "00 A4 04", "6700");
  assert_answer (card, "00 A4 04 0C 0A D392F0", "6700");
  assert_answer (card, "00 A4 04 0C 02 D392 0000", "6700");
  assert_answer (card, "00 B0 00 00 00 00", "6700");
  assert_answer (card, "00 20 00 98 00 0000 3132", "6700"); /* an extended Lc of zero */
  assert_answer (card, "00 20 00 98 00 FFFF 3132", "6700");
}

static void
assert_read (MdgVirtualCard *card, const char *command, gsize length, const char *sw)
{
  g_autofree char *answer = mdg_virtual_test_send (card, command);

  g_assert_cmpuint (strlen (answer), ==, 2 * (length + 2));
  g_assert_cmpstr (answer + 2 * length, ==, sw);
}

static void
test_read_binary (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("ef-size=2048");

  assert_answer (card, "00 B0 00 00 00", "6986");
  assert_answer (card, "00 B0 8A 00 00", "6A82");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, "00 B0 00 00 00", "6986");
  assert_answer (card, "00 B0 80 00 00", "6986"); /* short id 0 is the current file */
  assert_read (card, "00 B0 8A 00 00", 256, "9000");
  assert_read (card, "00 B0 01 00 00", 256, "9000"); /* of the file that the short id selected */
  assert_read (card, "00 B0 8A 10 04", 4, "9000");
  assert_read (card, "00 B0 07 F0 00", 16, "9000"); /* the last block is shorter */
  assert_answer (card, "00 B0 07 FF 00", "FF9000");
  assert_answer (card, "00 B0 08 00 00", "6B00");
  assert_answer (card, "00 B0 7F FF 00", "6B00");
  assert_answer (card, "00 B0 AA 00 00", "6A86");
  assert_answer (card, "00 B0 9F 00 00", "6A82");
  assert_answer (card, "00 B0 00 00", "6700");
  assert_answer (card, "00 B0 00 00 01 00", "6700");
  assert_read (card, "00 B0 8A 00 00 0000", 2048, "9000"); /* all of it, extended */
  assert_read (card, "00 B0 00 04 00 0640", 1600, "9000");
  assert_read (card, "00 B0 86 00 00", 160, "9000"); /* token info */
  assert_answer (card, "00 B0 88 00 00", "8F8F009000");
  assert_answer (card, "00 B0 81 00 00", "6982"); /* the signature certificate has a name in it */
  assert_answer (card, "00 B0 97 00 00", "6981");
  assert_answer (card, "00 B0 98 00 00", "6981");
}

/* The certificate that comes out is the one that was made, filler after it. */
static void
test_certificate (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");
  g_autoptr (GBytes) command = mdg_virtual_test_bytes ("00 B0 8A 00 00 0000");
  g_autoptr (GBytes) answer = NULL;
  GBytes *certificate = mdg_virtual_test_get_files ()->auth_certificate;
  gsize size = g_bytes_get_size (certificate);

  assert_answer (card, SELECT_JPKI, "9000");
  answer = mdg_virtual_card_transmit (card, command);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), size, g_bytes_get_data (certificate, NULL),
                   size);
  g_assert_cmphex (((const guint8 *) g_bytes_get_data (answer, NULL))[size], ==, 0xff);
}

static void
test_tries (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");

  assert_answer (card, ASK_AUTH, "6A82");
  assert_answer (card, "00 20 00 80", "6986");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, ASK_AUTH, "63C3");
  assert_answer (card, ASK_AUTH, "63C3"); /* costs nothing */
  assert_answer (card, "00 20 00 80", "63C3");
  assert_answer (card, "00 20 00 98 04 30303030", "63C2");
  assert_answer (card, "00 20 00 98 03 313233", "63C1"); /* a PIN's beginning is a wrong PIN */
  assert_answer (card, VERIFY_AUTH, "9000");
  assert_answer (card, ASK_AUTH, "63C3"); /* a right one gives all tries back */
  assert_answer (card, "00 20 00 98 05 3132333435", "63C2");
  g_assert_false (mdg_virtual_card_get_verified (card, MDG_VIRTUAL_PIN_AUTH));
  assert_answer (card, SIGN_AUTH, "6982"); /* a wrong PIN after a right one locks again */
  assert_answer (card, "00 20 00 98 04 30303030", "63C1");
  assert_answer (card, "00 20 00 98 04 30303030", "63C0"); /* the one that blocks */
  assert_answer (card, ASK_AUTH, "6984");
  assert_answer (card, VERIFY_AUTH, "6984");
  mdg_virtual_card_power_on (card);
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, VERIFY_AUTH, "6984");
  assert_answer (card, "00 20 00 9B", "63C5"); /* the other PIN is another PIN */
  assert_answer (card, "00 20 00 9B 06 414243313233", "9000");
  assert_answer (card, SIGN_AUTH, "6982");
  assert_answer (card, "00 20 01 98", "6A86");
  assert_answer (card, "00 20 00 18", "6A86");
  assert_answer (card, "00 20 00 B8", "6A86");
  assert_answer (card, "00 20 00 8A", "6981");
  assert_answer (card, "00 20 00 95", "6A82");
}

static void
test_blocked_status_word (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("tries=1 blocked-sw=6983");

  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, ASK_AUTH, "63C1");
  assert_answer (card, "00 20 00 98 04 30303030", "63C0");
  assert_answer (card, ASK_AUTH, "6983");
  assert_answer (card, VERIFY_AUTH, "6983");
}

/* reference/card.md 1.8: what outlives what. */
static void
test_persistence (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");

  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, VERIFY_AUTH, "9000");
  assert_answer (card, SELECT_JPKI, "9000");
  g_assert_true (mdg_virtual_card_get_verified (card, MDG_VIRTUAL_PIN_AUTH));
  mdg_virtual_card_reset (card);
  assert_answer (card, "00 B0 00 00 01", "6986"); /* the selection went */
  assert_answer (card, ASK_AUTH, "6A82");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_read (card, SIGN_AUTH, 256, "9000"); /* the PIN did not */
  assert_answer (card, "00 A4 04 0C 05 0102030405", "6A82");
  assert_read (card, SIGN_AUTH, 256, "9000"); /* a SELECT that fails changes nothing */
  assert_answer (card, SELECT_ISSUER, "9000");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, SIGN_AUTH, "6982");
  assert_answer (card, VERIFY_AUTH, "9000");
  mdg_virtual_card_reset (card);
  assert_answer (card, SELECT_HELPER, "9000"); /* another application, after a reset, too */
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, SIGN_AUTH, "6982");
  assert_answer (card, VERIFY_AUTH, "9000");
  mdg_virtual_card_power_off (card);
  mdg_virtual_card_power_on (card);
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, SIGN_AUTH, "6982");
}

static void
assert_signature (MdgVirtualCard *card, const char *command, EVP_PKEY *key)
{
  g_autoptr (GBytes) bytes = mdg_virtual_test_bytes (command);
  g_autoptr (GBytes) answer = mdg_virtual_card_transmit (card, bytes);
  g_autoptr (GBytes) info = mdg_virtual_test_bytes (DIGEST_INFO);
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  guint8 recovered[256];
  size_t length = sizeof recovered;

  g_assert_cmpuint (g_bytes_get_size (answer), ==, 258);
  g_assert_cmpint (EVP_PKEY_verify_recover_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING), ==, 1);
  g_assert_cmpint (
      EVP_PKEY_verify_recover (context, recovered, &length, g_bytes_get_data (answer, NULL), 256),
      ==, 1);
  g_assert_cmpmem (recovered, length, g_bytes_get_data (info, NULL), g_bytes_get_size (info));
  EVP_PKEY_CTX_free (context);
}

static void
test_sign (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");
  g_autofree char *filler = g_strnfill (2 * 245, '5');
  g_autofree char *longest = g_strconcat ("80 2A 00 97 F5", filler, "00", NULL);
  g_autofree char *too_long = g_strconcat ("80 2A 00 97 F6 55", filler, "00", NULL);

  assert_answer (card, SIGN_AUTH, "6A82");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, "80 2A 00 80 33" DIGEST_INFO "00", "6986");
  assert_answer (card, SIGN_AUTH, "6982");
  assert_answer (card, VERIFY_AUTH, "9000");
  assert_signature (card, SIGN_AUTH, mdg_virtual_test_get_files ()->auth_key);
  assert_signature (card, "80 2A 00 97 00 0033" DIGEST_INFO "0100",
                    mdg_virtual_test_get_files ()->auth_key);
  assert_answer (card, "00 A4 02 0C 02 0017", "9000");
  assert_signature (card, "80 2A 00 80 33" DIGEST_INFO "00",
                    mdg_virtual_test_get_files ()->auth_key);
  assert_read (card, longest, 256, "9000");
  assert_answer (card, too_long, "6700");
  assert_answer (card, "80 2A 00 97 00", "6700");
  assert_answer (card, "80 2A 00 97 33" DIGEST_INFO, "6700");
  assert_answer (card, "80 2A 00 97 33" DIGEST_INFO "80", "6C00");
  assert_answer (card, "80 2A 04 97 33" DIGEST_INFO "00", "6A86");
  assert_answer (card, "80 2A 00 9A 33" DIGEST_INFO "00", "6982"); /* the other PIN's key */
  assert_answer (card, "80 2A 00 98 33" DIGEST_INFO "00", "6981");
  assert_answer (card, "00 20 00 9B 06 414243313233", "9000");
  assert_signature (card, "80 2A 00 9A 33" DIGEST_INFO "00",
                    mdg_virtual_test_get_files ()->sign_key);
  assert_read (card, "00 B0 81 00 00", 256, "9000");
}

static void
test_challenge (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");
  g_autofree char *one = mdg_virtual_test_send (card, "00 84 00 00 20");
  g_autofree char *other = mdg_virtual_test_send (card, "00 84 00 00 20");

  g_assert_cmpuint (strlen (one), ==, 2 * 34);
  g_assert_cmpstr (one, !=, other);
  assert_read (card, "00 84 00 00 00", 256, "9000");
  assert_answer (card, "00 84 00 00", "6700");
  assert_answer (card, "00 84 00 00 00 0101", "6700");
  assert_answer (card, "00 84 01 00 08", "6A86");
}

static void
test_options (void)
{
  g_autoptr (MdgVirtualCard) no_extended = mdg_virtual_test_card ("no-extended");
  g_autoptr (MdgVirtualCard) no_jpki = mdg_virtual_test_card ("no-jpki");
  g_autoptr (MdgVirtualCard) no_sfi = mdg_virtual_test_card ("no-sfi");
  g_autoptr (MdgVirtualCard) phone = mdg_virtual_test_card ("phone verified-9000");
  g_autoptr (MdgVirtualCard) first = mdg_virtual_test_card ("first-6f00");
  g_autoptr (MdgVirtualCard) eof = mdg_virtual_test_card ("eof-6282 wrong-le=no");
  g_autoptr (MdgVirtualCard) le = mdg_virtual_test_card ("wrong-le");

  assert_answer (no_extended, SELECT_JPKI, "9000");
  assert_answer (no_extended, "00 B0 8A 00 00 0000", "6700");
  assert_read (no_extended, "00 B0 8A 00 00", 256, "9000");
  assert_answer (no_jpki, SELECT_JPKI, "6A82");
  assert_answer (no_jpki, SELECT_ISSUER, "9000");
  assert_answer (no_sfi, SELECT_JPKI, "9000");
  assert_answer (no_sfi, "00 B0 8A 00 00", "6A82");
  assert_answer (no_sfi, ASK_AUTH, "6A82");
  assert_answer (no_sfi, VERIFY_AUTH, "6A82");
  assert_answer (no_sfi, "00 A4 02 0C 02 0018", "9000");
  assert_answer (no_sfi, "00 20 00 80 04 31323334", "9000");
  assert_answer (phone, SELECT_JPKI, "9000");
  assert_answer (phone, "00 B0 8A 00 00", "6982");
  assert_answer (phone, "00 B0 86 00 0F", "4A504B49415047505345544F4B454E9000");
  assert_answer (phone, VERIFY_AUTH, "9000");
  assert_answer (phone, ASK_AUTH, "9000");
  assert_read (phone, "00 B0 8A 00 00", 256, "9000");
  assert_answer (first, SELECT_JPKI, "6F00");
  assert_answer (first, SELECT_JPKI, "9000");
  mdg_virtual_card_reset (first);
  assert_answer (first, SELECT_JPKI, "9000");
  mdg_virtual_card_power_on (first);
  assert_answer (first, SELECT_JPKI, "6F00");
  assert_answer (eof, SELECT_JPKI, "9000");
  assert_answer (eof, "00 B0 88 00 00", "8F8F006282");
  assert_answer (eof, "00 B0 88 00 03", "8F8F009000");
  assert_answer (le, SELECT_JPKI, "9000");
  assert_answer (le, "00 B0 88 00 00", "6C03");
  assert_answer (le, "00 B0 88 00 03", "8F8F009000");
}

static void
test_get_response (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("get-response");

  assert_answer (card, "00 C0 00 00 00", "6985");
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, VERIFY_AUTH, "9000");
  assert_answer (card, SIGN_AUTH, "6100");
  assert_read (card, "00 C0 00 00 80", 128, "6180");
  assert_read (card, "00 C0 00 00 80", 128, "9000");
  assert_answer (card, "00 C0 00 00 80", "6985");
  assert_answer (card, SIGN_AUTH, "6100");
  assert_answer (card, SELECT_JPKI, "9000"); /* any other command drops what is pending */
  assert_answer (card, "00 C0 00 00 00", "6985");
  assert_read (card, "00 B0 8A 00 00 0200", 256, "6100");
  assert_read (card, "00 C0 00 00 00", 256, "9000");
  assert_read (card, "00 B0 8A 00 00", 256, "9000");
  assert_answer (card, "00 C0 01 00 00", "6A86");
}

static void
test_input_helper (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("name=試験");
  g_autofree char *answer = NULL;

  assert_answer (card, SELECT_HELPER, "9000");
  assert_answer (card, "00 B0 82 00 00", "6982");
  assert_answer (card, "00 20 00 91", "63C3");
  assert_answer (card, "00 20 00 91 04 31323334", "9000");
  answer = mdg_virtual_test_send (card, "00 B0 82 00 04");
  g_assert_true (g_str_has_prefix (answer, "FF20"));
  g_clear_pointer (&answer, g_free);
  /* DF21's first offset leads to DF22, the name */
  answer = mdg_virtual_test_send (card, "00 B0 82 00 00");
  g_assert_true (g_str_has_prefix (answer + 2 * 3, "DF2108"));
  g_assert_true (g_str_has_prefix (
      answer + 2 * g_ascii_strtoull ((char[]){ answer[12], answer[13], answer[14], answer[15], 0 },
                                     NULL, 16),
      "DF2206E8A9A6E9A893"));
}

static void
test_atr (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");
  g_autoptr (MdgVirtualCard) contact = mdg_virtual_test_card ("contact");
  g_autoptr (GBytes) atr = mdg_virtual_card_get_atr (card);
  g_autoptr (GBytes) contact_atr = mdg_virtual_card_get_atr (contact);
  g_autofree char *text = mdg_virtual_test_hex (atr);
  g_autofree char *contact_text = mdg_virtual_test_hex (contact_atr);

  g_assert_cmpstr (text, ==,
                   "3B8880010000"
                   "05E0B381A1007F");
  g_assert_cmpstr (contact_text, ==, "3BE000FF8131FE4514");
}

static gboolean
on_refuse_cb (const guint tries[MDG_VIRTUAL_N_PINS], gpointer user_data)
{
  guint *stored = user_data;

  if (*stored == G_MAXUINT)
    return FALSE;
  *stored = tries[MDG_VIRTUAL_PIN_AUTH];
  return TRUE;
}

/* A card that cannot count does not compare. */
static void
test_tries_stored_first (void)
{
  g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card ("");
  guint stored = 99;

  mdg_virtual_card_set_tries_func (card, on_refuse_cb, &stored);
  assert_answer (card, SELECT_JPKI, "9000");
  assert_answer (card, ASK_AUTH, "63C3");
  g_assert_cmpuint (stored, ==, 99);
  assert_answer (card, "00 20 00 98 04 30303030", "63C2");
  g_assert_cmpuint (stored, ==, 2);
  assert_answer (card, VERIFY_AUTH, "9000");
  g_assert_cmpuint (stored, ==, 3);
  stored = G_MAXUINT;
  assert_answer (card, VERIFY_AUTH, "6581");
  g_assert_false (mdg_virtual_card_get_verified (card, MDG_VIRTUAL_PIN_AUTH));
  assert_answer (card, ASK_AUTH, "63C3");
}

static GBytes *
make_random_command (GRand *random)
{
  static const guint8 classes[] = { 0x00, 0x00, 0x00, 0x80, 0x0c, 0xff };
  static const guint8 instructions[] = { 0xa4, 0xb0, 0x20, 0x2a, 0x84, 0xc0, 0x24 };
  gsize length = (gsize) g_rand_int_range (random, 0, 300);
  GByteArray *array = g_byte_array_new ();

  g_byte_array_set_size (array, (guint) length);
  for (gsize i = 0; i < length; i++)
    array->data[i] = (guint8) g_rand_int (random);
  /* one in two gets past the first gates */
  if (length >= 4 && g_rand_boolean (random))
    {
      array->data[0] = classes[g_rand_int_range (random, 0, G_N_ELEMENTS (classes))];
      array->data[1] = instructions[g_rand_int_range (random, 0, G_N_ELEMENTS (instructions))];
      if (length > 5 && length < 261 && g_rand_boolean (random))
        array->data[4] = (guint8) (length - 5);
      if (length == 7 || (length > 4 && g_rand_int_range (random, 0, 8) == 0))
        array->data[4] = 0;
    }
  return g_byte_array_free_to_bytes (array);
}

/* Whatever comes in, two bytes or more go out, no more than were asked for, and no guess is free:
 * a verified PIN never comes of bytes that have no PIN in them. */
static void
test_random_bytes (void)
{
  static const char *const kinds[] = { "", "get-response", "no-sfi wrong-le", "phone eof-6282" };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (MdgVirtualCard) card = mdg_virtual_test_card (kinds[kind]);

      for (guint i = 0; i < RANDOM_ROUNDS / G_N_ELEMENTS (kinds); i++)
        {
          g_autoptr (GBytes) command = NULL;
          g_autoptr (GBytes) answer = NULL;
          gsize size;

          if (i % 50 == 0)
            assert_answer (card, i % 100 == 0 ? SELECT_JPKI : SELECT_HELPER, "9000");
          command = make_random_command (random);
          answer = mdg_virtual_card_transmit (card, command);
          size = g_bytes_get_size (answer);
          g_assert_cmpuint (size, >=, 2);
          g_assert_cmpuint (size, <=, 2048 + 2);
        }
      g_assert_false (mdg_virtual_card_get_verified (card, MDG_VIRTUAL_PIN_AUTH));
      g_assert_false (mdg_virtual_card_get_verified (card, MDG_VIRTUAL_PIN_SIGN));
    }
}

static void
test_option_errors (void)
{
  static const char *const wrong[] = {
    "tries=4",         "tries=-1",    "tries",      "pin=12345",  "pin=12a4",
    "pin=１２３４",    "nonsense",    "contact=1",  "ef-size=16", "ef-size=99999",
    "blocked-sw=9000", "sign-pin=A1", "birth=2026", "=",          "name="
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (MdgVirtualOptions) options = mdg_virtual_options_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (mdg_virtual_options_parse (options, wrong[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_null (strstr (error->message, "1234"));
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-card/select", test_select);
  g_test_add_func ("/virtual-card/class-and-instruction", test_class_and_instruction);
  g_test_add_func ("/virtual-card/read-binary", test_read_binary);
  g_test_add_func ("/virtual-card/certificate", test_certificate);
  g_test_add_func ("/virtual-card/tries", test_tries);
  g_test_add_func ("/virtual-card/blocked-status-word", test_blocked_status_word);
  g_test_add_func ("/virtual-card/persistence", test_persistence);
  g_test_add_func ("/virtual-card/sign", test_sign);
  g_test_add_func ("/virtual-card/challenge", test_challenge);
  g_test_add_func ("/virtual-card/options", test_options);
  g_test_add_func ("/virtual-card/get-response", test_get_response);
  g_test_add_func ("/virtual-card/input-helper", test_input_helper);
  g_test_add_func ("/virtual-card/atr", test_atr);
  g_test_add_func ("/virtual-card/tries-stored-first", test_tries_stored_first);
  g_test_add_func ("/virtual-card/random-bytes", test_random_bytes);
  g_test_add_func ("/virtual-card/option-errors", test_option_errors);
  result = g_test_run ();
  mdg_virtual_test_finish ();
  return result;
}
