/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every colour of text on every ground it stands on, light and dark, from the theme as it is
 * loaded: 4.5:1 at least (WCAG 2.1, 1.4.3). Second-rank text is counted with its opacity. */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#define LEAST       4.5
#define DIM_OPACITY 0.8 /* .mdg-dim in style.css */

static const struct
{
  const char *text;
  const char *ground;
  double opacity;
} pairs[] = {
  { "window_fg_color", "window_bg_color", 1 },
  { "window_fg_color", "window_bg_color", DIM_OPACITY },
  { "view_fg_color", "view_bg_color", 1 },
  { "view_fg_color", "view_bg_color", DIM_OPACITY },
  { "card_fg_color", "card_bg_color", 1 },
  { "card_fg_color", "card_bg_color", DIM_OPACITY },
  { "headerbar_fg_color", "headerbar_bg_color", 1 },
  { "headerbar_fg_color", "headerbar_bg_color", DIM_OPACITY },
  { "dialog_fg_color", "dialog_bg_color", 1 },
  { "popover_fg_color", "popover_bg_color", 1 },
  { "accent_fg_color", "accent_bg_color", 1 },
  { "destructive_fg_color", "destructive_bg_color", 1 },
  { "accent_color", "window_bg_color", 1 },
  { "accent_color", "card_bg_color", 1 },
  { "success_color", "window_bg_color", 1 },
  { "success_color", "card_bg_color", 1 },
  { "warning_color", "window_bg_color", 1 },
  { "warning_color", "card_bg_color", 1 },
  { "error_color", "window_bg_color", 1 },
  { "error_color", "card_bg_color", 1 },
  { "mdg_good_fg", "mdg_good_bg", 1 },
  { "mdg_good_fg", "mdg_good_bg", DIM_OPACITY },
  { "mdg_bad_fg", "mdg_bad_bg", 1 },
  { "mdg_bad_fg", "mdg_bad_bg", DIM_OPACITY },
  { "mdg_changed_fg", "mdg_changed_bg", 1 },
  { "mdg_changed_fg", "mdg_changed_bg", DIM_OPACITY },
  { "mdg_question_fg", "mdg_question_bg", 1 },
  { "mdg_question_fg", "mdg_question_bg", DIM_OPACITY },
  { "mdg_practice_fg", "mdg_practice_bg", 1 },
  { "mdg_practice_fg", "mdg_practice_stripe", 1 },
  { "mdg_picture_fg", "mdg_picture_bg", 1 },
  { "mdg_picture_fg", "window_bg_color", 1 },
  { "mdg_attention_fg", "mdg_attention_bg", 1 },
  { "mdg_error_fg", "mdg_error_bg", 1 },
};

static GtkWidget *window;

static double
linearize (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *c)
{
  return 0.2126 * linearize (c->red) + 0.7152 * linearize (c->green) + 0.0722 * linearize (c->blue);
}

static GdkRGBA
lay_over (const GdkRGBA *top, double opacity, const GdkRGBA *ground)
{
  double a = top->alpha * opacity;

  return (GdkRGBA){ (float) (top->red * a + ground->red * (1 - a)),
                    (float) (top->green * a + ground->green * (1 - a)),
                    (float) (top->blue * a + ground->blue * (1 - a)), 1 };
}

static GdkRGBA
look_up (const char *name)
{
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (window), name, &colour))
    g_error ("the theme has no colour %s", name);
  return colour;
}

static double
get_contrast (const char *text, const char *ground, double opacity)
{
  GdkRGBA base = look_up ("window_bg_color"), paper = look_up (ground), ink = look_up (text);

  paper = lay_over (&paper, 1, &base);
  ink = lay_over (&ink, opacity, &paper);
  double a = get_luminance (&ink), b = get_luminance (&paper);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
test_contrast (gconstpointer dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark != NULL ? ADW_COLOR_SCHEME_FORCE_DARK
                                                   : ADW_COLOR_SCHEME_FORCE_LIGHT);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      double contrast = get_contrast (pairs[i].text, pairs[i].ground, pairs[i].opacity);

      g_test_message ("%s on %s × %.2f: %.2f", pairs[i].text, pairs[i].ground, pairs[i].opacity,
                      contrast);
      if (contrast < LEAST)
        {
          g_test_message ("too little");
          g_test_fail ();
        }
    }
}

static void
on_activate_cb (GtkApplication *application, gpointer user_data)
{
  int *result = user_data;

  window = adw_application_window_new (application);
  g_test_add_data_func ("/contrast/light", NULL, test_contrast);
  g_test_add_data_func ("/contrast/dark", "dark", test_contrast);
  *result = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  int result = 1;

  g_test_init (&argc, &argv, NULL);
  /* the base path of the resources, from which libadwaita loads style.css and style-dark.css */
  application = adw_application_new ("io.github.madoguchi.Madoguchi", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), &result);
  g_application_run (G_APPLICATION (application), 0, NULL);
  return result;
}
