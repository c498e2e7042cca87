/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mdg-paper-bench.h"
#include "mdg-paper-private.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

char *bench_folder;

char *
bench_run_program (const char *variable, const char *arguments, const char *path)
{
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = 0;

  g_assert_nonnull (g_getenv (variable));
  command = g_strdup_printf ("'%s' %s '%s' %s", g_getenv (variable), arguments, path,
                             strstr (variable, "TEXT") != NULL ? "-" : "");
  g_spawn_command_line_sync (command, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

char *
bench_save (MdgPaper *paper)
{
  char *path = g_build_filename (bench_folder, "paper.pdf", NULL);
  g_autoptr (GError) error = NULL;
  gboolean saved = mdg_paper_save_pdf (paper, path, &error);

  g_assert_no_error (error);
  g_assert_true (saved);
  return path;
}

char *
bench_read (MdgPaper *paper, const char *arguments)
{
  g_autofree char *path = bench_save (paper);
  g_autofree char *text = bench_run_program ("MDG_PDFTOTEXT", arguments, path);
  GString *packed = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && *p != '\f')
      g_string_append_unichar (packed, g_utf8_get_char (p));
  g_unlink (path);
  return g_string_free (packed, FALSE);
}

char *
bench_read_page (MdgPaper *paper, guint page)
{
  g_autofree char *arguments =
      page > 0 ? g_strdup_printf ("-f %u -l %u", page, page) : g_strdup ("");

  return bench_read (paper, arguments);
}

char *
bench_find (char *contents, gsize length, const char *word)
{
  gsize size = strlen (word);

  for (gsize i = 0; i + size <= length; i++)
    if (memcmp (contents + i, word, size) == 0)
      return contents + i;
  return NULL;
}

guint
bench_count_words (const char *text, const char *word)
{
  guint n = 0;

  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + strlen (word), word))
    n++;
  return n;
}

void
bench_assert_has (const char *text, const char *word)
{
  if (strstr (text, word) == NULL)
    g_error ("\"%s\" is not in: %s", word, text);
}

void
bench_assert_pages (MdgPaper *paper)
{
  const int width = 596, height = 842, margin = 51;

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), >=, 1);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), <=, MDG_PAPER_PAGES_MAX);
  for (guint page = 0; page < mdg_paper_get_n_pages (paper); page++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
      cairo_t *cr = cairo_create (surface);
      const guint8 *data = NULL;
      gsize stride;
      guint grey = 0, black = 0;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      mdg_paper_draw_page (paper, page, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      stride = (gsize) cairo_image_surface_get_stride (surface);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          {
            guint8 value = data[(gsize) y * stride + (gsize) x * 4];
            gboolean outside =
                x < margin || y < margin || x > width - margin || y > height - margin;

            g_assert_true (!outside || value == 255);
            grey += value > 220 && value < 240;
            black += value < 64;
          }
      g_assert_cmpuint (black, >, 20);
      /* the large word covers a good part of the page */
      g_assert_true ((grey > 8000) == mdg_paper_get_practice (paper));
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

void
bench_assert_practice (MdgPaper *paper)
{
  g_assert_true (mdg_paper_get_practice (paper));
  for (guint page = 1; page <= mdg_paper_get_n_pages (paper); page++)
    {
      g_autofree char *text = bench_read_page (paper, page);

      /* the head's word and its line; the large one is seen by assert_pages() */
      g_assert_cmpuint (bench_count_words (text, "練習"), >=, 2);
      bench_assert_has (text, "これは練習用の印刷です。");
    }
}

void
bench_assert_all (const char *text, const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    bench_assert_has (text, words[i]);
}

void
bench_assert_order (const char *text, const char *const *words)
{
  const char *p = text;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      const char *found = strstr (p, words[i]);

      if (found == NULL)
        g_error ("\"%s\" does not come after \"%s\" in: %s", words[i], i > 0 ? words[i - 1] : "",
                 text);
      p = found + strlen (words[i]);
    }
}

void
bench_assert_fonts_embedded (MdgPaper *paper)
{
  g_autofree char *path = bench_save (paper);
  g_autofree char *fonts = bench_run_program ("MDG_PDFFONTS", "", path);
  g_auto (GStrv) lines = g_strsplit (fonts, "\n", -1);
  guint n = 0;

  for (gsize i = 2; lines[i] != NULL && *lines[i] != '\0'; i++, n++)
    g_assert_true (g_regex_match_simple (" yes +yes +yes +[0-9]+ +[0-9]+ *$", lines[i], 0, 0));
  g_assert_cmpuint (n, >, 0);
}

static void
remove_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (bench_folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bench_folder, name, NULL);

      g_unlink (path);
    }
}

void
bench_begin (void)
{
  setlocale (LC_ALL, "");
  bench_folder = g_dir_make_tmp ("mdg-paper-XXXXXX", NULL);
  g_assert_nonnull (bench_folder);
}

/* With what the libraries keep for the whole process, so that a leak of ours is seen. */
void
bench_end (void)
{
  remove_files ();
  g_rmdir (bench_folder);
  g_clear_pointer (&bench_folder, g_free);
  pango_cairo_font_map_set_default (NULL);
  cairo_debug_reset_static_data ();
  FcFini ();
}
