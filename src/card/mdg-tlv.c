/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reader of BER-TLV objects in bytes that a card sent. It promises to stay inside the buffer, to
 * come to an end, and to allocate nothing. Values that are themselves objects are read by a reader
 * of their own, so nothing here is recursive. */
#include "config.h"

#include "mdg-tlv.h"

#include "mdg-card-error.h"

#define TAG_BYTES_MAX    3
#define LENGTH_BYTES_MAX 4

typedef struct
{
  guint32 tag;
  gsize header;
  gsize length;
} Header;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED, message);
  return FALSE;
}

static gboolean
parse_tag (const guint8 *data, gsize length, Header *header, GError **error)
{
  header->tag = data[0];
  header->header = 1;
  if ((data[0] & 0x1f) != 0x1f)
    return TRUE;
  while (TRUE)
    {
      guint8 byte = 0;

      if (header->header == TAG_BYTES_MAX)
        return fail (error, "TLV: a tag of more than three bytes");
      if (header->header >= length)
        return fail (error, "TLV: the data end in a tag");
      byte = data[header->header++];
      header->tag = header->tag << 8 | byte;
      if ((byte & 0x80) == 0)
        return TRUE;
    }
}

static gboolean
parse_header (const guint8 *data, gsize length, Header *header, GError **error)
{
  guint8 first = 0;
  guint count = 0;

  if (length == 0)
    return fail (error, "TLV: no data");
  if (!parse_tag (data, length, header, error))
    return FALSE;
  if (header->header >= length)
    return fail (error, "TLV: the data end before a length");
  first = data[header->header++];
  header->length = first;
  if (first < 0x80)
    return TRUE;
  count = first & 0x7f;
  if (count == 0 || count > LENGTH_BYTES_MAX)
    return fail (error, "TLV: a length of a form that is not used here");
  if (length - header->header < count)
    return fail (error, "TLV: the data end in a length");
  header->length = 0;
  for (guint i = 0; i < count; i++)
    header->length = header->length << 8 | data[header->header++];
  if (header->length > G_MAXSIZE - header->header)
    return fail (error, "TLV: an impossible length");
  return TRUE;
}

/**
 * mdg_tlv_reader_init:
 * @reader: (out caller-allocates): a reader
 * @data: (array length=length) (nullable): the bytes, which have to outlive the reader
 * @length: their number
 *
 * Thread: any. Errors: none.
 */
void
mdg_tlv_reader_init (MdgTlvReader *reader, const guint8 *data, gsize length)
{
  g_return_if_fail (reader != NULL);
  g_return_if_fail (data != NULL || length == 0);

  reader->data = data;
  reader->length = length;
  reader->offset = 0;
}

/**
 * mdg_tlv_reader_next:
 * @reader: a reader
 * @tlv: (out caller-allocates): the next object; its value points into the reader's bytes
 * @error: return location for an error
 *
 * Zero bytes between objects are filler and passed over. After an error the reader stays where it
 * is: the same error comes again.
 *
 * Source: ISO/IEC 7816-4 5.2.2 (tags up to three bytes, lengths up to four more, no indefinite
 * length; '00' before, between and after objects has no meaning). A 'FF' is no filler: the
 * card-surface applications use tags such as FF20 (reference/card.md 1.9).
 * Thread: any. Errors: %MDG_CARD_ERROR_MALFORMED; none at the end.
 *
 * Returns: %TRUE with an object, %FALSE at the end or with an error
 */
gboolean
mdg_tlv_reader_next (MdgTlvReader *reader, MdgTlv *tlv, GError **error)
{
  Header header = { 0 };
  const guint8 *data = NULL;
  gsize left = 0;

  g_return_val_if_fail (reader != NULL && tlv != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  while (reader->offset < reader->length && reader->data[reader->offset] == 0)
    reader->offset++;
  if (reader->offset >= reader->length)
    return FALSE;
  data = reader->data + reader->offset;
  left = reader->length - reader->offset;
  if (!parse_header (data, left, &header, error))
    return FALSE;
  if (header.length > left - header.header)
    return fail (error, "TLV: a value goes past the end of the data");
  tlv->tag = header.tag;
  tlv->value = data + header.header;
  tlv->length = header.length;
  reader->offset += header.header + header.length;
  return TRUE;
}

/**
 * mdg_tlv_total_length:
 * @data: (array length=length): the first bytes of an object
 * @length: their number
 * @error: return location for an error
 *
 * The length of the first object, its header included, as the header says: it may be more than
 * @length, the rest is to be read yet. The caller bounds it.
 *
 * Source: reference/card.md 1.5 ("take the length from the first block").
 * Thread: any. Errors: %MDG_CARD_ERROR_MALFORMED.
 *
 * Returns: bytes, at least 2; 0 with an error
 */
gsize
mdg_tlv_total_length (const guint8 *data, gsize length, GError **error)
{
  Header header = { 0 };

  g_return_val_if_fail (data != NULL || length == 0, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!parse_header (data, length, &header, error))
    return 0;
  return header.header + header.length;
}
