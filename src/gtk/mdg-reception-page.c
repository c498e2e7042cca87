/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 窓口: the scene of the moment or the answer, and under both the reader's state. It hands screens
 * down and what people do back; what an answer's page asks for goes to the reception or to the
 * window's actions. */
#include "config.h"

#include "mdg-reception-page.h"

#include "mdg-reader-foot.h"
#include "mdg-scene-view.h"
#include "mdg-stopwatch.h"
#include "mdg-turn-box.h"
#include "mdg-warm-up.h"
#include "mdg-widgets.h"

struct _MdgReceptionPage
{
  GtkWidget parent_instance;
  MdgReception *reception;     /* owned */
  MdgPreferences *preferences; /* owned */

  /* template children */
  GtkWidget *box;
  GtkWidget *stack;
  MdgReaderFoot *reader;
  GtkWidget *trouble;
  GtkWidget *code;

  /* in @stack, unowned */
  GtkWidget *scene;
  GtkWidget *answer; /* (nullable): made soon after the page */

  guint answer_source;
  const MdgDeskAnswer *shown; /* unowned: only to be compared */
  MdgScene measured;          /* the scene whose painting was timed last */
};

G_DEFINE_FINAL_TYPE (MdgReceptionPage, mdg_reception_page, GTK_TYPE_WIDGET)

static MdgCalendar
get_calendar (MdgReceptionPage *self)
{
  gboolean western = FALSE;

  g_object_get (self->preferences, "western-years", &western, NULL);
  return western ? MDG_CALENDAR_WESTERN : MDG_CALENDAR_ERA;
}

static const MdgScreen *
get_screen (MdgReceptionPage *self)
{
  return mdg_reception_get_screen (self->reception, MDG_SIDE_STAFF);
}

static void
fill_answer (MdgReceptionPage *self)
{
  const MdgDeskAnswer *answer = mdg_reception_get_answer (self->reception);

  self->shown = answer;
  mdg_answer_page_set_view (
      MDG_ANSWER_PAGE (self->answer),
      answer != NULL ? mdg_answer_view_new (answer, mdg_desk_language (), get_calendar (self))
                     : NULL);
}

static void
show_countdown (MdgReceptionPage *self)
{
  guint total = 0;

  if (self->answer == NULL)
    return;
  g_object_get (self->reception, "show-seconds", &total, NULL);
  mdg_answer_page_set_countdown (MDG_ANSWER_PAGE (self->answer),
                                 mdg_reception_get_seconds_left (self->reception), (int) total);
}

static void
show_trouble (MdgReceptionPage *self)
{
  MdgProblem *problem = get_screen (self)->problem;

  gtk_widget_set_visible (self->trouble, problem != NULL);
  if (problem != NULL)
    gtk_label_set_text (GTK_LABEL (self->code), mdg_problem_get_code (problem));
}

/* For the benchmarks: when something that matters has been painted. */
static void
measure_scene (MdgReceptionPage *self)
{
  MdgScene scene = get_screen (self)->scene;

  if (scene == self->measured)
    return;
  self->measured = scene;
  mdg_stopwatch_mark (mdg_scene_to_string (scene));
  if (scene == MDG_SCENE_WAITING)
    mdg_stopwatch_mark_painted (GTK_WIDGET (self), "waiting-painted");
  else if (scene == MDG_SCENE_PIN)
    mdg_stopwatch_mark_painted (GTK_WIDGET (self), "pin-painted");
  else if (scene == MDG_SCENE_ANSWER)
    mdg_stopwatch_mark_painted (GTK_WIDGET (self), "answer-painted");
}

static void add_answer (MdgReceptionPage *self);

/* The scene or the answer. What was shown of a person is gone before anything else appears. */
static void
update (MdgReceptionPage *self)
{
  const MdgDeskAnswer *answer = mdg_reception_get_answer (self->reception);
  gboolean showing = answer != NULL && get_screen (self)->scene == MDG_SCENE_ANSWER;
  GtkWidget *child;

  if (showing && self->answer == NULL)
    add_answer (self);
  child = showing ? self->answer : self->scene;
  if (!showing && self->shown != NULL)
    {
      self->shown = NULL;
      mdg_answer_page_set_view (MDG_ANSWER_PAGE (self->answer), NULL);
    }
  else if (showing && self->shown != answer)
    fill_answer (self);
  show_trouble (self);
  measure_scene (self);
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == child)
    return;
  /* no fade: one way it would leave a name on the screen for as long as it lasts, the other way it
   * draws the whole page many times before the verdict can be read */
  gtk_stack_set_visible_child (GTK_STACK (self->stack), child);
  if (showing)
    show_countdown (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mdg_reception_page_grab_focus (self);
}

/* An answer at the address of the one before is another answer. */
static void
on_answer_notify_cb (MdgReceptionPage *self)
{
  if (mdg_reception_get_answer (self->reception) != NULL)
    mdg_stopwatch_mark ("answered");
  if (self->shown != NULL)
    mdg_answer_page_set_view (MDG_ANSWER_PAGE (self->answer), NULL);
  self->shown = NULL;
  update (self);
}

static void
on_calendar_notify_cb (MdgReceptionPage *self)
{
  if (self->shown != NULL)
    fill_answer (self);
}

static void
on_keep_cb (MdgReceptionPage *self)
{
  mdg_reception_activate (self->reception, MDG_ACTION_KEEP);
}

static void
on_clear_cb (MdgReceptionPage *self)
{
  mdg_reception_activate (self->reception, MDG_ACTION_DISMISS);
}

static void
on_print_cb (MdgReceptionPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.print", NULL);
}

/* Whatever it was: a line of the audit, as everything is that leaves the screen. */
static void
on_copied_cb (MdgReceptionPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copied", NULL);
}

static void
on_fallback_cb (MdgReceptionPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.fallback", NULL);
}

static void
on_copy_clicked_cb (MdgReceptionPage *self)
{
  MdgProblem *problem = get_screen (self)->problem;
  g_autofree char *text = NULL;

  if (problem == NULL)
    return;
  text = g_strdup_printf ("%s %s", mdg_problem_get_code (problem), mdg_problem_get_title (problem));
  mdg_copy_text (GTK_WIDGET (self), text);
}

/* Back to waiting; a scene that is no answer has an Escape of its own. */
static gboolean
on_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  MdgReceptionPage *self = MDG_RECEPTION_PAGE (widget);

  if (!gtk_widget_get_mapped (self->answer) || self->shown == NULL)
    return FALSE;
  on_clear_cb (self);
  return TRUE;
}

static void
mdg_reception_page_dispose (GObject *object)
{
  MdgReceptionPage *self = MDG_RECEPTION_PAGE (object);

  g_clear_handle_id (&self->answer_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->reception);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (mdg_reception_page_parent_class)->dispose (object);
}

static void
mdg_reception_page_class_init (MdgReceptionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_reception_page_dispose;
  g_type_ensure (MDG_TYPE_READER_FOOT);
  g_type_ensure (MDG_TYPE_TURN_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-reception-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgReceptionPage, box);
  gtk_widget_class_bind_template_child (widget_class, MdgReceptionPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MdgReceptionPage, reader);
  gtk_widget_class_bind_template_child (widget_class, MdgReceptionPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, MdgReceptionPage, code);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_reception_page_init (MdgReceptionPage *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_stack_present_visible_only (GTK_STACK (self->stack));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

static void
add_answer (MdgReceptionPage *self)
{
  g_clear_handle_id (&self->answer_source, g_source_remove);
  self->answer = mdg_answer_page_new ();
  g_signal_connect_swapped (self->answer, "keep", G_CALLBACK (on_keep_cb), self);
  g_signal_connect_swapped (self->answer, "clear", G_CALLBACK (on_clear_cb), self);
  g_signal_connect_swapped (self->answer, "print", G_CALLBACK (on_print_cb), self);
  g_signal_connect_swapped (self->answer, "copied", G_CALLBACK (on_copied_cb), self);
  g_signal_connect_swapped (self->answer, "fallback", G_CALLBACK (on_fallback_cb), self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->answer, "answer");
}

/* The first scene does not wait for the page of an answer. */
static gboolean
on_idle_cb (gpointer user_data)
{
  MdgReceptionPage *self = user_data;

  self->answer_source = 0;
  add_answer (self);
  return G_SOURCE_REMOVE;
}

/**
 * mdg_reception_page_new:
 * @reception: what it shows and whom it tells
 * @preferences: how dates are written
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_reception_page_new (MdgReception *reception, MdgPreferences *preferences)
{
  MdgReceptionPage *self = g_object_new (MDG_TYPE_RECEPTION_PAGE, NULL);

  self->reception = g_object_ref (reception);
  self->preferences = g_object_ref (preferences);
  self->scene = mdg_scene_view_new (reception, MDG_SIDE_STAFF);
  gtk_stack_add_named (GTK_STACK (self->stack), self->scene, "scene");
  self->answer_source = g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, self, NULL);
  g_signal_connect_object (reception, "notify::staff-screen", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "notify::answer", G_CALLBACK (on_answer_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "notify::seconds-left", G_CALLBACK (show_countdown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::western-years", G_CALLBACK (on_calendar_notify_cb),
                           self, G_CONNECT_SWAPPED);
  update (self);
  mdg_warm_up_widgets (self->scene);
  return GTK_WIDGET (self);
}

/**
 * mdg_reception_page_set_readers:
 * @self: the page
 * @readers: (nullable): whose state stands at the foot
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_page_set_readers (MdgReceptionPage *self, MdgReaderManager *readers)
{
  mdg_reader_foot_set_readers (self->reader, readers);
}

/**
 * mdg_reception_page_grab_focus:
 * @self: the page
 *
 * To the verdict, which is announced by that, the keypad, or the button where the hand already is.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_page_grab_focus (MdgReceptionPage *self)
{
  if (self->shown != NULL)
    mdg_answer_page_focus_verdict (MDG_ANSWER_PAGE (self->answer));
  else
    mdg_scene_view_grab_focus (MDG_SCENE_VIEW (self->scene));
}
