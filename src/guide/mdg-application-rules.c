/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the usage application needs when, by its 申請区分 and its notes 注1 to 注5:
 *
 *   注1  mail and password: needed with 2 alone; with 1 and 2 together they need not be filled in.
 *        The note asks for them nowhere else.
 *   注2  account: it stands for the facility's being genuine
 * 「マイナ資格確認アプリの利用にあたり」: needed with 2. 注3, 注4  staff and terminals: those that
 * use the app: needed with 2. 注5  last day: with 3, unless the end is withdrawn; 取り消し and 変更
 * with 3 and never both.
 */
#include "config.h"

#include "mdg-application-form.h"
#include "mdg-form-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STAFF_MOST   9999
#define DEVICES_MOST 999

typedef struct
{
  const char *const *values;
  const GDate *today;
  gboolean registers; /* 1 */
  gboolean begins;    /* 2 */
  gboolean ends;      /* 3 */
  gboolean withdraws;
  gboolean changes;
} Form;

static gboolean
is_ticked (const char *const *values, MdgApplicationField field)
{
  return g_str_equal (values[field], "1");
}

static gboolean
is_tick (const char *value)
{
  return *value == '\0' || g_str_equal (value, "1");
}

/* An empty field that is not needed, with why; FALSE where it has to be looked at. */
static gboolean
is_unneeded (const char *value, gboolean needed, const char *why, MdgFieldCheck *check)
{
  if (needed || !mdg_form_is_empty (value))
    return FALSE;
  mdg_form_say (check, MDG_FIELD_UNNEEDED, why);
  return TRUE;
}

static void
check_kind (const Form *form, MdgApplicationField field, MdgFieldCheck *check)
{
  if (!is_tick (form->values[field]))
    mdg_form_say (check, MDG_FIELD_BAD, _ ("Please tick it or leave it."));
  else if (!form->registers && !form->begins && !form->ends)
    mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please tick what you apply for."));
  else if (field != MDG_APPLICATION_REGISTER && form->begins && form->ends)
    mdg_form_say (check, MDG_FIELD_WARN,
                  _ ("Both the beginning and the end of use are ticked. Please look again."));
  else
    {
      check->normal = g_strdup (form->values[field]);
      mdg_form_say (check, MDG_FIELD_OK, NULL);
      return;
    }
  if (check->state == MDG_FIELD_WARN)
    check->normal = g_strdup (form->values[field]);
}

/* 開設者氏名（漢字）: only kana is most likely the reading of it */
static gboolean
is_kana_only (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !(c >= 0x3041 && c <= 0x30ff) && !(c >= 0xff66 && c <= 0xff9f))
        return FALSE;
    }
  return TRUE;
}

static void
check_founder (const Form *form, MdgFieldCheck *check)
{
  if (mdg_form_read_text (form->values[MDG_APPLICATION_FOUNDER], MDG_FORM_NAME_MAX, check) &&
      is_kana_only (check->normal))
    mdg_form_say (check, MDG_FIELD_WARN, _ ("The form asks for the name in kanji."));
}

/* One @, something before it, a name with a dot after it; nothing that a mail address on paper
 * cannot have. */
static gboolean
is_mail_address (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  if (at == NULL || at == text || strchr (at + 1, '@') != NULL || dot == NULL || dot == at + 1 ||
      dot[1] == '\0' || at[1] == '.' || strstr (at, "..") != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || strchr ("()<>,;:\\\"[]", *c) != NULL)
      return FALSE;
  return TRUE;
}

static void
check_mail (const Form *form, MdgFieldCheck *check)
{
  const char *value = form->values[MDG_APPLICATION_MAIL];
  gboolean both = form->registers && form->begins;
  const char *why = both ? _ ("Need not be filled in: 1 and 2 are applied for together (note 1).")
                         : _ ("Needed for 2 (note 1).");
  g_autofree char *folded = NULL;

  if (is_unneeded (value, form->begins && !both, why, check) ||
      !mdg_form_read_text (value, 254, check))
    return;
  folded = mdg_oqs_fold_width (check->normal);
  if (!is_mail_address (folded))
    {
      mdg_form_say (check, MDG_FIELD_BAD, _ ("This is no mail address. Example: name@example.jp"));
      return;
    }
  g_free (check->normal);
  check->normal = g_steal_pointer (&folded);
  if (both)
    mdg_form_say (check, MDG_FIELD_UNNEEDED, why);
}

static void
check_account (const Form *form, MdgFieldCheck *check)
{
  const char *value = form->values[MDG_APPLICATION_ACCOUNT];
  g_autofree char *digits = NULL;

  if (is_unneeded (value, form->begins, _ ("Needed for 2 (note 2)."), check) ||
      !mdg_form_read_text (value, MDG_FORM_NAME_MAX, check))
    return;
  digits = mdg_oqs_fold_digits (check->normal);
  if (strlen (digits) != 4 || strspn (digits, "0123456789") != 4)
    {
      mdg_form_say (check, MDG_FIELD_BAD, _ ("The last 4 digits of the account number go here."));
      return;
    }
  g_free (check->normal);
  check->normal = g_steal_pointer (&digits);
}

static void
check_devices (const Form *form, MdgFieldCheck *check)
{
  MdgFieldCheck staff = { MDG_FIELD_OK, NULL, NULL };
  const char *value = form->values[MDG_APPLICATION_DEVICES];
  guint n_staff = 0, n_devices = 0;

  if (is_unneeded (value, form->begins, _ ("Needed for 2 (note 4)."), check) ||
      !mdg_form_read_number (value, 1, DEVICES_MOST, check, &n_devices))
    return;
  if (mdg_form_read_number (form->values[MDG_APPLICATION_STAFF], 1, STAFF_MOST, &staff, &n_staff) &&
      n_devices > n_staff)
    mdg_form_say (check, MDG_FIELD_WARN,
                  _ ("More terminals than staff. Please apply only for as many as are needed for "
                     "the work (note 4)."));
  mdg_field_check_clear (&staff);
}

static void
check_staff (const Form *form, MdgFieldCheck *check)
{
  const char *value = form->values[MDG_APPLICATION_STAFF];

  if (!is_unneeded (value, form->begins, _ ("Needed for 2 (note 3)."), check))
    mdg_form_read_number (value, 1, STAFF_MOST, check, NULL);
}

static void
check_end_date (const Form *form, MdgFieldCheck *check)
{
  const char *value = form->values[MDG_APPLICATION_END_DATE];
  gboolean needed = form->ends && !form->withdraws;
  GDate day;

  if (is_unneeded (value, needed,
                   form->withdraws ? _ ("Not needed to withdraw the end (note 5).")
                                   : _ ("Needed for 3 (note 5)."),
                   check))
    return;
  if (mdg_form_is_empty (value))
    mdg_form_say (check, MDG_FIELD_EMPTY,
                  form->changes ? _ ("Please write the new day (note 5).")
                                : _ ("Please write the planned last day of use (note 5)."));
  else if (!mdg_form_read_date (value, check, &day))
    return;
  else if (!form->ends)
    mdg_form_say (check, MDG_FIELD_BAD, _ ("This belongs to 3. Please tick 3 or take it away."));
  else if (form->withdraws)
    mdg_form_say (check, MDG_FIELD_WARN, _ ("Not needed to withdraw the end (note 5)."));
  else if (g_date_valid (form->today) && g_date_compare (&day, form->today) < 0)
    mdg_form_say (check, MDG_FIELD_WARN, _ ("This day has passed. Please look again."));
}

/* 取り消し and 変更 */
static void
check_end_tick (const Form *form, MdgApplicationField field, MdgFieldCheck *check)
{
  const char *value = form->values[field];

  if (!is_tick (value))
    mdg_form_say (check, MDG_FIELD_BAD, _ ("Please tick it or leave it."));
  else if (is_unneeded (value, form->ends, _ ("Needed for 3 (note 5)."), check))
    return;
  else if (*value != '\0' && !form->ends)
    mdg_form_say (check, MDG_FIELD_BAD, _ ("This belongs to 3. Please tick 3 or take it away."));
  else if (form->withdraws && form->changes)
    mdg_form_say (check, MDG_FIELD_BAD, _ ("Please tick only one of withdraw and change."));
  else
    {
      check->normal = g_strdup (value);
      mdg_form_say (check, MDG_FIELD_OK, NULL);
    }
}

static void
check_date (const Form *form, MdgFieldCheck *check)
{
  GDate day;

  if (mdg_form_read_date (form->values[MDG_APPLICATION_DATE], check, &day) &&
      g_date_valid (form->today) && g_date_compare (&day, form->today) > 0)
    mdg_form_say (check, MDG_FIELD_WARN, _ ("This day is yet to come. Please look again."));
}

static void
read_form (const char *const *values, const GDate *today, Form *form)
{
  form->values = values;
  form->today = today;
  form->registers = is_ticked (values, MDG_APPLICATION_REGISTER);
  form->begins = is_ticked (values, MDG_APPLICATION_BEGIN);
  form->ends = is_ticked (values, MDG_APPLICATION_END);
  form->withdraws = is_ticked (values, MDG_APPLICATION_WITHDRAW);
  form->changes = is_ticked (values, MDG_APPLICATION_CHANGE);
}

/**
 * mdg_application_check_field:
 * @values: (array length=MDG_APPLICATION_N_FIELDS): as typed, none %NULL
 * @field: the field to look at
 * @today: the day in Japan
 * @check: (out caller-allocates): how it stands; cleared by the caller
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_application_check_field (const char *const *values,
                             MdgApplicationField field,
                             const GDate *today,
                             MdgFieldCheck *check)
{
  Form form;

  g_return_if_fail (values != NULL && field < MDG_APPLICATION_N_FIELDS && check != NULL);

  *check = (MdgFieldCheck){ MDG_FIELD_OK, NULL, NULL };
  read_form (values, today, &form);
  switch (field)
    {
    case MDG_APPLICATION_REGISTER:
    case MDG_APPLICATION_BEGIN:
    case MDG_APPLICATION_END:
      check_kind (&form, field, check);
      break;
    case MDG_APPLICATION_PERSON:
    case MDG_APPLICATION_NAME:
      mdg_form_read_text (values[field], MDG_FORM_NAME_MAX, check);
      break;
    case MDG_APPLICATION_CODE:
      mdg_form_read_code (values[field], check);
      break;
    case MDG_APPLICATION_FOUNDER:
      check_founder (&form, check);
      break;
    case MDG_APPLICATION_PHONE:
      mdg_form_read_phone (values[field], check);
      break;
    case MDG_APPLICATION_MAIL:
      check_mail (&form, check);
      break;
    case MDG_APPLICATION_ACCOUNT:
      check_account (&form, check);
      break;
    case MDG_APPLICATION_STAFF:
      check_staff (&form, check);
      break;
    case MDG_APPLICATION_DEVICES:
      check_devices (&form, check);
      break;
    case MDG_APPLICATION_END_DATE:
      check_end_date (&form, check);
      break;
    case MDG_APPLICATION_WITHDRAW:
    case MDG_APPLICATION_CHANGE:
      check_end_tick (&form, field, check);
      break;
    case MDG_APPLICATION_DATE:
      check_date (&form, check);
      break;
    case MDG_APPLICATION_N_FIELDS:
    default:
      break;
    }
}
