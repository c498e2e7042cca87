/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs, cancellations, cards and readers that come and go, all at the same time and from several
 * threads. Every run ends exactly once, with a result or an error; what it held is given up exactly
 * once, on the main thread; no two runs of a reader ever overlap. It finds what it finds under the
 * sanitizers: MADOGUCHI_TEST_LONG=1 makes it last a minute. */
#include "config.h"

#include "mdg-fake-reader.h"

#define AT_ONCE 6

typedef struct
{
  MdgFakeBench *bench;
  MdgFakeReader *fake; /* the present one; under the lock */
  GMutex lock;
  GPtrArray *cancellables; /* of runs under way; under the lock */
  gint stop;
  gint inside; /* runs that talk to the present reader */
  guint started;
  guint ended;
  guint good;
  guint freed;
  GThread *main;
} Stress;

typedef struct
{
  Stress *stress;
  GCancellable *cancellable; /* (nullable) */
  guint commands;
  gboolean overlapped;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_assert_true (g_thread_self () == job->stress->main);
  g_assert_false (job->overlapped);
  job->stress->freed++;
  g_clear_object (&job->cancellable);
  g_free (job);
}

static GBytes *
answer_soon (MdgFakeReader *reader, GBytes *command, gpointer data, GError **error)
{
  /* pause: the order of things is left to chance here */
  g_usleep ((gulong) g_random_int_range (0, 100));
  return mdg_test_bytes ("9000");
}

/* On the reader's thread. */
static gpointer
talk (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");
  GBytes *answer = NULL;

  if (g_atomic_int_add (&job->stress->inside, 1) != 0)
    job->overlapped = TRUE;
  for (guint i = 0; i < job->commands; i++)
    {
      g_clear_pointer (&answer, g_bytes_unref);
      answer = mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
      if (answer == NULL)
        break;
    }
  g_atomic_int_add (&job->stress->inside, -1);
  return answer;
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Stress *stress = data;
  g_autoptr (GError) error = NULL;
  GBytes *answer = mdg_reader_run_finish (MDG_READER (source), result, &error);

  g_assert_true (g_thread_self () == stress->main);
  g_assert_true ((answer != NULL) != (error != NULL));
  stress->ended++;
  if (answer != NULL)
    stress->good++;
  g_clear_pointer (&answer, g_bytes_unref);
}

static void
start_run (Stress *stress)
{
  MdgReader *reader = MDG_READER (stress->fake);
  Job *job = g_new0 (Job, 1);

  job->stress = stress;
  job->commands = (guint) g_random_int_range (1, 6);
  if (g_random_boolean ())
    {
      job->cancellable = g_cancellable_new ();
      g_mutex_lock (&stress->lock);
      g_ptr_array_add (stress->cancellables, g_object_ref (job->cancellable));
      if (stress->cancellables->len > AT_ONCE)
        g_ptr_array_remove_index (stress->cancellables, 0);
      g_mutex_unlock (&stress->lock);
    }
  stress->started++;
  mdg_reader_run_async (reader, g_random_boolean () ? 0 : mdg_reader_get_card_serial (reader), talk,
                        job, free_job, (GDestroyNotify) g_bytes_unref, job->cancellable, on_run_cb,
                        stress);
}

static gpointer
cancel_runs (gpointer data)
{
  Stress *stress = data;

  while (!g_atomic_int_get (&stress->stop))
    {
      g_autoptr (GCancellable) cancellable = NULL;

      g_mutex_lock (&stress->lock);
      if (stress->cancellables->len > 0)
        cancellable =
            g_object_ref (stress->cancellables
                              ->pdata[g_random_int_range (0, (gint32) stress->cancellables->len)]);
      g_mutex_unlock (&stress->lock);
      if (cancellable != NULL)
        g_cancellable_cancel (cancellable);
      /* pause: the order of things is left to chance here */
      g_usleep ((gulong) g_random_int_range (0, 5000));
    }
  return NULL;
}

static gpointer
change_cards (gpointer data)
{
  Stress *stress = data;

  while (!g_atomic_int_get (&stress->stop))
    {
      g_autoptr (MdgFakeReader) fake = NULL;

      g_mutex_lock (&stress->lock);
      fake = g_object_ref (stress->fake);
      g_mutex_unlock (&stress->lock);
      mdg_fake_reader_insert (fake, g_random_boolean () ? NULL : "3B80800101");
      /* pause: the order of things is left to chance here */
      g_usleep ((gulong) g_random_int_range (0, 20000));
      if (g_random_boolean ())
        mdg_fake_reader_remove (fake);
    }
  return NULL;
}

static MdgFakeReader *
add_reader (Stress *stress)
{
  MdgFakeReader *fake = mdg_fake_bench_add_reader (stress->bench, "stress");

  mdg_fake_reader_set_callback (fake, answer_soon, NULL, NULL);
  return fake;
}

/* Its runs are waited for, so that a run that overlaps is one of the same reader. */
static void
change_reader (Stress *stress)
{
  MdgFakeReader *old = NULL;
  MdgFakeReader *new = NULL;

  mdg_reader_driver_remove_reader (MDG_READER_DRIVER (stress->bench->driver), "stress");
  mdg_test_wait_for (stress->ended == stress->started &&
                     mdg_reader_manager_lookup (stress->bench->manager, "stress") == NULL);
  new = add_reader (stress);
  g_mutex_lock (&stress->lock);
  old = stress->fake;
  stress->fake = new;
  g_mutex_unlock (&stress->lock);
  g_object_unref (old);
}

static void
test_stress (void)
{
  gint64 seconds = g_strcmp0 (g_getenv ("MADOGUCHI_TEST_LONG"), "1") == 0 ? 60 : 2;
  gint64 end = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  Stress stress = { .bench = mdg_fake_bench_new (), .main = g_thread_self () };
  gint64 change = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;
  GThread *canceller;
  GThread *changer;

  g_mutex_init (&stress.lock);
  stress.cancellables = g_ptr_array_new_with_free_func (g_object_unref);
  stress.fake = add_reader (&stress);
  canceller = g_thread_new ("canceller", cancel_runs, &stress);
  changer = g_thread_new ("changer", change_cards, &stress);
  while (g_get_monotonic_time () < end)
    {
      while (stress.started - stress.ended < AT_ONCE)
        start_run (&stress);
      g_main_context_iteration (NULL, FALSE);
      if (g_get_monotonic_time () < change)
        continue;
      change_reader (&stress);
      change = g_get_monotonic_time () + g_random_int_range (0, 200) * G_TIME_SPAN_MILLISECOND;
    }
  g_atomic_int_set (&stress.stop, TRUE);
  g_thread_join (canceller);
  g_thread_join (changer);
  mdg_test_wait_for (stress.ended == stress.started && stress.freed == stress.started);
  g_test_message ("%u runs, %u of them well", stress.started, stress.good);
  g_assert_cmpuint (stress.good, >, 0);
  g_assert_cmpuint (stress.good, <, stress.started);
  g_ptr_array_unref (stress.cancellables);
  g_object_unref (stress.fake);
  g_mutex_clear (&stress.lock);
  mdg_fake_bench_free (stress.bench);
  mdg_test_settle ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/stress", test_stress);
  return g_test_run ();
}
