/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a window costs that does nothing: the yardstick of bench-window.py. Prints when its first
 * frame was painted and waits to be ended. With --text it has one line of Japanese in it, which
 * tells what the fonts of it cost whoever shows any. */
#include <adwaita.h>
#include <stdio.h>

static gboolean with_text;

static void
tell (const char *name)
{
  printf ("%s %" G_GINT64_FORMAT "\n", name, g_get_monotonic_time ());
}

static void
on_after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  static gboolean told;

  if (!told)
    tell ("first-frame");
  fflush (stdout);
  told = TRUE;
}

static void
on_realize_cb (GtkWidget *window, gpointer user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (on_after_paint_cb), NULL);
}

static void
on_activate_cb (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window;

  tell ("started");
  window = adw_application_window_new (application);

  if (with_text)
    adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                        gtk_label_new ("カードを置いてください"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
  g_signal_connect (window, "realize", G_CALLBACK (on_realize_cb), NULL);
  tell ("made");
  gtk_window_present (GTK_WINDOW (window));
  tell ("presented");
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("io.github.madoguchi.Bare", G_APPLICATION_NON_UNIQUE);

  tell ("main");
  with_text = argc > 1 && g_str_equal (argv[1], "--text");
  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
