/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one place where a PIN exists. It promises: the digits live in OpenSSL's secure heap (locked,
 * guarded, left out of core dumps by MADV_DONTDUMP where the system has it; ordinary memory, erased
 * all the same, where that heap cannot be made); they leave once, as the VERIFY command they were
 * typed for; they are erased then, and whenever the PIN is freed. There is no function that gives
 * them as text, so no log can hold them by mistake. */
#include "config.h"

#include "mdg-pin.h"

#include <openssl/crypto.h>

#define SECURE_HEAP_BYTES 16384 /* some hundred PINs; the system may lock only 64 KiB for us */
#define SECURE_HEAP_BLOCK 16

#define INS_VERIFY     0x20
#define VERIFY_BYTES   (5 + MDG_PIN_LENGTH)
#define FULLWIDTH_ZERO 0xff10u

struct _MdgPin
{
  char digits[MDG_PIN_LENGTH];
  guint8 length;
  guint8 used;
};

/* The guard is made once. OpenSSL itself falls back to ordinary memory where it was not made. */
static void
ensure_secure_heap (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  if (!CRYPTO_secure_malloc_initialized () &&
      CRYPTO_secure_malloc_init (SECURE_HEAP_BYTES, SECURE_HEAP_BLOCK) == 0)
    g_debug ("no secure heap: PINs are kept in ordinary memory and erased");
  g_once_init_leave (&once, 1);
}

/* 0 to 9 for an ASCII or full-width digit, else -1 */
static int
digit_value (gunichar c)
{
  if (c >= '0' && c <= '9')
    return (int) (c - '0');
  if (c >= FULLWIDTH_ZERO && c <= FULLWIDTH_ZERO + 9)
    return (int) (c - FULLWIDTH_ZERO);
  return -1;
}

static gboolean
push_text (MdgPin *self, const char *text, gsize length)
{
  const char *end = text + length;
  gboolean ended = FALSE;

  for (const char *p = text; p < end;)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);
      int value = digit_value (c);

      if (c == 0 || c >= (gunichar) -2)
        return FALSE;
      if (value < 0 && !g_unichar_isspace (c))
        return FALSE;
      if (value < 0 && self->length > 0)
        ended = TRUE;
      if (value >= 0 && (ended || !mdg_pin_push (self, (char) ('0' + value))))
        return FALSE;
      p = g_utf8_next_char (p);
    }
  return mdg_pin_is_complete (self);
}

static void
on_free_command_cb (gpointer data)
{
  OPENSSL_secure_clear_free (data, VERIFY_BYTES);
}

/**
 * mdg_pin_new:
 *
 * An empty PIN, to be typed digit by digit.
 *
 * Source: reference/card.md 3.2, rule 6.
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: (transfer full): the PIN; mdg_pin_free() erases it
 */
MdgPin *
mdg_pin_new (void)
{
  MdgPin *self = NULL;

  ensure_secure_heap ();
  self = OPENSSL_secure_zalloc (sizeof *self);
  if (self == NULL)
    g_error ("no memory for a PIN");
  return self;
}

/**
 * mdg_pin_new_from_text:
 * @text: UTF-8 text; the caller erases it
 * @length: its length in bytes, or -1 when it ends with NUL
 * @error: return location for an error
 *
 * Four digits, ASCII or full-width, with white space before and after. The error does not repeat
 * what was entered.
 *
 * Source: reference/card.md 1.4 (four digits), 3.2 rule 1.
 * Thread: any. Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: (transfer full): the complete PIN, or %NULL with an error
 */
MdgPin *
mdg_pin_new_from_text (const char *text, gssize length, GError **error)
{
  g_autoptr (MdgPin) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = mdg_pin_new ();
  if (!push_text (self, text, length < 0 ? strlen (text) : (gsize) length))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "the PIN has to be four digits");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * mdg_pin_push:
 * @self: a PIN
 * @digit: '0' to '9'
 *
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: %FALSE when the PIN is complete or used, or @digit is none
 */
gboolean
mdg_pin_push (MdgPin *self, char digit)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->used || self->length >= MDG_PIN_LENGTH || !g_ascii_isdigit (digit))
    return FALSE;
  self->digits[self->length++] = digit;
  return TRUE;
}

/**
 * mdg_pin_pop:
 * @self: a PIN
 *
 * Takes the last digit back and erases it.
 *
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: %FALSE when there was none
 */
gboolean
mdg_pin_pop (MdgPin *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->length == 0)
    return FALSE;
  self->length--;
  OPENSSL_cleanse (&self->digits[self->length], 1);
  return TRUE;
}

/**
 * mdg_pin_get_length:
 * @self: a PIN
 *
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: digits entered so far, 0 to %MDG_PIN_LENGTH; 0 for a used one
 */
guint
mdg_pin_get_length (const MdgPin *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * mdg_pin_is_complete:
 * @self: a PIN
 *
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: %TRUE when it can be sent
 */
gboolean
mdg_pin_is_complete (const MdgPin *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->used && self->length == MDG_PIN_LENGTH;
}

/**
 * mdg_pin_is_used:
 * @self: a PIN
 *
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: %TRUE when it was taken or erased: it can never be sent again
 */
gboolean
mdg_pin_is_used (const MdgPin *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->used;
}

/**
 * mdg_pin_take_verify:
 * @self: a complete PIN
 * @p2: the reference of the PIN on the card: 80 for the current file, 80 + short id
 *
 * The command `00 20 00 P2 04 dddd`, in secure memory that is erased when the last reference to the
 * bytes goes. The PIN itself is erased at once, so that one PIN is at most one VERIFY.
 *
 * Source: ISO/IEC 7816-4 11.6.6, reference/card.md 1.5.
 * Thread: any, one at a time. Errors: none.
 *
 * Returns: (transfer full) (nullable): the command; %NULL when the PIN is not complete or used
 */
GBytes *
mdg_pin_take_verify (MdgPin *self, guint8 p2)
{
  const guint8 header[] = { 0x00, INS_VERIFY, 0x00, p2, MDG_PIN_LENGTH };
  guint8 *command = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!mdg_pin_is_complete (self))
    return NULL;
  command = OPENSSL_secure_zalloc (VERIFY_BYTES);
  if (command == NULL)
    g_error ("no memory for a VERIFY");
  for (gsize i = 0; i < sizeof header; i++)
    command[i] = header[i];
  for (gsize i = 0; i < MDG_PIN_LENGTH; i++)
    command[sizeof header + i] = (guint8) self->digits[i];
  mdg_pin_erase (self);
  return g_bytes_new_with_free_func (command, VERIFY_BYTES, on_free_command_cb, command);
}

/**
 * mdg_pin_erase:
 * @self: a PIN
 *
 * Erases the digits; the PIN counts as used.
 *
 * Thread: any, one at a time. Errors: none.
 */
void
mdg_pin_erase (MdgPin *self)
{
  g_return_if_fail (self != NULL);

  OPENSSL_cleanse (self, sizeof *self);
  self->length = 0;
  self->used = TRUE;
}

/**
 * mdg_pin_free:
 * @self: (transfer full) (nullable): a PIN
 *
 * Erases and frees.
 *
 * Thread: any. Errors: none.
 */
void
mdg_pin_free (MdgPin *self)
{
  if (self != NULL)
    OPENSSL_secure_clear_free (self, sizeof *self);
}
