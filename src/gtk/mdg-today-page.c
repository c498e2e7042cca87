/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 本日の受付: the checks that are kept, newest first. What was found stands behind a click, and
 * each such click, print and copy is a line of the audit. Nothing of a detail is left when it is
 * closed.
 */
#include "config.h"

#include "mdg-answer-page.h"
#include "mdg-answer-text.h"
#include "mdg-columns.h"
#include "mdg-today-private.h"
#include "mdg-visit-row.h"
#include "mdg-widgets.h"
#include "mdg-wrap.h"

#include <glib/gi18n.h>

struct _MdgTodayPage
{
  GtkWidget parent_instance;

  /* owned */
  MdgPreferences *preferences; /* (nullable) */
  MdgVisitLog *log;            /* (nullable) */
  GCancellable *looking;       /* what is being asked of the log; (nullable) */
  gint64 shown_id;             /* whose detail is shown; 0 none */

  /* template children */
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListView *list;
  GtkLabel *kept;
  GtkWidget *back;
  GtkStack *detail_stack;
  MdgAnswerPage *answer;
  AdwStatusPage *trouble;
  GtkListView *audit;
  GtkWidget *audit_back;
};

/* lines of the audit that are shown */
#define MAX_AUDIT 1000

G_DEFINE_FINAL_TYPE (MdgTodayPage, mdg_today_page, GTK_TYPE_WIDGET)

static gboolean
is_showing (MdgTodayPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_list (MdgTodayPage *self)
{
  gboolean any = self->log != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->log)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static void
update_kept (MdgTodayPage *self)
{
  g_autofree char *words = NULL;
  guint days = 0;

  if (self->preferences != NULL)
    g_object_get (self->preferences, "history-days", &days, NULL);
  if (days > 0)
    /* TRANSLATORS: %u days */
    words = g_strdup_printf (_ ("Kept for %u days"), days);
  mdg_answer_text_set (self->kept, words != NULL ? words : _ ("Kept for today only"),
                       MDG_ANSWER_TEXT_PLAIN);
}

static MdgCalendar
get_calendar (MdgTodayPage *self)
{
  gboolean western = FALSE;

  if (self->preferences != NULL)
    g_object_get (self->preferences, "western-years", &western, NULL);
  return western ? MDG_CALENDAR_WESTERN : MDG_CALENDAR_ERA;
}

static void
forget_detail (MdgTodayPage *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  mdg_answer_page_set_view (self->answer, NULL);
  adw_status_page_set_title (self->trouble, "");
  adw_status_page_set_description (self->trouble, "");
  gtk_list_view_set_model (self->audit, NULL);
  self->shown_id = 0;
}

static GCancellable *
begin_looking (MdgTodayPage *self)
{
  forget_detail (self);
  self->looking = g_cancellable_new ();
  return self->looking;
}

/* === a detail === */

static void
show_trouble (MdgTodayPage *self, const char *title, const char *description)
{
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->trouble, title);
  adw_status_page_set_description (self->trouble, markup);
  gtk_stack_set_visible_child (self->detail_stack, GTK_WIDGET (self->trouble));
}

static void
show_error (MdgTodayPage *self, const GError *error)
{
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);

  show_trouble (self, mdg_problem_get_title (problem), mdg_problem_get_advice (problem));
}

static void
on_looked_cb (GObject *log, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgTodayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) detail = mdg_visit_log_look_finish (MDG_VISIT_LOG (log), result, &error);
  MdgAnswerView *view = NULL;

  /* closed, or another one was asked for meanwhile: not shown any more */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->looking == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  gtk_stack_set_visible_child_name (self->stack, "detail");
  if (error == NULL && detail != NULL && g_bytes_get_size (detail) > 0)
    view = mdg_visit_detail_to_view (detail, mdg_desk_language (), get_calendar (self), &error);
  if (view != NULL)
    {
      mdg_answer_page_set_view (self->answer, view);
      gtk_stack_set_visible_child (self->detail_stack, GTK_WIDGET (self->answer));
      mdg_answer_page_focus_verdict (self->answer);
      return;
    }
  if (error != NULL)
    show_error (self, error);
  else
    show_trouble (self, _ ("Nothing more is kept of this check"), "");
  gtk_widget_grab_focus (self->back);
}

static void
on_activate_cb (MdgTodayPage *self, guint position)
{
  g_autoptr (MdgVisit) visit = NULL;
  GCancellable *looking;

  if (self->log == NULL)
    return;
  visit = g_list_model_get_item (G_LIST_MODEL (self->log), position);
  if (visit == NULL)
    return;
  looking = begin_looking (self);
  self->shown_id = mdg_visit_get_id (visit);
  mdg_visit_log_look_async (self->log, self->shown_id, "look", looking, on_looked_cb,
                            g_object_ref (self));
}

static void
write_audit (MdgTodayPage *self, const char *action)
{
  if (self->log != NULL && self->shown_id != 0)
    mdg_visit_log_audit (self->log, action, self->shown_id);
}

static void
on_print_cb (MdgTodayPage *self)
{
  const MdgAnswerView *view = mdg_answer_page_get_view (self->answer);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (view == NULL)
    return;
  write_audit (self, "print");
  mdg_print_answer (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, view);
}

static void
on_copied_cb (MdgTodayPage *self)
{
  write_audit (self, "copy");
}

/* === actions === */

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgTodayPage *self = MDG_TODAY_PAGE (widget);

  mdg_today_page_hide_details (self);
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_audit_loaded_cb (GObject *log, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgTodayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      mdg_visit_log_load_audit_finish (MDG_VISIT_LOG (log), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->looking == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  if (lines == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "detail");
      show_error (self, error);
      gtk_widget_grab_focus (self->back);
      return;
    }
  mdg_today_show_audit (self->audit, lines);
  gtk_stack_set_visible_child_name (self->stack, "audit");
  gtk_widget_grab_focus (self->audit_back);
}

static void
open_audit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgTodayPage *self = MDG_TODAY_PAGE (widget);
  GCancellable *looking;

  if (self->log == NULL)
    return;
  looking = begin_looking (self);
  mdg_visit_log_load_audit_async (self->log, MAX_AUDIT, looking, on_audit_loaded_cb,
                                  g_object_ref (self));
}

static void
on_deleted_cb (GObject *log, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgTodayPage) self = data;
  g_autoptr (GError) error = NULL;

  if (mdg_visit_log_delete_finish (MDG_VISIT_LOG (log), result, &error))
    mdg_today_page_hide_details (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      forget_detail (self);
      gtk_stack_set_visible_child_name (self->stack, "detail");
      show_error (self, error);
    }
}

static void
on_delete_response_cb (MdgTodayPage *self, const char *response, AdwMessageDialog *dialog)
{
  gint64 *id = g_object_get_data (G_OBJECT (dialog), "visit-id");

  if (g_str_equal (response, "delete") && self->log != NULL)
    mdg_visit_log_delete_async (self->log, *id, NULL, on_deleted_cb, g_object_ref (self));
}

/* @id: 0 all */
static void
ask_before_deleting (MdgTodayPage *self, gint64 id)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog =
      mdg_today_delete_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, id == 0);

  g_object_set_data_full (G_OBJECT (dialog), "visit-id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
delete_one (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgTodayPage *self = MDG_TODAY_PAGE (widget);

  if (self->log != NULL && self->shown_id != 0)
    ask_before_deleting (self, self->shown_id);
}

static void
delete_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgTodayPage *self = MDG_TODAY_PAGE (widget);

  if (self->log != NULL)
    ask_before_deleting (self, 0);
}

/* === the list === */

static void
on_row_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = mdg_visit_row_new ();

  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_list_item_set_child (item, row);
}

static void
on_row_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  mdg_visit_row_set_visit (MDG_VISIT_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
on_row_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  mdg_visit_row_set_visit (MDG_VISIT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_items_changed_cb (MdgTodayPage *self)
{
  if (is_showing (self, "list") || is_showing (self, "empty"))
    show_list (self);
}

static gboolean
on_escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  MdgTodayPage *self = MDG_TODAY_PAGE (widget);

  if (!is_showing (self, "detail") && !is_showing (self, "audit"))
    return FALSE;
  go_back (widget, NULL, NULL);
  return TRUE;
}

static void
mdg_today_page_dispose (GObject *object)
{
  MdgTodayPage *self = MDG_TODAY_PAGE (object);
  GtkWidget *child;

  if (self->stack != NULL)
    mdg_today_page_set_log (self, NULL);
  self->stack = NULL;
  if (self->preferences != NULL)
    g_signal_handlers_disconnect_by_data (self->preferences, self);
  g_clear_object (&self->preferences);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_today_page_parent_class)->dispose (object);
}

static void
mdg_today_page_class_init (MdgTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_today_page_dispose;
  g_type_ensure (MDG_TYPE_ANSWER_PAGE);
  g_type_ensure (MDG_TYPE_COLUMNS);
  g_type_ensure (MDG_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, empty);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, list);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, kept);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, back);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, detail_stack);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, answer);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, audit);
  gtk_widget_class_bind_template_child (widget_class, MdgTodayPage, audit_back);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_print_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copied_cb);
  gtk_widget_class_install_action (widget_class, "today.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "today.audit", NULL, open_audit);
  gtk_widget_class_install_action (widget_class, "today.delete", NULL, delete_one);
  gtk_widget_class_install_action (widget_class, "today.delete-all", NULL, delete_all);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
}

static void
mdg_today_page_init (MdgTodayPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_stack_present_visible_only (self->stack);
  mdg_stack_present_visible_only (self->detail_stack);
  mdg_answer_page_set_dismissable (self->answer, FALSE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_row_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_row_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_row_unbind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * mdg_today_page_new:
 * @preferences: (nullable): how long checks are kept, and which years are shown
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a page without a list
 */
GtkWidget *
mdg_today_page_new (MdgPreferences *preferences)
{
  MdgTodayPage *self = g_object_new (MDG_TYPE_TODAY_PAGE, NULL);

  if (preferences != NULL)
    {
      self->preferences = g_object_ref (preferences);
      g_signal_connect_swapped (preferences, "notify::history-days", G_CALLBACK (update_kept),
                                self);
    }
  update_kept (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_today_page_set_log:
 * @self: a page
 * @log: (nullable): what it shows; NULL nothing
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_today_page_set_log (MdgTodayPage *self, MdgVisitLog *log)
{
  g_return_if_fail (MDG_IS_TODAY_PAGE (self));

  forget_detail (self);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  gtk_list_view_set_model (self->list, NULL);
  g_set_object (&self->log, log);
  if (log != NULL)
    {
      g_autoptr (GtkNoSelection) model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (log)));

      gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
      g_signal_connect_swapped (log, "items-changed", G_CALLBACK (on_items_changed_cb), self);
    }
  show_list (self);
}

/**
 * mdg_today_page_hide_details:
 * @self: a page
 *
 * Back to the list; nothing of a detail is left in any widget, and one that is being fetched will
 * not be shown.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_today_page_hide_details (MdgTodayPage *self)
{
  g_return_if_fail (MDG_IS_TODAY_PAGE (self));

  forget_detail (self);
  show_list (self);
}

/**
 * mdg_today_page_set_problem:
 * @self: a page
 * @problem: (nullable): why checks are not kept
 *
 * Told where there is nothing to list, in the place of "none yet".
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_today_page_set_problem (MdgTodayPage *self, MdgProblem *problem)
{
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (MDG_IS_TODAY_PAGE (self));

  if (problem != NULL)
    words = g_strdup_printf ("%s\n%s (%s)", mdg_problem_get_title (problem),
                             mdg_problem_get_advice (problem), mdg_problem_get_code (problem));
  markup = g_markup_escape_text (
      words != NULL ? words : _ ("Each check appears here with its time and verdict."), -1);
  adw_status_page_set_title (self->empty,
                             problem != NULL ? _ ("The checks are not kept") : _ ("No checks yet"));
  adw_status_page_set_description (self->empty, markup);
}
