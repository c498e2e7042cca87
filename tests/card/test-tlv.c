/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* TLV from a hostile card: every cut, random bytes, nesting, lengths that cannot be. Each buffer is
 * allocated to its exact size, so that the sanitizers see a byte too many. */
#include "config.h"

#include "mdg-card-error.h"
#include "mdg-tlv.h"

/* Reads all of it; the number of objects, or -1 with the right error. */
static int
count (const guint8 *data, gsize length)
{
  MdgTlvReader reader;
  MdgTlv tlv;
  g_autoptr (GError) error = NULL;
  int objects = 0;

  mdg_tlv_reader_init (&reader, data, length);
  while (mdg_tlv_reader_next (&reader, &tlv, &error))
    {
      objects++;
      g_assert_true (tlv.value >= data && tlv.value + tlv.length <= data + length);
      g_assert_cmpint (objects, <=, (int) length);
    }
  if (error == NULL)
    {
      g_assert_cmpuint (reader.offset, ==, length);
      return objects;
    }
  g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED);
  return -1;
}

static int
count_copy (const char *bytes, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  return count (copy, length);
}

static void
test_objects (void)
{
  static const guint8 bytes[] = { 0x00, 0x30, 0x02, 'a', 'b', 0x00, 0x00, 0xff, 0x20, 0x05,
                                  0xdf, 0x22, 0x02, 'x', 'y', 0x5f, 0x81, 0x05, 0x00, 0x00 };
  MdgTlvReader reader, inner;
  MdgTlv tlv;
  g_autoptr (GError) error = NULL;

  mdg_tlv_reader_init (&reader, bytes, sizeof bytes);
  g_assert_true (mdg_tlv_reader_next (&reader, &tlv, &error));
  g_assert_cmphex (tlv.tag, ==, 0x30);
  g_assert_cmpmem (tlv.value, tlv.length, "ab", 2);
  g_assert_true (mdg_tlv_reader_next (&reader, &tlv, &error));
  g_assert_cmphex (tlv.tag, ==, 0xff20);
  mdg_tlv_reader_init (&inner, tlv.value, tlv.length);
  g_assert_true (mdg_tlv_reader_next (&inner, &tlv, &error));
  g_assert_cmphex (tlv.tag, ==, 0xdf22);
  g_assert_cmpmem (tlv.value, tlv.length, "xy", 2);
  g_assert_false (mdg_tlv_reader_next (&inner, &tlv, &error));
  g_assert_true (mdg_tlv_reader_next (&reader, &tlv, &error));
  g_assert_cmphex (tlv.tag, ==, 0x5f8105);
  g_assert_cmpuint (tlv.length, ==, 0);
  g_assert_false (mdg_tlv_reader_next (&reader, &tlv, &error));
  g_assert_no_error (error);
}

static void
test_bad (void)
{
  g_assert_cmpint (count_copy ("", 0), ==, 0);
  g_assert_cmpint (count_copy ("\0\0", 2), ==, 0);
  g_assert_cmpint (count_copy ("\x30", 1), ==, -1);
  g_assert_cmpint (count_copy ("\x30\x01", 2), ==, -1);
  g_assert_cmpint (count_copy ("\x30\x80\0\0", 4), ==, -1); /* indefinite */
  g_assert_cmpint (count_copy ("\x30\x81", 2), ==, -1);
  g_assert_cmpint (count_copy ("\x30\x82\x01", 3), ==, -1);
  g_assert_cmpint (count_copy ("\x30\x84\xff\xff\xff\xff", 6), ==, -1);
  g_assert_cmpint (count_copy ("\x30\x85\0\0\0\0\0", 7), ==, -1);
  g_assert_cmpint (count_copy ("\x30\xff", 2), ==, -1);
  g_assert_cmpint (count_copy ("\x1f\x81\x81\x01\x00", 5), ==, -1); /* four bytes of tag */
  g_assert_cmpint (count_copy ("\x1f", 1), ==, -1);
  g_assert_cmpint (count_copy ("\x1f\x81", 2), ==, -1);
}

static void
test_cut (void)
{
  static const guint8 bytes[] = { 0xff, 0x20, 0x82, 0x00, 0x04, 0xdf, 0x22, 0x01, 'x' };

  for (gsize length = 1; length < sizeof bytes; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, length);

      g_assert_cmpint (count (copy, length), ==, -1);
    }
  g_assert_cmpint (count (bytes, sizeof bytes), ==, 1);
}

static void
test_nested (void)
{
  enum
  {
    DEPTH = 10000
  };
  g_autofree guint8 *bytes = g_malloc (DEPTH * 4);
  MdgTlvReader reader;
  MdgTlv tlv = { 0 };
  guint depth = 0;

  for (gsize i = 0; i < DEPTH; i++)
    {
      gsize left = 4 * (DEPTH - 1 - i);

      bytes[4 * i] = 0x30;
      bytes[4 * i + 1] = 0x82;
      bytes[4 * i + 2] = (guint8) (left >> 8);
      bytes[4 * i + 3] = (guint8) left;
    }
  mdg_tlv_reader_init (&reader, bytes, DEPTH * 4);
  while (mdg_tlv_reader_next (&reader, &tlv, NULL))
    {
      mdg_tlv_reader_init (&reader, tlv.value, tlv.length);
      depth++;
    }
  g_assert_cmpuint (depth, ==, DEPTH);
}

static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 64);
      g_autofree guint8 *bytes = g_malloc (length + 1);
      g_autofree guint8 *exact = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize k = 0; k < length; k++)
        bytes[k] = (guint8) g_test_rand_int_range (0, 256);
      exact = g_memdup2 (bytes, length);
      count (exact, length);
      if (mdg_tlv_total_length (exact, length, &error) == 0)
        g_assert_error (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED);
      else
        g_assert_no_error (error);
    }
}

static void
test_total (void)
{
  const struct
  {
    const char *bytes;
    gsize length;
    gsize total;
  } rows[] = {
    { "\x30\x82\x06\x30", 4, 1588 },
    { "\x30\x03\x01", 3, 5 },
    { "\xdf\x22\x81\x80", 4, 132 },
    { "\x30\x84\xff\xff\xff\xff", 6, 6 + (gsize) 0xffffffff },
    { "\x30\x82\x06", 3, 0 },
    { "\x30", 1, 0 },
    { "", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize total = mdg_tlv_total_length ((const guint8 *) rows[i].bytes, rows[i].length, &error);

      g_assert_cmpuint (total, ==, rows[i].total);
      g_assert_true ((total == 0) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/tlv/objects", test_objects);
  g_test_add_func ("/card/tlv/bad", test_bad);
  g_test_add_func ("/card/tlv/cut", test_cut);
  g_test_add_func ("/card/tlv/nested", test_nested);
  g_test_add_func ("/card/tlv/random", test_random);
  g_test_add_func ("/card/tlv/total", test_total);
  return g_test_run ();
}
