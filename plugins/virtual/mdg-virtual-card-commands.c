/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands of the card, as reference/card.md 1.2 to 1.8 describe them and ISO/IEC 7816-4 where
 * it is silent. Each takes a command apart that is well formed, may add to the answer, and returns
 * the status word. */
#include "config.h"

#include "mdg-virtual-card-private.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <string.h>

#define SHORTEST_AID   5 /* a registered application provider's part, ISO/IEC 7816-4 8.2.1.2 */
#define MAX_CHALLENGE  256
#define PKCS1_OVERHEAD 11 /* 00 01, at least eight FF, 00 (RFC 8017 9.2) */

/* A PIN outlives a reselection of its own application, and nothing else (1.8). */
static void
drop_other_pins (MdgVirtualCard *self, VirtualApp *app)
{
  for (guint pin = 0; pin < MDG_VIRTUAL_N_PINS; pin++)
    if (mdg_virtual_card_pin_app (self, pin) != app)
      self->pins[pin].verified = FALSE;
}

static guint
select_application (MdgVirtualCard *self, const VirtualCommand *command)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->apps); i++)
    {
      VirtualApp *app = &self->apps[i];

      if (command->length < MIN (SHORTEST_AID, app->aid_length) ||
          command->length > app->aid_length || command->length == 0 ||
          memcmp (app->aid, command->data, command->length) != 0)
        continue;
      drop_other_pins (self, app);
      self->app = app;
      self->file = NULL;
      return SW_OK;
    }
  return SW_NOT_FOUND;
}

static guint
select_file (MdgVirtualCard *self, const VirtualCommand *command)
{
  VirtualFile *file;

  if (command->length != 2)
    return SW_WRONG_LENGTH;
  file = mdg_virtual_card_find_file (self->app, (guint) command->data[0] << 8 | command->data[1]);
  if (file == NULL)
    return SW_NOT_FOUND;
  self->file = file;
  return SW_OK;
}

/* SELECT. P1 00 is the trap of 1.2: 6A86 with nothing selected, else 9000 without effect. P2 00
 * asks for control information, of which this card has none. */
guint
mdg_virtual_card_select (MdgVirtualCard *self, const VirtualCommand *command)
{
  if (command->p2 != 0x0c && command->p2 != 0x00)
    return SW_WRONG_P1P2;
  if (command->p1 == 0x04)
    return select_application (self, command);
  if (command->p1 == 0x02)
    return select_file (self, command);
  if (command->p1 == 0x00 && command->p2 == 0x00 && command->length == 0)
    return self->app != NULL ? SW_OK : SW_WRONG_P1P2;
  return SW_WRONG_P1P2;
}

/* Makes the file with a short id current, which is how 1.5 gets by without SELECT EF. */
static guint
select_short (MdgVirtualCard *self, guint short_id)
{
  VirtualFile *file = mdg_virtual_card_find_file (self->app, short_id);

  if (self->options->no_sfi || file == NULL)
    return SW_NOT_FOUND;
  self->file = file;
  return SW_OK;
}

/* The file that P2 names: 100xxxxx, where xxxxx is a short id or 0 for the current file. */
static guint
take_reference (MdgVirtualCard *self, const VirtualCommand *command)
{
  if (command->p1 != 0 || (command->p2 & 0xe0) != 0x80)
    return SW_WRONG_P1P2;
  if ((command->p2 & 0x1f) != 0)
    return select_short (self, command->p2 & 0x1f);
  return self->file != NULL ? SW_OK : SW_NO_CURRENT_FILE;
}

/* READ BINARY, with an offset of 15 bits or with a short id and one of 8. */
guint
mdg_virtual_card_read_binary (MdgVirtualCard *self, const VirtualCommand *command)
{
  gsize offset = (gsize) command->p1 << 8 | command->p2;
  gsize size;
  const guint8 *content;

  if (command->p1 & 0x80)
    {
      /* short id 0 is the current file, ISO/IEC 7816-4 8.2.2.2 */
      guint short_id = command->p1 & 0x1f;
      guint sw;

      if (command->p1 & 0x60)
        return SW_WRONG_P1P2;
      sw = short_id != 0 ? select_short (self, short_id) : SW_OK;
      if (sw != SW_OK)
        return sw;
      offset = command->p2;
    }
  if (self->file == NULL)
    return SW_NO_CURRENT_FILE;
  if (self->file->kind != FILE_DATA)
    return SW_WRONG_FILE_KIND;
  if (command->length != 0 || command->le == 0)
    return SW_WRONG_LENGTH;
  if (self->file->pin >= 0 && !self->pins[self->file->pin].verified)
    return SW_SECURITY;
  content = g_bytes_get_data (self->file->content, &size);
  if (offset >= size)
    return SW_WRONG_OFFSET;
  if (command->le > size - offset && self->options->wrong_le && size - offset < 256)
    return SW_WRONG_LE | (guint) (size - offset);
  g_byte_array_append (self->answer, content + offset,
                       (guint) MIN ((gsize) command->le, size - offset));
  if (command->le > size - offset && self->options->eof_6282)
    return SW_END_OF_FILE;
  return SW_OK;
}

static const char *
get_pin_value (MdgVirtualCard *self, MdgVirtualPin pin)
{
  switch (pin)
    {
    case MDG_VIRTUAL_PIN_SIGN:
      return self->options->sign_pin;
    case MDG_VIRTUAL_PIN_HELPER:
      return self->options->helper_pin;
    case MDG_VIRTUAL_PIN_AUTH:
    case MDG_VIRTUAL_N_PINS:
    default:
      return self->options->pin;
    }
}

static gboolean
store_tries (MdgVirtualCard *self, MdgVirtualPin pin, guint tries)
{
  guint before = self->pins[pin].tries;
  guint all[MDG_VIRTUAL_N_PINS];

  self->pins[pin].tries = tries;
  for (guint i = 0; i < MDG_VIRTUAL_N_PINS; i++)
    all[i] = self->pins[i].tries;
  if (self->tries_func == NULL || self->tries_func (all, self->tries_data))
    return TRUE;
  self->pins[pin].tries = before;
  return FALSE;
}

/* The try is taken before the comparison and given back after it: pulling the card in between must
 * not give a free guess. */
static guint
compare_pin (MdgVirtualCard *self, MdgVirtualPin pin, const VirtualCommand *command)
{
  const char *value = get_pin_value (self, pin);
  VirtualPinState *state = &self->pins[pin];

  state->verified = FALSE;
  if (!store_tries (self, pin, state->tries - 1))
    return SW_MEMORY;
  if (command->length != strlen (value) ||
      CRYPTO_memcmp (value, command->data, command->length) != 0)
    return SW_TRIES | state->tries;
  if (!store_tries (self, pin, mdg_virtual_card_get_max_tries (pin)))
    return SW_MEMORY;
  state->verified = TRUE;
  return SW_OK;
}

/* VERIFY. Without data it asks for the tries left and costs nothing (1.4). */
guint
mdg_virtual_card_verify (MdgVirtualCard *self, const VirtualCommand *command)
{
  guint sw = take_reference (self, command);
  VirtualPinState *state;

  if (sw != SW_OK)
    return sw;
  if (self->file->kind != FILE_PIN)
    return SW_WRONG_FILE_KIND;
  state = &self->pins[self->file->pin];
  if (state->tries == 0)
    return self->options->blocked_sw;
  if (command->length != 0)
    return compare_pin (self, (MdgVirtualPin) self->file->pin, command);
  if (state->verified && self->options->verified_9000)
    return SW_OK;
  return SW_TRIES | state->tries;
}

/* The raw private-key operation over a block that the card has padded itself. */
static gboolean
sign_block (EVP_PKEY *key, const guint8 *block, gsize size, guint8 *signature)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  size_t length = size;
  gboolean ok = context != NULL && EVP_PKEY_sign_init (context) > 0 &&
                EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING) > 0 &&
                EVP_PKEY_sign (context, signature, &length, block, size) > 0 && length == size;

  EVP_PKEY_CTX_free (context);
  return ok;
}

/* COMPUTE DIGITAL SIGNATURE, P1 00: pads what it is given with PKCS#1 v1.5 type 1 (1.5). The other
 * values of P1 rest on one source and nobody here needs them: 6A86. */
guint
mdg_virtual_card_sign (MdgVirtualCard *self, const VirtualCommand *command)
{
  guint sw = take_reference (self, command);
  EVP_PKEY *key;
  gsize size;

  if (sw != SW_OK)
    return sw;
  if (self->file->kind != FILE_KEY)
    return SW_WRONG_FILE_KIND;
  if (!self->pins[self->file->pin].verified)
    return SW_SECURITY;
  key = self->file->pin == MDG_VIRTUAL_PIN_SIGN ? self->files->sign_key : self->files->auth_key;
  size = (gsize) EVP_PKEY_get_size (key);
  if (command->length == 0 || command->length + PKCS1_OVERHEAD > size)
    return SW_WRONG_LENGTH;
  if (command->le == 0 && !self->options->get_response)
    return SW_WRONG_LENGTH;
  if (command->le != 0 && command->le < size && !self->options->get_response)
    return SW_WRONG_LE | (guint) (size & 0xff);
  {
    g_autofree guint8 *block = g_malloc (size);
    gsize start = size - command->length;

    memset (block, 0xff, size);
    block[0] = 0;
    block[1] = 1;
    block[start - 1] = 0;
    for (gsize i = 0; i < command->length; i++)
      block[start + i] = command->data[i];
    g_byte_array_set_size (self->answer, (guint) size);
    if (sign_block (key, block, size, self->answer->data))
      return SW_OK;
  }
  g_byte_array_set_size (self->answer, 0);
  return SW_INTERNAL;
}

/* GET CHALLENGE: 1 to 256 bytes, always allowed (1.5). */
guint
mdg_virtual_card_get_challenge (MdgVirtualCard *self, const VirtualCommand *command)
{
  if (command->p1 != 0 || command->p2 != 0)
    return SW_WRONG_P1P2;
  if (command->length != 0 || command->le == 0 || command->le > MAX_CHALLENGE)
    return SW_WRONG_LENGTH;
  g_byte_array_set_size (self->answer, command->le);
  if (RAND_bytes (self->answer->data, (int) command->le) == 1)
    return SW_OK;
  g_byte_array_set_size (self->answer, 0);
  return SW_INTERNAL;
}
