/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 「別紙様式1(7) 助成金交付申請書」: its fields, and what would send the packet back.
 * 「記入した額や
 * 内容と領収書等が一致しない場合は、内容確認のため当該申請書を返戻することがあります。」 */
#include "config.h"

#include "mdg-grant-form.h"

#include "mdg-form-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TOTAL_MOST G_GINT64_CONSTANT (1000000000000)

typedef struct
{
  const char *id;
  const char *label;
} Field;

static const Field fields[MDG_GRANT_N_FIELDS] = {
  [MDG_GRANT_CODE] = { "code", N_ ("Code of the medical institution (of the health check-up "
                                   "institution)") },
  [MDG_GRANT_NAME] = { "name", N_ ("Name of the insurance medical institution (of the health "
                                   "check-up institution)") },
  [MDG_GRANT_FOUNDER] = { "founder", N_ ("Name of the founder") },
  [MDG_GRANT_POSTAL_CODE] = { "postal-code", N_ ("Postal code") },
  [MDG_GRANT_ADDRESS] = { "address", N_ ("Address") },
  [MDG_GRANT_PHONE] = { "phone", N_ ("Telephone number") },
  [MDG_GRANT_TOTAL] = { "total", N_ ("Total cost of the project (①), with tax") },
  [MDG_GRANT_DATE] = { "date", N_ ("Day of the application") },
  [MDG_GRANT_COMPLETED] = { "completed", N_ ("Day of the completion of the project") },
};

/**
 * mdg_grant_field_id:
 * @field: a field
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): its name in the journey
 */
const char *
mdg_grant_field_id (MdgGrantField field)
{
  g_return_val_if_fail (field < MDG_GRANT_N_FIELDS, "");

  return fields[field].id;
}

/**
 * mdg_grant_field_label:
 * @field: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what the form calls it
 */
const char *
mdg_grant_field_label (MdgGrantField field)
{
  g_return_val_if_fail (field < MDG_GRANT_N_FIELDS, "");

  return _ (fields[field].label);
}

/* bounded, so that sums stay far from their end whatever a file says */
static gint64
count_item (const MdgReceiptItem *item)
{
  gint64 price = CLAMP (item->price, 0, TOTAL_MOST);

  return item->quantity != 0 && price > TOTAL_MOST / item->quantity ? TOTAL_MOST
                                                                    : price * item->quantity;
}

static gint64
count_fundable (const MdgReceipt *receipt)
{
  gint64 total = 0;

  for (guint i = 0; receipt->items != NULL && i < receipt->items->len; i++)
    {
      const MdgReceiptItem *item = g_ptr_array_index (receipt->items, i);
      const MdgDeviceKind *kind = mdg_device_kind_find (item->kind);

      if (kind != NULL && kind->fundable)
        total = MIN (total + count_item (item), TOTAL_MOST);
    }
  return total;
}

/**
 * mdg_grant_fundable_total:
 * @receipts: (element-type MdgReceipt): receipts
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: yen, with tax, of the items that the guide names as supported (3-1)
 */
gint64
mdg_grant_fundable_total (GPtrArray *receipts)
{
  gint64 total = 0;

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    total = MIN (total + count_fundable (g_ptr_array_index (receipts, i)), TOTAL_MOST);
  return total;
}

static void
check_total (const char *value, gint64 fundable_total, MdgFieldCheck *check)
{
  gint64 yen = fundable_total;

  if (mdg_form_is_empty (value))
    {
      if (fundable_total <= 0)
        {
          mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please add the receipts with their items."));
          return;
        }
    }
  else if (!mdg_yen_parse (value, &yen))
    {
      mdg_form_say (check, MDG_FIELD_BAD, _ ("An amount in yen goes here."));
      return;
    }
  check->normal = g_strdup_printf ("%" G_GINT64_FORMAT, yen);
  if (yen != fundable_total)
    mdg_form_say (check, MDG_FIELD_WARN, _ ("This is another amount than the receipts come to."));
  else
    mdg_form_say (check, MDG_FIELD_OK, NULL);
}

static void
check_day (const char *const *values, MdgGrantField field, const GDate *today, MdgFieldCheck *check)
{
  MdgFieldCheck other = { MDG_FIELD_OK, NULL, NULL };
  GDate day, completed;

  if (!mdg_form_read_date (values[field], check, &day))
    return;
  if (g_date_valid (today) && g_date_compare (&day, today) > 0)
    {
      if (field == MDG_GRANT_COMPLETED)
        mdg_form_say (check, MDG_FIELD_BAD,
                      _ ("This day is yet to come. The subsidy is applied for after the "
                         "completion."));
      else
        mdg_form_say (check, MDG_FIELD_WARN, _ ("This day is yet to come. Please look again."));
    }
  else if (field == MDG_GRANT_DATE &&
           mdg_form_read_date (values[MDG_GRANT_COMPLETED], &other, &completed) &&
           g_date_compare (&day, &completed) < 0)
    mdg_form_say (check, MDG_FIELD_WARN, _ ("This is before the completion. Please look again."));
  mdg_field_check_clear (&other);
}

/**
 * mdg_grant_check_field:
 * @values: (array length=MDG_GRANT_N_FIELDS): as typed, none %NULL
 * @field: the field to look at
 * @fundable_total: yen, by the receipts
 * @today: the day in Japan
 * @check: (out caller-allocates): how it stands; cleared by the caller
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_grant_check_field (const char *const *values,
                       MdgGrantField field,
                       gint64 fundable_total,
                       const GDate *today,
                       MdgFieldCheck *check)
{
  g_return_if_fail (values != NULL && field < MDG_GRANT_N_FIELDS && check != NULL);

  *check = (MdgFieldCheck){ MDG_FIELD_OK, NULL, NULL };
  switch (field)
    {
    case MDG_GRANT_CODE:
      mdg_form_read_code (values[field], check);
      break;
    case MDG_GRANT_NAME:
    case MDG_GRANT_FOUNDER:
      mdg_form_read_text (values[field], MDG_FORM_NAME_MAX, check);
      break;
    case MDG_GRANT_POSTAL_CODE:
      mdg_form_read_postal_code (values[field], check);
      break;
    case MDG_GRANT_ADDRESS:
      mdg_form_read_text (values[field], MDG_FORM_ADDRESS_MAX, check);
      break;
    case MDG_GRANT_PHONE:
      mdg_form_read_phone (values[field], check);
      break;
    case MDG_GRANT_TOTAL:
      check_total (values[field], fundable_total, check);
      break;
    case MDG_GRANT_DATE:
    case MDG_GRANT_COMPLETED:
      check_day (values, field, today, check);
      break;
    case MDG_GRANT_N_FIELDS:
    default:
      break;
    }
}

G_GNUC_PRINTF (2, 3)
static void
say (GPtrArray *sentences, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (sentences, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
check_fields (const char *const *values,
              gint64 fundable_total,
              const GDate *today,
              GPtrArray *sentences)
{
  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    {
      MdgFieldCheck check;

      mdg_grant_check_field (values, (MdgGrantField) i, fundable_total, today, &check);
      if (check.state == MDG_FIELD_EMPTY || check.state == MDG_FIELD_BAD ||
          (check.state == MDG_FIELD_WARN && i == MDG_GRANT_TOTAL))
        /* Translators: a field of the form, and what is wrong with it */
        say (sentences, _ ("%s: %s"), mdg_grant_field_label ((MdgGrantField) i), check.words);
      mdg_field_check_clear (&check);
    }
}

/* a receipt as a person knows it */
static char *
name_receipt (const MdgReceipt *receipt)
{
  const char *name =
      receipt->vendor != NULL && *receipt->vendor != '\0' ? receipt->vendor : receipt->file_name;

  /* Translators: one receipt: its vendor, or its file's name */
  return g_strdup_printf (_ ("Receipt “%s”"), name != NULL ? name : "");
}

static void
check_receipt (const MdgReceipt *receipt, const GDate *completed, GPtrArray *sentences)
{
  g_autofree char *name = name_receipt (receipt);
  GDate day;

  if (receipt->items == NULL || receipt->items->len == 0)
    say (sentences, _ ("%s: its items are not entered."), name);
  if (receipt->size == 0 || receipt->sha256 == NULL || *receipt->sha256 == '\0')
    say (sentences, _ ("%s: its file is missing."), name);
  if (receipt->date == NULL || !mdg_oqs_date_parse (receipt->date, &day))
    say (sentences, _ ("%s: its date is not entered."), name);
  else if (g_date_valid (completed) && g_date_compare (&day, completed) > 0)
    say (sentences, _ ("%s: its date is after the completion of the project."), name);
}

/**
 * mdg_grant_check:
 * @values: (array length=MDG_GRANT_N_FIELDS): as typed, none %NULL
 * @receipts: (element-type MdgReceipt): the receipts that are enclosed
 * @rule: (nullable): the grant's rule
 * @today: the day in Japan
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type utf8): what would send the packet back, as sentences
 */
GPtrArray *
mdg_grant_check (const char *const *values,
                 GPtrArray *receipts,
                 const MdgSubsidyRule *rule,
                 const GDate *today)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  gint64 fundable_total = mdg_grant_fundable_total (receipts);
  MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };
  GDate completed;

  g_date_clear (&completed, 1);
  mdg_form_read_date (values[MDG_GRANT_COMPLETED], &check, &completed);
  mdg_field_check_clear (&check);
  check_fields (values, fundable_total, today, sentences);
  if (receipts == NULL || receipts->len == 0)
    say (sentences, "%s", _ ("There is no receipt."));
  else if (fundable_total == 0)
    say (sentences, "%s",
         _ ("No item of the receipts is equipment that is supported (card reader, smartphone, "
            "tablet)."));
  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    check_receipt (g_ptr_array_index (receipts, i), &completed, sentences);
  if (rule != NULL && mdg_subsidy_rule_days_left (rule, today) == -2)
    {
      g_autofree char *day = mdg_form_describe_day (rule->deadline);

      say (sentences, _ ("The period for the application ended on %s."), day);
    }
  return sentences;
}

/* however wide it was typed, and with whatever spaces; of a code only the digits count */
static gboolean
is_same (const char *a, const char *b, gboolean code)
{
  char *(*const fold) (const char *) = code ? mdg_oqs_fold_digits : mdg_oqs_compare_key;
  g_autofree char *key_a = NULL;
  g_autofree char *key_b = NULL;

  if (!g_utf8_validate (a, -1, NULL) || !g_utf8_validate (b, -1, NULL))
    return g_str_equal (a, b);
  key_a = fold (a);
  key_b = fold (b);
  return g_str_equal (key_a, key_b);
}

/**
 * mdg_grant_compare:
 * @values: (array length=MDG_GRANT_N_FIELDS): as typed, none %NULL
 * @application: (array length=MDG_APPLICATION_N_FIELDS): of the usage application
 * @missing: (nullable) (element-type utf8): names of receipts' files that are gone or changed
 * @sentences: (element-type utf8): gets what would send the packet back, as sentences
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_grant_compare (const char *const *values,
                   const char *const *application,
                   GPtrArray *missing,
                   GPtrArray *sentences)
{
  static const struct
  {
    MdgGrantField grant;
    MdgApplicationField application;
  } pairs[] = {
    { MDG_GRANT_CODE, MDG_APPLICATION_CODE },
    { MDG_GRANT_NAME, MDG_APPLICATION_NAME },
    { MDG_GRANT_FOUNDER, MDG_APPLICATION_FOUNDER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *here = values[pairs[i].grant];
      const char *there = application[pairs[i].application];

      if (!mdg_form_is_empty (here) && !mdg_form_is_empty (there) &&
          !is_same (here, there, pairs[i].grant == MDG_GRANT_CODE))
        say (sentences, _ ("%s: the usage application says something else."),
             mdg_grant_field_label (pairs[i].grant));
    }
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    say (sentences, _ ("The file of a receipt is missing or has changed: %s"),
         (const char *) g_ptr_array_index (missing, i));
}
