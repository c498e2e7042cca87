/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The map of the preparation. It shows what the guide says and asks for pages by actions. */
#include "config.h"

#include "mdg-map-view.h"

#include "mdg-phrase-tree.h"
#include "mdg-problem-note.h"
#include "mdg-step-content.h"
#include "mdg-step-row.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgMapView
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *content;
  GtkWidget *health_box;
  GtkWidget *opening;
  GtkWidget *problem_box;
  GtkWidget *retry;
  GtkWidget *head;
  GtkProgressBar *progress;
  GtkLabel *count;
  GtkLabel *sentence;
  GtkWidget *next;
  GtkWidget *told_box;
  GtkLabel *told;
  GtkWidget *parts;
  GtkWidget *facts;
  AdwActionRow *facility;
  AdwActionRow *code;
  AdwActionRow *terminal;
  AdwActionRow *end;
  GtkWidget *practice;

  /* children made here */
  GtkWidget *health;
  GtkWidget *problem;
  GtkWidget *told_problem;
  GtkWidget *rows[MDG_N_STEPS];

  /* owned */
  MdgGuide *guide; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MdgMapView, mdg_map_view, GTK_TYPE_WIDGET)

static void
show_health (MdgMapView *self)
{
  MdgJourneyHealth health = mdg_guide_get_health (self->guide);
  GPtrArray *missing = mdg_guide_get_missing (self->guide);
  g_autoptr (GString) names = NULL;

  if (health == MDG_JOURNEY_WHOLE)
    {
      mdg_problem_note_set_words (MDG_PROBLEM_NOTE (self->health), "", "");
      return;
    }
  if (health == MDG_JOURNEY_RESTORED)
    {
      mdg_problem_note_set_words (
          MDG_PROBLEM_NOTE (self->health), _ ("The record of the preparation was damaged"),
          _ ("It was made again from its second copy, and the damaged file was kept aside. Please "
             "look through the steps and the receipts once."));
      return;
    }
  names = g_string_new (_ ("Please add these receipts again from their originals:"));
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    g_string_append_printf (names, "\n%s", (char *) missing->pdata[i]);
  mdg_problem_note_set_words (MDG_PROBLEM_NOTE (self->health),
                              _ ("Files of receipts are missing or changed"), names->str);
}

static void
show_progress (MdgMapView *self)
{
  guint n_done = mdg_guide_get_n_done (self->guide);
  MdgStepKind next = mdg_guide_get_next (self->guide);
  g_autofree char *sentence = mdg_guide_get_next_sentence (self->guide);
  g_autofree char *count = g_strdup_printf ("%u / %u", n_done, (guint) MDG_N_STEPS);
  g_autofree char *told =
      g_strdup_printf (_ ("%u of %u steps are done"), n_done, (guint) MDG_N_STEPS);

  gtk_label_set_text (self->count, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL, told,
                                  -1);
  gtk_progress_bar_set_fraction (self->progress, (double) n_done / MDG_N_STEPS);
  mdg_phrase_label_set_text (self->sentence, sentence);
  gtk_widget_set_visible (self->next, next < MDG_N_STEPS);
  if (next < MDG_N_STEPS)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->next), "s",
                                      mdg_guide_map_get (next)->id);
}

static void
show (MdgMapView *self)
{
  gtk_widget_set_visible (self->head, self->guide != NULL);
  gtk_widget_set_visible (self->parts, self->guide != NULL);
  if (self->guide == NULL)
    return;
  show_health (self);
  show_progress (self);
  for (guint i = 0; i < MDG_N_STEPS; i++)
    mdg_step_row_set_guide (MDG_STEP_ROW (self->rows[i]), self->guide);
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, MdgMapView *self)
{
  MdgStepKind kind = mdg_step_row_get_kind (MDG_STEP_ROW (row));
  const char *page = g_object_get_data (G_OBJECT (row), "mdg-page");

  if (kind < MDG_N_STEPS)
    gtk_widget_activate_action (GTK_WIDGET (self), "preparation.step", "s",
                                mdg_guide_map_get (kind)->id);
  else if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "preparation.page", "s", page);
}

static GtkWidget *
add_group (MdgMapView *self, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = mdg_phrase_label_new (title, "heading");
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (GTK_BOX (group), heading);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated_cb), self, 0);
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (self->parts), group);
  return list;
}

static void
add_extras (MdgMapView *self)
{
  gsize n;
  const MdgExtraPage *pages = mdg_extra_pages_get (&n);
  GtkWidget *list;

  if (n == 0)
    return;
  list = add_group (self, _ ("At any time"));
  for (gsize i = 0; i < n; i++)
    {
      GtkWidget *row = mdg_step_row_new_link (_ (pages[i].title), _ (pages[i].words));

      g_object_set_data (G_OBJECT (row), "mdg-page", (gpointer) pages[i].id);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
}

static void
add_parts (MdgMapView *self)
{
  GtkWidget *lists[MDG_N_PARTS];

  for (guint i = 0; i < MDG_N_PARTS; i++)
    lists[i] = add_group (self, mdg_guide_text (mdg_guide_map_get_part_title ((MdgPartKind) i)));
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      self->rows[i] = mdg_step_row_new ((MdgStepKind) i);
      gtk_list_box_append (GTK_LIST_BOX (lists[mdg_guide_map_get ((MdgStepKind) i)->part]),
                           self->rows[i]);
    }
  add_extras (self);
}

static GtkWidget *
add_note (GtkWidget *box)
{
  GtkWidget *note = mdg_problem_note_new ();

  gtk_box_prepend (GTK_BOX (box), note);
  return note;
}

static void
mdg_map_view_dispose (GObject *object)
{
  MdgMapView *self = MDG_MAP_VIEW (object);

  g_clear_object (&self->guide);
  gtk_widget_dispose_template (GTK_WIDGET (self), MDG_TYPE_MAP_VIEW);
  G_OBJECT_CLASS (mdg_map_view_parent_class)->dispose (object);
}

static void
mdg_map_view_class_init (MdgMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_map_view_dispose;
  g_type_ensure (MDG_TYPE_TURN_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/madoguchi/Madoguchi/ui/mdg-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, content);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, health_box);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, opening);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, problem_box);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, retry);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, head);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, progress);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, count);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, sentence);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, next);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, told_box);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, told);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, parts);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, facts);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, facility);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, code);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, terminal);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, end);
  gtk_widget_class_bind_template_child (widget_class, MdgMapView, practice);
}

static void
mdg_map_view_init (MdgMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->health = add_note (self->health_box);
  self->problem = add_note (self->problem_box);
  self->told_problem = add_note (self->told_box);
  gtk_progress_bar_set_fraction (self->progress, 0);
  add_parts (self);
  mdg_phrase_tree_keep (self->content);
  mdg_map_view_set_guide (self, NULL);
  mdg_map_view_set_terminal (self, NULL, NULL, NULL);
}

/**
 * mdg_map_view_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the map, without a guide
 */
GtkWidget *
mdg_map_view_new (void)
{
  return g_object_new (MDG_TYPE_MAP_VIEW, NULL);
}

/**
 * mdg_map_view_set_guide:
 * @self: the map
 * @guide: (nullable): the facility's preparation; %NULL while it is being opened
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_map_view_set_guide (MdgMapView *self, MdgGuide *guide)
{
  g_return_if_fail (MDG_IS_MAP_VIEW (self));

  if (self->guide != NULL)
    g_signal_handlers_disconnect_by_data (self->guide, self);
  g_set_object (&self->guide, guide);
  if (guide != NULL)
    g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->opening, guide == NULL);
  gtk_widget_set_visible (self->problem_box, FALSE);
  show (self);
}

/**
 * mdg_map_view_set_error:
 * @self: the map
 * @error: why there is no guide
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_map_view_set_error (MdgMapView *self, const GError *error)
{
  g_return_if_fail (MDG_IS_MAP_VIEW (self));

  mdg_problem_note_set (MDG_PROBLEM_NOTE (self->problem), NULL, error);
  gtk_widget_set_visible (self->problem_box, TRUE);
  gtk_widget_set_visible (self->opening, FALSE);
}

/**
 * mdg_map_view_tell:
 * @self: the map
 * @words: what was done, translated; "" nothing
 * @error: (nullable): why it was not
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_map_view_tell (MdgMapView *self, const char *words, const GError *error)
{
  g_return_if_fail (MDG_IS_MAP_VIEW (self));

  mdg_phrase_label_set_text (self->told, words);
  gtk_widget_set_visible (GTK_WIDGET (self->told), *words != '\0');
  mdg_problem_note_set (MDG_PROBLEM_NOTE (self->told_problem), NULL, error);
}

static void
show_value (AdwActionRow *row, const char *value)
{
  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL && *value != '\0');
}

/**
 * mdg_map_view_set_terminal:
 * @self: the map
 * @terminal: (nullable): the terminal that is registered
 * @name: (nullable): of the facility
 * @code: (nullable): of the facility
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_map_view_set_terminal (MdgMapView *self,
                           const MdgTerminal *terminal,
                           const char *name,
                           const char *code)
{
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *end = NULL;

  g_return_if_fail (MDG_IS_MAP_VIEW (self));

  gtk_widget_set_visible (self->facts, terminal != NULL);
  if (terminal == NULL)
    return;
  local = g_date_time_to_local (terminal->not_after);
  /* Translators: the end of a certificate, g_date_time_format() */
  end = g_date_time_format (local, _ ("%-d %B %Y"));
  show_value (self->facility, name);
  show_value (self->code, code);
  show_value (self->terminal, terminal->name);
  show_value (self->end, end);
}

/**
 * mdg_map_view_offer_practice:
 * @self: the map
 * @offer: whether practice mode is offered
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_map_view_offer_practice (MdgMapView *self, gboolean offer)
{
  gtk_widget_set_visible (self->practice, offer);
}
