/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PIN: what is accepted, that it leaves once, and that its memory is erased. */
#include "config.h"

#include "mdg-pin.h"

#include <openssl/crypto.h>

static void
test_typed (void)
{
  g_autoptr (MdgPin) pin = mdg_pin_new ();

  g_assert_false (mdg_pin_pop (pin));
  g_assert_false (mdg_pin_push (pin, 'a'));
  g_assert_false (mdg_pin_push (pin, '\0'));
  g_assert_true (mdg_pin_push (pin, '7'));
  g_assert_true (mdg_pin_push (pin, '3'));
  g_assert_true (mdg_pin_pop (pin));
  g_assert_true (mdg_pin_push (pin, '0'));
  g_assert_true (mdg_pin_push (pin, '9'));
  g_assert_false (mdg_pin_is_complete (pin));
  g_assert_null (mdg_pin_take_verify (pin, 0x98));
  g_assert_false (mdg_pin_is_used (pin));
  g_assert_true (mdg_pin_push (pin, '8'));
  g_assert_false (mdg_pin_push (pin, '1'));
  g_assert_cmpuint (mdg_pin_get_length (pin), ==, 4);
  g_assert_true (mdg_pin_is_complete (pin));
}

static void
test_text (void)
{
  const char *good[] = { "7098", " 7098\n", "７０９８", "\t7０9８\r\n", "　７０９８　" };
  const char *bad[] = { "",       "709",      "70985",    "7098 1", "70 98", "a098",       "-098",
                        "７０９", "7098\xff", "\xef\xbc", "٧٠٩٨",   "7098x", "７０９８９", "⁷⁰⁹⁸" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgPin) pin = mdg_pin_new_from_text (good[i], -1, &error);
      g_autoptr (GBytes) command = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (pin);
      command = mdg_pin_take_verify (pin, 0x98);
      g_assert_cmpmem (g_bytes_get_data (command, NULL), g_bytes_get_size (command),
                       "\x00\x20\x00\x98\x04"
                       "7098",
                       9);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mdg_pin_new_from_text (bad[i], -1, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_null (strpbrk (error->message, "0123456789"));
    }
  g_assert_null (mdg_pin_new_from_text ("7098\0", 5, NULL));
  g_assert_null (mdg_pin_new_from_text ("7098", 3, NULL));
}

static gboolean
holds_digits (const void *memory, gsize size)
{
  const char *bytes = memory;

  for (gsize i = 0; i + 4 <= size; i++)
    if (strncmp (bytes + i, "7098", 4) == 0)
      return TRUE;
  return FALSE;
}

/* The secure heap stays mapped, so what a freed piece of it holds can be looked at. */
static void
test_erased (void)
{
  MdgPin *pin = mdg_pin_new_from_text ("7098", -1, NULL);
  GBytes *command = NULL;
  GBytes *second = NULL;
  const guint8 *bytes = NULL;
  guint8 before[16], after[16];

  if (!CRYPTO_secure_allocated (pin))
    {
      mdg_pin_free (pin);
      g_test_skip ("no secure heap on this system");
      return;
    }
  g_assert_true (holds_digits (pin, 4));
  command = mdg_pin_take_verify (pin, 0x80);
  g_assert_true (mdg_pin_is_used (pin));
  g_assert_false (mdg_pin_is_complete (pin));
  g_assert_cmpuint (mdg_pin_get_length (pin), ==, 0);
  g_assert_false (holds_digits (pin, 6));
  g_assert_null (mdg_pin_take_verify (pin, 0x80));
  g_assert_false (mdg_pin_push (pin, '1'));
  bytes = g_bytes_get_data (command, NULL);
  g_assert_true (CRYPTO_secure_allocated (bytes));
  second = g_bytes_ref (command);
  g_bytes_unref (command);
  for (gsize i = 0; i < 9; i++)
    before[i] = bytes[i];
  g_bytes_unref (second);
  for (gsize i = 0; i < 9; i++)
    after[i] = bytes[i];
  g_assert_true (holds_digits (before, 9));
  g_assert_false (holds_digits (after, 9));
  mdg_pin_free (pin);

  pin = mdg_pin_new_from_text ("7098", -1, NULL);
  bytes = (const guint8 *) pin;
  mdg_pin_free (pin);
  g_assert_false (holds_digits (bytes, 6));
}

static void
test_erase (void)
{
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text ("7098", -1, NULL);

  mdg_pin_erase (pin);
  g_assert_true (mdg_pin_is_used (pin));
  g_assert_null (mdg_pin_take_verify (pin, 0x98));
  g_assert_false (mdg_pin_pop (pin));
}

/* More PINs than the secure heap holds: ordinary memory then, and no failure. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) pins = g_ptr_array_new_with_free_func ((GDestroyNotify) mdg_pin_free);

  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (pins, mdg_pin_new_from_text ("7098", -1, NULL));
  g_assert_true (mdg_pin_is_complete (g_ptr_array_index (pins, 499)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/pin/typed", test_typed);
  g_test_add_func ("/card/pin/text", test_text);
  g_test_add_func ("/card/pin/erased", test_erased);
  g_test_add_func ("/card/pin/erase", test_erase);
  g_test_add_func ("/card/pin/many", test_many);
  return g_test_run ();
}
