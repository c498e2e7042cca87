/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ユーザ設定情報 → the registration of this PC: the letter's picture, and the four values with the
 * same numbers beside it. What is right is said by mdg-letter.h; nothing is sent before all of it
 * is. Secrets stay in their fields until the service has taken them. */
#include "config.h"

#include "mdg-letter-view.h"

#include "mdg-choose-file.h"
#include "mdg-code-field.h"
#include "mdg-field.h"
#include "mdg-letter-picture.h"
#include "mdg-letter.h"
#include "mdg-password-field.h"
#include "mdg-problem-note.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>
#include <string.h>

#define CA_MAX 65536 /* bytes of a file that is read as a certificate */

struct _MdgLetterView
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *content;
  MdgField *fields[MDG_LETTER_N_FIELDS]; /* that of CA is the file's name */
  GtkPasswordEntry *password;
  MdgCodeField *code;
  GtkButton *submit;
  GtkWidget *busy;
  GtkSpinner *spinner;
  MdgProblemNote *note;
  GtkWidget *good; /* that it is registered */

  /* owned */
  MdgSession *session;
  GCancellable *cancellable; /* (nullable): while the service is asked */
  char *ca_pem;              /* "" the system's trust */
};

G_DEFINE_FINAL_TYPE (MdgLetterView, mdg_letter_view, GTK_TYPE_WIDGET)

static const struct
{
  const char *label; /* msgid */
  const char *note;  /* msgid */
} words[MDG_LETTER_N_FIELDS] = {
  [MDG_LETTER_INSTITUTION] = { N_ ("① Institution code"), "" },
  [MDG_LETTER_USER] = { N_ ("② ID"), "" },
  [MDG_LETTER_PASSWORD] = { N_ ("③ Password"), "" },
  [MDG_LETTER_CODE] = { N_ ("④ Activation code"), N_ ("12 digits. Hyphens are not needed.") },
  [MDG_LETTER_SERVICE] = { N_ ("Address of the service"),
                           N_ ("As the service’s operator gave it; it begins with https://.") },
  [MDG_LETTER_CA] = { N_ ("The service’s certificate (CA)"),
                      N_ ("Only where the operator gave a file. Without one, the system’s trust "
                          "counts.") },
  [MDG_LETTER_TERMINAL] = { N_ ("Name of this PC"),
                            N_ ("So that you know it again in a list of terminals.") },
};

/* ---- checks ---- */

static void
show_check (MdgLetterView *self, MdgLetterField field, MdgOqsCheck check, char *said)
{
  MdgFieldCheck shown = { check == MDG_OQS_CHECK_BAD    ? MDG_FIELD_BAD
                          : check == MDG_OQS_CHECK_WARN ? MDG_FIELD_WARN
                                                        : MDG_FIELD_OK,
                          NULL, said };

  mdg_field_set_check (self->fields[field], &shown);
}

/* Empty fields are not complained of while one is on the way to them. */
static gboolean
check_text (MdgLetterView *self, MdgLetterField field, gboolean at_end, char **normal)
{
  const char *text = mdg_field_get_text (self->fields[field]);
  g_autofree char *said = NULL;
  MdgOqsCheck check = mdg_letter_check (field, text, normal, &said);

  if (!at_end && *text == '\0')
    mdg_field_set_check (self->fields[field], NULL);
  else
    show_check (self, field, check, said);
  return check != MDG_OQS_CHECK_BAD;
}

static gboolean
check_secret (MdgLetterView *self, MdgLetterField field, GBytes **normal)
{
  g_autoptr (GBytes) secret = field == MDG_LETTER_CODE ? mdg_code_field_get_code (self->code)
                                                       : mdg_password_field_copy (self->password);
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autofree char *said = NULL;
  MdgOqsCheck check =
      mdg_letter_check_secret (field, secret != NULL ? secret : none, normal, &said);

  show_check (self, field, check, said);
  return check != MDG_OQS_CHECK_BAD;
}

static void
on_changed_cb (MdgField *field)
{
  MdgLetterView *self =
      MDG_LETTER_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (field), MDG_TYPE_LETTER_VIEW));

  for (int i = 0; i < MDG_LETTER_N_FIELDS; i++)
    if (self->fields[i] == field)
      check_text (self, (MdgLetterField) i, FALSE, NULL);
}

static void
on_secret_cb (MdgLetterView *self)
{
  mdg_field_set_check (self->fields[MDG_LETTER_PASSWORD], NULL);
  mdg_field_set_check (self->fields[MDG_LETTER_CODE], NULL);
}

/* ---- the registration ---- */

static void
show_busy (MdgLetterView *self)
{
  gboolean busy = self->cancellable != NULL;

  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->submit), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
forget_secrets (MdgLetterView *self)
{
  mdg_password_field_clear (self->password);
  mdg_code_field_clear (self->code);
}

static void
on_activated_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgLetterView) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = mdg_session_terminal_finish (MDG_SESSION (session), result, &error);

  g_clear_object (&self->cancellable);
  show_busy (self);
  if (done)
    forget_secrets (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&error);
  mdg_problem_note_set (self->note, NULL, error);
  gtk_widget_set_visible (self->good, done);
  gtk_widget_grab_focus (done ? self->good : GTK_WIDGET (self->submit));
}

static void
focus_first_bad (MdgLetterView *self)
{
  for (int i = 0; i < MDG_LETTER_N_FIELDS; i++)
    if (self->fields[i] != NULL && mdg_field_is_bad (self->fields[i]))
      {
        gtk_widget_grab_focus (GTK_WIDGET (self->fields[i]));
        return;
      }
}

static void
on_submit_cb (MdgLetterView *self)
{
  g_autofree char *institution = NULL;
  g_autofree char *user = NULL;
  g_autofree char *service = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) password = NULL;
  g_autoptr (GBytes) code = NULL;
  MdgActivationRequest request = { NULL };
  gboolean good;

  if (self->cancellable != NULL)
    return;
  /* all of them, so that all is said at once */
  good = check_text (self, MDG_LETTER_INSTITUTION, TRUE, &institution);
  good &= check_text (self, MDG_LETTER_USER, TRUE, &user);
  good &= check_secret (self, MDG_LETTER_PASSWORD, &password);
  good &= check_secret (self, MDG_LETTER_CODE, &code);
  good &= check_text (self, MDG_LETTER_SERVICE, TRUE, &service);
  good &= check_text (self, MDG_LETTER_TERMINAL, TRUE, &name);
  mdg_problem_note_set (self->note, NULL, NULL);
  gtk_widget_set_visible (self->good, FALSE);
  if (!good)
    {
      focus_first_bad (self);
      mdg_problem_note_set_words (self->note, _ ("Please look at the marked fields"), "");
      return;
    }
  request = (MdgActivationRequest){
    service, *self->ca_pem != '\0' ? self->ca_pem : NULL, institution, user, password, code, name
  };
  self->cancellable = g_cancellable_new ();
  show_busy (self);
  mdg_session_activate_async (self->session, &request, TRUE, self->cancellable, on_activated_cb,
                              g_object_ref (self));
}

static void
on_cancel_cb (MdgLetterView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* ---- the service's certificate ---- */

static void
take_certificate (MdgLetterView *self, const char *name, const char *text)
{
  g_autofree char *said = NULL;
  char *normal = NULL;
  MdgOqsCheck check = mdg_letter_check (MDG_LETTER_CA, text, &normal, &said);

  show_check (self, MDG_LETTER_CA, check, said);
  if (check == MDG_OQS_CHECK_BAD)
    return;
  g_free (self->ca_pem);
  self->ca_pem = normal;
  mdg_field_set_note (self->fields[MDG_LETTER_CA], name);
}

static void
on_read_cb (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgLetterView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, &error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    {
      mdg_problem_note_set (self->note, NULL, error);
      return;
    }
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  /* nothing, or a zero byte in it: no certificate */
  take_certificate (self, g_object_get_data (stream, "name"),
                    *text != '\0' && strlen (text) == g_bytes_get_size (bytes) ? text : " ");
}

static void
on_opened_cb (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgLetterView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (file), result, &error);

  if (stream == NULL)
    {
      mdg_problem_note_set (self->note, NULL, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (stream), "name", g_file_get_basename (G_FILE (file)), g_free);
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), CA_MAX + 1, G_PRIORITY_DEFAULT, NULL,
                                   on_read_cb, g_object_ref (self));
}

static void
on_chosen_cb (GPtrArray *files, gpointer data)
{
  g_file_read_async (g_ptr_array_index (files, 0), G_PRIORITY_DEFAULT, NULL, on_opened_cb,
                     g_object_ref (data));
}

static void
on_choose_cb (MdgLetterView *self)
{
  mdg_choose_to_open (GTK_WIDGET (self), _ ("The Service’s Certificate"), FALSE, NULL, NULL,
                      on_chosen_cb, self);
}

/* ---- making ---- */

static MdgField *
add_field (MdgLetterView *self, GtkBox *box, MdgLetterField field, MdgFieldKind kind)
{
  const char *note = *words[field].note != '\0' ? _ (words[field].note) : "";
  GtkWidget *made = mdg_field_new (kind, _ (words[field].label), note);

  g_signal_connect (made, "changed", G_CALLBACK (on_changed_cb), NULL);
  gtk_box_append (box, made);
  self->fields[field] = MDG_FIELD (made);
  return self->fields[field];
}

static void
add_other (MdgLetterView *self, GtkBox *box, MdgLetterField field, GtkWidget *entry)
{
  const char *note = *words[field].note != '\0' ? _ (words[field].note) : "";
  GtkWidget *made = mdg_field_new_for_entry (entry, _ (words[field].label), note);

  gtk_box_append (box, made);
  self->fields[field] = MDG_FIELD (made);
}

static void
name_entry (GtkWidget *entry, MdgLetterField field)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (words[field].label), -1);
}

static GtkWidget *
make_letter_fields (MdgLetterView *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));

  add_field (self, box, MDG_LETTER_INSTITUTION, MDG_FIELD_DIGITS);
  add_field (self, box, MDG_LETTER_USER, MDG_FIELD_TEXT);
  self->password = GTK_PASSWORD_ENTRY (gtk_password_entry_new ());
  mdg_password_field_protect (self->password);
  gtk_widget_set_hexpand (GTK_WIDGET (self->password), TRUE);
  name_entry (GTK_WIDGET (self->password), MDG_LETTER_PASSWORD);
  add_other (self, box, MDG_LETTER_PASSWORD, GTK_WIDGET (self->password));
  self->code = MDG_CODE_FIELD (mdg_code_field_new ());
  add_other (self, box, MDG_LETTER_CODE, GTK_WIDGET (self->code));
  g_signal_connect_object (self->password, "changed", G_CALLBACK (on_secret_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code, "changed", G_CALLBACK (on_secret_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code, "activate", G_CALLBACK (on_submit_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (box);
}

/* Whom to ask is no matter of the letter; in practice there is one answer. */
static GtkWidget *
make_service_fields (MdgLetterView *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  GtkWidget *file = gtk_button_new_with_label (_ ("Choose…"));

  add_field (self, box, MDG_LETTER_SERVICE, MDG_FIELD_TEXT);
  gtk_widget_set_halign (file, GTK_ALIGN_START);
  name_entry (file, MDG_LETTER_CA);
  add_other (self, box, MDG_LETTER_CA, file);
  add_field (self, box, MDG_LETTER_TERMINAL, MDG_FIELD_TEXT);
  g_signal_connect_object (file, "clicked", G_CALLBACK (on_choose_cb), self, G_CONNECT_SWAPPED);
  mdg_field_set_text (self->fields[MDG_LETTER_TERMINAL], g_get_host_name ());
  return GTK_WIDGET (box);
}

/* It takes the focus so that it is read aloud. */
static GtkWidget *
make_good (MdgLetterView *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("mdg-verdict-good-symbolic");
  GtkWidget *said =
      mdg_phrase_label_new (_ ("This PC is registered. Patients can be received now."), "heading");

  self->good = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_box_set_spacing (GTK_BOX (self->good), 12);
  gtk_widget_add_css_class (self->good, "mdg-verdict");
  gtk_widget_add_css_class (self->good, "good");
  gtk_widget_set_hexpand (said, TRUE);
  gtk_label_set_xalign (GTK_LABEL (said), 0);
  gtk_box_append (GTK_BOX (self->good), icon);
  gtk_box_append (GTK_BOX (self->good), said);
  gtk_widget_set_focusable (self->good, TRUE);
  gtk_widget_set_visible (self->good, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->good), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (said)), -1);
  return self->good;
}

static GtkWidget *
make_busy (MdgLetterView *self)
{
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  GtkWidget *said = mdg_phrase_label_new (_ ("Registering with the service…"), NULL);

  self->busy = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_hexpand (said, TRUE);
  gtk_label_set_xalign (GTK_LABEL (said), 0);
  gtk_box_append (GTK_BOX (self->busy), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (self->busy), said);
  gtk_box_append (GTK_BOX (self->busy), cancel);
  gtk_widget_set_visible (self->busy, FALSE);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (on_cancel_cb), self, G_CONNECT_SWAPPED);
  return self->busy;
}

static GtkWidget *
make_submit (MdgLetterView *self)
{
  self->submit = GTK_BUTTON (gtk_button_new_with_label (_ ("Register")));
  gtk_widget_add_css_class (GTK_WIDGET (self->submit), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->submit), "pill");
  gtk_widget_set_halign (GTK_WIDGET (self->submit), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->submit, "clicked", G_CALLBACK (on_submit_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->submit);
}

static void
fill (MdgLetterView *self, const MdgPracticeInfo *letter)
{
  GtkWidget *beside = mdg_turn_box_new (24);
  GtkWidget *service = make_service_fields (self);
  g_autofree char *ca_pem = NULL;

  g_object_set (beside, "fill", TRUE, NULL);
  gtk_widget_set_parent (
      mdg_letter_picture_new (letter, mdg_session_get_institution_name (self->session)), beside);
  gtk_widget_set_parent (make_letter_fields (self), beside);
  gtk_box_append (GTK_BOX (self->content), beside);
  gtk_box_append (GTK_BOX (self->content), service);
  self->note = MDG_PROBLEM_NOTE (mdg_problem_note_new ());
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (self->content), make_good (self));
  gtk_box_append (GTK_BOX (self->content), make_submit (self));
  gtk_box_append (GTK_BOX (self->content), make_busy (self));
  if (letter == NULL)
    return;
  gtk_widget_set_visible (service, FALSE);
  mdg_field_set_text (self->fields[MDG_LETTER_SERVICE], letter->url);
  if (g_file_get_contents (letter->ca_file, &ca_pem, NULL, NULL))
    take_certificate (self, "", ca_pem);
}

/* ---- the widget ---- */

static void
mdg_letter_view_dispose (GObject *object)
{
  MdgLetterView *self = MDG_LETTER_VIEW (object);

  if (self->password != NULL)
    forget_secrets (self);
  self->password = NULL;
  self->code = NULL;
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ca_pem, g_free);
  G_OBJECT_CLASS (mdg_letter_view_parent_class)->dispose (object);
}

static void
mdg_letter_view_class_init (MdgLetterViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_letter_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_letter_view_init (MdgLetterView *self)
{
  self->ca_pem = g_strdup ("");
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

/**
 * mdg_letter_view_new:
 * @session: whose terminal is registered
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the letter with its fields
 */
GtkWidget *
mdg_letter_view_new (MdgSession *session)
{
  MdgLetterView *self = g_object_new (MDG_TYPE_LETTER_VIEW, NULL);
  g_autoptr (MdgPracticeInfo) letter = mdg_session_get_practice_letter (session);

  self->session = g_object_ref (session);
  fill (self, letter);
  return GTK_WIDGET (self);
}
