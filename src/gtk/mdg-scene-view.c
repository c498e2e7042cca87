/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One screen of the reception: picture, sentence, what belongs under it, keypad, buttons. All
 * widgets are made once and filled again for each screen, and the sentence stands at the same
 * height in all of them that fit, so that nothing jumps and nothing stalls. It decides nothing:
 * what is shown is in the screen. */
#include "config.h"

#include "mdg-scene-view.h"

#include "mdg-consent-row.h"
#include "mdg-heading.h"
#include "mdg-icon.h"
#include "mdg-pane.h"
#include "mdg-phrase-fit.h"
#include "mdg-pin-dots.h"
#include "mdg-pin-pad-private.h"
#include "mdg-prompt-button.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>

/* The height of an ordinary screen: shorter ones begin where it would, so that the picture stays.
 */
#define ORDINARY_HEIGHT 430
/* Of the narrowest window, what the words and the words in a button have. */
#define NARROWEST_ROOM        324
#define NARROWEST_BUTTON_ROOM 256
/* A line with fewer letters than this has no room for large ones. */
#define CRAMPED_LETTERS 14
/* Below these a keypad needs the picture's place. */
#define PICTURE_MIN_WIDTH  760
#define PICTURE_MIN_HEIGHT 480

typedef struct
{
  GtkWidget *button;
  GtkWidget *chosen; /* a check mark: of two ways this is the one */
  GtkWidget *label;
  MdgAction action;
  /* when it was pressed: a press that is let go of on another screen was not meant for that one */
  MdgAction pressed;
  MdgScene pressed_on;
} Button;

struct _MdgSceneView
{
  GtkWidget parent_instance;
  MdgReception *reception; /* owned */
  MdgSide side;

  /* template children */
  GtkWidget *scroller;
  MdgSteps *steps;
  GtkWidget *stage;
  GtkWidget *columns;
  GtkWidget *words;
  GtkWidget *picture;
  MdgHeading *sentence;
  GtkWidget *detail;
  GtkWidget *tries;
  GtkWidget *actions;

  /* other children, unowned */
  GtkWidget *sentence_label;
  GtkWidget *typing; /* the dots alone, where the patient types */
  GtkWidget *consent;
  GtkWidget *pad;
  Button buttons[MDG_SCREEN_ACTIONS];

  /* what is shown */
  MdgScene scene;
  gboolean keypad;
  gboolean small; /* no room for a picture beside the keypad */
  int width, height;
  guint resize_id;
};

G_DEFINE_FINAL_TYPE (MdgSceneView, mdg_scene_view, GTK_TYPE_WIDGET)

static void
set_label (GtkWidget *label, const char *text, int room)
{
  gtk_widget_set_visible (label, text[0] != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (label), text);
  mdg_phrase_fit (GTK_LABEL (label), room);
}

static void
show_sentence (MdgSceneView *self, const char *text)
{
  if (g_strcmp0 (mdg_heading_get_text (self->sentence), text) == 0)
    return;
  mdg_heading_set_text (self->sentence, text);
  mdg_phrase_fit (GTK_LABEL (self->sentence_label), NARROWEST_ROOM);
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_picture (MdgSceneView *self, const MdgScreen *screen)
{
  mdg_icon_show (GTK_IMAGE (self->picture), screen->picture);
  set_css_class (self->picture, "attention", screen->tone == MDG_TONE_ATTENTION);
  set_css_class (self->picture, "error", screen->tone == MDG_TONE_ERROR);
  set_css_class (self->picture, "arriving", screen->scene == MDG_SCENE_READING);
  gtk_widget_set_visible (self->picture, !(screen->keypad && self->small));
}

static void
show_tries (MdgSceneView *self, const MdgScreen *screen)
{
  g_autofree char *text = NULL;

  if (!screen->keypad || screen->tries_left < 0)
    {
      gtk_widget_set_visible (self->tries, FALSE);
      return;
    }
  text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d try left", "%d tries left", (gulong) screen->tries_left),
      screen->tries_left);
  gtk_label_set_text (GTK_LABEL (self->tries), text);
  gtk_widget_set_visible (self->tries, TRUE);
  /* once is enough */
  if (g_str_equal (screen->detail, text))
    gtk_widget_set_visible (self->detail, FALSE);
  set_css_class (self->tries, "attention", screen->tries_left < 3);
}

static void
show_actions (MdgSceneView *self, const MdgScreen *screen)
{
  gtk_widget_set_visible (self->actions, screen->n_actions > 0);
  for (guint i = 0; i < MDG_SCREEN_ACTIONS; i++)
    {
      Button *button = &self->buttons[i];
      gboolean used = i < screen->n_actions;
      const char *label = used ? screen->actions[i].label : "";

      button->action = used ? screen->actions[i].action : MDG_ACTION_NONE;
      gtk_widget_set_visible (button->button, used);
      set_label (button->label, label, NARROWEST_BUTTON_ROOM);
      set_css_class (button->button, "suggested-action", used && screen->actions[i].primary);
      gtk_widget_set_visible (button->chosen, screen->scene == MDG_SCENE_WAITING && used &&
                                                  screen->actions[i].primary);
    }
}

/* With a window of their own the patient types: here is only how far. */
static gboolean
is_typed_elsewhere (const MdgScreen *screen)
{
  return (screen->scene == MDG_SCENE_PIN || screen->scene == MDG_SCENE_PIN_FIRST) &&
         !screen->keypad;
}

static GtkWidget *
find_primary (MdgSceneView *self)
{
  for (guint i = 0; i < MDG_SCREEN_ACTIONS; i++)
    if (gtk_widget_get_visible (self->buttons[i].button) &&
        gtk_widget_has_css_class (self->buttons[i].button, "suggested-action"))
      return self->buttons[i].button;
  return NULL;
}

/* A person who went elsewhere with the focus, to the menu or another place, keeps it there. */
static gboolean
may_take_focus (MdgSceneView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  if (focus == NULL || !gtk_widget_get_mapped (focus) ||
      gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return TRUE;
  /* who writes or is in a menu goes on; a button of the header that was pressed long ago does not
   * get the Enter that is meant for the next patient */
  return !GTK_IS_EDITABLE (focus) && !GTK_IS_TEXT_VIEW (focus) &&
         gtk_widget_get_native (focus) == gtk_widget_get_native (GTK_WIDGET (self));
}

static void
set_default_button (MdgSceneView *self, GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_default_widget (GTK_WINDOW (root), button);
}

static gboolean
on_resized_cb (gpointer user_data)
{
  MdgSceneView *self = MDG_SCENE_VIEW (user_data);

  self->resize_id = 0;
  set_css_class (GTK_WIDGET (self), "cramped",
                 gtk_widget_get_width (GTK_WIDGET (self)) <
                     CRAMPED_LETTERS * mdg_phrase_letter_width (GTK_WIDGET (self)));
  gtk_widget_set_visible (self->picture, !(self->keypad && self->small));
  mdg_phrase_fit (GTK_LABEL (self->sentence_label), NARROWEST_ROOM);
  mdg_phrase_fit (GTK_LABEL (self->detail), NARROWEST_ROOM);
  for (guint i = 0; i < MDG_SCREEN_ACTIONS; i++)
    mdg_phrase_fit (GTK_LABEL (self->buttons[i].label), NARROWEST_BUTTON_ROOM);
  return G_SOURCE_REMOVE;
}

/* What depends on the room and on the size of text may not change in the middle of a layout. */
static void
adapt_soon (MdgSceneView *self)
{
  if (self->resize_id == 0)
    self->resize_id = g_idle_add (on_resized_cb, self);
}

static void
on_screen_notify_cb (MdgSceneView *self)
{
  mdg_scene_view_set_screen (self, mdg_reception_get_screen (self->reception, self->side));
}

/* @widget: of one of the buttons */
static Button *
find_button (MdgSceneView *self, GtkWidget *widget)
{
  guint i = 0;

  while (i + 1 < MDG_SCREEN_ACTIONS && self->buttons[i].button != widget)
    i++;
  return &self->buttons[i];
}

static void
remember_press (MdgSceneView *self, GtkWidget *widget)
{
  Button *button = find_button (self, widget);

  button->pressed = button->action;
  button->pressed_on = self->scene;
}

/* By a key it is clicked at once: mdg-prompt-button.c. */
static void
on_button_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  remember_press (MDG_SCENE_VIEW (user_data),
                  gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click)));
}

static void
on_button_clicked_cb (MdgSceneView *self, GtkWidget *widget)
{
  Button *button = find_button (self, widget);
  gboolean meant = button->pressed == MDG_ACTION_NONE ||
                   (button->pressed == button->action && button->pressed_on == self->scene);

  button->pressed = MDG_ACTION_NONE;
  if (meant)
    mdg_reception_activate (self->reception, button->action);
}

static gboolean
on_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  MdgSceneView *self = MDG_SCENE_VIEW (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  mdg_reception_activate (self->reception, MDG_ACTION_DISMISS);
  return TRUE;
}

static void
measure_stage (GtkWidget *stage,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural,
               int *minimum_baseline,
               int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (stage), orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
allocate_stage (GtkWidget *stage, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (stage);
  int wanted, top;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &wanted, NULL, NULL);
  top = MAX (0, (height - MAX (wanted, ORDINARY_HEIGHT)) / 2);
  gtk_widget_size_allocate (child, &(GtkAllocation){ 0, top, width, MIN (wanted, height) }, -1);
}

static GtkSizeRequestMode
get_stage_request_mode (GtkWidget *stage)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_scene_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MdgSceneView *self = MDG_SCENE_VIEW (widget);

  gtk_widget_size_allocate (self->scroller, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (width == self->width && height == self->height)
    return;
  self->width = width;
  self->height = height;
  self->small = width < PICTURE_MIN_WIDTH || height < PICTURE_MIN_HEIGHT;
  adapt_soon (self);
}

/* The size of text, mostly. */
static void
mdg_scene_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mdg_scene_view_parent_class)->css_changed (widget, change);
  adapt_soon (MDG_SCENE_VIEW (widget));
}

static void
mdg_scene_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (mdg_scene_view_parent_class)->system_setting_changed (widget, setting);
  adapt_soon (MDG_SCENE_VIEW (widget));
}

static void
mdg_scene_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  /* see mdg_answer_page_measure() */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  gtk_widget_measure (MDG_SCENE_VIEW (widget)->scroller, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
mdg_scene_view_map (GtkWidget *widget)
{
  MdgSceneView *self = MDG_SCENE_VIEW (widget);

  GTK_WIDGET_CLASS (mdg_scene_view_parent_class)->map (widget);
  set_default_button (self, find_primary (self));
  if (may_take_focus (self))
    mdg_scene_view_grab_focus (self);
}

static void
mdg_scene_view_unmap (GtkWidget *widget)
{
  set_default_button (MDG_SCENE_VIEW (widget), NULL);
  GTK_WIDGET_CLASS (mdg_scene_view_parent_class)->unmap (widget);
}

static void
mdg_scene_view_dispose (GObject *object)
{
  MdgSceneView *self = MDG_SCENE_VIEW (object);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->reception);
  G_OBJECT_CLASS (mdg_scene_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-scene-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, scroller);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, steps);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, stage);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, columns);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, words);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, picture);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, sentence);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, detail);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, tries);
  gtk_widget_class_bind_template_child (widget_class, MdgSceneView, actions);
}

static void
mdg_scene_view_class_init (MdgSceneViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_scene_view_dispose;
  widget_class->map = mdg_scene_view_map;
  widget_class->unmap = mdg_scene_view_unmap;
  widget_class->css_changed = mdg_scene_view_css_changed;
  widget_class->system_setting_changed = mdg_scene_view_system_setting_changed;
  widget_class->measure = mdg_scene_view_measure;
  widget_class->size_allocate = mdg_scene_view_size_allocate;
  g_type_ensure (MDG_TYPE_HEADING);
  g_type_ensure (MDG_TYPE_PANE);
  g_type_ensure (MDG_TYPE_STEPS);
  g_type_ensure (MDG_TYPE_TURN_BOX);
  bind_children (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_button (MdgSceneView *self, Button *button)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkGesture *click = gtk_gesture_click_new ();

  button->button = mdg_prompt_button_new ();
  button->chosen = gtk_image_new_from_icon_name ("object-select-symbolic");
  button->label = mdg_phrase_label_new ("", NULL);
  /* in a high button GTK would use the lines there is room for rather than the width */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (button->label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (button->label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), button->chosen);
  gtk_box_append (GTK_BOX (content), button->label);
  gtk_button_set_child (GTK_BUTTON (button->button), content);
  gtk_widget_add_css_class (button->button, "pill");
  gtk_widget_set_visible (button->button, FALSE);
  gtk_widget_set_receives_default (button->button, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button->button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, button->label, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->sentence, NULL, -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_button_pressed_cb), self);
  gtk_widget_add_controller (button->button, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (button->button, "clicked", G_CALLBACK (on_button_clicked_cb), self);
  gtk_widget_set_parent (button->button, self->actions);
}

static void
mdg_scene_view_init (MdgSceneView *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->sentence_label = gtk_widget_get_first_child (GTK_WIDGET (self->sentence));
  g_object_set (self->sentence_label, "xalign", 0.5f, "justify", GTK_JUSTIFY_CENTER,
                "max-width-chars", 30, NULL);
  gtk_widget_set_layout_manager (
      self->stage, gtk_custom_layout_new (get_stage_request_mode, measure_stage, allocate_stage));
  for (guint i = 0; i < MDG_SCREEN_ACTIONS; i++)
    add_button (self, &self->buttons[i]);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
  self->scene = MDG_N_SCENES;
}

/**
 * mdg_scene_view_new:
 * @reception: what it shows and whom it tells
 * @side: whose screen
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
mdg_scene_view_new (MdgReception *reception, MdgSide side)
{
  MdgSceneView *self = g_object_new (MDG_TYPE_SCENE_VIEW, NULL);
  gboolean staff = side == MDG_SIDE_STAFF;

  self->reception = g_object_ref (reception);
  self->side = side;
  self->typing = mdg_pin_dots_new (reception);
  gtk_widget_set_focusable (self->typing, TRUE);
  gtk_widget_set_halign (self->typing, GTK_ALIGN_CENTER);
  self->consent = mdg_consent_row_new (reception, side);
  self->pad = mdg_pin_pad_new (reception, side);
  gtk_box_append (GTK_BOX (self->words), self->typing);
  if (staff)
    gtk_box_append (GTK_BOX (self->words), self->consent);
  else /* below the keypad, which has to be in the first view of a small window */
    gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->columns)), self->consent,
                                self->columns);
  gtk_widget_set_parent (self->pad, self->columns);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), staff);
  if (!staff)
    gtk_widget_add_css_class (self->tries, "mdg-question");
  g_signal_connect_object (reception, staff ? "notify::staff-screen" : "notify::patient-screen",
                           G_CALLBACK (on_screen_notify_cb), self, G_CONNECT_SWAPPED);
  on_screen_notify_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_scene_view_set_screen:
 * @self: the view
 * @screen: what to show
 *
 * The focus follows the scene where it was in the view, or nowhere.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_scene_view_set_screen (MdgSceneView *self, const MdgScreen *screen)
{
  gboolean new_scene = screen->scene != self->scene || screen->keypad != self->keypad;
  gboolean take_focus = new_scene && may_take_focus (self);

  self->scene = screen->scene;
  self->keypad = screen->keypad;
  mdg_steps_set_screen (self->steps, screen);
  show_sentence (self, screen->title);
  set_label (self->detail, screen->detail, NARROWEST_ROOM);
  show_picture (self, screen);
  show_tries (self, screen);
  show_actions (self, screen);
  gtk_widget_set_visible (self->pad, screen->keypad);
  gtk_widget_set_visible (self->typing, is_typed_elsewhere (screen));
  gtk_widget_set_visible (self->consent, screen->ask_consent);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    set_default_button (self, find_primary (self));
  if (take_focus)
    mdg_scene_view_grab_focus (self);
  if (new_scene)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

/**
 * mdg_scene_view_grab_focus:
 * @self: the view
 *
 * To the dots, where a PIN is typed, so that Enter presses nothing else; to the button where the
 * hand already is; or to the sentence, which is read aloud by that.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_scene_view_grab_focus (MdgSceneView *self)
{
  GtkWidget *primary = find_primary (self);

  if (self->keypad)
    gtk_widget_grab_focus (mdg_pin_pad_get_dots (MDG_PIN_PAD (self->pad)));
  else if (gtk_widget_get_visible (self->typing))
    gtk_widget_grab_focus (self->typing);
  else if (primary != NULL)
    gtk_widget_grab_focus (primary);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->sentence));
}
