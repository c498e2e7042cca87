/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey value: the fields of the two forms, checked as they are filled in. What cannot stand on
 * the paper is not taken; what only looks wrong is taken and said. */
#include "config.h"

#include "mdg-application-form.h"
#include "mdg-cli-journey.h"
#include "mdg-grant-form.h"

#include <glib/gi18n.h>

/* The two forms as one: by field number. */
typedef struct
{
  const char *name;
  guint n_fields;
} Form;

static const Form forms[] = { { MDG_APPLICATION_FORM, MDG_APPLICATION_N_FIELDS },
                              { MDG_GRANT_FORM, MDG_GRANT_N_FIELDS } };

static const Form *
find_form (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (name, forms[i].name))
      return &forms[i];
  return NULL;
}

static const char *
id_of (const Form *form, guint field)
{
  return form == &forms[0] ? mdg_application_field_id ((MdgApplicationField) field)
                           : mdg_grant_field_id ((MdgGrantField) field);
}

static const char *
label_of (const Form *form, guint field)
{
  return form == &forms[0] ? mdg_application_field_label ((MdgApplicationField) field)
                           : mdg_grant_field_label ((MdgGrantField) field);
}

static const char *
note_of (const Form *form, guint field)
{
  return form == &forms[0] ? mdg_application_field_note ((MdgApplicationField) field) : "";
}

static void
check (MdgGuide *guide, const Form *form, char **values, guint field, MdgFieldCheck *found)
{
  if (form == &forms[0])
    mdg_application_check_field ((const char *const *) values, (MdgApplicationField) field,
                                 mdg_guide_get_today (guide), found);
  else
    mdg_grant_check_field ((const char *const *) values, (MdgGrantField) field,
                           mdg_guide_get_fundable_total (guide), mdg_guide_get_today (guide),
                           found);
}

static const char *
state_id (MdgFieldState state)
{
  static const char *const ids[] = {
    [MDG_FIELD_OK] = "ok",     [MDG_FIELD_EMPTY] = "empty", [MDG_FIELD_UNNEEDED] = "unneeded",
    [MDG_FIELD_WARN] = "warn", [MDG_FIELD_BAD] = "bad",
  };

  return ids[state];
}

static json_t *
field_to_json (MdgGuide *guide, const Form *form, char **values, guint field, gboolean *complete)
{
  MdgFieldCheck found = { MDG_FIELD_OK, NULL, NULL };
  json_t *object;

  check (guide, form, values, field, &found);
  if (found.state == MDG_FIELD_EMPTY || found.state == MDG_FIELD_BAD)
    *complete = FALSE;
  object =
      json_pack ("{s:s, s:s, s:s, s:s, s:s?, s:s, s:s}", "id", id_of (form, field), "label",
                 label_of (form, field), "value", values[field], "state", state_id (found.state),
                 "normal", found.normal, "words", found.words, "note", note_of (form, field));
  mdg_field_check_clear (&found);
  return object;
}

static void
print_field (MdgGuide *guide, const Form *form, char **values, guint field)
{
  MdgFieldCheck found = { MDG_FIELD_OK, NULL, NULL };
  g_autofree char *shown = mdg_oqs_text_for_display (values[field]);

  check (guide, form, values, field, &found);
  mdg_cli_print_line ("  %-12s %s: %s", id_of (form, field), label_of (form, field), shown);
  if (*found.words != '\0')
    mdg_cli_print_line ("      → %s", found.words);
  mdg_field_check_clear (&found);
}

static void
print_form (MdgCli *cli, MdgGuide *guide, const Form *form)
{
  g_auto (GStrv) values =
      form == &forms[0] ? mdg_guide_get_application (guide) : mdg_guide_get_grant (guide);
  gboolean complete = TRUE;
  json_t *array = json_array ();

  for (guint i = 0; i < form->n_fields; i++)
    json_array_append_new (array, field_to_json (guide, form, values, i, &complete));
  if (cli->json)
    mdg_cli_print_json (cli, json_pack ("{s:s, s:b, s:o}", "form", form->name, "complete", complete,
                                        "fields", array));
  else
    {
      json_decref (array);
      mdg_cli_print_practice_mark (cli, stdout);
      for (guint i = 0; i < form->n_fields; i++)
        print_field (guide, form, values, i);
      mdg_cli_print_line ("%s", complete ? _ ("The form is complete.")
                                         : _ ("The form is not complete yet."));
    }
}

static int
save (MdgCli *cli, MdgGuide *guide, const char *form, const char *field, const char *text)
{
  const char *fields[] = { field, text, NULL };
  MdgCliWait wait = { NULL };

  mdg_guide_set_values_async (guide, form, fields, mdg_cli_wait_ready_cb, &wait);
  return mdg_cli_journey_end (cli, guide, &wait, NULL);
}

/* "" empties a field whatever it is for. */
static int
fill_in (MdgCli *cli, MdgGuide *guide, const Form *form, guint field, const char *text)
{
  g_auto (GStrv) values =
      form == &forms[0] ? mdg_guide_get_application (guide) : mdg_guide_get_grant (guide);
  MdgFieldCheck found = { MDG_FIELD_OK, NULL, NULL };
  gboolean complete = TRUE;
  int exit_code = 0;

  g_free (values[field]);
  values[field] = g_strdup (text);
  check (guide, form, values, field, &found);
  if (*text != '\0' && found.state == MDG_FIELD_BAD)
    exit_code = mdg_cli_fail_usage (cli, id_of (form, field), found.words);
  mdg_field_check_clear (&found);
  if (exit_code == 0)
    exit_code = save (cli, guide, form->name, id_of (form, field), text);
  if (exit_code != 0)
    return exit_code;
  if (cli->json)
    mdg_cli_print_json (cli, field_to_json (guide, form, values, field, &complete));
  else
    {
      mdg_cli_print_practice_mark (cli, stdout);
      print_field (guide, form, values, field);
    }
  return 0;
}

/**
 * mdg_cli_journey_value:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_value (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  const Form *form;
  guint field = 0;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "apply|grant [FIELD TEXT]", 1, 3,
                            _ ("Show or fill in the fields of a form"), NULL, &exit_code))
    return exit_code;
  form = find_form (arguments[1]);
  if (form == NULL)
    return mdg_cli_fail_usage (cli, arguments[1], _ ("There is no such form."));
  while (n_arguments > 2 && field < form->n_fields &&
         !g_str_equal (arguments[2], id_of (form, field)))
    field++;
  if (n_arguments > 2 && field == form->n_fields)
    return mdg_cli_fail_usage (cli, arguments[2], _ ("There is no such field."));
  if (n_arguments == 3)
    return mdg_cli_fail_usage (cli, arguments[2],
                               _ ("Please give the text, too; \"\" empties it."));
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  if (n_arguments == 4)
    return fill_in (cli, guide, form, field, arguments[3]);
  print_form (cli, guide, form);
  return 0;
}
