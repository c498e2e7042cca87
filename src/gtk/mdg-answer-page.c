/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer: the verdict first, in a picture, a word and a colour; then whose it is and what the
 * counter types; then the rest. Widgets are made once and filled for each answer; when the view
 * goes, every text of it goes too, from what is seen and from what is read aloud. */
#include "config.h"

#include "mdg-answer-page.h"

#include "mdg-answer-text.h"
#include "mdg-assurance.h"
#include "mdg-beside.h"
#include "mdg-columns.h"
#include "mdg-countdown.h"
#include "mdg-coverage-box.h"
#include "mdg-heading.h"
#include "mdg-icon.h"
#include "mdg-note-list.h"
#include "mdg-pane.h"
#include "mdg-turns.h"
#include "mdg-warm-up.h"
#include "mdg-widgets.h"
#include "mdg-wrap.h"

#include <glib/gi18n.h>

struct _MdgAnswerPage
{
  GtkWidget parent_instance;

  /* owned */
  MdgAnswerView *view;  /* (nullable) */
  const char *tone;     /* the banner's style class; (nullable) */
  gboolean dismissable; /* stands on the reception */
  gboolean wide;        /* two columns */
  gboolean tight;       /* narrow for the size of the text */
  guint prepare_source; /* while widgets are made beforehand */
  guint width_source;   /* while they are applied */
  int seconds_left;

  /* template children */
  GtkWidget *root;
  GtkScrolledWindow *scroller;
  GtkWidget *banner;
  GtkImage *icon;
  MdgHeading *verdict;
  GtkWidget *practice;
  GtkLabel *checked;
  GtkLabel *next_step;
  GtkWidget *fallback;
  MdgNoteList *notes;
  GtkWidget *coverages;
  MdgAssurance *assurance;
  MdgAssurance *assurance_inside;
  GtkWidget *print;
  GtkWidget *copy;
  GtkWidget *time;
  MdgCountdown *countdown;
  GtkLabel *time_label;
  GtkWidget *keep;
  GtkWidget *clear;
  GObject *first_layout;
  GObject *meta_layout;
  GObject *time_layout;
  GMenu *menu;
};

enum
{
  SIGNAL_PRINT,
  SIGNAL_COPIED,
  SIGNAL_KEEP,
  SIGNAL_CLEAR,
  SIGNAL_FALLBACK,
  N_SIGNALS
};

/* narrower than this, in em, the verdict stands under its picture */
#define TIGHT_EM 20

/* the foot in a window of two columns is wider than this, in em */
#define WIDE_FOOT_EM 46

/* an old and a new insurance; more than two are rare */
#define PREPARED_COVERAGES 2

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgAnswerPage, mdg_answer_page, GTK_TYPE_WIDGET)

static const char *
get_tone_class (const MdgAnswerView *view)
{
  static const char *const classes[] = {
    [MDG_ANSWER_TONE_GOOD] = "good",
    [MDG_ANSWER_TONE_BAD] = "bad",
    [MDG_ANSWER_TONE_CHANGED] = "changed",
    [MDG_ANSWER_TONE_QUESTION] = "question",
  };

  return view != NULL ? classes[view->tone] : NULL;
}

static void
on_copied_cb (MdgAnswerPage *self)
{
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static GtkWidget *
add_coverage (MdgAnswerPage *self)
{
  GtkWidget *box = mdg_coverage_box_new ();

  g_signal_connect_swapped (box, "copied", G_CALLBACK (on_copied_cb), self);
  gtk_box_append (GTK_BOX (self->coverages), box);
  return box;
}

static void
show_coverages (MdgAnswerPage *self, GPtrArray *coverages)
{
  GtkWidget *box = gtk_widget_get_first_child (self->coverages);
  guint n = coverages != NULL ? coverages->len : 0;

  for (guint i = 0; i < n; i++)
    {
      if (box == NULL)
        box = add_coverage (self);
      mdg_coverage_box_set_coverage (MDG_COVERAGE_BOX (box), coverages->pdata[i]);
      box = gtk_widget_get_next_sibling (box);
    }
  for (; box != NULL; box = gtk_widget_get_next_sibling (box))
    mdg_coverage_box_set_coverage (MDG_COVERAGE_BOX (box), NULL);
  /* laid out together, two take longer than a frame may */
  if (n > 1)
    mdg_turns_begin (self->coverages);
  else
    mdg_turns_end (self->coverages);
  gtk_widget_set_visible (self->coverages, n > 0);
}

static void
show_banner (MdgAnswerPage *self, const MdgAnswerView *view)
{
  g_autofree char *checked = NULL;

  if (self->tone != NULL)
    gtk_widget_remove_css_class (self->banner, self->tone);
  self->tone = get_tone_class (view);
  if (self->tone != NULL)
    gtk_widget_add_css_class (self->banner, self->tone);
  mdg_icon_show (self->icon, view != NULL ? view->icon : NULL);
  /* stays visible: it has the focus */
  mdg_heading_set_text (self->verdict, view != NULL ? view->title : "");
  if (view != NULL)
    /* TRANSLATORS: when the answer was given: date, time */
    checked = g_strdup_printf (_ ("Checked %s %s"), view->checked_on, view->checked_at);
  mdg_answer_text_set (self->checked, checked, MDG_ANSWER_TEXT_PLAIN);
  mdg_answer_text_set (self->next_step, view != NULL ? view->next_step : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
  gtk_widget_set_visible (self->practice, view != NULL && view->practice);
  gtk_widget_set_visible (self->fallback, view != NULL && self->dismissable &&
                                              view->tone == MDG_ANSWER_TONE_QUESTION);
}

static void
show_assurance (MdgAnswerPage *self)
{
  const MdgAnswerView *view = self->view;
  GPtrArray *confirmed = view != NULL ? view->confirmed : NULL;
  GPtrArray *not_confirmed = view != NULL ? view->not_confirmed : NULL;

  mdg_assurance_set (self->assurance, self->wide ? confirmed : NULL,
                     self->wide ? not_confirmed : NULL);
  mdg_assurance_set (self->assurance_inside, self->wide ? NULL : confirmed,
                     self->wide ? NULL : not_confirmed);
  gtk_widget_set_visible (GTK_WIDGET (self->assurance), self->wide);
  gtk_widget_set_visible (GTK_WIDGET (self->assurance_inside), !self->wide);
}

/* The foot has room for what was checked only in a wide window; in a narrow one it is the last
 * thing that is read. */
static void
apply_width (MdgAnswerPage *self)
{
  g_object_set (self->first_layout, "stacked", self->tight, NULL);
  if (self->tight)
    gtk_widget_add_css_class (self->banner, "tight");
  else
    gtk_widget_remove_css_class (self->banner, "tight");
  /* both stand in the menu, too */
  gtk_widget_set_visible (self->print, !self->tight);
  gtk_widget_set_visible (self->copy, !self->tight);
  g_object_set (self->meta_layout, "at-end", self->wide, NULL);
  g_object_set (self->time_layout, "at-end", self->wide, NULL);
  show_assurance (self);
}

static gboolean
on_width_changed_cb (gpointer data)
{
  MdgAnswerPage *self = data;

  self->width_source = 0;
  apply_width (self);
  return G_SOURCE_REMOVE;
}

/* One widget at a time, when nothing else is to be done: nothing waits for the first answer. */
static gboolean
on_prepare_cb (gpointer data)
{
  MdgAnswerPage *self = data;
  GtkWidget *box = gtk_widget_get_first_child (self->coverages);

  for (guint i = 0; i < PREPARED_COVERAGES; i++, box = gtk_widget_get_next_sibling (box))
    {
      if (box == NULL)
        {
          add_coverage (self);
          return G_SOURCE_CONTINUE;
        }
      if (mdg_coverage_box_prepare (MDG_COVERAGE_BOX (box)))
        return G_SOURCE_CONTINUE;
    }
  self->prepare_source = 0;
  mdg_warm_up_widgets (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
update_time (MdgAnswerPage *self)
{
  gboolean counts = self->dismissable && self->seconds_left >= 0;

  gtk_widget_set_visible (self->time, counts);
  gtk_widget_set_visible (self->keep, counts);
  gtk_widget_set_visible (self->clear, self->dismissable);
}

/* === actions and callbacks === */

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgAnswerPage *self = MDG_ANSWER_PAGE (widget);

  if (self->view != NULL)
    g_signal_emit (self, signals[SIGNAL_PRINT], 0);
}

static void
copy_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgAnswerPage *self = MDG_ANSWER_PAGE (widget);
  g_autofree char *text = NULL;

  if (self->view == NULL)
    return;
  text = mdg_answer_view_to_text (self->view);
  mdg_copy_personal (widget, text);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static void
copy_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgAnswerPage *self = MDG_ANSWER_PAGE (widget);
  g_autofree char *text = NULL;

  if (self->view == NULL)
    return;
  text = mdg_answer_view_to_tsv (self->view);
  mdg_copy_personal (widget, text);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static void
on_keep_cb (MdgAnswerPage *self)
{
  g_signal_emit (self, signals[SIGNAL_KEEP], 0);
}

static void
on_clear_cb (MdgAnswerPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
on_fallback_cb (MdgAnswerPage *self)
{
  g_signal_emit (self, signals[SIGNAL_FALLBACK], 0);
}

/* === vfuncs === */

static GtkSizeRequestMode
mdg_answer_page_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (MDG_ANSWER_PAGE (widget)->root);
}

/* A page that was not shown yet will have the width of what it is in. Returns: pixels, or -1 */
static int
get_known_width (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  int least, width = parent != NULL ? gtk_widget_get_width (parent) : 0;

  if (width <= 0)
    return -1;
  gtk_widget_measure (MDG_ANSWER_PAGE (widget)->root, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                      NULL, NULL);
  return MAX (width, least);
}

static void
mdg_answer_page_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  /* a stack asks for the width at its height, for which a box would try one width after the other:
   * it is the same at any height */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  /* at no width in particular: at the one that it has, for which the lines are broken anyway */
  else if (for_size < 0)
    for_size = get_known_width (widget);
  gtk_widget_measure (MDG_ANSWER_PAGE (widget)->root, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
mdg_answer_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MdgAnswerPage *self = MDG_ANSWER_PAGE (widget);
  gboolean wide = mdg_columns_fit (widget, width);
  gboolean tight = mdg_columns_get_em (widget) * TIGHT_EM > width;

  /* what is visible must not change while it is laid out */
  if (wide != self->wide || tight != self->tight)
    {
      self->wide = wide;
      self->tight = tight;
      if (self->width_source == 0)
        self->width_source =
            g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_width_changed_cb, self, NULL);
    }
  gtk_widget_allocate (self->root, width, height, baseline, NULL);
}

/* As soon as it is in a window: long before it is shown. */
static void
mdg_answer_page_root (GtkWidget *widget)
{
  MdgAnswerPage *self = MDG_ANSWER_PAGE (widget);

  GTK_WIDGET_CLASS (mdg_answer_page_parent_class)->root (widget);
  if (self->prepare_source == 0)
    self->prepare_source = g_idle_add_full (G_PRIORITY_LOW, on_prepare_cb, self, NULL);
}

static void
mdg_answer_page_dispose (GObject *object)
{
  MdgAnswerPage *self = MDG_ANSWER_PAGE (object);

  g_clear_handle_id (&self->prepare_source, g_source_remove);
  g_clear_handle_id (&self->width_source, g_source_remove);
  if (self->root != NULL)
    mdg_answer_page_set_view (self, NULL);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_answer_page_parent_class)->dispose (object);
}

static void
add_signal (guint id, const char *name)
{
  signals[id] = g_signal_new (name, MDG_TYPE_ANSWER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, root);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, banner);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, first_layout);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, icon);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, practice);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, checked);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, next_step);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, fallback);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, notes);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, coverages);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, assurance);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, assurance_inside);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, print);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, copy);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, time);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, countdown);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, time_label);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, keep);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, clear);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, meta_layout);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, time_layout);
  gtk_widget_class_bind_template_child (widget_class, MdgAnswerPage, menu);
}

static void
mdg_answer_page_class_init (MdgAnswerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_answer_page_dispose;
  widget_class->get_request_mode = mdg_answer_page_get_request_mode;
  widget_class->measure = mdg_answer_page_measure;
  widget_class->size_allocate = mdg_answer_page_size_allocate;
  widget_class->root = mdg_answer_page_root;

  g_type_ensure (MDG_TYPE_ASSURANCE);
  g_type_ensure (MDG_TYPE_BESIDE);
  g_type_ensure (MDG_TYPE_COLUMNS);
  g_type_ensure (MDG_TYPE_COUNTDOWN);
  g_type_ensure (MDG_TYPE_HEADING);
  g_type_ensure (MDG_TYPE_NOTE_LIST);
  g_type_ensure (MDG_TYPE_PANE);
  g_type_ensure (MDG_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-answer-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fallback_cb);
  gtk_widget_class_install_action (widget_class, "answer.print", NULL, print);
  gtk_widget_class_install_action (widget_class, "answer.copy-all", NULL, copy_all);
  gtk_widget_class_install_action (widget_class, "answer.copy-table", NULL, copy_table);

  add_signal (SIGNAL_PRINT, "print");
  add_signal (SIGNAL_COPIED, "copied");
  add_signal (SIGNAL_KEEP, "keep");
  add_signal (SIGNAL_CLEAR, "clear");
  add_signal (SIGNAL_FALLBACK, "fallback");
}

static void
mdg_answer_page_init (MdgAnswerPage *self)
{
  self->dismissable = self->tight = TRUE;
  self->seconds_left = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self->assurance)), "least-em",
                WIDE_FOOT_EM, NULL);
  apply_width (self);
  show_banner (self, NULL);
  update_time (self);
}

/**
 * mdg_answer_page_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a page without an answer
 */
GtkWidget *
mdg_answer_page_new (void)
{
  return g_object_new (MDG_TYPE_ANSWER_PAGE, NULL);
}

/**
 * mdg_answer_page_set_view:
 * @self: a page
 * @view: (transfer full) (nullable): what it shows from now on; NULL: nothing, and no text of what
 *   was shown is left in any widget
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_answer_page_set_view (MdgAnswerPage *self, MdgAnswerView *view)
{
  g_autoptr (MdgAnswerView) old = NULL;

  g_return_if_fail (MDG_IS_ANSWER_PAGE (self));

  /* goes last: rows point into it until they show the new one */
  old = g_steal_pointer (&self->view);
  self->view = view;
  show_banner (self, view);
  mdg_note_list_set_texts (self->notes, view != NULL ? view->notes : NULL);
  show_coverages (self, view != NULL ? view->coverages : NULL);
  show_assurance (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
}

/**
 * mdg_answer_page_get_view:
 * @self: a page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const MdgAnswerView *
mdg_answer_page_get_view (MdgAnswerPage *self)
{
  g_return_val_if_fail (MDG_IS_ANSWER_PAGE (self), NULL);

  return self->view;
}

/**
 * mdg_answer_page_set_countdown:
 * @self: a page
 * @seconds_left: until the answer is cleared; -1: it stays
 * @total: seconds that it is shown in all
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_answer_page_set_countdown (MdgAnswerPage *self, int seconds_left, int total)
{
  g_autofree char *words = NULL;

  g_return_if_fail (MDG_IS_ANSWER_PAGE (self));

  self->seconds_left = seconds_left;
  if (seconds_left >= 0)
    /* TRANSLATORS: %d seconds until the answer goes from the screen */
    words = g_strdup_printf (_ ("Cleared in %d s"), seconds_left);
  gtk_label_set_text (self->time_label, words != NULL ? words : "");
  mdg_countdown_set (self->countdown, MAX (seconds_left, 0), total);
  update_time (self);
}

/**
 * mdg_answer_page_focus_verdict:
 * @self: a page that is shown
 *
 * Puts the focus on the verdict, so that it is read aloud.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_answer_page_focus_verdict (MdgAnswerPage *self)
{
  g_return_if_fail (MDG_IS_ANSWER_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->verdict));
}

/**
 * mdg_answer_page_set_dismissable:
 * @self: a page
 * @dismissable: FALSE for an answer from the list: it has no countdown, no button that clears it,
 *   and no other way to accept the patient, who is gone
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_answer_page_set_dismissable (MdgAnswerPage *self, gboolean dismissable)
{
  g_return_if_fail (MDG_IS_ANSWER_PAGE (self));

  self->dismissable = dismissable;
  show_banner (self, self->view);
  update_time (self);
}

/**
 * mdg_answer_page_get_menu:
 * @self: a page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what stands behind ほかの操作; the caller may append sections
 */
GMenu *
mdg_answer_page_get_menu (MdgAnswerPage *self)
{
  g_return_val_if_fail (MDG_IS_ANSWER_PAGE (self), NULL);

  return self->menu;
}
