/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as a PIN, and any order of what can be done with one: never more than four digits, never
 * a command but one complete VERIFY. */
#include "config.h"

#include "fuzz.h"
#include "mdg-pin.h"

#define P2 0x98

static void
check_command (MdgPin *pin, const char *digits)
{
  g_autoptr (GBytes) command = mdg_pin_take_verify (pin, P2);
  const guint8 header[] = { 0x00, 0x20, 0x00, P2, MDG_PIN_LENGTH };
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (command, &size);

  g_assert_cmpmem (bytes, MIN (size, sizeof header), header, sizeof header);
  g_assert_cmpmem (bytes + sizeof header, size - sizeof header, digits, MDG_PIN_LENGTH);
  g_assert_true (mdg_pin_is_used (pin));
  g_assert_null (mdg_pin_take_verify (pin, P2));
  g_assert_false (mdg_pin_push (pin, '1'));
}

/* What the text says, found another way: blanks, four digits, blanks. NULL: it is no PIN */
static char *
find_digits (const char *text, gsize length)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *copy = g_strndup (text, length);

  if (strlen (copy) != length || !g_utf8_validate (copy, -1, NULL))
    return NULL;
  for (const char *p = copy; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        g_string_append_c (digits, ' ');
      else if (c < 0x80)
        g_string_append_c (digits, (char) c);
      else if (c >= 0xff10 && c <= 0xff19)
        g_string_append_c (digits, (char) ('0' + (c - 0xff10)));
      else
        return NULL;
    }
  g_strstrip (digits->str);
  if (strlen (digits->str) != MDG_PIN_LENGTH || strspn (digits->str, "0123456789") != 4)
    return NULL;
  return g_strdup (digits->str);
}

static void
run_text (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text (text, (gssize) length, &error);
  g_autofree char *digits = find_digits (text, length);

  g_assert_true ((pin == NULL) == (error != NULL));
  g_assert_true ((pin == NULL) == (digits == NULL));
  if (pin == NULL)
    return;
  g_assert_true (mdg_pin_is_complete (pin));
  check_command (pin, digits);
}

/* Each byte is a key: digits, and what takes back, erases or takes. */
static void
run_keys (const guint8 *keys, gsize size)
{
  g_autoptr (MdgPin) pin = mdg_pin_new ();
  g_autoptr (GString) typed = g_string_new (NULL);
  gboolean used = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      gboolean full = typed->len == MDG_PIN_LENGTH;

      if (keys[i] == 'p')
        {
          g_assert_cmpint (mdg_pin_pop (pin), ==, typed->len > 0);
          g_string_truncate (typed, typed->len > 0 ? typed->len - 1 : 0);
        }
      else if (keys[i] == 'e' || (keys[i] == 't' && full))
        {
          if (keys[i] == 't')
            check_command (pin, typed->str);
          else
            mdg_pin_erase (pin);
          g_string_truncate (typed, 0);
          used = TRUE;
        }
      else if (keys[i] == 't')
        {
          g_assert_null (mdg_pin_take_verify (pin, P2));
        }
      else if (mdg_pin_push (pin, (char) keys[i]))
        {
          g_assert_true (g_ascii_isdigit (keys[i]) && !full && !used);
          g_string_append_c (typed, (char) keys[i]);
        }
      g_assert_cmpuint (mdg_pin_get_length (pin), ==, typed->len);
      g_assert_cmpint (mdg_pin_is_complete (pin), ==, typed->len == MDG_PIN_LENGTH);
      g_assert_cmpint (mdg_pin_is_used (pin), ==, used);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *exact = size > 0 ? g_memdup2 (data, size) : g_strdup ("");

  run_text (text, strlen (text));
  run_text (exact, size);
  run_keys (data, size);
  return 0;
}
