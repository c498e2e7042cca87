/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages under one another, each with its number in words for who does not see it. */
#include "config.h"

#include "mdg-pages-box.h"

#include "mdg-widgets.h"
#include "mdg-worker.h"

#include <glib/gi18n.h>

#define SCALE     1.6 /* pixels of a point, of a paper that is looked at */
#define PAGES_MAX 60

struct _MdgPagesBox
{
  GtkWidget parent_instance;

  GtkWidget *box;   /* child */
  GtkWidget *words; /* in the box */
  guint n_pages;
  GCancellable *drawing; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MdgPagesBox, mdg_pages_box, GTK_TYPE_WIDGET)

static void
stop_drawing (MdgPagesBox *self)
{
  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
}

static void
clear_pages (MdgPagesBox *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_last_child (self->box)) != self->words)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->n_pages = 0;
}

static void
add_page (MdgPagesBox *self, GdkTexture *texture)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  /* Translators: of a picture, for who does not see it */
  g_autofree char *name = g_strdup_printf (_ ("Page %u"), ++self->n_pages);

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_add_css_class (picture, "mdg-page");
  gtk_box_append (GTK_BOX (self->box), picture);
}

static void
show_textures (MdgPagesBox *self, GPtrArray *textures)
{
  clear_pages (self);
  for (guint i = 0; i < textures->len; i++)
    add_page (self, g_ptr_array_index (textures, i));
  gtk_widget_set_visible (self->words, FALSE);
}

static GdkTexture *
draw_page (MdgPaper *paper, guint page)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int) (MDG_PAPER_WIDTH * SCALE), (int) (MDG_PAPER_HEIGHT * SCALE));
  cairo_t *cr = cairo_create (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  mdg_paper_draw_page (paper, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) height);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static gpointer
draw_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgPaper *paper = data;
  guint n = MIN (mdg_paper_get_n_pages (paper), PAGES_MAX);
  g_autoptr (GPtrArray) textures = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_ptr_array_add (textures, draw_page (paper, i));
    }
  return g_steal_pointer (&textures);
}

static void
on_drawn_cb (GObject *worker, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgPagesBox) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) textures = mdg_worker_run_finish (MDG_WORKER (worker), result, &error);

  if (textures == NULL || self->box == NULL)
    return;
  g_clear_object (&self->drawing);
  show_textures (self, textures);
}

static void
mdg_pages_box_dispose (GObject *object)
{
  MdgPagesBox *self = MDG_PAGES_BOX (object);

  stop_drawing (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_pages_box_parent_class)->dispose (object);
}

static void
mdg_pages_box_class_init (MdgPagesBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_pages_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_pages_box_init (MdgPagesBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->words = mdg_phrase_label_new ("", "mdg-dim");
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_box_append (GTK_BOX (self->box), self->words);
}

/**
 * mdg_pages_box_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a box without pages
 */
GtkWidget *
mdg_pages_box_new (void)
{
  return g_object_new (MDG_TYPE_PAGES_BOX, NULL);
}

/**
 * mdg_pages_box_set_pictures:
 * @self: a box
 * @pages: (element-type GBytes): PNG that the program made itself
 *
 * Thread: main.
 * Errors: none; a page that is none is left out.
 */
void
mdg_pages_box_set_pictures (MdgPagesBox *self, GPtrArray *pages)
{
  g_autoptr (GPtrArray) textures = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (MDG_IS_PAGES_BOX (self));

  stop_drawing (self);
  for (guint i = 0; i < pages->len; i++)
    {
      GdkTexture *texture = gdk_texture_new_from_bytes (g_ptr_array_index (pages, i), NULL);

      if (texture != NULL)
        g_ptr_array_add (textures, texture);
    }
  show_textures (self, textures);
}

/**
 * mdg_pages_box_set_paper:
 * @self: a box
 * @paper: what is shown; not used by others before it is
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_pages_box_set_paper (MdgPagesBox *self, MdgPaper *paper)
{
  g_autoptr (MdgWorker) worker = NULL;

  g_return_if_fail (MDG_IS_PAGES_BOX (self));

  mdg_pages_box_set_words (self, _ ("Please wait…"));
  self->drawing = g_cancellable_new ();
  worker = mdg_worker_new ("preview");
  mdg_worker_run_async (worker, draw_on_worker, g_object_ref (paper), g_object_unref,
                        (GDestroyNotify) g_ptr_array_unref, self->drawing, on_drawn_cb,
                        g_object_ref (self));
}

/**
 * mdg_pages_box_set_words:
 * @self: a box
 * @words: what is told instead of pages, translated
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_pages_box_set_words (MdgPagesBox *self, const char *words)
{
  g_return_if_fail (MDG_IS_PAGES_BOX (self));

  stop_drawing (self);
  clear_pages (self);
  mdg_phrase_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->words, TRUE);
}

/**
 * mdg_pages_box_get_n_pages:
 * @self: a box
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many pages are shown
 */
guint
mdg_pages_box_get_n_pages (MdgPagesBox *self)
{
  return self->n_pages;
}
