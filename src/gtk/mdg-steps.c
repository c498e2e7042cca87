/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The four steps of a check. Each has its number, its name and a mark: ring, dot, check or
 * exclamation; the accessible name says the state in words. Where four do not fit beside each
 * other, four marks stand over the name of the one that it is about. Places are kept free for
 * every mark, so that nothing moves when a step is done. */
#include "config.h"

#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>

/* What a step looks like, once for each of the two forms. */
typedef struct
{
  GtkWidget *box;
  GtkWidget *name; /* (nullable): the short form has one for all */
  GtkWidget *mark;
  GtkWidget *number;
} Step;

struct _MdgSteps
{
  GtkWidget parent_instance;
  GtkWidget *squeezer;
  Step wide[MDG_SCREEN_STEPS];
  Step narrow[MDG_SCREEN_STEPS];
  GtkWidget *narrow_name;
};

G_DEFINE_FINAL_TYPE (MdgSteps, mdg_steps, GTK_TYPE_WIDGET)

typedef struct
{
  const char *mark;
  const char *style;
  const char *words; /* msgid: number, how many, name */
} Look;

static const Look looks[] = {
  [MDG_SCREEN_STEP_TODO] = { "○", NULL, N_ ("Step %d of %d, %s: not yet") },
  [MDG_SCREEN_STEP_NOW] = { "●", "now", N_ ("Step %d of %d, %s: now") },
  [MDG_SCREEN_STEP_DONE] = { "✓", "done", N_ ("Step %d of %d, %s: done") },
  [MDG_SCREEN_STEP_FAILED] = { "!", "failed", N_ ("Step %d of %d, %s: it stopped here") },
};

static void
show_step (Step *step, int number, const MdgScreenStep *what)
{
  const Look *look = &looks[what->state];
  g_autofree char *words = g_strdup_printf (_ (look->words), number, MDG_SCREEN_STEPS, what->name);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].style != NULL && look != &looks[i])
      gtk_widget_remove_css_class (step->box, looks[i].style);
  if (look->style != NULL)
    gtk_widget_add_css_class (step->box, look->style);
  gtk_label_set_text (GTK_LABEL (step->mark), look->mark);
  if (step->name != NULL)
    gtk_label_set_text (GTK_LABEL (step->name), what->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (step->box), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

/* The step that it is about: the one that goes on or failed, else the last one done. */
static int
find_current (const MdgScreenStep *steps)
{
  int current = 0;

  for (int i = 0; i < MDG_SCREEN_STEPS; i++)
    {
      if (steps[i].state == MDG_SCREEN_STEP_NOW || steps[i].state == MDG_SCREEN_STEP_FAILED)
        return i;
      if (steps[i].state == MDG_SCREEN_STEP_DONE)
        current = i;
    }
  return current;
}

static void
make_step (Step *step, int number, gboolean with_name)
{
  g_autofree char *text = g_strdup_printf ("%d", number);

  step->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                            "spacing", with_name ? 6 : 2, NULL);
  gtk_widget_add_css_class (step->box, "mdg-step");
  step->number = gtk_label_new (text);
  step->mark = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (step->mark), 2);
  gtk_box_append (GTK_BOX (step->box), step->number);
  if (with_name)
    {
      step->name = gtk_label_new (NULL);
      gtk_box_append (GTK_BOX (step->box), step->name);
    }
  gtk_box_append (GTK_BOX (step->box), step->mark);
  gtk_accessible_update_property (GTK_ACCESSIBLE (step->box), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static GtkWidget *
make_row (Step *steps, gboolean with_names)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST,
                                 "spacing", with_names ? 12 : 3, "halign", GTK_ALIGN_CENTER,
                                 "valign", GTK_ALIGN_CENTER, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps of the check"), -1);
  for (int i = 0; i < MDG_SCREEN_STEPS; i++)
    {
      make_step (&steps[i], i + 1, with_names);
      gtk_box_append (GTK_BOX (row), steps[i].box);
    }
  return row;
}

/* One of the two forms is on the screen, and only that one is read out; none where there are no
 * steps. */
static void
present_visible_only (MdgSteps *self)
{
  GtkWidget *shown = gtk_widget_get_child_visible (self->squeezer)
                         ? adw_squeezer_get_visible_child (ADW_SQUEEZER (self->squeezer))
                         : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (self->squeezer); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != shown, -1);
}

static void
mdg_steps_dispose (GObject *object)
{
  g_clear_pointer (&MDG_STEPS (object)->squeezer, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_steps_parent_class)->dispose (object);
}

static void
mdg_steps_class_init (MdgStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_steps_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_steps_init (MdgSteps *self)
{
  GtkWidget *narrow = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->squeezer = adw_squeezer_new ();
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), make_row (self->wide, TRUE));
  gtk_box_append (GTK_BOX (narrow), make_row (self->narrow, FALSE));
  self->narrow_name = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->narrow_name), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->narrow_name), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (narrow), self->narrow_name);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), narrow);
  gtk_widget_set_parent (self->squeezer, GTK_WIDGET (self));
  g_signal_connect_object (self->squeezer, "notify::visible-child",
                           G_CALLBACK (present_visible_only), self, G_CONNECT_SWAPPED);
}

/**
 * mdg_steps_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the steps, empty until a screen is set
 */
GtkWidget *
mdg_steps_new (void)
{
  return g_object_new (MDG_TYPE_STEPS, NULL);
}

/**
 * mdg_steps_set_screen:
 * @self: the steps
 * @screen: the screen whose steps are shown; where it shows none, their place is kept empty
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_steps_set_screen (MdgSteps *self, const MdgScreen *screen)
{
  gboolean shown = screen->show_steps;
  g_autofree char *text = NULL;
  int current;

  gtk_widget_set_child_visible (self->squeezer, shown);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  present_visible_only (self);
  /* filled even so: a label that has no Japanese yet is lower, and the picture under it would jump
   */
  if (screen->steps[0].name == NULL)
    return;
  for (int i = 0; i < MDG_SCREEN_STEPS; i++)
    {
      show_step (&self->wide[i], i + 1, &screen->steps[i]);
      show_step (&self->narrow[i], i + 1, &screen->steps[i]);
    }
  current = find_current (screen->steps);
  text = g_strdup_printf ("%d/%d %s", current + 1, MDG_SCREEN_STEPS, screen->steps[current].name);
  gtk_label_set_text (GTK_LABEL (self->narrow_name), text);
}
