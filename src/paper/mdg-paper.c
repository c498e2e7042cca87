/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages of A4. Each kind of paper draws its pages once, into recordings; a printer, a PDF and a
 * picture are given the same ones. What makes a page a practice page is drawn here, each time, so
 * that no kind of paper can forget it. Nothing is drawn outside the margins. */
#include "config.h"

#include "mdg-paper-private.h"

#include <cairo-pdf.h>

/* The words of the papers are Japanese whatever the language of the window: they are read by
 * Japanese offices, and 練習 has to be understood by whoever finds the sheet. */
#define PRACTICE_WORD "練習"
#define PRACTICE_LINE "これは練習用の印刷です。架空の例で、実際の受付には使えません。"
#define LEFT_OUT_LINE "長すぎるため、以下は省略しました。"

#define TITLE_MAX       200
#define PRACTICE_HEIGHT 24.0
#define PRACTICE_GAP    14.0
#define NUMBER_HEIGHT   22.0
#define DIAGONAL_SIZE   190.0
#define DIAGONAL_ANGLE  (-G_PI / 5)
#define DIAGONAL_VEIL   0.095 /* seen at once, and words under it are read as on white */

/* One page. */
typedef struct
{
  cairo_surface_t *recording; /* owned */
  GBytes *picture;            /* (nullable) owned: PNG */
  double y, height;           /* of the place for it */
} Page;

struct _MdgPaper
{
  GObject parent_instance;

  char *title;
  gboolean practice;
  gboolean left_out;
  gboolean numbered;
  guint pages_max;
  GPtrArray *pages; /* of Page */
  cairo_t *current; /* (nullable): the page being drawn */
};

G_DEFINE_FINAL_TYPE (MdgPaper, mdg_paper, G_TYPE_OBJECT)

static void
free_page (Page *page)
{
  cairo_surface_destroy (page->recording);
  g_clear_pointer (&page->picture, g_bytes_unref);
  g_free (page);
}

static void
end_page (MdgPaper *self)
{
  g_clear_pointer (&self->current, cairo_destroy);
}

static void
clip_to_margins (cairo_t *cr)
{
  cairo_rectangle (cr, MDG_PAPER_MARGIN, MDG_PAPER_MARGIN, MDG_PAPER_BODY_WIDTH,
                   MDG_PAPER_HEIGHT - 2 * MDG_PAPER_MARGIN);
  cairo_clip (cr);
}

/* The large word from corner to corner, as a veil over everything, so that no picture and no colour
 * hides it. A shape and not text: who has the page read out hears the head's word, and its two
 * letters do not stand between the rows. */
static void
draw_diagonal (MdgPaper *self, cairo_t *cr)
{
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (self, MDG_PAPER_FACE_BOLD, DIAGONAL_SIZE, PRACTICE_WORD, -1);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  cairo_save (cr);
  cairo_translate (cr, MDG_PAPER_WIDTH / 2, MDG_PAPER_HEIGHT / 2);
  cairo_rotate (cr, DIAGONAL_ANGLE);
  cairo_set_source_rgba (cr, 0, 0, 0, DIAGONAL_VEIL);
  cairo_move_to (cr, -(double) logical.width / PANGO_SCALE / 2,
                 -(double) logical.height / PANGO_SCALE / 2);
  pango_cairo_layout_path (cr, layout);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* The line at the head: a bordered band, the word white on black. */
static void
draw_head (MdgPaper *self, cairo_t *cr)
{
  g_autoptr (PangoLayout) word =
      mdg_paper_create_layout (self, MDG_PAPER_FACE_BOLD, 12.5, PRACTICE_WORD, -1);
  g_autoptr (PangoLayout) line =
      mdg_paper_create_layout (self, MDG_PAPER_FACE_PLAIN, 10, PRACTICE_LINE, -1);
  double x = MDG_PAPER_MARGIN, y = MDG_PAPER_MARGIN, block = 54;

  cairo_set_source_rgb (cr, MDG_PAPER_INK, MDG_PAPER_INK, MDG_PAPER_INK);
  cairo_rectangle (cr, x, y, block, PRACTICE_HEIGHT);
  cairo_fill (cr);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x + 0.5, y + 0.5, MDG_PAPER_BODY_WIDTH - 1, PRACTICE_HEIGHT - 1);
  cairo_stroke (cr);
  mdg_paper_show_layout (cr, word, x + block / 2 - 12.5,
                         y + (PRACTICE_HEIGHT - mdg_paper_get_layout_height (word)) / 2, 1);
  mdg_paper_show_layout (cr, line, x + block + 12,
                         y + (PRACTICE_HEIGHT - mdg_paper_get_layout_height (line)) / 2,
                         MDG_PAPER_INK);
}

static void
draw_number (MdgPaper *self, guint page, cairo_t *cr)
{
  g_autofree char *text = g_strdup_printf ("%u / %u", page + 1, self->pages->len);
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (self, MDG_PAPER_FACE_PLAIN, 9, text, MDG_PAPER_BODY_WIDTH);

  pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  mdg_paper_show_layout (cr, layout, MDG_PAPER_MARGIN,
                         MDG_PAPER_HEIGHT - MDG_PAPER_MARGIN - mdg_paper_get_layout_height (layout),
                         MDG_PAPER_SOFT);
}

static void
draw_left_out (MdgPaper *self, cairo_t *cr)
{
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (self, MDG_PAPER_FACE_BOLD, 9, LEFT_OUT_LINE, -1);

  mdg_paper_show_layout (cr, layout, MDG_PAPER_MARGIN,
                         MDG_PAPER_HEIGHT - MDG_PAPER_MARGIN - mdg_paper_get_layout_height (layout),
                         MDG_PAPER_INK);
}

/* In the middle of its place, from margin to margin at most. */
static void
draw_picture (const Page *page, cairo_t *cr)
{
  cairo_surface_t *picture = mdg_paper_picture_decode (page->picture);
  double width, height, scale;

  if (picture == NULL)
    return;
  width = cairo_image_surface_get_width (picture);
  height = cairo_image_surface_get_height (picture);
  scale = MIN (MDG_PAPER_BODY_WIDTH / width, page->height / height);
  cairo_save (cr);
  cairo_translate (cr, (MDG_PAPER_WIDTH - width * scale) / 2, page->y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (picture);
}

static cairo_status_t
on_write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full) (nullable): the whole PDF */
static GBytes *
write_pdf (MdgPaper *self, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (on_write_cb, array, MDG_PAPER_WIDTH, MDG_PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Madoguchi");
  for (guint i = 0; i < self->pages->len; i++)
    {
      mdg_paper_draw_page (self, i, cr);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&array));
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the PDF cannot be made: %s",
               cairo_status_to_string (status));
  return NULL;
}

/* The pages go at once, whoever holds the paper a little longer: there may be a secret on them. */
static void
mdg_paper_dispose (GObject *object)
{
  MdgPaper *self = MDG_PAPER (object);

  end_page (self);
  g_ptr_array_set_size (self->pages, 0);
  G_OBJECT_CLASS (mdg_paper_parent_class)->dispose (object);
}

static void
mdg_paper_finalize (GObject *object)
{
  MdgPaper *self = MDG_PAPER (object);

  g_ptr_array_unref (self->pages);
  g_free (self->title);
  G_OBJECT_CLASS (mdg_paper_parent_class)->finalize (object);
}

static void
mdg_paper_class_init (MdgPaperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_paper_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_paper_finalize;
}

static void
mdg_paper_init (MdgPaper *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) free_page);
  self->pages_max = MDG_PAPER_PAGES_MAX;
  self->numbered = TRUE;
}

/**
 * mdg_paper_new:
 * @title: (nullable): of the print job and the PDF; no personal datum
 * @practice: whether it is practice
 *
 * For the kinds of paper: one without pages, to be filled with mdg_paper_add_page() and ended with
 * mdg_paper_end().
 *
 * Thread: any, one at a time.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_paper_new (const char *title, gboolean practice)
{
  MdgPaper *self = g_object_new (MDG_TYPE_PAPER, NULL);

  self->title = mdg_paper_clean_text (title, TITLE_MAX);
  g_strdelimit (self->title, "\n", ' ');
  self->practice = practice;
  return self;
}

/**
 * mdg_paper_add_page:
 * @self: a paper
 *
 * Begins the next page.
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): where to draw it, until the next call; %NULL when there are
 *   as many as there may be
 */
cairo_t *
mdg_paper_add_page (MdgPaper *self)
{
  const cairo_rectangle_t extents = { 0, 0, MDG_PAPER_WIDTH, MDG_PAPER_HEIGHT };
  Page *page = NULL;

  g_return_val_if_fail (MDG_IS_PAPER (self), NULL);

  if (self->pages->len >= self->pages_max)
    return NULL;
  end_page (self);
  page = g_new0 (Page, 1);
  page->recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  g_ptr_array_add (self->pages, page);
  self->current = cairo_create (page->recording);
  return self->current;
}

/**
 * mdg_paper_set_bounds:
 * @self: a paper without pages
 * @max: how many pages it may have; %MDG_PAPER_PAGES_MAX where this is not called
 * @numbered: whether each page says which it is, where there are several; a paper of several
 *   documents numbers each of them itself
 *
 * Thread: that of @self.
 * Errors: none.
 */
void
mdg_paper_set_bounds (MdgPaper *self, guint max, gboolean numbered)
{
  g_return_if_fail (MDG_IS_PAPER (self) && max > 0);

  self->pages_max = max;
  self->numbered = numbered;
}

/**
 * mdg_paper_set_picture:
 * @self: a paper with a page
 * @png: a picture
 * @y: upper edge of its place on the current page, in points
 * @height: of its place; its width is that between the margins
 *
 * Puts a picture on the page, as large as fits, under what is drawn there.
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: %FALSE for a picture that cannot be drawn; the page is as it was
 */
gboolean
mdg_paper_set_picture (MdgPaper *self, GBytes *png, double y, double height)
{
  Page *page = NULL;
  cairo_surface_t *picture = NULL;

  g_return_val_if_fail (MDG_IS_PAPER (self) && self->pages->len > 0 && png != NULL, FALSE);

  picture = mdg_paper_picture_decode (png);
  if (picture == NULL)
    return FALSE;
  cairo_surface_destroy (picture);
  page = g_ptr_array_index (self->pages, self->pages->len - 1);
  g_clear_pointer (&page->picture, g_bytes_unref);
  page->picture = g_bytes_ref (png);
  page->y = y;
  page->height = height;
  return TRUE;
}

/**
 * mdg_paper_end:
 * @self: a paper
 * @left_out: whether there was more than its pages can hold; the last page says so
 *
 * Thread: that of @self.
 * Errors: none.
 */
void
mdg_paper_end (MdgPaper *self, gboolean left_out)
{
  g_return_if_fail (MDG_IS_PAPER (self));

  end_page (self);
  self->left_out = left_out;
}

/**
 * mdg_paper_get_top:
 * @self: a paper
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: where the contents of a page begin, in points from its upper edge
 */
double
mdg_paper_get_top (MdgPaper *self)
{
  g_return_val_if_fail (MDG_IS_PAPER (self), 0);

  return MDG_PAPER_MARGIN + (self->practice ? PRACTICE_HEIGHT + PRACTICE_GAP : 0);
}

/**
 * mdg_paper_get_bottom:
 * @self: a paper
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: where the contents of a page end, in points from its upper edge
 */
double
mdg_paper_get_bottom (MdgPaper *self)
{
  g_return_val_if_fail (MDG_IS_PAPER (self), 0);

  return MDG_PAPER_HEIGHT - MDG_PAPER_MARGIN - NUMBER_HEIGHT;
}

/**
 * mdg_paper_get_title:
 * @self: a paper
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: (transfer none): the print job's name; no personal datum is in it
 */
const char *
mdg_paper_get_title (MdgPaper *self)
{
  g_return_val_if_fail (MDG_IS_PAPER (self), NULL);

  return self->title;
}

/**
 * mdg_paper_get_n_pages:
 * @self: a paper
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: how many pages there are
 */
guint
mdg_paper_get_n_pages (MdgPaper *self)
{
  g_return_val_if_fail (MDG_IS_PAPER (self), 0);

  return self->pages->len;
}

/**
 * mdg_paper_get_practice:
 * @self: a paper
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: whether 練習 stands on each of its pages
 */
gboolean
mdg_paper_get_practice (MdgPaper *self)
{
  g_return_val_if_fail (MDG_IS_PAPER (self), FALSE);

  return self->practice;
}

/**
 * mdg_paper_draw_page:
 * @self: a paper
 * @page: from 0
 * @cr: in points, origin at the paper's upper left corner
 *
 * Draws one page, with its practice mark and its number. @cr is left as it was.
 *
 * Thread: that of @self.
 * Errors: none; @cr has a status.
 */
void
mdg_paper_draw_page (MdgPaper *self, guint page, cairo_t *cr)
{
  const Page *contents = NULL;

  g_return_if_fail (MDG_IS_PAPER (self) && cr != NULL);
  g_return_if_fail (page < self->pages->len);

  contents = g_ptr_array_index (self->pages, page);
  cairo_save (cr);
  clip_to_margins (cr);
  if (contents->picture != NULL)
    draw_picture (contents, cr);
  cairo_set_source_surface (cr, contents->recording, 0, 0);
  cairo_paint (cr);
  cairo_new_path (cr);
  if (self->practice)
    {
      draw_diagonal (self, cr);
      draw_head (self, cr);
    }
  if (self->numbered && self->pages->len > 1)
    draw_number (self, page, cr);
  if (self->left_out && page + 1 == self->pages->len)
    draw_left_out (self, cr);
  cairo_restore (cr);
}

/**
 * mdg_paper_save_pdf:
 * @self: a paper
 * @path: the file, replaced if there is one
 * @error: return location
 *
 * One PDF, for this user only (mode 0600): written beside, synced and renamed, so that there is a
 * whole file or the old one. Its title is mdg_paper_get_title().
 *
 * Thread: that of @self; blocking.
 * Errors: %G_FILE_ERROR; %G_IO_ERROR_FAILED when the pages cannot be drawn.
 *
 * Returns: whether it is on the disk
 */
gboolean
mdg_paper_save_pdf (MdgPaper *self, const char *path, GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  const char *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (MDG_IS_PAPER (self) && path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  pdf = write_pdf (self, error);
  if (pdf == NULL)
    return FALSE;
  data = g_bytes_get_data (pdf, &size);
  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}
