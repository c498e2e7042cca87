/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receipts in the model: kept whole or not at all, described, added up. */
#include "config.h"

#include "mdg-guide-bench.h"
#include "mdg-receipt-error.h"
#include "mdg-receipt-samples.h"

#include <glib/gstdio.h>

#define STEP(kind) mdg_guide_get_step (f->guide, kind)

static void
add_item (MdgReceipt *receipt, const char *name, guint quantity, gint64 price, const char *kind)
{
  MdgReceiptItem *item = g_new0 (MdgReceiptItem, 1);

  *item = (MdgReceiptItem){ g_strdup (name), quantity, price, g_strdup (kind) };
  g_ptr_array_add (receipt->items, item);
}

static void
save (GuideBench *f, const MdgReceipt *receipt)
{
  mdg_guide_save_receipt_async (f->guide, receipt, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
}

static GBytes *
read_back (GuideBench *f, gint64 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_guide_read_receipt_async (f->guide, id, NULL, guide_bench_ready_cb, f);
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&f->result);
  return mdg_guide_read_receipt_finish (f->guide, result, error);
}

static void
test_keep (GuideBench *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = mdg_sample_pdf (1);
  g_autoptr (GBytes) png = mdg_sample_picture ("png", 40, 60);
  gint64 id = guide_bench_add_receipt (f, "領収書.pdf", pdf);
  gint64 other = guide_bench_add_receipt (f, "photo.pdf", png); /* by its bytes, not its name */
  g_autoptr (MdgReceipt) receipt = mdg_receipt_copy (mdg_guide_get_receipt (f->guide, id));
  g_autoptr (GBytes) back = NULL;
  GDate day;

  g_assert_cmpstr (receipt->file_name, ==, "領収書.pdf");
  g_assert_cmpstr (receipt->media_type, ==, "application/pdf");
  g_assert_cmpstr (mdg_guide_get_receipt (f->guide, other)->media_type, ==, "image/png");
  g_free (receipt->vendor);
  receipt->vendor = g_strdup ("架空電器");
  g_free (receipt->date);
  receipt->date = g_strdup ("20261105");
  add_item (receipt, "カードリーダー", 1, 3980, "reader");
  add_item (receipt, "延長ケーブル", 2, 250, "other");
  save (f, receipt);
  g_date_set_dmy (&day, 10, G_DATE_JANUARY, 2026);
  mdg_guide_set_today (f->guide, &day);
  g_assert_cmpint (mdg_guide_get_total (f->guide), ==, 4480);
  g_assert_cmpint (mdg_guide_get_fundable_total (f->guide), ==, 3980);
  g_assert_cmpint (mdg_guide_get_amounts (f->guide).grant, ==, 2000);
  g_assert_cmpstr (STEP (MDG_STEP_PURCHASE).brief, ==, "2 receipts, 4,480 yen");
  g_assert_cmpstr (STEP (MDG_STEP_GRANT).brief, ==, "Expected amount 2,000 yen");
  guide_bench_reopen (f);
  g_assert_cmpstr (mdg_guide_get_receipt (f->guide, id)->vendor, ==, "架空電器");
  back = read_back (f, id, NULL);
  g_assert_true (g_bytes_equal (back, pdf));
  mdg_guide_delete_receipt_async (f->guide, id, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  g_assert_null (mdg_guide_get_receipt (f->guide, id));
  g_assert_null (read_back (f, id, NULL));
  g_assert_cmpint (mdg_guide_get_total (f->guide), ==, 0);
}

static void
refuse_file (GuideBench *f, GBytes *bytes, GQuark domain, int code)
{
  g_autofree char *path = guide_bench_write (f, "bad", bytes);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  mdg_guide_add_receipt_async (f->guide, file, NULL, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, domain, code);
  g_assert_cmpuint (mdg_guide_get_record (f->guide)->receipts->len, ==, 0);
}

static void
test_bad_files (GuideBench *f, gconstpointer data)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("no receipt", 10);
  g_autoptr (GBytes) begins = g_bytes_new_static ("%PDF-1.7\n", 9);
  g_autoptr (GBytes) wide = mdg_sample_png (40000, 40000, 1);
  g_autofree char *much = g_malloc0 (MDG_RECEIPT_BYTES_MAX + 1);
  g_autoptr (GBytes) large = g_bytes_new_static (much, MDG_RECEIPT_BYTES_MAX + 1);
  g_autoptr (GFile) missing = g_file_new_for_path ("/no/such/file");

  refuse_file (f, text, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_KIND);
  refuse_file (f, begins, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_BROKEN);
  refuse_file (f, wide, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_SIDES);
  refuse_file (f, large, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_LARGE);
  mdg_guide_add_receipt_async (f->guide, missing, NULL, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_twice_and_given_up (GuideBench *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = mdg_sample_pdf (1);
  g_autofree char *path = guide_bench_write (f, "again.pdf", pdf);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  mdg_guide_add_receipt_async (f->guide, file, cancellable, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  guide_bench_add_receipt (f, "first.pdf", pdf);
  mdg_guide_add_receipt_async (f->guide, file, NULL, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_cmpuint (mdg_guide_get_record (f->guide)->receipts->len, ==, 1);
}

static void
test_bad_items (GuideBench *f, gconstpointer data)
{
  static const MdgReceiptItem items[] = {
    { (char *) "x", 1, 100, (char *) "spaceship" },   { (char *) "x", 0, 100, (char *) "reader" },
    { (char *) "x", 1001, 100, (char *) "reader" },   { (char *) "x", 1, -1, (char *) "reader" },
    { (char *) "x", 1, 10000001, (char *) "reader" }, { (char *) "\x07", 1, 1, (char *) "reader" },
  };
  g_autoptr (GBytes) pdf = mdg_sample_pdf (1);
  gint64 id = guide_bench_add_receipt (f, "receipt.pdf", pdf);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (MdgReceipt) receipt = mdg_receipt_copy (mdg_guide_get_receipt (f->guide, id));

      add_item (receipt, items[i].name, items[i].quantity, items[i].price, items[i].kind);
      mdg_guide_save_receipt_async (f->guide, receipt, guide_bench_ready_cb, f);
      guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  g_assert_cmpuint (mdg_guide_get_receipt (f->guide, id)->items->len, ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/guide/receipts/" name, GuideBench, NULL, guide_bench_set_up, function,             \
              guide_bench_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("keep", test_keep);
  ADD ("bad-files", test_bad_files);
  ADD ("twice-and-given-up", test_twice_and_given_up);
  ADD ("bad-items", test_bad_items);
  return g_test_run ();
}
