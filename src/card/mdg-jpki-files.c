/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the user-authentication certificate with as few commands as the card and the reader allow:
 * one extended READ BINARY by short id where they can, blocks of 256 bytes where they cannot. What
 * was found out is kept, for the reader and for the session. Not one byte past the certificate is
 * asked for after the first block. */
#include "config.h"

#include "mdg-jpki-private.h"

#include "mdg-apdu.h"
#include "mdg-tlv.h"

/* Certificates of real cards have 1.5 to 1.8 kB (reference/card.md 1.12): one command for all of
 * them, and small enough for the message buffers of common readers to be filled in few blocks. */
#define FIRST_READ_BYTES      0x0700u
#define CERTIFICATE_BYTES_MAX 8192u
#define READS_MAX             64u
/* of one certificate, with what 61xx and 6Cxx ask for: the largest one in pieces of 32 bytes */
#define COMMANDS_MAX 512u

#define INS_READ_BINARY 0xb0
#define TAG_SEQUENCE    0x30

typedef struct
{
  guint16 sw;
  GBytes *data; /* (nullable) */
} Block;

static void
block_clear (Block *block)
{
  g_clear_pointer (&block->data, g_bytes_unref);
  block->sw = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

static gboolean
is_data (guint16 sw)
{
  return sw == MDG_SW_OK || sw == MDG_SW_END_OF_FILE;
}

/* The status words of a card that does not take extended length. */
static gboolean
refuses_length (guint16 sw)
{
  return sw == MDG_SW_WRONG_LENGTH || sw == MDG_SW_CLASS || sw == MDG_SW_INSTRUCTION ||
         sw >> 8 == 0x6c;
}

/* The ways in which a reader or driver says that it cannot pass extended length. */
static gboolean
is_length_error (const GError *error)
{
  return g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL) ||
         g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED);
}

static void
take_answer (Block *block, GBytes *answer)
{
  block_clear (block);
  block->sw = mdg_response_get_sw (answer);
  block->data = mdg_response_get_data (answer);
}

/* READ BINARY with extended length, the first of this session. TRUE without a block: the length
 * was refused, short ones are to be tried. */
static gboolean
probe_extended (MdgJpki *self, GBytes *command, Block *block, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GBytes) whole = NULL;

  answer = mdg_jpki_exchange (self, command, MDG_TRANSMIT_PERSONAL, &local_error);
  if (answer == NULL && is_length_error (local_error))
    {
      self->extended = MDG_EXTENDED_NO;
      return TRUE;
    }
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (refuses_length (mdg_response_get_sw (answer)))
    {
      self->extended = MDG_EXTENDED_NO;
      return TRUE;
    }
  whole = mdg_iso7816_follow (self->card, command, answer, MDG_TRANSMIT_PERSONAL, &local_error);
  if (whole == NULL)
    {
      mdg_jpki_note_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  take_answer (block, whole);
  if (is_data (block->sw))
    {
      self->extended = MDG_EXTENDED_YES;
      mdg_card_set_extended (self->card, MDG_EXTENDED_YES);
    }
  return TRUE;
}

/* A reader that has passed extended length before passes it: then it is this card that does not. */
static void
report_no_extended (MdgJpki *self)
{
  if (mdg_card_get_extended (self->card) != MDG_EXTENDED_YES)
    mdg_card_set_extended (self->card, MDG_EXTENDED_NO);
}

/* The first block. @p1: 80 + short id, or 00 for the current file. */
static gboolean
read_first (MdgJpki *self, guint8 p1, Block *block, GError **error)
{
  g_autoptr (GBytes) command = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (self->extended != MDG_EXTENDED_NO)
    {
      g_autoptr (GBytes) probe =
          mdg_apdu_new (0x00, INS_READ_BINARY, p1, 0, NULL, 0, FIRST_READ_BYTES);

      if (!probe_extended (self, probe, block, error))
        return FALSE;
      if (self->extended != MDG_EXTENDED_NO)
        return TRUE;
    }
  command = mdg_apdu_new (0x00, INS_READ_BINARY, p1, 0, NULL, 0, MDG_APDU_LE_SHORT_MAX);
  answer = mdg_jpki_transmit (self, command, MDG_TRANSMIT_PERSONAL, error);
  if (answer == NULL)
    return FALSE;
  take_answer (block, answer);
  if (is_data (block->sw))
    report_no_extended (self);
  return TRUE;
}

static gboolean
read_first_classic (MdgJpki *self, Block *block, GError **error)
{
  guint16 sw = mdg_jpki_select_file (self, MDG_JPKI_EF_CERTIFICATE, error);

  if (sw == 0)
    return FALSE;
  if (sw == MDG_SW_OK)
    return read_first (self, 0x00, block, error);
  block_clear (block);
  block->sw = sw;
  return TRUE;
}

/* The first block in the form that is known, or in the one that turns out to be the card's. */
static gboolean
read_start (MdgJpki *self, Block *block, GError **error)
{
  if (self->form == MDG_JPKI_FORM_CLASSIC)
    return read_first_classic (self, block, error);
  self->current_file = 0;
  if (!read_first (self, 0x80 | MDG_JPKI_EF_CERTIFICATE, block, error))
    return FALSE;
  if (is_data (block->sw))
    {
      self->form = MDG_JPKI_FORM_SHORT_ID;
      self->current_file = MDG_JPKI_EF_CERTIFICATE;
      return TRUE;
    }
  if (!mdg_jpki_may_fall_back (self, block->sw))
    return TRUE;
  if (!read_first_classic (self, block, error))
    return FALSE;
  if (is_data (block->sw))
    self->form = MDG_JPKI_FORM_CLASSIC;
  return TRUE;
}

static gboolean
fail_status (MdgJpki *self, guint16 sw, GError **error)
{
  MdgCardError code = MDG_CARD_ERROR_FAILED;

  if (sw == MDG_SW_SECURITY)
    code = self->pin_sent ? MDG_CARD_ERROR_SECURITY : MDG_CARD_ERROR_PIN_REQUIRED;
  else if (sw == MDG_SW_NOT_FOUND)
    code = MDG_CARD_ERROR_NOT_FOUND;
  g_propagate_error (
      error,
      mdg_card_error_new (code, -1, sw, "reading the certificate: the card answered %04X", sw));
  return FALSE;
}

static gboolean
fail_malformed (GError **error, const char *message)
{
  g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED, message);
  return FALSE;
}

/* The length of the certificate by its own first bytes; 0 with an error. */
static gsize
find_length (GBytes *first, GError **error)
{
  gsize size = 0, total = 0;
  const guint8 *bytes = g_bytes_get_data (first, &size);

  /* a file that was made and never filled: no certificate was issued to this holder */
  if (size > 0 && (bytes[0] == 0x00 || bytes[0] == 0xff))
    {
      g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_NOT_FOUND,
                           "the file of the certificate is empty");
      return 0;
    }
  if (size == 0 || bytes[0] != TAG_SEQUENCE)
    return fail_malformed (error, "the file of the certificate holds none");
  total = mdg_tlv_total_length (bytes, size, error);
  if (total > CERTIFICATE_BYTES_MAX)
    return fail_malformed (error, "the certificate says that it is longer than any");
  return total;
}

static gboolean
read_next (MdgJpki *self, GByteArray *array, gsize total, GError **error)
{
  g_autoptr (GBytes) command = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_auto (Block) block = { 0 };
  guint most = self->extended == MDG_EXTENDED_YES ? FIRST_READ_BYTES : MDG_APDU_LE_SHORT_MAX;
  gsize left = total - array->len;
  gsize size = 0;
  const guint8 *bytes = NULL;

  command = mdg_apdu_new (0x00, INS_READ_BINARY, (array->len >> 8) & 0x7f, array->len & 0xff, NULL,
                          0, (guint) MIN (left, most));
  answer = mdg_jpki_transmit (self, command, MDG_TRANSMIT_PERSONAL, error);
  if (answer == NULL)
    return FALSE;
  take_answer (&block, answer);
  if (!is_data (block.sw))
    return fail_status (self, block.sw, error);
  bytes = g_bytes_get_data (block.data, &size);
  if (size == 0)
    return fail_malformed (error, "the file ends before the certificate does");
  g_byte_array_append (array, bytes, (guint) MIN (size, left));
  return TRUE;
}

/* Each read may be answered in many pieces; all of them together are bounded as well. */
static gboolean
may_go_on (MdgJpki *self, guint begin)
{
  MdgExchange exchange = { 0 };

  mdg_card_get_exchange (self->card, &exchange);
  return exchange.apdus - begin < COMMANDS_MAX;
}

/**
 * mdg_jpki_read_certificate:
 * @self: a session
 * @error: return location for an error
 *
 * The user-authentication certificate, DER, exactly its length; the file is longer and padded. Its
 * bytes are not looked into: see mdg_certificate_new(). On a plastic card it is free to read; a
 * phone gives it after the PIN only.
 *
 * The form of naming the file and the extended length are found out here, the first time.
 *
 * Source: reference/card.md 1.3, 1.5, 1.6, 1.14.
 * Thread: the reader's, inside a run.
 * Errors: %MDG_CARD_ERROR_NOT_FOUND, %MDG_CARD_ERROR_PIN_REQUIRED, %MDG_CARD_ERROR_SECURITY after
 *   the PIN, %MDG_CARD_ERROR_MALFORMED, %MDG_CARD_ERROR_FAILED; those of the reader.
 *
 * Returns: (transfer full): the certificate, or %NULL with an error
 */
GBytes *
mdg_jpki_read_certificate (MdgJpki *self, GError **error)
{
  g_auto (Block) first = { 0 };
  g_autoptr (GByteArray) array = NULL;
  MdgExchange exchange = { 0 };
  gsize total = 0, size = 0;
  const guint8 *bytes = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  mdg_card_get_exchange (self->card, &exchange);
  if (!read_start (self, &first, error))
    return NULL;
  if (!is_data (first.sw))
    {
      fail_status (self, first.sw, error);
      return NULL;
    }
  total = find_length (first.data, error);
  if (total == 0)
    return NULL;
  bytes = g_bytes_get_data (first.data, &size);
  array = g_byte_array_sized_new ((guint) total);
  g_byte_array_append (array, bytes, (guint) MIN (size, total));
  for (guint i = 0; i < READS_MAX && array->len < total && may_go_on (self, exchange.apdus); i++)
    if (!read_next (self, array, total, error))
      return NULL;
  if (array->len < total)
    {
      fail_malformed (error, "the card gives the certificate in pieces that are too small");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
