/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bounded BER-TLV reader: no recursion, no allocation, never past the end. */
typedef struct
{
  const guint8 *data;
  gsize length;
  gsize offset;
} MdgTlvReader;

typedef struct
{
  guint32 tag; /* up to 3 bytes, big endian, as written: 0x30, 0xdf22 */
  const guint8 *value;
  gsize length;
} MdgTlv;

void mdg_tlv_reader_init (MdgTlvReader *reader, const guint8 *data, gsize length);
gboolean
mdg_tlv_reader_next (MdgTlvReader *reader, MdgTlv *tlv, GError **error); /* FALSE, no error: end */
/* the length of the first TLV, header included, as its header says; 0 with an error. It may be more
 * than @length: the rest is to be read yet */
gsize mdg_tlv_total_length (const guint8 *data, gsize length, GError **error);

G_END_DECLS
