/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One thread, in order, and nothing finalized on it. */
#include "config.h"

#include "mdg-fake-reader.h"

static gint running;
static GThread *main_thread;

static gpointer
work (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (g_thread_self () != main_thread);
  g_assert_cmpint (g_atomic_int_add (&running, 1), ==, 0);
  g_thread_yield ();
  g_atomic_int_add (&running, -1);
  if (GPOINTER_TO_INT (data) % 3 == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "every third");
      return NULL;
    }
  return data;
}

static void
on_freed_cb (gpointer data)
{
  g_assert_true (g_thread_self () == main_thread);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer value = mdg_worker_run_finish (MDG_WORKER (source), result, &error);
  guint *next = data;

  g_assert_true (g_thread_self () == main_thread);
  ++*next;
  if (*next % 3 == 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  else
    g_assert_cmpuint (GPOINTER_TO_UINT (value), ==, *next);
}

static void
test_order (void)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new ("test");
  guint next = 0;

  for (guint i = 1; i <= 100; i++)
    mdg_worker_run_async (worker, work, GUINT_TO_POINTER (i), on_freed_cb, NULL, NULL, on_done_cb,
                          &next);
  mdg_test_wait_for (next == 100);
}

static void
on_cancelled_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_worker_run_finish (MDG_WORKER (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static gpointer
never (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_not_reached ();
}

static void
test_cancelled (void)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  g_cancellable_cancel (cancellable);
  mdg_worker_run_async (worker, never, NULL, NULL, NULL, cancellable, on_cancelled_done_cb, &done);
  mdg_test_wait_for (done);
}

static void
on_finalized_cb (gpointer data, GObject *where)
{
  *(GThread **) data = g_thread_self ();
}

/* The caller drops the worker while jobs wait: they run, then it goes, on the caller's thread. */
static void
test_dropped (void)
{
  for (guint i = 0; i < 100; i++)
    {
      MdgWorker *worker = mdg_worker_new ("test");
      GThread *where = NULL;

      g_object_weak_ref (G_OBJECT (worker), on_finalized_cb, &where);
      for (guint j = 0; j < 3; j++)
        mdg_worker_run_async (worker, work, GUINT_TO_POINTER (1), on_freed_cb, NULL, NULL, NULL,
                              NULL);
      g_object_unref (worker);
      mdg_test_wait_for (where != NULL);
      g_assert_true (where == main_thread);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();
  g_test_add_func ("/worker/order", test_order);
  g_test_add_func ("/worker/cancelled", test_cancelled);
  g_test_add_func ("/worker/dropped", test_dropped);
  return g_test_run ();
}
