/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 「オンライン資格確認（資格確認限定型）利用に関する申請書」: what its fields are called, and its
 * notes 注1 to 注5, whose Japanese translation is the form's own wording. The rules are in
 * mdg-application-rules.c. */
#include "config.h"

#include "mdg-application-form.h"
#include "mdg-form-field.h"

#include <glib/gi18n-lib.h>

#define PASSWORD_LEAST 8
#define PASSWORD_MOST  100

typedef struct
{
  const char *id;
  const char *label;
  const char *note;
} Field;

#define NOTE_1                                                                                          \
  N_ ("Note 1: Those who have done the “1. registration as a portal site user”, please be sure to " \
      "write what you registered. It is needed for the “2. application to begin using the My "        \
      "Number eligibility app”. Those who apply for both 1 and 2 need not fill it in.")
#define NOTE_5                                                                                        \
  N_ ("Note 5: Those who have applied to end the use and want to withdraw that, please tick "         \
      "“withdraw”; those who want to change the planned last day, please write the day and tick " \
      "“change”.")

static const Field fields[MDG_APPLICATION_N_FIELDS] = {
  [MDG_APPLICATION_REGISTER] = { "register", N_ ("1. Registration as a portal site user"), "" },
  [MDG_APPLICATION_BEGIN] = { "begin",
                              N_ ("2. Application to begin using the My Number eligibility app"),
                              "" },
  [MDG_APPLICATION_END] = { "end",
                            N_ ("3. Application to end or change the use of the My Number "
                                "eligibility app"),
                            "" },
  [MDG_APPLICATION_PERSON] = { "person", N_ ("Person in charge"), "" },
  [MDG_APPLICATION_CODE] = { "code", N_ ("Code of the medical institution"), "" },
  [MDG_APPLICATION_NAME] = { "name", N_ ("Name of the medical institution"), "" },
  [MDG_APPLICATION_FOUNDER] = { "founder", N_ ("Name of the founder (kanji)"), "" },
  [MDG_APPLICATION_PHONE] = { "phone", N_ ("Telephone number"), "" },
  [MDG_APPLICATION_MAIL] = { "mail", N_ ("Mail address (note 1)"), NOTE_1 },
  [MDG_APPLICATION_ACCOUNT] = { "account", N_ ("Account number, its last 4 digits (note 2)"),
                                N_ ("Note 2: For the use of the My Number eligibility app it has to be confirmed that the "
                                    "facility is genuine, to prevent impersonation. For this, please write the last 4 "
                                    "digits of the number of the bank account that is used for claims such as those for "
                                    "medical fees. With Japan Post Bank, please find the account number and how it is "
                                    "written in the bank’s field on the back of the passbook’s cover or on its page about "
                                    "transfers. The account number is used only to confirm that the facility is "
                                    "genuine.") },
  [MDG_APPLICATION_STAFF] = { "staff", N_ ("Number of staff (note 3)"),
                              N_ ("Note 3: Please write the number of staff who use the My Number eligibility app.") },
  [MDG_APPLICATION_DEVICES] = { "devices", N_ ("Number of terminals (note 4)"),
                                N_ ("Note 4: Please write the number of terminals to be registered that use the My Number "
                                    "eligibility app. Please apply only for as many as are needed for the work.") },
  [MDG_APPLICATION_END_DATE] = { "end-date", N_ ("Planned last day of use (note 5)"), NOTE_5 },
  [MDG_APPLICATION_WITHDRAW] = { "withdraw", N_ ("Withdraw"), NOTE_5 },
  [MDG_APPLICATION_CHANGE] = { "change", N_ ("Change"), NOTE_5 },
  [MDG_APPLICATION_DATE] = { "date", N_ ("Day of the application"), "" },
};

/**
 * mdg_application_field_id:
 * @field: a field
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): its name in the journey
 */
const char *
mdg_application_field_id (MdgApplicationField field)
{
  g_return_val_if_fail (field < MDG_APPLICATION_N_FIELDS, "");

  return fields[field].id;
}

/**
 * mdg_application_field_label:
 * @field: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what the form calls it
 */
const char *
mdg_application_field_label (MdgApplicationField field)
{
  g_return_val_if_fail (field < MDG_APPLICATION_N_FIELDS, "");

  return _ (fields[field].label);
}

/**
 * mdg_application_field_note:
 * @field: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the form's note on it, with its number; "" where it has none
 */
const char *
mdg_application_field_note (MdgApplicationField field)
{
  g_return_val_if_fail (field < MDG_APPLICATION_N_FIELDS, "");

  return *fields[field].note != '\0' ? _ (fields[field].note) : "";
}

/**
 * mdg_application_is_complete:
 * @values: (array length=MDG_APPLICATION_N_FIELDS): as typed
 * @today: the day in Japan
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether the paper can be made
 */
gboolean
mdg_application_is_complete (const char *const *values, const GDate *today)
{
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };
      MdgFieldState state;

      mdg_application_check_field (values, (MdgApplicationField) i, today, &check);
      state = check.state;
      mdg_field_check_clear (&check);
      if (state == MDG_FIELD_EMPTY || state == MDG_FIELD_BAD)
        return FALSE;
    }
  return TRUE;
}

/**
 * mdg_application_needs_password:
 * @values: (array length=MDG_APPLICATION_N_FIELDS): as typed
 *
 * 注1: who applies for 2 and is registered already writes what was registered; who applies for 1
 * and 2 together need not.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether the paper has to show a password
 */
gboolean
mdg_application_needs_password (const char *const *values)
{
  return g_str_equal (values[MDG_APPLICATION_BEGIN], "1") &&
         !g_str_equal (values[MDG_APPLICATION_REGISTER], "1");
}

/**
 * mdg_application_check_password:
 * @password: (nullable): as typed
 * @check: (out caller-allocates): an empty check; never with a copy of the password
 *
 * 「※英数字8文字以上100文字以下」: ASCII letters and digits.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether it may stand on the paper
 */
gboolean
mdg_application_check_password (GBytes *password, MdgFieldCheck *check)
{
  gsize length = 0;
  const char *text = password != NULL ? g_bytes_get_data (password, &length) : NULL;

  if (length == 0)
    return mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please fill this in."));
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]))
      return mdg_form_say (check, MDG_FIELD_BAD,
                           _ ("The password has half-width letters and digits only."));
  if (length < PASSWORD_LEAST || length > PASSWORD_MOST)
    return mdg_form_say (check, MDG_FIELD_BAD, _ ("The password has 8 to 100 characters."));
  return mdg_form_say (check, MDG_FIELD_OK, NULL);
}
