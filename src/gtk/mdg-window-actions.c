/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The actions of the window: what other parts of it, its menu and its keys ask for. */
#include "config.h"

#include "mdg-window-private.h"

static void
on_place_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);
  MdgPlace place = mdg_window_find_place (g_variant_get_string (parameter, NULL));

  mdg_window_go_to (self, place);
}

static void
on_back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_window_show_fallback (MDG_WINDOW (user_data), FALSE);
}

static void
on_fallback_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_window_show_fallback (MDG_WINDOW (user_data), TRUE);
}

static void
on_menu_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (MDG_WINDOW (user_data)->menu_button);
}

static void
on_fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (user_data);

  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

/**
 * mdg_window_enable:
 * @self: the window
 * @action: a name without "win."
 * @enabled: whether it can be asked for now
 *
 * Thread: main.
 */
void
mdg_window_enable (MdgWindow *self, const char *action, gboolean enabled)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), action);

  if (found != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

/**
 * mdg_window_add_actions:
 * @self: the window
 *
 * Thread: main.
 */
void
mdg_window_add_actions (MdgWindow *self)
{
  static const GActionEntry entries[] = {
    { "place", on_place_cb, "s" },      { "back", on_back_cb },
    { "fallback", on_fallback_cb },     { "menu", on_menu_cb },
    { "fullscreen", on_fullscreen_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
