/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a journey's values to the fields of the papers. Nothing is decided here but
 * what stands where. */
#include "config.h"

#include "mdg-guide-papers-private.h"

#include <string.h>

#define CODE_DIGITS 10 /* 都道府県 2, 点数表 1, 医療機関コード 7 */

void
mdg_code_parts_clear (MdgCodeParts *self)
{
  g_clear_pointer (&self->prefecture, g_free);
  g_clear_pointer (&self->points_table, g_free);
  g_clear_pointer (&self->code, g_free);
}

MdgCodeParts
mdg_code_parts_split (const char *code)
{
  MdgCodeParts parts = { NULL };

  if (code == NULL || strlen (code) != CODE_DIGITS || !g_str_is_ascii (code))
    {
      parts.code = g_strdup (code);
      return parts;
    }
  parts.prefecture = g_strndup (code, 2);
  parts.points_table = g_strndup (code + 2, 1);
  parts.code = g_strdup (code + 3);
  return parts;
}

static gboolean
is_ticked (const char *value)
{
  return value != NULL && *value != '\0';
}

/* As it goes onto the paper; what cannot go there is drawn as it was typed, to be seen. */
static char *
normalize_application (const char *const *values, MdgApplicationField field, const GDate *today)
{
  MdgFieldCheck check = { 0 };
  char *normal = NULL;

  mdg_application_check_field (values, field, today, &check);
  normal = g_strdup (check.normal != NULL ? check.normal : values[field]);
  mdg_field_check_clear (&check);
  return normal;
}

/**
 * mdg_guide_paper_application:
 * @values: (array length=MDG_APPLICATION_N_FIELDS): as typed, none %NULL
 * @password: (nullable): drawn, if this application has to show one (注1), and kept nowhere
 * @today: of the checks
 * @practice: whether 練習 stands on it
 *
 * 「オンライン資格確認（資格確認限定型）利用に関する申請書」 with what there is of it.
 *
 * Source: the preparation guide, 2-1 ①.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_guide_paper_application (const char *const *values,
                             GBytes *password,
                             const GDate *today,
                             gboolean practice)
{
  MdgApplicationFields fields = { NULL };
  char *normal[MDG_APPLICATION_N_FIELDS] = { NULL };
  g_auto (MdgCodeParts) code = { NULL };
  MdgPaper *paper = NULL;

  g_return_val_if_fail (values != NULL && today != NULL, NULL);

  for (int i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    normal[i] = normalize_application (values, (MdgApplicationField) i, today);
  code = mdg_code_parts_split (normal[MDG_APPLICATION_CODE]);
  fields.date = normal[MDG_APPLICATION_DATE];
  fields.kinds[0] = is_ticked (values[MDG_APPLICATION_REGISTER]);
  fields.kinds[1] = is_ticked (values[MDG_APPLICATION_BEGIN]);
  fields.kinds[2] = is_ticked (values[MDG_APPLICATION_END]);
  fields.person = normal[MDG_APPLICATION_PERSON];
  fields.prefecture = code.prefecture;
  fields.points_table = code.points_table;
  fields.code = code.code;
  fields.name = normal[MDG_APPLICATION_NAME];
  fields.founder = normal[MDG_APPLICATION_FOUNDER];
  fields.phone = normal[MDG_APPLICATION_PHONE];
  fields.mail = normal[MDG_APPLICATION_MAIL];
  fields.password = mdg_application_needs_password (values) ? password : NULL;
  fields.account = normal[MDG_APPLICATION_ACCOUNT];
  fields.staff = normal[MDG_APPLICATION_STAFF];
  fields.devices = normal[MDG_APPLICATION_DEVICES];
  fields.end_date = normal[MDG_APPLICATION_END_DATE];
  fields.withdraw = is_ticked (values[MDG_APPLICATION_WITHDRAW]);
  fields.change = is_ticked (values[MDG_APPLICATION_CHANGE]);
  paper = mdg_paper_new_application (&fields, practice);
  for (int i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    g_free (normal[i]);
  return paper;
}

static const char *
get_mark (MdgStepKind step)
{
  return step == MDG_STEP_APPLY ? "利用申請書 在中" : "助成金交付申請書 在中";
}

MdgLabelFields
mdg_guide_papers_make_label (MdgStepKind step,
                             const char *postal_code,
                             const char *address,
                             const char *name)
{
  const MdgGuideAddress *to = mdg_guide_map_get_address (step);
  MdgLabelFields fields = {
    .honorific = "御中",
    .sender_postal_code = postal_code,
    .sender_address = address,
    .sender_name = name,
    .mark = get_mark (step),
  };

  if (to != NULL)
    {
      fields.postal_code = to->postal_code;
      fields.address = to->address;
      fields.addressee = to->addressee;
    }
  return fields;
}

/**
 * mdg_guide_paper_label:
 * @step: %MDG_STEP_APPLY or %MDG_STEP_GRANT: what is posted
 * @sender_postal_code: (nullable)
 * @sender_address: (nullable)
 * @sender_name: (nullable)
 * @practice: whether 練習 stands on it
 *
 * The address for the envelope.
 *
 * Source: the preparation guide, 2-1 ① and 3 ②: 郵送先.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_guide_paper_label (MdgStepKind step,
                       const char *sender_postal_code,
                       const char *sender_address,
                       const char *sender_name,
                       gboolean practice)
{
  MdgLabelFields fields =
      mdg_guide_papers_make_label (step, sender_postal_code, sender_address, sender_name);

  g_return_val_if_fail (step == MDG_STEP_APPLY || step == MDG_STEP_GRANT, NULL);

  return mdg_paper_new_label (&fields, practice);
}

/**
 * mdg_guide_paper_poster:
 * @institution_name: (nullable): at its foot
 * @practice: whether 練習 stands on it
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_guide_paper_poster (const char *institution_name, gboolean practice)
{
  return mdg_paper_new_poster (institution_name, practice);
}
