/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The preferences of style and text size, for all windows of the program. */
#include "config.h"

#include "mdg-appearance.h"

#define DEFAULT_DPI (96 * 1024)

/* What the desktop says, before the first change of ours. */
static int
get_base_dpi (void)
{
  static int base;

  if (base == 0)
    {
      g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &base, NULL);
      if (base <= 0)
        base = DEFAULT_DPI;
    }
  return base;
}

static void
on_text_cb (MdgPreferences *preferences)
{
  guint percent = 100;

  g_object_get (preferences, "text-percent", &percent, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi",
                (int) ((gint64) get_base_dpi () * percent / 100), NULL);
}

static void
on_style_cb (MdgPreferences *preferences)
{
  g_autofree char *style = NULL;
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  g_object_get (preferences, "style", &style, NULL);
  if (g_strcmp0 (style, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (style, "dark") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

/**
 * mdg_appearance_follow:
 * @preferences: whose "style" and "text-percent" count from now on
 *
 * Thread: main.
 */
void
mdg_appearance_follow (MdgPreferences *preferences)
{
  guint percent = 100;

  g_signal_connect (preferences, "notify::text-percent", G_CALLBACK (on_text_cb), NULL);
  g_signal_connect (preferences, "notify::style", G_CALLBACK (on_style_cb), NULL);
  get_base_dpi ();
  g_object_get (preferences, "text-percent", &percent, NULL);
  if (percent != 100)
    on_text_cb (preferences);
  on_style_cb (preferences);
}
