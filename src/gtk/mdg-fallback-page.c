/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 確認できないとき: what the counter does instead, in the order and the words of the data file. The
 * last step prints the statement, filled with what an answer told, for the patient to complete. */
#include "config.h"

#include "mdg-pages.h"

#include "mdg-fallback.h"
#include "mdg-paper-kinds.h"
#include "mdg-phrase-fit.h"
#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* What the answer knows for the statement, by its own names. */
#define FACT_INSURER "InsurerName"
#define STEP_PRINTED "statement"
/* of the narrowest window, what the words of a step, and those of its button, have */
#define NARROWEST_ROOM        255
#define NARROWEST_BUTTON_ROOM 200
/* letters that have that room at any size of text: until their size is known */
#define LONGEST_AT_FIRST 8

struct _MdgFallbackPage
{
  GtkWidget parent_instance;
  char *institution_name; /* (nullable) */
  gboolean practice;

  /* what is known of the person; all (nullable) */
  char *name;
  char *kana;
  char *birth;
  char *sex;
  char *insurer_name;

  /* template children */
  GtkWidget *scroller;
  GtkWidget *heading;
  GtkWidget *introduction;
  GtkWidget *steps;
  GtkWidget *foot;
  GtkWidget *date;

  GtkWidget *print; /* unowned, in @steps */
  guint fit_id;
};

G_DEFINE_FINAL_TYPE (MdgFallbackPage, mdg_fallback_page, GTK_TYPE_WIDGET)

static void
forget (MdgFallbackPage *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->kana, g_free);
  g_clear_pointer (&self->birth, g_free);
  g_clear_pointer (&self->sex, g_free);
  g_clear_pointer (&self->insurer_name, g_free);
}

static char *
find_fact (const GPtrArray *facts, const char *id)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const MdgAnswerFact *fact = facts->pdata[i];

      if (g_strcmp0 (fact->id, id) == 0)
        return g_strdup (fact->value);
    }
  return NULL;
}

static char *
format_date (int year, int month, int day)
{
  /* Translators: a date: year, month, day */
  return g_strdup_printf (_ ("%d-%02d-%02d"), year, month, day);
}

/* @date: yyyy-mm-dd */
static char *
format_iso_date (const char *date)
{
  int year, month, day;

  if (sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return g_strdup (date);
  return format_date (year, month, day);
}

static void
on_print_clicked_cb (MdgFallbackPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = format_date (g_date_time_get_year (now), g_date_time_get_month (now),
                                        g_date_time_get_day_of_month (now));
  MdgStatementFields fields = {
    .institution_name = self->institution_name,
    .insurer_name = self->insurer_name,
    .name = self->name,
    .kana = self->kana,
    .birth = self->birth,
    .sex = self->sex,
    .date = today,
  };
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (&fields, self->practice);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  mdg_print_paper (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, paper);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new (text, css_class);
  g_autoptr (PangoAttrList) attributes = mdg_phrase_attributes (text, LONGEST_AT_FIRST);

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_print_button (MdgFallbackPage *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = mdg_phrase_label_new (_ ("Print the statement"), NULL);

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_print_clicked_cb), self);
  return button;
}

static GtkWidget *
make_step (MdgFallbackPage *self, guint number, const MdgFallbackStep *step)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                 "spacing", 18, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *figure = gtk_label_new (text);
  GtkWidget *title = make_label (step->title, "heading");

  gtk_widget_add_css_class (row, "mdg-card");
  gtk_widget_add_css_class (figure, "mdg-number");
  gtk_widget_set_valign (figure, GTK_ALIGN_START);
  gtk_widget_set_margin_start (figure, 18);
  gtk_widget_set_margin_top (figure, 12);
  gtk_widget_set_margin_top (words, 12);
  gtk_widget_set_margin_bottom (words, 12);
  gtk_widget_set_margin_end (words, 18);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), make_label (step->text, NULL));
  if (g_str_equal (step->id, STEP_PRINTED))
    {
      self->print = make_print_button (self);
      gtk_box_append (GTK_BOX (words), self->print);
    }
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (row), words);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title,
                                  NULL, -1);
  return row;
}

static void
fill_steps (MdgFallbackPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgFallback) fallback = mdg_fallback_new (NULL, &error);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autofree char *date = NULL, *words = NULL;

  /* the file is built in and tested: this cannot be met by a person */
  if (fallback == NULL)
    {
      g_critical ("the built-in fallback: %s", error->message);
      return;
    }
  for (guint i = 0; i < mdg_fallback_get_n_steps (fallback); i++)
    {
      const MdgFallbackStep *step = mdg_fallback_get_step (fallback, i);

      gtk_box_append (GTK_BOX (self->steps), make_step (self, i + 1, step));
      if (!g_ptr_array_find_with_equal_func (sources, step->source, g_str_equal, NULL))
        g_ptr_array_add (sources, step->source);
    }
  date = format_iso_date (mdg_fallback_get_date (fallback));
  words = g_strdup_printf (_ ("As of %s"), date);
  gtk_label_set_text (GTK_LABEL (self->date), words);
  for (guint i = 0; i < sources->len; i++)
    gtk_box_append (GTK_BOX (self->foot), make_label (sources->pdata[i], "mdg-dim"));
}

static gboolean
on_fit_cb (gpointer user_data)
{
  MdgFallbackPage *self = MDG_FALLBACK_PAGE (user_data);

  self->fit_id = 0;
  mdg_phrase_fit_all (self->scroller, NARROWEST_ROOM);
  if (self->print != NULL)
    mdg_phrase_fit_all (self->print, NARROWEST_BUTTON_ROOM);
  return G_SOURCE_REMOVE;
}

static void
fit_soon (MdgFallbackPage *self)
{
  if (self->fit_id == 0)
    self->fit_id = g_idle_add (on_fit_cb, self);
}

static void
mdg_fallback_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mdg_fallback_page_parent_class)->css_changed (widget, change);
  fit_soon (MDG_FALLBACK_PAGE (widget));
}

static void
mdg_fallback_page_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (mdg_fallback_page_parent_class)->system_setting_changed (widget, setting);
  fit_soon (MDG_FALLBACK_PAGE (widget));
}

static void
mdg_fallback_page_dispose (GObject *object)
{
  MdgFallbackPage *self = MDG_FALLBACK_PAGE (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_fallback_page_parent_class)->dispose (object);
}

static void
mdg_fallback_page_finalize (GObject *object)
{
  MdgFallbackPage *self = MDG_FALLBACK_PAGE (object);

  forget (self);
  g_free (self->institution_name);
  G_OBJECT_CLASS (mdg_fallback_page_parent_class)->finalize (object);
}

static void
mdg_fallback_page_class_init (MdgFallbackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_fallback_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_fallback_page_finalize;
  widget_class->css_changed = mdg_fallback_page_css_changed;
  widget_class->system_setting_changed = mdg_fallback_page_system_setting_changed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-fallback-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgFallbackPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, MdgFallbackPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MdgFallbackPage, introduction);
  gtk_widget_class_bind_template_child (widget_class, MdgFallbackPage, steps);
  gtk_widget_class_bind_template_child (widget_class, MdgFallbackPage, foot);
  gtk_widget_class_bind_template_child (widget_class, MdgFallbackPage, date);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static gboolean
on_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, "win.back", NULL);
}

static void
mdg_fallback_page_init (MdgFallbackPage *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
  mdg_phrase_label_set_text (GTK_LABEL (self->heading),
                             gtk_label_get_text (GTK_LABEL (self->heading)));
  mdg_phrase_label_set_text (GTK_LABEL (self->introduction),
                             gtk_label_get_text (GTK_LABEL (self->introduction)));
}

/**
 * mdg_fallback_page_new:
 * @institution_name: (nullable): stands on the statement
 * @practice: whether 練習 stands on it
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_fallback_page_new (const char *institution_name, gboolean practice)
{
  MdgFallbackPage *self = g_object_new (MDG_TYPE_FALLBACK_PAGE, NULL);

  self->institution_name = g_strdup (institution_name);
  self->practice = practice;
  fill_steps (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_fallback_page_set_known:
 * @self: the page
 * @view: (nullable): what an answer told; NULL forgets it
 *
 * What the statement is filled with. Of several persons none is taken.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_fallback_page_set_known (MdgFallbackPage *self, const MdgAnswerView *view)
{
  const MdgAnswerCoverage *coverage;

  forget (self);
  if (view == NULL || view->coverages == NULL || view->coverages->len != 1)
    return;
  coverage = view->coverages->pdata[0];
  self->name = g_strdup (coverage->name);
  self->kana = g_strdup (coverage->kana);
  self->birth = g_strdup (coverage->birth);
  self->sex = g_strdup (coverage->sex);
  self->insurer_name = find_fact (coverage->main, FACT_INSURER);
}
