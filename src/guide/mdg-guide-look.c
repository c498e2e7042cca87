/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a journey has: its values, lists and receipts, and what they come to. */
#include "config.h"

#include "mdg-application-form.h"
#include "mdg-grant-form.h"
#include "mdg-guide-model.h"

/**
 * mdg_guide_get_record:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): all of it, as it is on the disk; good until the next "changed"
 */
const MdgJourneyRecord *
mdg_guide_get_record (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  return self->record;
}

static const char *
find_value (MdgGuide *self, const char *form, const char *field)
{
  g_autofree char *key = g_strconcat (form, "/", field, NULL);

  return g_hash_table_lookup (self->record->values, key);
}

/**
 * mdg_guide_get_value:
 * @self: the guide
 * @form: a form
 * @field: a field of it
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): its text; "" where it was never filled in
 */
const char *
mdg_guide_get_value (MdgGuide *self, const char *form, const char *field)
{
  const char *value;

  g_return_val_if_fail (MDG_IS_GUIDE (self) && form != NULL && field != NULL, "");

  value = find_value (self, form, field);
  return value != NULL ? value : "";
}

/**
 * mdg_guide_get_entries:
 * @self: the guide
 * @list: a list
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer container) (element-type MdgJourneyEntry): its lines, in order; good until the
 *   next "changed"
 */
GPtrArray *
mdg_guide_get_entries (MdgGuide *self, const char *list)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  for (guint i = 0; i < self->record->entries->len; i++)
    {
      MdgJourneyEntry *entry = g_ptr_array_index (self->record->entries, i);

      if (g_strcmp0 (entry->list, list) == 0)
        g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

/**
 * mdg_guide_get_receipt:
 * @self: the guide
 * @id: a receipt's id
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): it; good until the next "changed"
 */
const MdgReceipt *
mdg_guide_get_receipt (MdgGuide *self, gint64 id)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  for (guint i = 0; i < self->record->receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (self->record->receipts, i);

      if (receipt->id == id)
        return receipt;
    }
  return NULL;
}

/**
 * mdg_guide_get_total:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: yen, with tax, of all receipts
 */
gint64
mdg_guide_get_total (MdgGuide *self)
{
  gint64 total = 0;

  g_return_val_if_fail (MDG_IS_GUIDE (self), 0);

  for (guint i = 0; i < self->record->receipts->len; i++)
    total += mdg_receipt_get_total (g_ptr_array_index (self->record->receipts, i));
  return total;
}

/**
 * mdg_guide_get_fundable_total:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: yen, with tax, of the items whose kind the guide names as supported (3-1)
 */
gint64
mdg_guide_get_fundable_total (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), 0);

  return mdg_grant_fundable_total (self->record->receipts);
}

/**
 * mdg_guide_get_rule:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the grant's rule
 */
const MdgSubsidyRule *
mdg_guide_get_rule (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  return self->rule;
}

/**
 * mdg_guide_get_amounts:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: what the grant would be by the receipts that are there; zeros where it cannot be told
 */
MdgSubsidyAmounts
mdg_guide_get_amounts (MdgGuide *self)
{
  MdgSubsidyAmounts amounts = { 0, 0, 0, 0 };

  g_return_val_if_fail (MDG_IS_GUIDE (self), amounts);

  if (self->rule == NULL ||
      !mdg_subsidy_rule_compute (self->rule, mdg_guide_get_fundable_total (self), &amounts))
    amounts = (MdgSubsidyAmounts){ 0, 0, 0, 0 };
  return amounts;
}

/**
 * mdg_guide_get_application:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (array length=MDG_APPLICATION_N_FIELDS): the fields of the usage
 *   application as typed; the date is today's until another is filled in
 */
char **
mdg_guide_get_application (MdgGuide *self)
{
  GStrv values = g_new0 (char *, MDG_APPLICATION_N_FIELDS + 1);

  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    values[i] = g_strdup (mdg_guide_get_value (self, MDG_APPLICATION_FORM,
                                               mdg_application_field_id ((MdgApplicationField) i)));
  if (find_value (self, MDG_APPLICATION_FORM, mdg_application_field_id (MDG_APPLICATION_DATE)) ==
      NULL)
    {
      g_free (values[MDG_APPLICATION_DATE]);
      values[MDG_APPLICATION_DATE] = mdg_guide_format_day (&self->today);
    }
  return values;
}

/* what the usage application has already said */
static const struct
{
  MdgGrantField grant;
  MdgApplicationField application;
} shared_fields[] = {
  { MDG_GRANT_CODE, MDG_APPLICATION_CODE },
  { MDG_GRANT_NAME, MDG_APPLICATION_NAME },
  { MDG_GRANT_FOUNDER, MDG_APPLICATION_FOUNDER },
  { MDG_GRANT_PHONE, MDG_APPLICATION_PHONE },
};

/**
 * mdg_guide_get_grant:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (array length=MDG_GRANT_N_FIELDS): the fields of the grant's form as
 *   typed; what was never filled in is what the usage application says, today, and the first day of
 *   operation
 */
char **
mdg_guide_get_grant (MdgGuide *self)
{
  GStrv values = g_new0 (char *, MDG_GRANT_N_FIELDS + 1);
  const MdgStepRecord *start = mdg_guide_step_record (self, MDG_STEP_START);

  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    {
      const char *value = find_value (self, MDG_GRANT_FORM, mdg_grant_field_id ((MdgGrantField) i));

      for (guint j = 0; value == NULL && j < G_N_ELEMENTS (shared_fields); j++)
        if (shared_fields[j].grant == (MdgGrantField) i)
          value = find_value (self, MDG_APPLICATION_FORM,
                              mdg_application_field_id (shared_fields[j].application));
      if (value == NULL && i == MDG_GRANT_COMPLETED && start != NULL &&
          mdg_guide_state_of (self, MDG_STEP_START) == MDG_STEP_DONE)
        value = start->date;
      if (value == NULL && i == MDG_GRANT_DATE)
        values[i] = mdg_guide_format_day (&self->today);
      else
        values[i] = g_strdup (value != NULL ? value : "");
    }
  return values;
}

/**
 * mdg_guide_check_grant:
 * @self: the guide
 *
 * The check of mdg_grant_check(), and whether it says what the usage application said, and whether
 * the receipts' files are there.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type utf8): what would send the packet back, as sentences
 */
GPtrArray *
mdg_guide_check_grant (MdgGuide *self)
{
  g_auto (GStrv) grant = NULL;
  g_auto (GStrv) application = NULL;
  GPtrArray *sentences;

  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  grant = mdg_guide_get_grant (self);
  application = mdg_guide_get_application (self);
  sentences = mdg_grant_check ((const char *const *) grant, self->record->receipts, self->rule,
                               &self->today);
  mdg_grant_compare ((const char *const *) grant, (const char *const *) application, self->missing,
                     sentences);
  return sentences;
}
