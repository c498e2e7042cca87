/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program's own pictures: what is drawn is what the files of data/icons say. */
#include "config.h"

#include "mdg-icon-path.h"
#include "mdg-icon.h"

#include <adwaita.h>
#include <string.h>

#define FOLDER "/io/github/madoguchi/Madoguchi/icons/scalable/actions"
#define SIZE   96
/* of 255: two ways to smooth an edge */
#define MOST_AT_A_PIXEL   48
#define MOST_IN_THE_WHOLE 0.25

static cairo_surface_t *
draw (GdkPaintable *icon)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  gdk_paintable_snapshot (icon, snapshot, SIZE, SIZE);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint8
get_alpha (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) +
                      (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
  const guint32 *pixels = (const guint32 *) (gconstpointer) row; /* rows are aligned */

  return (guint8) (pixels[x] >> 24);
}

/* librsvg's own drawing of the same file, where its loader is installed */
static void
assert_like_file (const char *name, cairo_surface_t *surface)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.svg", FOLDER, name);
  g_autoptr (GdkPixbuf) file = gdk_pixbuf_new_from_resource_at_scale (path, SIZE, SIZE, TRUE, NULL);
  int worst = 0;
  double sum = 0;

  if (file == NULL)
    {
      g_test_message ("no loader for %s", path);
      return;
    }
  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      {
        const guint8 *pixel = gdk_pixbuf_read_pixels (file) + y * gdk_pixbuf_get_rowstride (file) +
                              x * gdk_pixbuf_get_n_channels (file);
        int difference = ABS ((int) pixel[3] - (int) get_alpha (surface, x, y));

        worst = MAX (worst, difference);
        sum += difference;
      }
  g_test_message ("%s: at most %d, %.3f on average", name, worst, sum / SIZE / SIZE);
  g_assert_cmpint (worst, <=, MOST_AT_A_PIXEL);
  g_assert_cmpfloat (sum / SIZE / SIZE, <, MOST_IN_THE_WHOLE);
}

static void
test_every_picture (void)
{
  g_auto (GStrv) files =
      g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint n = 0;

  g_assert_nonnull (files);
  for (; files[n] != NULL; n++)
    {
      g_autofree char *name = g_strndup (files[n], strlen (files[n]) - strlen (".svg"));
      GdkPaintable *icon = mdg_icon_get (name);
      cairo_surface_t *surface;

      g_assert_nonnull (icon);
      g_assert_true (icon == mdg_icon_get (name));
      surface = draw (icon);
      assert_like_file (name, surface);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (n, >=, 20);
  g_assert_null (mdg_icon_get ("edit-copy-symbolic"));
}

static void
test_path (void)
{
  static const char *const bad[] = {
    "M1",     "M1 1L2", "Q1 1 2 2", "M0 0 1 1z2 2", "M0 0a1 2 0 0 0 1 1", "M0 0a1 1 0 2 0 1 1",
    "Mnan 0", "1 1"
  };
  static const char *const good[] = { "", "M1 1", "M0,0 10 0l0 10z", "M0 0a5 5 0 011 1",
                                      "M1-1h.5v-.5z" };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 16, 16);
  cairo_t *cr = cairo_create (surface);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mdg_icon_path_draw (cr, bad[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mdg_icon_path_draw (cr, good[i]));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* In an image it is as large as one of the icon theme's. */
static void
test_size (void)
{
  g_autoptr (GtkImage) ours = g_object_ref_sink (GTK_IMAGE (gtk_image_new ()));
  g_autoptr (GtkImage) theirs =
      g_object_ref_sink (GTK_IMAGE (gtk_image_new_from_icon_name ("edit-copy-symbolic")));
  int our_size, their_size;

  mdg_icon_show (ours, "mdg-card-symbolic");
  g_assert_true (gtk_image_get_paintable (ours) == mdg_icon_get ("mdg-card-symbolic"));
  gtk_widget_measure (GTK_WIDGET (ours), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &our_size, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (theirs), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &their_size, NULL,
                      NULL);
  g_assert_cmpint (our_size, ==, their_size);
  mdg_icon_show (ours, "edit-copy-symbolic");
  g_assert_cmpstr (gtk_image_get_icon_name (ours), ==, "edit-copy-symbolic");
}

/* For the window manager GTK has the program's icon drawn at each start: not by librsvg. */
static void
test_of_the_window (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  g_autofree int *sizes = NULL;

  gtk_icon_theme_add_resource_path (theme, "/io/github/madoguchi/Madoguchi/icons");
  sizes = gtk_icon_theme_get_icon_sizes (theme, "io.github.madoguchi.Madoguchi");
  g_assert_cmpint (sizes[0], !=, 0);
  for (guint i = 0; sizes[i] != 0; i++)
    {
      g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
          theme, "io.github.madoguchi.Madoguchi", NULL, sizes[i] > 0 ? sizes[i] : 48, 1,
          GTK_TEXT_DIR_LTR, (GtkIconLookupFlags) 0);
      g_autoptr (GFile) file = gtk_icon_paintable_get_file (icon);
      g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

      g_assert_nonnull (uri);
      g_assert_true (g_str_has_suffix (uri, "/48x48/apps/io.github.madoguchi.Madoguchi.png"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/gtk/icon/every-picture", test_every_picture);
  g_test_add_func ("/gtk/icon/path", test_path);
  g_test_add_func ("/gtk/icon/size", test_size);
  g_test_add_func ("/gtk/icon/of-the-window", test_of_the_window);
  return g_test_run ();
}
