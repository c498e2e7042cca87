/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person says of a receipt: vendor, day, note, and its items. */
#include "config.h"

#include "mdg-receipt-form.h"

#include "mdg-form-field.h"
#include "mdg-subsidy.h"

#include <glib/gi18n-lib.h>

#define VENDOR_MAX 100 /* characters */
#define NOTE_MAX   500
#define ITEM_MAX   100

/* A receipt is of a day that was. */
static void
check_day (const char *text, const GDate *today, MdgFieldCheck *check)
{
  GDate day;

  if (mdg_form_is_empty (text))
    mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please give the day that stands on the receipt."));
  else if (mdg_form_read_date (text, check, &day) && g_date_compare (&day, today) > 0)
    mdg_form_say (check, MDG_FIELD_WARN, _ ("This day is still to come. Please look again."));
}

/* A note may have several lines, and need not be. */
static void
check_note (const char *text, MdgFieldCheck *check)
{
  g_autoptr (GString) flat = g_string_new (text);

  if (mdg_form_is_empty (text))
    {
      mdg_form_say (check, MDG_FIELD_UNNEEDED, NULL);
      return;
    }
  g_string_replace (flat, "\n", " ", 0);
  mdg_form_read_text (flat->str, NOTE_MAX, check);
}

/**
 * mdg_receipt_check_field:
 * @field: which one
 * @text: as typed
 * @today: the day of today
 * @check: what is said of it; cleared by the caller
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_receipt_check_field (MdgReceiptField field,
                         const char *text,
                         const GDate *today,
                         MdgFieldCheck *check)
{
  switch (field)
    {
    case MDG_RECEIPT_VENDOR:
      if (mdg_form_is_empty (text))
        mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please give who issued the receipt."));
      else
        mdg_form_read_text (text, VENDOR_MAX, check);
      break;
    case MDG_RECEIPT_DATE:
      check_day (text, today, check);
      break;
    case MDG_RECEIPT_NOTE:
      check_note (text, check);
      break;
    case MDG_RECEIPT_N_FIELDS:
    default:
      break;
    }
}

static gboolean
is_blank (const char *const *values)
{
  for (guint i = 0; i < MDG_ITEM_N_FIELDS; i++)
    if (!mdg_form_is_empty (values[i]))
      return FALSE;
  return TRUE;
}

static void
check_price (const char *text, MdgFieldCheck *check)
{
  gint64 yen;

  if (mdg_form_is_empty (text))
    mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please give the price with tax."));
  else if (mdg_yen_parse (text, &yen))
    {
      check->normal = g_strdup_printf ("%" G_GINT64_FORMAT, yen);
      mdg_form_say (check, MDG_FIELD_OK, NULL);
    }
  else
    mdg_form_say (check, MDG_FIELD_BAD, _ ("Please give an amount in yen, up to 10,000,000."));
}

/**
 * mdg_receipt_check_item:
 * @values: (array length=MDG_ITEM_N_FIELDS): a line as typed
 * @field: which of them
 * @check: what is said of it; cleared by the caller
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_receipt_check_item (const char *const *values, MdgItemField field, MdgFieldCheck *check)
{
  guint quantity;

  if (is_blank (values))
    {
      mdg_form_say (check, MDG_FIELD_UNNEEDED, NULL);
      return;
    }
  switch (field)
    {
    case MDG_ITEM_NAME:
      mdg_form_read_text (values[field], ITEM_MAX, check);
      break;
    case MDG_ITEM_QUANTITY:
      mdg_form_read_number (values[field], 1, MDG_RECEIPT_QUANTITY_MAX, check, &quantity);
      break;
    case MDG_ITEM_PRICE:
      check_price (values[field], check);
      break;
    case MDG_ITEM_N_FIELDS:
    default:
      break;
    }
}

/**
 * mdg_receipt_read_item:
 * @values: (array length=MDG_ITEM_N_FIELDS): a line as typed
 * @kind: an id of mdg_device_kinds()
 * @kept: (out): %FALSE where something stands there that cannot be kept
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): the item; %NULL where nothing stands there, or it cannot be
 *   kept
 */
MdgReceiptItem *
mdg_receipt_read_item (const char *const *values, const char *kind, gboolean *kept)
{
  MdgFieldCheck checks[MDG_ITEM_N_FIELDS] = { 0 };
  MdgReceiptItem *item = NULL;
  gboolean good = TRUE;

  *kept = TRUE;
  if (is_blank (values))
    return NULL;
  for (guint i = 0; i < MDG_ITEM_N_FIELDS; i++)
    {
      mdg_receipt_check_item (values, (MdgItemField) i, &checks[i]);
      good = good && checks[i].normal != NULL;
    }
  *kept = good;
  if (good)
    {
      item = g_new0 (MdgReceiptItem, 1);
      item->name = g_strdup (checks[MDG_ITEM_NAME].normal);
      item->quantity = (guint) g_ascii_strtoull (checks[MDG_ITEM_QUANTITY].normal, NULL, 10);
      item->price = g_ascii_strtoll (checks[MDG_ITEM_PRICE].normal, NULL, 10);
      item->kind = g_strdup (kind);
    }
  for (guint i = 0; i < MDG_ITEM_N_FIELDS; i++)
    mdg_field_check_clear (&checks[i]);
  return item;
}
