/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A virtual My Number Card: the syntax of APDUs, power and reset, what outlives which of them, and
 * how answers go out. The files are in mdg-virtual-card-apps.c, the commands in
 * mdg-virtual-card-commands.c. Any bytes may come in; an answer always goes out. */
#include "config.h"

#include "mdg-virtual-card-private.h"

#include <string.h>

/* reference/card.md 1.1 */
static const guint8 atr_contactless[] = { 0x3b, 0x88, 0x80, 0x01, 0x00, 0x00, 0x05,
                                          0xe0, 0xb3, 0x81, 0xa1, 0x00, 0x7f };
static const guint8 atr_contact[] = { 0x3b, 0xe0, 0x00, 0xff, 0x81, 0x31, 0xfe, 0x45, 0x14 };

#define SHORT_MAX 256

static guint
read_16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static gboolean
parse_extended (const guint8 *rest, gsize length, VirtualCommand *command)
{
  command->extended = TRUE;
  if (length < 3)
    return FALSE;
  if (length == 3) /* case 2E */
    {
      command->le = read_16 (rest + 1) != 0 ? read_16 (rest + 1) : 65536;
      return TRUE;
    }
  command->length = read_16 (rest + 1);
  command->data = rest + 3;
  if (command->length == 0)
    return FALSE;
  if (length == 3 + command->length) /* case 3E */
    return TRUE;
  if (length != 3 + command->length + 2)
    return FALSE;
  rest += 3 + command->length;
  command->le = read_16 (rest) != 0 ? read_16 (rest) : 65536; /* case 4E */
  return TRUE;
}

/* Takes a command APDU apart, ISO/IEC 7816-4 5.1, cases 1 to 4. Returns FALSE where the lengths do
 * not fit together. @command points into @bytes. */
gboolean
mdg_virtual_command_parse (const guint8 *bytes, gsize length, VirtualCommand *command)
{
  const guint8 *rest;

  *command = (VirtualCommand){ 0 };
  if (length < 4)
    return FALSE;
  rest = bytes + 4;
  command->cla = bytes[0];
  command->ins = bytes[1];
  command->p1 = bytes[2];
  command->p2 = bytes[3];
  length -= 4;
  if (length == 0) /* case 1 */
    return TRUE;
  if (length == 1) /* case 2S */
    {
      command->le = rest[0] != 0 ? rest[0] : SHORT_MAX;
      return TRUE;
    }
  if (rest[0] == 0)
    return parse_extended (rest, length, command);
  command->length = rest[0];
  command->data = rest + 1;
  if (length == 1 + command->length) /* case 3S */
    return TRUE;
  if (length != 1 + command->length + 1)
    return FALSE;
  rest += 1 + command->length;
  command->le = rest[0] != 0 ? rest[0] : SHORT_MAX; /* case 4S */
  return TRUE;
}

static GBytes *
make_answer (const guint8 *data, gsize length, guint sw)
{
  GByteArray *array = g_byte_array_sized_new ((guint) length + 2);
  const guint8 trailer[] = { (guint8) (sw >> 8), (guint8) (sw & 0xff) };

  if (length > 0)
    g_byte_array_append (array, data, (guint) length);
  g_byte_array_append (array, trailer, 2);
  return g_byte_array_free_to_bytes (array);
}

/* Sends the next part of what is pending, as T=0 does (ISO/IEC 7816-3 12.2). */
static GBytes *
answer_pending (MdgVirtualCard *self, gsize length)
{
  guint left = self->pending->len - (guint) length;
  guint sw = left == 0 ? SW_OK : SW_MORE | (left < SHORT_MAX ? left : 0);
  GBytes *answer = make_answer (self->pending->data, length, sw);

  g_byte_array_remove_range (self->pending, 0, (guint) length);
  return answer;
}

static GBytes *
get_response (MdgVirtualCard *self, const VirtualCommand *command)
{
  if (command->p1 != 0 || command->p2 != 0)
    return make_answer (NULL, 0, SW_WRONG_P1P2);
  if (command->length != 0 || command->le == 0)
    return make_answer (NULL, 0, SW_WRONG_LENGTH);
  if (self->pending->len == 0)
    return make_answer (NULL, 0, SW_CONDITIONS);
  return answer_pending (self, MIN (command->le, self->pending->len));
}

/* With T=0 a command that has data brings no data back: they wait for GET RESPONSE. */
static GBytes *
respond (MdgVirtualCard *self, const VirtualCommand *command, guint sw)
{
  gsize now = MIN (self->answer->len, SHORT_MAX);

  if (!self->options->get_response || sw != SW_OK ||
      (command->length == 0 && self->answer->len <= SHORT_MAX))
    return make_answer (self->answer->data, self->answer->len, sw);
  g_byte_array_append (self->pending, self->answer->data, self->answer->len);
  if (self->pending->len == 0)
    return make_answer (NULL, 0, sw);
  return answer_pending (self, command->length == 0 ? now : 0);
}

static guint
refuse_class (const VirtualCommand *command)
{
  if (command->cla == 0xff || (command->cla & 0x60) != 0)
    return SW_WRONG_CLASS;
  if ((command->cla & 0x0c) != 0)
    return SW_NO_SECURE;
  if ((command->cla & 0x10) != 0)
    return SW_NO_CHAINING;
  if ((command->cla & 0x03) != 0)
    return SW_NO_CHANNEL;
  return SW_WRONG_CLASS;
}

static guint
dispatch (MdgVirtualCard *self, const VirtualCommand *command)
{
  static const struct
  {
    guint8 cla;
    guint8 ins;
    guint (*run) (MdgVirtualCard *self, const VirtualCommand *command);
  } table[] = {
    { 0x00, 0xa4, mdg_virtual_card_select },        { 0x00, 0xb0, mdg_virtual_card_read_binary },
    { 0x00, 0x20, mdg_virtual_card_verify },        { 0x80, 0x2a, mdg_virtual_card_sign },
    { 0x00, 0x84, mdg_virtual_card_get_challenge },
  };
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (table[i].ins == command->ins && table[i].cla == command->cla)
        return table[i].run (self, command);
      known = known || table[i].ins == command->ins;
    }
  if (command->cla != 0x00 && command->cla != 0x80)
    return refuse_class (command);
  return known ? SW_WRONG_CLASS : SW_WRONG_INSTRUCTION;
}

static void
forget_session (MdgVirtualCard *self)
{
  self->app = NULL;
  self->file = NULL;
  g_byte_array_set_size (self->pending, 0);
}

/**
 * mdg_virtual_card_new:
 * @files: keys and certificates; the card keeps a reference
 * @options: what kind of card it is; copied
 *
 * Makes a card without power and with all its tries.
 *
 * Returns: (transfer full): the card
 *
 * Thread: any; then one at a time.
 *
 * Errors: none.
 */
MdgVirtualCard *
mdg_virtual_card_new (MdgVirtualCardFiles *files, const MdgVirtualOptions *options)
{
  MdgVirtualCard *self = g_new0 (MdgVirtualCard, 1);

  self->files = mdg_virtual_card_files_ref (files);
  self->options = mdg_virtual_options_copy (options);
  self->answer = g_byte_array_new ();
  self->pending = g_byte_array_new ();
  mdg_virtual_card_build_apps (self);
  for (guint pin = 0; pin < MDG_VIRTUAL_N_PINS; pin++)
    self->pins[pin].tries = mdg_virtual_card_get_max_tries (pin);
  if (options->tries >= 0)
    self->pins[MDG_VIRTUAL_PIN_AUTH].tries = (guint) options->tries;
  mdg_virtual_card_power_off (self);
  return self;
}

/**
 * mdg_virtual_card_free:
 * @self: (transfer full) (nullable): a card
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_card_free (MdgVirtualCard *self)
{
  if (self == NULL)
    return;
  mdg_virtual_card_clear_apps (self);
  g_byte_array_unref (self->answer);
  g_byte_array_unref (self->pending);
  mdg_virtual_options_free (self->options);
  mdg_virtual_card_files_unref (self->files);
  g_free (self);
}

/**
 * mdg_virtual_card_set_tries_func:
 * @self: a card
 * @func: (nullable): stores the tries each time they change, before the card answers
 * @user_data: data for @func
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
void
mdg_virtual_card_set_tries_func (MdgVirtualCard *self, MdgVirtualTriesFunc func, gpointer user_data)
{
  self->tries_func = func;
  self->tries_data = user_data;
}

/**
 * mdg_virtual_card_power_on:
 * @self: a card
 *
 * Powers the card up: nothing is selected, no PIN is verified (reference/card.md 1.8).
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
void
mdg_virtual_card_power_on (MdgVirtualCard *self)
{
  mdg_virtual_card_power_off (self);
}

/**
 * mdg_virtual_card_power_off:
 * @self: a card
 *
 * Takes power away, as leaving the field does: every verified PIN goes.
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
void
mdg_virtual_card_power_off (MdgVirtualCard *self)
{
  forget_session (self);
  self->first = TRUE;
  for (guint pin = 0; pin < MDG_VIRTUAL_N_PINS; pin++)
    self->pins[pin].verified = FALSE;
}

/**
 * mdg_virtual_card_reset:
 * @self: a card
 *
 * A warm reset: the selection goes, a verified PIN stays (reference/card.md 1.8).
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
void
mdg_virtual_card_reset (MdgVirtualCard *self)
{
  forget_session (self);
}

/**
 * mdg_virtual_card_get_atr:
 * @self: a card
 *
 * Returns: (transfer full): the ATR that a reader would give for it
 *
 * Thread: any.
 *
 * Errors: none.
 */
GBytes *
mdg_virtual_card_get_atr (MdgVirtualCard *self)
{
  if (self->options->contact)
    return g_bytes_new_static (atr_contact, sizeof atr_contact);
  return g_bytes_new_static (atr_contactless, sizeof atr_contactless);
}

/**
 * mdg_virtual_card_get_max_tries:
 * @pin: a PIN
 *
 * Returns: the tries of a fresh card (reference/card.md 1.4)
 *
 * Thread: any.
 *
 * Errors: none.
 */
guint
mdg_virtual_card_get_max_tries (MdgVirtualPin pin)
{
  return pin == MDG_VIRTUAL_PIN_SIGN ? 5 : 3;
}

/**
 * mdg_virtual_card_get_tries:
 * @self: a card
 * @pin: a PIN
 *
 * Returns: the tries left, 0 when blocked
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
guint
mdg_virtual_card_get_tries (MdgVirtualCard *self, MdgVirtualPin pin)
{
  g_return_val_if_fail (pin < MDG_VIRTUAL_N_PINS, 0);
  return self->pins[pin].tries;
}

/**
 * mdg_virtual_card_set_tries:
 * @self: a card
 * @pin: a PIN
 * @tries: tries left; more than a fresh card has are cut to those
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
void
mdg_virtual_card_set_tries (MdgVirtualCard *self, MdgVirtualPin pin, guint tries)
{
  g_return_if_fail (pin < MDG_VIRTUAL_N_PINS);
  self->pins[pin].tries = MIN (tries, mdg_virtual_card_get_max_tries (pin));
  if (tries == 0)
    self->pins[pin].verified = FALSE;
}

/**
 * mdg_virtual_card_get_verified:
 * @self: a card
 * @pin: a PIN
 *
 * Returns: whether the card would let its holder in
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_card_get_verified (MdgVirtualCard *self, MdgVirtualPin pin)
{
  g_return_val_if_fail (pin < MDG_VIRTUAL_N_PINS, FALSE);
  return self->pins[pin].verified;
}

/**
 * mdg_virtual_card_transmit:
 * @self: a card with power
 * @command: a command APDU, or any other bytes
 *
 * Gives a command to the card. It never fails: what cannot be understood is answered with a status
 * word, as a card does.
 *
 * Returns: (transfer full): the answer, two bytes or more
 *
 * Thread: as all of the card.
 *
 * Errors: none.
 */
GBytes *
mdg_virtual_card_transmit (MdgVirtualCard *self, GBytes *command)
{
  VirtualCommand parsed;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (command, &length);
  gboolean first = self->first;
  guint sw;

  if (!mdg_virtual_command_parse (bytes, length, &parsed))
    return make_answer (NULL, 0, SW_WRONG_LENGTH);
  self->first = FALSE;
  if (first && self->options->first_6f00)
    return make_answer (NULL, 0, SW_INTERNAL);
  if (parsed.extended && self->options->no_extended)
    return make_answer (NULL, 0, SW_WRONG_LENGTH);
  if (parsed.cla == 0x00 && parsed.ins == 0xc0)
    return get_response (self, &parsed);
  g_byte_array_set_size (self->pending, 0);
  g_byte_array_set_size (self->answer, 0);
  sw = dispatch (self, &parsed);
  return respond (self, &parsed, sw);
}
