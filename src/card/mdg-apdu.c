/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Command APDUs are built and answers taken apart here, and nowhere else, so that the length rules
 * of ISO/IEC 7816-4 are written once. Nothing is sent from here. */
#include "config.h"

#include "mdg-apdu.h"

#define LC_SHORT_MAX    255u
#define LC_EXTENDED_MAX 65535u

static void
append_u8 (GByteArray *array, guint value)
{
  guint8 byte = value & 0xff;

  g_byte_array_append (array, &byte, 1);
}

static void
append_u16 (GByteArray *array, guint value)
{
  append_u8 (array, value >> 8);
  append_u8 (array, value);
}

/**
 * mdg_apdu_new:
 * @cla: class byte
 * @ins: instruction byte
 * @p1: first parameter
 * @p2: second parameter
 * @data: (array length=length) (nullable): the data field
 * @length: its length in bytes, 0 to 65535
 * @le: bytes expected, 1 to 65536, or %MDG_APDU_LE_NONE
 *
 * A command APDU of case 1 to 4. It has the extended form when more than 255 bytes are sent or more
 * than 256 are expected, and only then: a reader without extended length is not troubled for
 * nothing. A secret must not go through here: see mdg_pin_take_verify().
 *
 * Source: ISO/IEC 7816-4 5.1.
 * Thread: any. Errors: none.
 *
 * Returns: (transfer full): the command
 */
GBytes *
mdg_apdu_new (guint8 cla,
              guint8 ins,
              guint8 p1,
              guint8 p2,
              const guint8 *data,
              gsize length,
              guint le)
{
  g_autoptr (GByteArray) array = NULL;
  const guint8 header[] = { cla, ins, p1, p2 };
  gboolean extended = length > LC_SHORT_MAX || le > MDG_APDU_LE_SHORT_MAX;

  g_return_val_if_fail (length == 0 || data != NULL, NULL);
  g_return_val_if_fail (length <= LC_EXTENDED_MAX, NULL);
  g_return_val_if_fail (le <= MDG_APDU_LE_MAX, NULL);

  array = g_byte_array_sized_new (sizeof header + 3 + (guint) length + 2);
  g_byte_array_append (array, header, sizeof header);
  if (extended)
    {
      append_u8 (array, 0);
      if (length > 0)
        append_u16 (array, (guint) length);
    }
  else if (length > 0)
    {
      append_u8 (array, (guint) length);
    }
  if (length > 0)
    g_byte_array_append (array, data, (guint) length);
  /* 256 and 65536 are written as zero, which is what the cut to one or two bytes makes of them */
  if (le != MDG_APDU_LE_NONE && extended)
    append_u16 (array, le);
  else if (le != MDG_APDU_LE_NONE)
    append_u8 (array, le);
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

/**
 * mdg_response_get_sw:
 * @response: an answer of two bytes or more
 *
 * Source: ISO/IEC 7816-4 5.1.
 * Thread: any. Errors: none.
 *
 * Returns: the status word SW1 SW2
 */
guint16
mdg_response_get_sw (GBytes *response)
{
  gsize size = 0;
  const guint8 *bytes = NULL;

  g_return_val_if_fail (response != NULL, 0);

  bytes = g_bytes_get_data (response, &size);
  g_return_val_if_fail (size >= 2, 0);

  return (guint16) (bytes[size - 2] << 8 | bytes[size - 1]);
}

/**
 * mdg_response_get_data:
 * @response: an answer of two bytes or more
 *
 * Thread: any. Errors: none.
 *
 * Returns: (transfer full): the data before the status word, possibly none
 */
GBytes *
mdg_response_get_data (GBytes *response)
{
  g_return_val_if_fail (response != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (response) >= 2, NULL);

  return g_bytes_new_from_bytes (response, 0, g_bytes_get_size (response) - 2);
}
