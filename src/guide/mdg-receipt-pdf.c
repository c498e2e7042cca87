/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PDFs of receipts, by poppler's programs in processes of their own: a parser of PDF is large and
 * has holes, and this program holds a facility's key. A process that has nothing but the bytes of
 * one file, a deadline and a bound of memory may fall over as it likes. The bytes go in and out
 * through pipes, so that no copy of a receipt is left on the disk, even by a power cut. */
#include "config.h"

#include <string.h>

#include "mdg-receipt-private.h"

#define SIDE_MAX     4000
#define INFO_MAX     (64 * 1024)
#define PICTURE_MAX  (64 * 1024 * 1024) /* 4,000 × 4,000 pixels without any compression */
#define MILLISECONDS 20000
#define PAGES_MAX    10000
#define STANDARD_IN  "-"

/* (transfer full) (nullable): what the program wrote */
static GBytes *
run (const char *const *argv, GBytes *bytes, gsize max_out, GCancellable *c, GError **error)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr (GPtrArray) full = g_ptr_array_new ();
  g_autoptr (GBytes) out = NULL;
  g_autofree char *said = NULL;
  MdgReceiptChildEnd end;

  if (program == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s is not installed", argv[0]);
      return NULL;
    }
  g_ptr_array_add (full, program);
  for (guint i = 1; argv[i] != NULL; i++)
    g_ptr_array_add (full, (gpointer) argv[i]);
  g_ptr_array_add (full, NULL);
  if (!mdg_receipt_child_run ((const char *const *) full->pdata, bytes, max_out, MILLISECONDS, &end,
                              &out, &said, c, error))
    return NULL;
  if (end == MDG_RECEIPT_CHILD_DONE)
    return g_steal_pointer (&out);
  if (end == MDG_RECEIPT_CHILD_ENDED)
    mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_HEAVY, "PDF: it takes too much to draw");
  else if (strstr (said, "Incorrect password") != NULL)
    mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_LOCKED, "PDF: it asks for a password");
  else
    mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PDF: it cannot be opened");
  return NULL;
}

gboolean
mdg_receipt_pdf_count (GBytes *bytes, guint *n_pages, GCancellable *c, GError **error)
{
  const char *const argv[] = { "pdfinfo", STANDARD_IN, NULL };
  g_autoptr (GBytes) out = run (argv, bytes, INFO_MAX, c, error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize size;
  const char *data;

  if (out == NULL)
    return FALSE;
  data = g_bytes_get_data (out, &size);
  text = g_strndup (data != NULL ? data : "", size);
  lines = g_strsplit (text, "\n", -1);
  /* the document's own title stands before it, but never at the beginning of a line */
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "Pages:"))
      {
        guint64 count;

        g_strstrip (lines[i] + strlen ("Pages:"));
        if (g_ascii_string_to_unsigned (lines[i] + strlen ("Pages:"), 10, 1, PAGES_MAX, &count,
                                        NULL))
          {
            *n_pages = (guint) count;
            return TRUE;
          }
      }
  return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PDF: it has no pages");
}

GBytes *
mdg_receipt_pdf_render (GBytes *bytes, guint page, guint side, GCancellable *c, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *pixels = g_strdup_printf ("%u", CLAMP (side, 1, SIDE_MAX));
  const char *const argv[] = { "pdftocairo", "-png",      "-singlefile", "-f",
                               number,       "-l",        number,        "-scale-to",
                               pixels,       STANDARD_IN, STANDARD_IN,   NULL };
  g_autoptr (GBytes) out = run (argv, bytes, PICTURE_MAX, c, error);
  gsize size;
  const guint8 *data;

  if (out == NULL)
    return NULL;
  data = g_bytes_get_data (out, &size);
  if (size == 0 || g_strcmp0 (mdg_receipt_head_sniff (data, size), MDG_RECEIPT_PNG) != 0)
    {
      mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PDF: a page cannot be drawn");
      return NULL;
    }
  return mdg_receipt_head_check_png (data, size, error) ? g_steal_pointer (&out) : NULL;
}
