/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several facilities on one PC (併設). The list is read and written by a worker; which one is open
 * is changed by the window, which closes one session and opens another. */
#include "config.h"

#include "mdg-profile-group.h"

#include <glib/gi18n-lib.h>

#include "mdg-chip.h"
#include "mdg-phrase-tree.h"
#include "mdg-profiles.h"
#include "mdg-turn-box.h"
#include "mdg-worker.h"
#include "mdg-wrap.h"

/* characters of a name */
#define MAX_NAME 60

struct _MdgProfileGroup
{
  AdwPreferencesGroup parent_instance;

  /* owned */
  MdgWorker *worker;
  char *current;   /* (nullable) */
  GPtrArray *rows; /* of GtkWidget, the group's */
  guint pending;   /* jobs that are not over */

  GtkWidget *add; /* the group's */
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgProfileGroup, mdg_profile_group, ADW_TYPE_PREFERENCES_GROUP)

/* What the worker does: add (no id), rename, or only list. */
typedef struct
{
  char *id;   /* (nullable) */
  char *name; /* (nullable) */
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_free (job->name);
  g_free (job);
}

static gpointer
run_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autofree char *added = NULL;

  if (job->name != NULL && job->id == NULL)
    {
      added = mdg_profiles_add (job->name, error);
      if (added == NULL)
        return NULL;
    }
  else if (job->name != NULL && !mdg_profiles_rename (job->id, job->name, error))
    return NULL;
  return mdg_profiles_list (error);
}

static void ask_name (MdgProfileGroup *self, const char *id, const char *old_name);

static void
on_rename_cb (GtkWidget *button, gpointer user_data)
{
  ask_name (user_data, g_object_get_data (G_OBJECT (button), "mdg-id"),
            g_object_get_data (G_OBJECT (button), "mdg-name"));
}

static const char *
name_profile (const MdgProfile *profile)
{
  return *profile->name != '\0' ? profile->name : _ ("This facility");
}

static GtkWidget *
make_button (const char *label, const char *accessible_label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  accessible_label, -1);
  return button;
}

/* Two buttons fit beside a name only where there is room: they stand under it. */
static GtkWidget *
make_row (MdgProfileGroup *self, const MdgProfile *profile)
{
  gboolean open = g_strcmp0 (profile->id, self->current) == 0;
  const char *name = name_profile (profile);
  /* Translators: %s is the name of a facility */
  g_autofree char *rename_words = g_strdup_printf (_ ("Rename %s"), name);
  /* Translators: %s is the name of a facility */
  g_autofree char *switch_words = g_strdup_printf (_ ("Switch to %s"), name);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = mdg_turn_box_new (6);
  GtkWidget *title = gtk_label_new (name);
  GtkLayoutManager *wrap = g_object_new (MDG_TYPE_WRAP, "spacing", 6, NULL);
  GtkWidget *buttons = g_object_new (GTK_TYPE_BOX, "layout-manager", wrap, NULL);
  GtkWidget *button;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  g_object_set (head, "justify", TRUE, NULL);
  gtk_widget_set_parent (title, head);
  if (open)
    gtk_widget_set_parent (mdg_chip_new (MDG_CHIP_GOOD, _ ("Open now")), head);
  gtk_box_append (GTK_BOX (box), head);
  if (!open)
    {
      button = make_button (_ ("Switch"), switch_words);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.profile");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", profile->id);
      gtk_box_append (GTK_BOX (buttons), button);
    }
  button = make_button (_ ("Rename…"), rename_words);
  g_object_set_data_full (G_OBJECT (button), "mdg-id", g_strdup (profile->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "mdg-name", g_strdup (profile->name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_rename_cb), self, 0);
  gtk_box_append (GTK_BOX (buttons), button);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
show_profiles (MdgProfileGroup *self, GPtrArray *profiles)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < profiles->len; i++)
    {
      GtkWidget *row = make_row (self, g_ptr_array_index (profiles, i));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  mdg_phrase_tree_keep (GTK_WIDGET (self));
}

static void
on_job_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MdgProfileGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = mdg_worker_run_finish (MDG_WORKER (source), result, &error);

  self->pending--;
  if (profiles != NULL)
    show_profiles (self, profiles);
  else
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
start_job (MdgProfileGroup *self, const char *id, const char *name)
{
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (id);
  job->name = g_strdup (name);
  self->pending++;
  mdg_worker_run_async (self->worker, run_job, job, free_job, (GDestroyNotify) g_ptr_array_unref,
                        NULL, on_job_cb, g_object_ref (self));
}

static void
on_name_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

static void
on_name_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (g_str_equal (response, "save") && *name != '\0')
    start_job (user_data, g_object_get_data (G_OBJECT (dialog), "mdg-id"), name);
}

/* @id: (nullable): a new one */
static void
ask_name (MdgProfileGroup *self, const char *id, const char *old_name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      id == NULL ? _ ("Add a Facility") : _ ("Rename the Facility"),
      id == NULL ? _ ("It gets a registration, records and preferences of its own.") : NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_NAME);
  gtk_editable_set_text (GTK_EDITABLE (entry), old_name != NULL ? old_name : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the facility"), -1);
  adw_message_dialog_set_extra_child (message, entry);
  adw_message_dialog_add_responses (message, "cancel", _ ("Cancel"), "save", _ ("Save"), NULL);
  adw_message_dialog_set_response_appearance (message, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "save");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "mdg-id", g_strdup (id), g_free);
  g_signal_connect (entry, "changed", G_CALLBACK (on_name_changed_cb), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_name_response_cb), self, 0);
  on_name_changed_cb (GTK_EDITABLE (entry), message);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_add_cb (MdgProfileGroup *self)
{
  ask_name (self, NULL, NULL);
}

static void
mdg_profile_group_dispose (GObject *object)
{
  g_clear_object (&MDG_PROFILE_GROUP (object)->worker);
  G_OBJECT_CLASS (mdg_profile_group_parent_class)->dispose (object);
}

static void
mdg_profile_group_finalize (GObject *object)
{
  MdgProfileGroup *self = MDG_PROFILE_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_free (self->current);
  G_OBJECT_CLASS (mdg_profile_group_parent_class)->finalize (object);
}

static void
mdg_profile_group_class_init (MdgProfileGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_profile_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_profile_group_finalize;
  signals[SIGNAL_FAILED] = g_signal_new ("failed", MDG_TYPE_PROFILE_GROUP, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mdg_profile_group_init (MdgProfileGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->worker = mdg_worker_new ("profiles");
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _ ("Facilities on This PC"));
  adw_preferences_group_set_description (
      group, _ ("For two facilities under one roof. Each has a registration of its own."));
  self->add = gtk_button_new_with_label (_ ("Add a Facility…"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->add, 12);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->add);
}

/**
 * mdg_profile_group_load:
 * @self: a group
 * @current: (nullable): the id of the facility that is open
 *
 * Reads the list anew, on a worker.
 *
 * Thread: main.
 * Errors: none; a failure is told by "failed".
 */
void
mdg_profile_group_load (MdgProfileGroup *self, const char *current)
{
  g_free (self->current);
  self->current = g_strdup (current);
  start_job (self, NULL, NULL);
}

/**
 * mdg_profile_group_add:
 * @self: a group
 * @name: what a person calls the facility
 *
 * Thread: main.
 * Errors: none; a failure is told by "failed".
 */
void
mdg_profile_group_add (MdgProfileGroup *self, const char *name)
{
  start_job (self, NULL, name);
}

/**
 * mdg_profile_group_rename:
 * @self: a group
 * @id: of a profile
 * @name: what a person calls the facility
 *
 * Thread: main.
 * Errors: none; a failure is told by "failed".
 */
void
mdg_profile_group_rename (MdgProfileGroup *self, const char *id, const char *name)
{
  start_job (self, id, name);
}

/**
 * mdg_profile_group_get_busy:
 * @self: a group
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether something is being read or written
 */
gboolean
mdg_profile_group_get_busy (MdgProfileGroup *self)
{
  return self->pending > 0;
}

/**
 * mdg_profile_group_get_n_profiles:
 * @self: a group
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many facilities are shown
 */
guint
mdg_profile_group_get_n_profiles (MdgProfileGroup *self)
{
  return self->rows->len;
}
