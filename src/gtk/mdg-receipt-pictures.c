/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pages of receipts as pictures. The guide reads the file, a worker of the preview's own draws
 * it: what is being written waits for neither. */
#include "config.h"

#include "mdg-receipt-pictures.h"

#include "mdg-receipt-file.h"
#include "mdg-worker.h"

#define PAPER_SIDE 1754 /* pixels: 150 dpi of A4 */

typedef struct
{
  GBytes *bytes;
  guint max_pages;
  guint side;
} Drawing;

static void
free_drawing (gpointer data)
{
  Drawing *drawing = data;

  g_clear_pointer (&drawing->bytes, g_bytes_unref);
  g_free (drawing);
}

static gpointer
draw_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Drawing *drawing = data;

  if (drawing->max_pages == 0)
    return mdg_receipt_file_render_whole (drawing->bytes, drawing->side, cancellable, error);
  return mdg_receipt_file_render (drawing->bytes, drawing->max_pages, drawing->side, NULL,
                                  cancellable, error);
}

static void
on_drawn_cb (GObject *worker, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *pages = mdg_worker_run_finish (MDG_WORKER (worker), result, &error);

  if (pages != NULL)
    g_task_return_pointer (task, pages, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_read_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (MdgWorker) worker = NULL;
  Drawing *drawing = g_task_get_task_data (task);
  GError *error = NULL;

  drawing->bytes = mdg_guide_read_receipt_finish (MDG_GUIDE (guide), result, &error);
  if (drawing->bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  worker = mdg_worker_new ("receipt-pictures");
  mdg_worker_run_async (worker, draw_on_worker, drawing, NULL, (GDestroyNotify) g_ptr_array_unref,
                        g_task_get_cancellable (task), on_drawn_cb, g_object_ref (task));
}

/**
 * mdg_receipt_pictures_load_async:
 * @guide: the facility's preparation
 * @id: a receipt
 * @max_pages: the most pages; 0: all of them or none
 * @side: the most pixels of the longer side
 * @c: (nullable): a cancellable
 * @cb: (scope async): called at the end
 * @data: of @cb
 *
 * Thread: main.
 */
void
mdg_receipt_pictures_load_async (MdgGuide *guide,
                                 gint64 id,
                                 guint max_pages,
                                 guint side,
                                 GCancellable *c,
                                 GAsyncReadyCallback cb,
                                 gpointer data)
{
  GTask *task = g_task_new (guide, c, cb, data);
  Drawing *drawing = g_new0 (Drawing, 1);

  g_task_set_source_tag (task, mdg_receipt_pictures_load_async);
  drawing->max_pages = max_pages;
  drawing->side = side;
  g_task_set_task_data (task, drawing, free_drawing);
  mdg_guide_read_receipt_async (guide, id, c, on_read_cb, task);
}

/**
 * mdg_receipt_pictures_load_finish:
 * @guide: the guide
 * @result: what the callback was given
 * @error: return location
 *
 * Thread: main.
 * Errors: those of mdg_guide_read_receipt_finish() and of mdg_receipt_file_render().
 *
 * Returns: (transfer full) (element-type GBytes): PNG of its pages
 */
GPtrArray *
mdg_receipt_pictures_load_finish (MdgGuide *guide, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, guide), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* === all of them === */

typedef struct
{
  GPtrArray *receipts; /* (element-type MdgReceipt): copies */
  GPtrArray *pictures; /* (element-type GPtrArray) */
} Collection;

static void
free_collection (gpointer data)
{
  Collection *collection = data;

  g_ptr_array_unref (collection->receipts);
  g_ptr_array_unref (collection->pictures);
  g_free (collection);
}

static void collect_next (GTask *task);

static void
on_collected_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Collection *collection = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *pages = mdg_receipt_pictures_load_finish (MDG_GUIDE (guide), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* it is put in by hand: the paper says so */
  if (pages == NULL)
    pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (collection->pictures, pages);
  collect_next (task);
}

static void
collect_next (GTask *task)
{
  Collection *collection = g_task_get_task_data (task);
  const MdgReceipt *receipt;

  if (collection->pictures->len == collection->receipts->len)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  receipt = g_ptr_array_index (collection->receipts, collection->pictures->len);
  mdg_receipt_pictures_load_async (g_task_get_source_object (task), receipt->id, 0, PAPER_SIDE,
                                   g_task_get_cancellable (task), on_collected_cb,
                                   g_object_ref (task));
}

/**
 * mdg_receipt_pictures_collect_async:
 * @guide: the facility's preparation
 * @c: (nullable): a cancellable
 * @cb: (scope async): called at the end
 * @data: of @cb
 *
 * One after the other: there is one copy of one file in memory at a time.
 *
 * Thread: main.
 */
void
mdg_receipt_pictures_collect_async (MdgGuide *guide,
                                    GCancellable *c,
                                    GAsyncReadyCallback cb,
                                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (guide, c, cb, data);
  GPtrArray *receipts = mdg_guide_get_record (guide)->receipts;
  Collection *collection = g_new0 (Collection, 1);

  g_task_set_source_tag (task, mdg_receipt_pictures_collect_async);
  collection->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) mdg_receipt_free);
  collection->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < receipts->len; i++)
    g_ptr_array_add (collection->receipts, mdg_receipt_copy (g_ptr_array_index (receipts, i)));
  g_task_set_task_data (task, collection, free_collection);
  collect_next (task);
}

/**
 * mdg_receipt_pictures_collect_finish:
 * @guide: the guide
 * @result: what the callback was given
 * @receipts: (out) (transfer full) (element-type MdgReceipt): whose pictures they are
 * @error: return location
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (element-type GPtrArray): PNG of the pages of each; empty where there
 * are none
 */
GPtrArray *
mdg_receipt_pictures_collect_finish (MdgGuide *guide,
                                     GAsyncResult *result,
                                     GPtrArray **receipts,
                                     GError **error)
{
  Collection *collection;

  g_return_val_if_fail (g_task_is_valid (result, guide), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  collection = g_task_get_task_data (G_TASK (result));
  *receipts = g_ptr_array_ref (collection->receipts);
  return g_ptr_array_ref (collection->pictures);
}
