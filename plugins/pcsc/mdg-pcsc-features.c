/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a reader and its driver tell about themselves, read from bytes and names alone. Everything
 * here comes from outside: lengths are checked, and what does not parse tells nothing. */
#include "config.h"

#include "mdg-pcsc-features.h"

#include <string.h>

/* PC/SC part 10, 2.6.14: dwMaxAPDUDataSize, little-endian */
#define PROPERTY_MAX_APDU_DATA_SIZE 0x0A

/**
 * mdg_pcsc_features_find:
 * @features: (array length=length): the answer to CM_IOCTL_GET_FEATURE_REQUEST
 * @length: its length
 * @feature: the feature looked for
 *
 * The list is tag, length 4, control code in big-endian order (PC/SC part 10, 2.2).
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the feature's control code, or 0 when the reader has not got it
 */
guint32
mdg_pcsc_features_find (const guint8 *features, gsize length, MdgPcscFeature feature)
{
  for (gsize i = 0; i + 2 <= length && length - i - 2 >= features[i + 1]; i += 2 + features[i + 1])
    {
      const guint8 *value = features + i + 2;

      if (features[i] == feature && features[i + 1] == 4)
        return (guint32) value[0] << 24 | (guint32) value[1] << 16 | (guint32) value[2] << 8 |
               value[3];
    }
  return 0;
}

/**
 * mdg_pcsc_properties_get_extended:
 * @properties: (array length=length): the answer to FEATURE_GET_TLV_PROPERTIES
 * @length: its length
 *
 * dwMaxAPDUDataSize is 0 for a reader that takes short APDUs only and 65 536 for one that takes
 * every extended one; anything between is a promise that only a try can test (PC/SC part 10,
 * 2.6.14).
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: what the reader's driver says of extended-length APDUs
 */
MdgExtended
mdg_pcsc_properties_get_extended (const guint8 *properties, gsize length)
{
  for (gsize i = 0; i + 2 <= length && length - i - 2 >= properties[i + 1];
       i += 2 + properties[i + 1])
    {
      const guint8 *value = properties + i + 2;
      guint32 size = 0;

      if (properties[i] != PROPERTY_MAX_APDU_DATA_SIZE || properties[i + 1] == 0 ||
          properties[i + 1] > 4)
        continue;
      for (guint j = properties[i + 1]; j > 0; j--)
        size = size << 8 | value[j - 1];
      if (size == 0)
        return MDG_EXTENDED_NO;
      return size >= 65536 ? MDG_EXTENDED_YES : MDG_EXTENDED_UNKNOWN;
    }
  return MDG_EXTENDED_UNKNOWN;
}

/**
 * mdg_pcsc_atr_is_contactless:
 * @atr: (array length=length): an ATR
 * @length: its length
 *
 * A reader makes up the ATR of a contactless card: 3B, 8n with n historical bytes, 80, 01 (PC/SC
 * part 3, 3.1.3.2.3).
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: whether the card is on a contactless reader
 */
gboolean
mdg_pcsc_atr_is_contactless (const guint8 *atr, gsize length)
{
  return length >= 5 && atr[0] == 0x3B && (atr[1] & 0xF0) == 0x80 && atr[2] == 0x80 &&
         atr[3] == 0x01 && length == 5 + (gsize) (atr[1] & 0x0F);
}

/**
 * mdg_pcsc_name_is_contactless:
 * @name: a reader's name
 *
 * PC/SC has no attribute for it, so that readers are known by the words that their makers use.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: whether the name says so
 */
gboolean
mdg_pcsc_name_is_contactless (const char *name)
{
  static const char *const words[] = {
    "contactless", "picc", "nfc", "rc-s300", "rc-s380", "felica"
  };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * mdg_pcsc_name_for_people:
 * @name: a reader's name as PC/SC has it
 *
 * pcsc-lite ends every name with two hexadecimal numbers, for the reader and its slot, and WinSCard
 * with one decimal number. The first reader's are left away; a second reader or slot gets a number
 * in brackets, so that two readers do not look the same. Bytes that are no UTF-8 are replaced.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): the name to show
 */
char *
mdg_pcsc_name_for_people (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  gsize length = strlen (valid);
#ifdef G_OS_WIN32
  if (length > 2 && valid[length - 2] == ' ' && valid[length - 1] == '0')
    valid[length - 2] = '\0';
#else
  const char *end = valid + length - 6;

  if (length > 6 && end[0] == ' ' && g_ascii_isxdigit (end[1]) && g_ascii_isxdigit (end[2]) &&
      end[3] == ' ' && g_ascii_isxdigit (end[4]) && g_ascii_isxdigit (end[5]))
    {
      guint reader = (guint) g_ascii_strtoull (end + 1, NULL, 16);
      guint slot = (guint) g_ascii_strtoull (end + 4, NULL, 16);

      valid[length - 6] = '\0';
      if (reader > 0 && slot > 0)
        return g_strdup_printf ("%s (%u-%u)", g_strchomp (valid), reader + 1, slot + 1);
      if (reader > 0 || slot > 0)
        return g_strdup_printf ("%s (%u)", g_strchomp (valid), reader + slot + 1);
    }
#endif
  g_strstrip (valid);
  return g_steal_pointer (&valid);
}
