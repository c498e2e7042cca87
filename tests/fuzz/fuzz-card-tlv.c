/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as BER-TLV: every value lies inside of them, and the reader comes to an end. */
#include "config.h"

#include "fuzz.h"
#include "mdg-card-error.h"
#include "mdg-tlv.h"

#define DEPTH_MAX 16

static void
check_total (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  gsize total = mdg_tlv_total_length (data, size, &error);
  MdgTlvReader reader;
  MdgTlv tlv;

  g_assert_true ((total == 0) == (error != NULL));
  mdg_tlv_reader_init (&reader, data, size);
  /* zeros before an object are padding to the reader */
  if (size > 0 && data[0] != 0 && total > 0 && total <= size)
    {
      g_assert_true (mdg_tlv_reader_next (&reader, &tlv, NULL));
      g_assert_cmpuint (reader.offset, ==, total);
      g_assert_true (tlv.value + tlv.length == data + total);
    }
  else if (size > 0 && data[0] != 0)
    {
      g_assert_false (mdg_tlv_reader_next (&reader, &tlv, NULL));
    }
}

static void
walk (const guint8 *data, gsize size, guint depth)
{
  g_autoptr (GError) error = NULL;
  MdgTlvReader reader;
  MdgTlv tlv;
  gsize before = 0;

  mdg_tlv_reader_init (&reader, data, size);
  while (mdg_tlv_reader_next (&reader, &tlv, &error))
    {
      g_assert_no_error (error);
      g_assert_cmpuint (reader.offset, >=, before + 2);
      g_assert_cmpuint (reader.offset, <=, size);
      g_assert_true (tlv.value >= data + before + 2);
      g_assert_true (tlv.value + tlv.length == data + reader.offset);
      g_assert_cmpuint (tlv.tag, <=, 0xffffff);
      before = reader.offset;
      check_total (tlv.value, tlv.length);
      if (depth < DEPTH_MAX)
        walk (tlv.value, tlv.length, depth + 1);
    }
  if (error != NULL)
    g_assert_true (g_error_matches (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED));
  else
    g_assert_cmpuint (reader.offset, ==, size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  check_total (copy, size);
  walk (copy, size, 0);
  return 0;
}
