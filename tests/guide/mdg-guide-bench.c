/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mdg-guide-bench.h"

#include <glib/gstdio.h>

static void
on_changed_cb (MdgGuide *guide, gpointer data)
{
  GuideBench *f = data;

  f->n_changed++;
}

void
guide_bench_ready_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GuideBench *f = data;

  g_assert_null (f->result);
  f->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (GuideBench *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&f->result);
}

static void
open_guide (GuideBench *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mdg_guide_open_async (f->folder, FALSE, NULL, guide_bench_ready_cb, f);
  result = wait_for (f);
  f->guide = mdg_guide_open_finish (result, &error);
  g_assert_no_error (error);
  mdg_guide_set_today (f->guide, &f->today);
  g_signal_connect (f->guide, "changed", G_CALLBACK (on_changed_cb), f);
}

void
guide_bench_set_up (GuideBench *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mdg-guide-XXXXXX", NULL);
  f->aside = g_dir_make_tmp ("mdg-files-XXXXXX", NULL);
  g_assert_true (f->folder != NULL && f->aside != NULL);
  g_date_set_dmy (&f->today, 22, G_DATE_NOVEMBER, 2026);
  open_guide (f);
}

static void
close_guide (GuideBench *f)
{
  g_signal_handlers_disconnect_by_data (f->guide, f);
  mdg_guide_close (f->guide, 10000);
  g_assert_finalize_object (g_steal_pointer (&f->guide));
}

void
guide_bench_reopen (GuideBench *f)
{
  close_guide (f);
  open_guide (f);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
guide_bench_tear_down (GuideBench *f, gconstpointer data)
{
  if (f->guide != NULL)
    close_guide (f);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_tree (f->folder);
  remove_tree (f->aside);
  g_free (f->aside);
  g_free (f->folder);
}

gboolean
guide_bench_end (GuideBench *f, gint64 *id, GError **error)
{
  g_autoptr (GAsyncResult) result = wait_for (f);

  return mdg_guide_change_finish (f->guide, result, id, error);
}

void
guide_bench_end_well (GuideBench *f, gint64 *id)
{
  g_autoptr (GError) error = NULL;
  gboolean good = guide_bench_end (f, id, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

void
guide_bench_end_refused (GuideBench *f, GQuark domain, int code)
{
  const MdgJourneyRecord *before = mdg_guide_get_record (f->guide);
  guint n_changed = f->n_changed;
  g_autoptr (GError) error = NULL;

  g_assert_false (guide_bench_end (f, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_true (mdg_guide_get_record (f->guide) == before);
  g_assert_cmpuint (f->n_changed, ==, n_changed);
}

void
guide_bench_set_step (GuideBench *f, MdgStepKind step, MdgStepState state, const char *date)
{
  mdg_guide_set_step_async (f->guide, step, state, date, "", "", guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
}

void
guide_bench_set_value (GuideBench *f, const char *form, const char *field, const char *text)
{
  const char *fields[] = { field, text, NULL };

  mdg_guide_set_values_async (f->guide, form, fields, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
}

char *
guide_bench_write (GuideBench *f, const char *name, GBytes *bytes)
{
  char *path = g_build_filename (f->aside, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  return path;
}

gint64
guide_bench_add_receipt (GuideBench *f, const char *name, GBytes *bytes)
{
  g_autofree char *path = guide_bench_write (f, name, bytes);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 id = 0;

  mdg_guide_add_receipt_async (f->guide, file, NULL, guide_bench_ready_cb, f);
  guide_bench_end_well (f, &id);
  g_assert_cmpint (id, >, 0);
  return id;
}
