/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 設定: each preference in a row, in plain words. The rows write to MdgPreferences, which keeps,
 * bounds and saves; a change that could not be saved is told here and shown as it was before. */
#include "config.h"

#include "mdg-preferences-page.h"

#include <glib/gi18n-lib.h>

#include "mdg-choice.h"
#include "mdg-phrase-tree.h"
#include "mdg-problem.h"
#include "mdg-profile-group.h"

struct _MdgPreferencesPage
{
  GtkWidget parent_instance;

  /* owned */
  MdgSession *session;         /* (nullable) in a test */
  MdgPreferences *preferences; /* (nullable) until the session has them */
  GPtrArray *bindings;         /* of GBinding */
  MdgProblem *problem;         /* (nullable): the last one that was told */
  gboolean practice;
  guint history; /* days, as they are now */
  guint history_before;

  /* template children */
  AdwToastOverlay *toasts;
  GtkWidget *page;
  GtkWidget *facility_group;
  AdwActionRow *facility_name;
  AdwActionRow *facility_code;
  AdwActionRow *facility_user;
  MdgProfileGroup *profiles;
  GtkCheckButton *source_online;
  GtkCheckButton *source_folder;
  AdwComboRow *show_seconds;
  AdwComboRow *lock_minutes;
  AdwComboRow *history_days;
  AdwComboRow *text_percent;
  AdwComboRow *style;
  GtkSwitch *default_visual;
  GtkSwitch *sound;
  GtkSwitch *ask_log_in;
  GtkSwitch *western_years;
  GtkSwitch *patient_window;
  GtkSwitch *shuffle_keypad;
  GtkSwitch *ask_consent;
  AdwActionRow *practice_row;
  GtkWidget *practice_button;
};

G_DEFINE_FINAL_TYPE (MdgPreferencesPage, mdg_preferences_page, GTK_TYPE_WIDGET)

#define CONTROL(Name, Field)                                                                       \
  {                                                                                                \
    (Name), G_STRUCT_OFFSET (MdgPreferencesPage, Field)                                            \
  }
typedef struct
{
  const char *name; /* the preference's */
  goffset offset;   /* of the control's pointer */
} Control;

static const Control switches[] = {
  CONTROL ("default-visual", default_visual), CONTROL ("sound", sound),
  CONTROL ("ask-log-in", ask_log_in),         CONTROL ("western-years", western_years),
  CONTROL ("patient-window", patient_window), CONTROL ("shuffle-keypad", shuffle_keypad),
  CONTROL ("ask-consent", ask_consent),
};

static const Control choices[] = {
  CONTROL ("show-seconds", show_seconds),
  CONTROL ("lock-minutes", lock_minutes),
  CONTROL ("history-days", history_days),
  CONTROL ("text-percent", text_percent),
  CONTROL ("style", style),
};

static const guint show_seconds_values[] = { 15, 30, 60, 120, 300, 0 };
static const guint lock_minutes_values[] = { 1, 3, 5, 10, 15, 30, 60, 0 };
static const guint history_days_values[] = { 0, 7, 30, 90, 365, 1096, 1826 };
static const guint text_percent_values[] = { 100, 125, 150, 175, 200 };
static const MdgChoiceWord styles[] = {
  { "system", N_ ("As the PC") },
  { "light", N_ ("Light") },
  { "dark", N_ ("Dark") },
};

static GtkWidget *
get_control (MdgPreferencesPage *self, const Control *control)
{
  return G_STRUCT_MEMBER (GtkWidget *, self, control->offset);
}

static char *
describe_seconds (guint value)
{
  if (value == 0)
    return g_strdup (_ ("Not cleared"));
  if (value >= 120 && value % 60 == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", value / 60),
                            value / 60);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", value), value);
}

static char *
describe_minutes (guint value)
{
  if (value == 0)
    return g_strdup (_ ("Not locked"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", value), value);
}

static char *
describe_days (guint value)
{
  guint years = value / 365;

  if (value == 0)
    return g_strdup (_ ("Today only"));
  /* 1826 is five years with their leap day */
  if (years > 0 && value - years * 365 <= years / 4 + 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u year", "%u years", years), years);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", value), value);
}

static char *
describe_percent (guint value)
{
  /* Translators: the size of text: 150 % */
  return g_strdup_printf (_ ("%u %%"), value);
}

static void
show_source (MdgPreferencesPage *self)
{
  g_autofree char *source = NULL;

  g_object_get (self->preferences, "source", &source, NULL);
  gtk_check_button_set_active (
      g_strcmp0 (source, "folder") == 0 ? self->source_folder : self->source_online, TRUE);
}

static void
on_source_cb (MdgPreferencesPage *self)
{
  show_source (self);
}

static void
on_source_toggled_cb (MdgPreferencesPage *self)
{
  g_autofree char *source = NULL;
  const char *wanted = gtk_check_button_get_active (self->source_folder) ? "folder" : "online";

  if (self->preferences == NULL)
    return;
  g_object_get (self->preferences, "source", &source, NULL);
  if (g_strcmp0 (source, wanted) != 0)
    g_object_set (self->preferences, "source", wanted, NULL);
}

static void
on_more_cb (MdgPreferencesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *code =
      /* Translators: %s is a code like R-08, which is read out to the call centre */
      g_strdup_printf (_ ("Code %s"), mdg_problem_get_code (self->problem));
  g_autofree char *words = g_strdup_printf ("%s\n%s\n%s", mdg_problem_get_cause (self->problem),
                                            mdg_problem_get_advice (self->problem), code);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              mdg_problem_get_title (self->problem), words);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_undo_cb (MdgPreferencesPage *self)
{
  if (self->preferences != NULL)
    g_object_set (self->preferences, "history-days", self->history_before, NULL);
}

/* A shorter time deletes: for as long as this is told a slip can be taken back. */
static void
on_history_cb (MdgPreferencesPage *self)
{
  guint before = self->history;
  AdwToast *toast;

  g_object_get (self->preferences, "history-days", &self->history, NULL);
  if (self->history >= before)
    return;
  self->history_before = before;
  toast = adw_toast_new (_ ("Older checks will be deleted"));
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, MDG_SESSION_UNDO_SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* A toast is one line: cause and advice are behind its button. */
static void
on_failed_cb (MdgPreferencesPage *self, const GError *error)
{
  MdgProblem *problem = mdg_problem_new (error);
  /* Translators: a problem's title and its code */
  g_autofree char *title = g_strdup_printf (_ ("%s (%s)"), mdg_problem_get_title (problem),
                                            mdg_problem_get_code (problem));
  AdwToast *toast = adw_toast_new (title);

  g_clear_pointer (&self->problem, mdg_problem_unref);
  self->problem = problem;
  adw_toast_set_button_label (toast, _ ("Details"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_more_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
bind_choices (MdgPreferencesPage *self)
{
  GObject *object = G_OBJECT (self->preferences);

  mdg_choice_bind_number (self->show_seconds, object, "show-seconds", show_seconds_values,
                          G_N_ELEMENTS (show_seconds_values), describe_seconds);
  mdg_choice_bind_number (self->lock_minutes, object, "lock-minutes", lock_minutes_values,
                          G_N_ELEMENTS (lock_minutes_values), describe_minutes);
  mdg_choice_bind_number (self->history_days, object, "history-days", history_days_values,
                          G_N_ELEMENTS (history_days_values), describe_days);
  mdg_choice_bind_number (self->text_percent, object, "text-percent", text_percent_values,
                          G_N_ELEMENTS (text_percent_values), describe_percent);
  mdg_choice_bind_word (self->style, object, "style", styles, G_N_ELEMENTS (styles));
}

static void
set_preferences (MdgPreferencesPage *self, MdgPreferences *preferences)
{
  if (self->preferences == preferences)
    return;
  for (guint i = 0; i < self->bindings->len; i++)
    g_binding_unbind (g_ptr_array_index (self->bindings, i));
  g_ptr_array_set_size (self->bindings, 0);
  if (self->preferences != NULL)
    g_signal_handlers_disconnect_by_data (self->preferences, self);
  g_set_object (&self->preferences, preferences);
  gtk_widget_set_sensitive (self->page, preferences != NULL);
  if (preferences == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    g_ptr_array_add (self->bindings,
                     g_object_ref (g_object_bind_property (
                         preferences, switches[i].name, get_control (self, &switches[i]), "active",
                         G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE)));
  bind_choices (self);
  show_source (self);
  g_object_get (preferences, "history-days", &self->history, NULL);
  g_signal_connect_object (preferences, "notify::history-days", G_CALLBACK (on_history_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::source", G_CALLBACK (on_source_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "failed", G_CALLBACK (on_failed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_fact (AdwActionRow *row, const char *value)
{
  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL && *value != '\0');
}

static void
show_facility (MdgPreferencesPage *self)
{
  const char *name = mdg_session_get_institution_name (self->session);
  const char *code = mdg_session_get_institution_code (self->session);
  const char *user = mdg_session_get_user_id (self->session);

  show_fact (self->facility_name, name);
  show_fact (self->facility_code, code);
  show_fact (self->facility_user, user);
  gtk_widget_set_visible (self->facility_group, name != NULL || code != NULL || user != NULL);
}

static void
show_practice (MdgPreferencesPage *self)
{
  if (!self->practice)
    return;
  adw_action_row_set_subtitle (self->practice_row, _ ("This is the window for practice."));
  gtk_widget_set_visible (self->practice_button, FALSE);
}

static void
on_session_cb (MdgPreferencesPage *self)
{
  set_preferences (self, mdg_session_get_preferences (self->session));
  show_facility (self);
}

static void
mdg_preferences_page_dispose (GObject *object)
{
  MdgPreferencesPage *self = MDG_PREFERENCES_PAGE (object);

  if (self->page != NULL)
    {
      g_ptr_array_set_size (self->bindings, 0);
      for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
        mdg_choice_unbind (ADW_COMBO_ROW (get_control (self, &choices[i])));
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), MDG_TYPE_PREFERENCES_PAGE);
  g_clear_object (&self->preferences);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mdg_preferences_page_parent_class)->dispose (object);
}

static void
mdg_preferences_page_finalize (GObject *object)
{
  MdgPreferencesPage *self = MDG_PREFERENCES_PAGE (object);

  g_ptr_array_unref (self->bindings);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  G_OBJECT_CLASS (mdg_preferences_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, page);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, facility_group);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, facility_name);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, facility_code);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, facility_user);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, profiles);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, source_online);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, source_folder);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, show_seconds);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, lock_minutes);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, history_days);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, text_percent);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, style);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, default_visual);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, sound);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, ask_log_in);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, western_years);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, patient_window);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, shuffle_keypad);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, ask_consent);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, practice_row);
  gtk_widget_class_bind_template_child (widget_class, MdgPreferencesPage, practice_button);
  gtk_widget_class_bind_template_callback (widget_class, on_failed_cb);
}

static void
mdg_preferences_page_class_init (MdgPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_preferences_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_preferences_page_finalize;
  g_type_ensure (MDG_TYPE_PROFILE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
mdg_preferences_page_init (MdgPreferencesPage *self)
{
  self->bindings = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->page, FALSE);
  g_signal_connect_object (self->source_folder, "toggled", G_CALLBACK (on_source_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  mdg_phrase_tree_keep (GTK_WIDGET (self));
}

/**
 * mdg_preferences_page_new:
 * @session: the session whose preferences and facility it shows
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_preferences_page_new (MdgSession *session)
{
  MdgPreferencesPage *self = g_object_new (MDG_TYPE_PREFERENCES_PAGE, NULL);

  self->session = g_object_ref (session);
  self->practice = mdg_session_get_practice (session);
  show_practice (self);
  /* practice has one invented facility and none of one's own */
  gtk_widget_set_visible (GTK_WIDGET (self->profiles), !self->practice);
  if (!self->practice)
    mdg_profile_group_load (self->profiles, mdg_session_get_profile (session));
  g_signal_connect_object (session, "notify", G_CALLBACK (on_session_cb), self, G_CONNECT_SWAPPED);
  on_session_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_preferences_page_new_with_preferences:
 * @preferences: what is shown and set
 * @practice: whether this is practice mode
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page without a facility
 */
GtkWidget *
mdg_preferences_page_new_with_preferences (MdgPreferences *preferences, gboolean practice)
{
  MdgPreferencesPage *self = g_object_new (MDG_TYPE_PREFERENCES_PAGE, NULL);

  self->practice = practice;
  show_practice (self);
  gtk_widget_set_visible (self->facility_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->profiles), FALSE);
  set_preferences (self, preferences);
  return GTK_WIDGET (self);
}

/**
 * mdg_preferences_page_get_control:
 * @self: a page
 * @name: the name of a preference: "sound"
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): its switch or row
 */
GtkWidget *
mdg_preferences_page_get_control (MdgPreferencesPage *self, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    if (g_str_equal (switches[i].name, name))
      return get_control (self, &switches[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_str_equal (choices[i].name, name))
      return get_control (self, &choices[i]);
  return NULL;
}

/**
 * mdg_preferences_page_get_profiles:
 * @self: a page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the facilities of this PC, an MdgProfileGroup
 */
GtkWidget *
mdg_preferences_page_get_profiles (MdgPreferencesPage *self)
{
  return GTK_WIDGET (self->profiles);
}
