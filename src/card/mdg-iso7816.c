/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every ISO/IEC 7816-4 card does the same way: answers that come in pieces (61xx) or ask for
 * another length (6Cxx), and the selection of applications and files. A hostile card cannot keep
 * this busy without end: rounds and bytes are bounded. A secret is sent once, whatever is answered.
 */
#include "config.h"

#include "mdg-iso7816.h"

#include "mdg-apdu.h"
#include "mdg-card-error.h"

#define ROUNDS_MAX 64u
#define BYTES_MAX  65536u

#define INS_GET_RESPONSE 0xc0
#define INS_SELECT       0xa4

static gboolean
is_status_word (guint16 sw)
{
  guint8 sw1 = sw >> 8;

  return (sw1 > 0x60 && sw1 <= 0x6f) || (sw1 >= 0x90 && sw1 <= 0x9f);
}

/* The command again with another short Le, or NULL where it has no Le to change. */
static GBytes *
change_le (GBytes *command, guint8 le)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (command, &size);
  g_autofree guint8 *copy = NULL;
  gsize end = 0;

  if (size < 5)
    return NULL;
  if (size == 5 || bytes[4] != 0) /* short: case 2, or case 4 with Lc data Le */
    end = size == 5 ? 5 : 5u + bytes[4] + 1u;
  else if (size == 7) /* extended, case 2: a short Le does, in the short form */
    return mdg_apdu_new (bytes[0], bytes[1], bytes[2], bytes[3], NULL, 0, le == 0 ? 256 : le);
  if (end != size)
    return NULL;
  copy = g_memdup2 (bytes, size);
  copy[size - 1] = le;
  return g_bytes_new_take (g_steal_pointer (&copy), size);
}

static gboolean
collect (GByteArray *array, GBytes *answer, GError **error)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (answer, &size);

  if (array->len + (size - 2) > BYTES_MAX)
    {
      g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED,
                           "the card's answer is longer than 64 KiB");
      return FALSE;
    }
  g_byte_array_append (array, bytes, (guint) (size - 2));
  return TRUE;
}

static GBytes *
finish (GByteArray *array, guint16 sw)
{
  const guint8 trailer[] = { (guint8) (sw >> 8), (guint8) (sw & 0xff) };

  g_byte_array_append (array, trailer, sizeof trailer);
  return g_bytes_new (array->data, array->len);
}

/**
 * mdg_iso7816_exchange:
 * @card: the open card
 * @command: a command APDU
 * @flags: how it is recorded
 * @error: return location for an error
 *
 * One command, one answer, nothing followed. The answer has two bytes or more and a status word
 * that a card can give (SW1 61 to 6F or 90 to 9F: ISO/IEC 7816-4 5.1.3); anything else was damaged
 * on its way.
 *
 * Thread: the reader's, inside a run.
 * Errors: those of mdg_card_transmit(); %MDG_READER_ERROR_PROTOCOL for less than two bytes;
 *   %MDG_CARD_ERROR_MALFORMED for another status word.
 *
 * Returns: (transfer full): the answer, or %NULL with an error
 */
GBytes *
mdg_iso7816_exchange (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error)
{
  g_autoptr (GBytes) answer = NULL;

  g_return_val_if_fail (card != NULL && command != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  answer = mdg_card_transmit (card, command, flags, error);
  if (answer == NULL)
    return NULL;
  if (g_bytes_get_size (answer) < 2)
    {
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL,
                           "a damaged answer: it has no status word");
      return NULL;
    }
  if (!is_status_word (mdg_response_get_sw (answer)))
    {
      g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED,
                           "a damaged answer: no card gives such a status word");
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/**
 * mdg_iso7816_follow:
 * @card: the open card
 * @command: the command that was sent
 * @answer: what mdg_iso7816_exchange() gave for it
 * @flags: how the further exchanges are recorded; never %MDG_TRANSMIT_SECRET
 * @error: return location for an error
 *
 * While the status word is 61xx the rest is fetched with GET RESPONSE; 6Cxx repeats the last
 * command with the length that the card names. At most 64 rounds and 64 KiB in all.
 *
 * Source: ISO/IEC 7816-4 5.1.3, reference/card.md 1.6.
 * Thread: the reader's, inside a run.
 * Errors: those of mdg_iso7816_exchange(); %MDG_CARD_ERROR_MALFORMED for an answer without end.
 *
 * Returns: (transfer full): all data and the last status word, or %NULL with an error
 */
GBytes *
mdg_iso7816_follow (MdgCard *card,
                    GBytes *command,
                    GBytes *answer,
                    MdgTransmitFlags flags,
                    GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) last = g_bytes_ref (answer);
  g_autoptr (GBytes) sent = g_bytes_ref (command);

  g_return_val_if_fail ((flags & MDG_TRANSMIT_SECRET) == 0, NULL);

  for (guint round = 0; round <= ROUNDS_MAX; round++)
    {
      guint16 sw = mdg_response_get_sw (last);
      g_autoptr (GBytes) next = NULL;

      /* 6Cxx carries no data (ISO/IEC 7816-4 5.1.3): what came with it would come twice */
      if (sw >> 8 != 0x6c && !collect (array, last, error))
        return NULL;
      if (sw >> 8 == 0x61)
        next = mdg_apdu_new (0x00, INS_GET_RESPONSE, 0, 0, NULL, 0, (sw & 0xff) ? sw & 0xff : 256);
      else if (sw >> 8 == 0x6c)
        next = change_le (sent, sw & 0xff);
      if (next == NULL)
        return finish (array, sw);
      if (round == ROUNDS_MAX)
        break;
      g_clear_pointer (&last, g_bytes_unref);
      last = mdg_iso7816_exchange (card, next, flags, error);
      if (last == NULL)
        return NULL;
      g_bytes_unref (sent);
      sent = g_steal_pointer (&next);
    }
  g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED,
                       "the card's answer does not come to an end");
  return NULL;
}

/**
 * mdg_iso7816_transmit:
 * @card: the open card
 * @command: a command APDU
 * @flags: how it is recorded
 * @error: return location for an error
 *
 * mdg_iso7816_exchange() and mdg_iso7816_follow(); with %MDG_TRANSMIT_SECRET the exchange alone,
 * because a VERIFY must never be repeated (reference/card.md 1.6).
 *
 * Thread: the reader's, inside a run.
 * Errors: those of mdg_iso7816_exchange(); %MDG_CARD_ERROR_MALFORMED for an answer without end.
 *
 * Returns: (transfer full): the answer with its status word, or %NULL with an error
 */
GBytes *
mdg_iso7816_transmit (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error)
{
  g_autoptr (GBytes) answer = mdg_iso7816_exchange (card, command, flags, error);

  if (answer == NULL || (flags & MDG_TRANSMIT_SECRET) != 0)
    return g_steal_pointer (&answer);
  return mdg_iso7816_follow (card, command, answer, flags, error);
}

static guint16
transmit_select (MdgCard *card, guint8 p1, const guint8 *data, gsize length, GError **error)
{
  /* P2 = 0C: no file control information is wanted; reference/card.md 1.2 */
  g_autoptr (GBytes) command =
      mdg_apdu_new (0x00, INS_SELECT, p1, 0x0c, data, length, MDG_APDU_LE_NONE);
  g_autoptr (GBytes) answer = mdg_iso7816_transmit (card, command, MDG_TRANSMIT_NONE, error);

  return answer != NULL ? mdg_response_get_sw (answer) : 0;
}

/**
 * mdg_iso7816_select_aid:
 * @card: the open card
 * @aid: (array length=length): the name of the application
 * @length: 1 to 16 bytes
 * @error: return location for an error
 *
 * SELECT by DF name.
 *
 * Source: ISO/IEC 7816-4 11.2.2, reference/card.md 1.2.
 * Thread: the reader's, inside a run. Errors: those of mdg_iso7816_transmit().
 *
 * Returns: the status word, whichever it is; 0 with an error where there was no answer
 */
guint16
mdg_iso7816_select_aid (MdgCard *card, const guint8 *aid, gsize length, GError **error)
{
  g_return_val_if_fail (card != NULL && aid != NULL, 0);
  g_return_val_if_fail (length >= 1 && length <= 16, 0);

  return transmit_select (card, 0x04, aid, length, error);
}

/**
 * mdg_iso7816_select_file:
 * @card: the open card
 * @file: file identifier of an EF of the selected application
 * @error: return location for an error
 *
 * Source: reference/card.md 1.2 (`00 A4 02 0C 02`; `00 A4 00 00` is a trap).
 * Thread: the reader's, inside a run. Errors: those of mdg_iso7816_transmit().
 *
 * Returns: the status word, whichever it is; 0 with an error where there was no answer
 */
guint16
mdg_iso7816_select_file (MdgCard *card, guint16 file, GError **error)
{
  const guint8 id[] = { (guint8) (file >> 8), (guint8) (file & 0xff) };

  g_return_val_if_fail (card != NULL, 0);

  return transmit_select (card, 0x02, id, sizeof id, error);
}
