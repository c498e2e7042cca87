/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages that lead to pages. The one place that knows what libadwaita of the day has for that: an
 * AdwLeaflet that never unfolds. The focus goes to the heading of a page that comes, so that it is
 * read aloud, and back to where it was when the page goes. */
#include "config.h"

#include "mdg-navigator.h"

#include "mdg-heading.h"

#include <glib/gi18n.h>

#define WIDEST 720

typedef struct
{
  GtkWidget *frame; /* the leaflet's child; unowned */
  GtkWidget *page;  /* unowned, in the frame */
  GtkWidget *focus; /* (nullable), weak: what had the focus when the next page came */
} Layer;

struct _MdgNavigator
{
  GtkWidget parent_instance;

  AdwLeaflet *leaflet; /* child */
  GPtrArray *layers;   /* (element-type Layer): the first is the root */
  GPtrArray *leaving;  /* frames that go when the movement is over; unowned */
};

enum
{
  PROP_DEPTH = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MdgNavigator, mdg_navigator, GTK_TYPE_WIDGET)

static void
free_layer (gpointer data)
{
  Layer *layer = data;

  g_clear_weak_pointer (&layer->focus);
  g_free (layer);
}

static Layer *
get_top (MdgNavigator *self)
{
  return g_ptr_array_index (self->layers, self->layers->len - 1);
}

static void
add_layer (MdgNavigator *self, GtkWidget *frame, GtkWidget *page)
{
  Layer *layer = g_new0 (Layer, 1);

  layer->frame = frame;
  layer->page = page;
  g_ptr_array_add (self->layers, layer);
  adw_leaflet_append (self->leaflet, frame);
}

/* A page that is not shown is not there for a screen reader, either. */
static void
present_top_only (MdgNavigator *self)
{
  GtkWidget *top = get_top (self)->frame;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->leaflet)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != top,
                                 -1);
}

static void
drop_leaving (MdgNavigator *self)
{
  while (self->leaving->len > 0)
    adw_leaflet_remove (self->leaflet, g_ptr_array_steal_index (self->leaving, 0));
}

static void
on_moved_cb (MdgNavigator *self)
{
  if (!adw_leaflet_get_child_transition_running (self->leaflet))
    drop_leaving (self);
}

static void
on_back_clicked_cb (MdgNavigator *self)
{
  mdg_navigator_pop (self);
}

static GtkWidget *
make_bar (MdgNavigator *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "go-previous-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("Back"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_back_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_start (bar, 6);
  gtk_box_append (GTK_BOX (bar), button);
  return bar;
}

/* Bar, heading, page: the heading is what the focus goes to. */
static GtkWidget *
make_frame (MdgNavigator *self, GtkWidget *page, const char *title, GtkWidget **heading)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  *heading = g_object_new (MDG_TYPE_HEADING, NULL);
  mdg_heading_set_text (MDG_HEADING (*heading), title);
  gtk_widget_add_css_class (*heading, "title-2");
  gtk_box_append (GTK_BOX (box), *heading);
  gtk_box_append (GTK_BOX (box), page);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDEST);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  /* a picture may be small, and is not to be */
  gtk_scrollable_set_vscroll_policy (
      GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))),
      GTK_SCROLL_NATURAL);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (frame), make_bar (self));
  gtk_box_append (GTK_BOX (frame), scroller);
  return frame;
}

static gboolean
on_back_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  MdgNavigator *self = MDG_NAVIGATOR (widget);

  if (mdg_navigator_get_depth (self) == 0)
    return FALSE;
  mdg_navigator_pop (self);
  return TRUE;
}

static void
mdg_navigator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DEPTH)
    g_value_set_uint (value, mdg_navigator_get_depth (MDG_NAVIGATOR (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mdg_navigator_dispose (GObject *object)
{
  MdgNavigator *self = MDG_NAVIGATOR (object);

  g_ptr_array_set_size (self->layers, 0);
  g_ptr_array_set_size (self->leaving, 0);
  if (self->leaflet != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->leaflet));
  self->leaflet = NULL;
  G_OBJECT_CLASS (mdg_navigator_parent_class)->dispose (object);
}

static void
mdg_navigator_finalize (GObject *object)
{
  MdgNavigator *self = MDG_NAVIGATOR (object);

  g_ptr_array_unref (self->layers);
  g_ptr_array_unref (self->leaving);
  G_OBJECT_CLASS (mdg_navigator_parent_class)->finalize (object);
}

static void
mdg_navigator_class_init (MdgNavigatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mdg_navigator_get_property;
  object_class->dispose = mdg_navigator_dispose;
  object_class->finalize = mdg_navigator_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_back_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, on_back_key_cb, NULL);

  properties[PROP_DEPTH] = g_param_spec_uint ("depth", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_navigator_init (MdgNavigator *self)
{
  self->layers = g_ptr_array_new_with_free_func (free_layer);
  self->leaving = g_ptr_array_new ();
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_unfold (self->leaflet, FALSE);
  adw_leaflet_set_can_navigate_back (self->leaflet, FALSE); /* a swipe would leave the page there */
  adw_leaflet_set_homogeneous (self->leaflet, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->leaflet), GTK_WIDGET (self));
  g_signal_connect_object (self->leaflet, "notify::child-transition-running",
                           G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
}

/**
 * mdg_navigator_new:
 * @root: the first page, shown as it is
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the navigator
 */
GtkWidget *
mdg_navigator_new (GtkWidget *root)
{
  MdgNavigator *self = g_object_new (MDG_TYPE_NAVIGATOR, NULL);

  add_layer (self, root, root);
  return GTK_WIDGET (self);
}

static void
push_frame (MdgNavigator *self, GtkWidget *frame, GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  drop_leaving (self);
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    g_set_weak_pointer (&get_top (self)->focus, focus);
  add_layer (self, frame, page);
  adw_leaflet_set_visible_child (self->leaflet, frame);
  present_top_only (self);
}

/**
 * mdg_navigator_push:
 * @self: a navigator
 * @page: (transfer floating): what comes over the page that is shown
 * @title: its heading, translated
 *
 * The page goes, with all it has, when the person goes back.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_navigator_push (MdgNavigator *self, GtkWidget *page, const char *title)
{
  GtkWidget *heading;

  g_return_if_fail (MDG_IS_NAVIGATOR (self));

  push_frame (self, make_frame (self, page, title, &heading), page);
  gtk_widget_grab_focus (heading);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEPTH]);
}

/**
 * mdg_navigator_push_whole:
 * @self: a navigator
 * @page: (transfer floating): what comes over the page that is shown; it scrolls itself
 *
 * As mdg_navigator_push(), without a heading; the focus goes to the first thing that takes it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_navigator_push_whole (MdgNavigator *self, GtkWidget *page)
{
  GtkWidget *frame;

  g_return_if_fail (MDG_IS_NAVIGATOR (self));

  frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (frame), make_bar (self));
  gtk_box_append (GTK_BOX (frame), page);
  push_frame (self, frame, page);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEPTH]);
}

static void
return_focus (MdgNavigator *self)
{
  Layer *top = get_top (self);

  if (top->focus == NULL || !gtk_widget_grab_focus (top->focus))
    gtk_widget_child_focus (top->frame, GTK_DIR_TAB_FORWARD);
  g_clear_weak_pointer (&top->focus);
}

static void
pop_to (MdgNavigator *self, guint depth)
{
  drop_leaving (self);
  while (self->layers->len > depth + 1)
    {
      g_ptr_array_add (self->leaving, get_top (self)->frame);
      g_ptr_array_remove_index (self->layers, self->layers->len - 1);
    }
  adw_leaflet_set_visible_child (self->leaflet, get_top (self)->frame);
  present_top_only (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    return_focus (self);
  on_moved_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEPTH]);
}

/**
 * mdg_navigator_pop:
 * @self: a navigator
 *
 * Back to the page before; nothing where the first one is shown.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_navigator_pop (MdgNavigator *self)
{
  guint depth = mdg_navigator_get_depth (self);

  if (depth > 0)
    pop_to (self, depth - 1);
}

/**
 * mdg_navigator_pop_all:
 * @self: a navigator
 *
 * Back to the first page.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_navigator_pop_all (MdgNavigator *self)
{
  if (mdg_navigator_get_depth (self) > 0)
    pop_to (self, 0);
}

/**
 * mdg_navigator_get_depth:
 * @self: a navigator
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many pages lie over the first one
 */
guint
mdg_navigator_get_depth (MdgNavigator *self)
{
  return self->layers->len > 0 ? self->layers->len - 1 : 0;
}

/**
 * mdg_navigator_get_page:
 * @self: a navigator
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the page that is shown, as it was given
 */
GtkWidget *
mdg_navigator_get_page (MdgNavigator *self)
{
  return get_top (self)->page;
}
