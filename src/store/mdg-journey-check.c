/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts are UTF-8 of plain characters (notes may have lines), dates are days that there are,
 * amounts and counts have bounds. The same holds for what is typed, read from the disk and taken in
 * from another PC. */
#include "config.h"

#include "mdg-journey-check.h"

#include <string.h>

static const char *const states[] = { "open", "waiting", "done", "skipped", NULL };
static const char *const media_types[] = { "application/pdf", "image/png", "image/jpeg", NULL };

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a journey cannot hold this: %s",
               what);
  return FALSE;
}

static gboolean
check_date (const char *date, GError **error)
{
  guint number = 0;

  if (date == NULL || *date == '\0')
    return TRUE;
  if (strlen (date) != 8 || strspn (date, "0123456789") != 8)
    return fail (error, "a date that is not yyyyMMdd");
  for (guint i = 0; i < 8; i++)
    number = number * 10 + (guint) (date[i] - '0');
  if (!g_date_valid_dmy ((GDateDay) (number % 100), (GDateMonth) (number / 100 % 100),
                         (GDateYear) (number / 10000)) ||
      number < 19000101)
    return fail (error, "a day that there is not");
  return TRUE;
}

/**
 * mdg_journey_check_name:
 * @name: (nullable): an id, a form, a field, a list or a kind
 * @error: return location
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: whether it is a plain name: ASCII letters, digits, `-`, `_`, `.`
 */
gboolean
mdg_journey_check_name (const char *name, GError **error)
{
  gsize length = name != NULL ? strlen (name) : 0;

  if (length == 0 || length > MDG_JOURNEY_NAME_MAX)
    return fail (error, "a name that is empty or too long");
  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-_.", *at) == NULL)
      return fail (error, "a name with other characters than letters and digits");
  return TRUE;
}

/**
 * mdg_journey_is_plain:
 * @c: a character
 *
 * A list of our own and not the classes of the Unicode that is installed: what one PC has kept,
 * every other one must be able to read. The joiners and the selectors of a kanji's form are plain.
 *
 * Thread: any.
 *
 * Returns: %FALSE for controls, ends of lines, and what is not seen and changes how others are read
 *   (Unicode Standard Annex 9, 2; Standard, 23.2 to 23.9)
 */
gboolean
mdg_journey_is_plain (gunichar c)
{
  static const struct
  {
    gunichar first;
    gunichar last;
  } others[] = {
    { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0xad, 0xad },     { 0x61c, 0x61c },
    { 0x180e, 0x180e }, { 0x200b, 0x200b }, { 0x200e, 0x200f }, { 0x2028, 0x202e },
    { 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffc }, { 0xe0000, 0xe007f },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (c >= others[i].first && c <= others[i].last)
      return FALSE;
  return TRUE;
}

/**
 * mdg_journey_check_text:
 * @text: (nullable): what a person wrote
 * @lines: whether it may have several lines
 * @error: return location
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: whether it may be kept
 */
gboolean
mdg_journey_check_text (const char *text, gboolean lines, GError **error)
{
  gsize count = 0;

  if (text == NULL)
    return TRUE;
  if (strnlen (text, MDG_JOURNEY_TEXT_MAX * 4 + 1) > MDG_JOURNEY_TEXT_MAX * 4)
    return fail (error, "a text that is too long");
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, "a text that is not UTF-8");
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!mdg_journey_is_plain (c) && !(lines && c == '\n'))
        return fail (error, "a text with characters that are not plain");
      if (++count > MDG_JOURNEY_TEXT_MAX)
        return fail (error, "a text that is too long");
    }
  return TRUE;
}

/**
 * mdg_journey_check_step:
 * @step: a step
 * @error: return location
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: whether it may be kept
 */
gboolean
mdg_journey_check_step (const MdgStepRecord *step, GError **error)
{
  if (!mdg_journey_check_name (step->id, error) || !check_date (step->date, error) ||
      !mdg_journey_check_text (step->who, FALSE, error) ||
      !mdg_journey_check_text (step->note, TRUE, error))
    return FALSE;
  if (step->state == NULL || !g_strv_contains (states, step->state))
    return fail (error, "an unknown state");
  return TRUE;
}

/**
 * mdg_journey_check_entry:
 * @entry: a line of a list
 * @error: return location
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: whether it may be kept
 */
gboolean
mdg_journey_check_entry (const MdgJourneyEntry *entry, GError **error)
{
  if (entry->id < 0)
    return fail (error, "a negative id");
  return mdg_journey_check_name (entry->list, error) &&
         mdg_journey_check_text (entry->text, FALSE, error) && check_date (entry->date, error) &&
         mdg_journey_check_text (entry->who, FALSE, error);
}

static gboolean
check_item (const MdgReceiptItem *item, GError **error)
{
  if (item->quantity < 1 || item->quantity > MDG_RECEIPT_QUANTITY_MAX)
    return fail (error, "a quantity out of bounds");
  if (item->price < 0 || item->price > MDG_RECEIPT_PRICE_MAX)
    return fail (error, "a price out of bounds");
  return mdg_journey_check_text (item->name, FALSE, error) &&
         mdg_journey_check_name (item->kind, error);
}

/* It is shown, and may become a file's name again on another PC. */
static gboolean
check_file_name (const char *name, GError **error)
{
  if (name == NULL || *name == '\0' || g_str_equal (name, ".") || g_str_equal (name, ".."))
    return fail (error, "a receipt without a file name");
  if (!mdg_journey_check_text (name, FALSE, error))
    return FALSE;
  if (strpbrk (name, "/\\") != NULL)
    return fail (error, "a file name with a folder in it");
  if (g_utf8_strlen (name, -1) > MDG_JOURNEY_FILE_MAX)
    return fail (error, "a file name that is too long");
  return TRUE;
}

static gboolean
check_file (const MdgReceipt *receipt, GError **error)
{
  if (!check_file_name (receipt->file_name, error))
    return FALSE;
  if (receipt->media_type == NULL || !g_strv_contains (media_types, receipt->media_type))
    return fail (error, "a receipt that is neither PDF nor PNG nor JPEG");
  if (receipt->size == 0 || receipt->size > MDG_RECEIPT_BYTES_MAX)
    return fail (error, "a receipt that is empty or too large");
  if (!mdg_journey_is_hash (receipt->sha256))
    return fail (error, "a receipt without its SHA-256");
  return TRUE;
}

/**
 * mdg_journey_check_receipt:
 * @receipt: a receipt
 * @whole: whether what is known of its file is looked at, too
 * @error: return location
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: whether it may be kept
 */
gboolean
mdg_journey_check_receipt (const MdgReceipt *receipt, gboolean whole, GError **error)
{
  if (receipt->id < 0)
    return fail (error, "a negative id");
  if ((whole && !check_file (receipt, error)) ||
      !mdg_journey_check_text (receipt->vendor, FALSE, error) ||
      !check_date (receipt->date, error) || !mdg_journey_check_text (receipt->note, TRUE, error))
    return FALSE;
  if (receipt->items != NULL && receipt->items->len > MDG_JOURNEY_ITEMS_MAX)
    return fail (error, "too many items");
  for (guint i = 0; receipt->items != NULL && i < receipt->items->len; i++)
    if (!check_item (g_ptr_array_index (receipt->items, i), error))
      return FALSE;
  return TRUE;
}

/**
 * mdg_journey_is_hash:
 * @text: (nullable): a text
 *
 * Thread: any.
 *
 * Returns: whether it is 64 small hex digits, which is what a receipt's file is called
 */
gboolean
mdg_journey_is_hash (const char *text)
{
  return text != NULL && strlen (text) == MDG_JOURNEY_HASH_CHARS &&
         strspn (text, "0123456789abcdef") == MDG_JOURNEY_HASH_CHARS;
}
