/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The checks that are kept: what goes in comes out, what is over is gone, and whoever looks is
 * written down first. */
#include "config.h"

#include "mdg-visit-log.h"

#include <string.h>

#include "mdg-store.h"
#include "mdg-visit-private.h"
#include "visit-bench.h"

static MdgVisitLog *
open_log (VisitBench *f, guint keep_days)
{
  g_autoptr (GError) error = NULL;
  MdgVisitLog *log = visit_bench_open (f->path, f->secrets, keep_days, &error);

  g_assert_no_error (error);
  g_assert_true (MDG_IS_VISIT_LOG (log));
  return log;
}

static gint64
add (MdgVisitLog *log, const char *initials, const char *detail, GDateTime *time)
{
  g_autoptr (GError) error = NULL;
  gint64 id = visit_bench_add (log, initials, detail, time, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static MdgVisit *
get (MdgVisitLog *log, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (log), position);
}

static void
on_failed_cb (MdgVisitLog *log, const GError *error, gpointer data)
{
  g_ptr_array_add (data, g_error_copy (error));
}

static void
on_changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", position, removed, added);
}

static void
test_round_trip (VisitBench *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgVisit) first = NULL;
  g_autoptr (MdgVisit) second = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *empty = NULL;
  gint64 one, two;

  f->log = open_log (f, 0);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 0);
  one = add (f->log, "試.太", "{\"name\":\"試験 太郎\"}", now);
  two = add (f->log, "", NULL, NULL);
  g_assert_cmpint (two, >, one);
  visit_bench_close (f->log);

  f->log = open_log (f, 0);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 2);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (f->log)) == MDG_TYPE_VISIT);
  g_assert_null (get (f->log, 2));
  first = get (f->log, 0);
  second = get (f->log, 1);
  g_assert_cmpint (mdg_visit_get_id (first), ==, two);
  g_assert_cmpint (mdg_visit_get_id (second), ==, one);
  g_assert_cmpstr (mdg_visit_get_initials (second), ==, "試.太");
  g_assert_cmpstr (mdg_visit_get_initials (first), ==, "");
  g_assert_cmpstr (mdg_visit_get_verdict (second), ==, "valid");
  g_assert_cmpstr (mdg_visit_get_code (second), ==, "");
  g_assert_cmpstr (mdg_visit_get_method (second), ==, "pin");
  g_assert_true (mdg_visit_get_practice (second));
  g_assert_cmpint (g_date_time_to_unix (mdg_visit_get_time (second)), ==,
                   g_date_time_to_unix (now));
  detail = visit_bench_look (f->log, one, "look", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (detail, ==, "{\"name\":\"試験 太郎\"}");
  empty = visit_bench_look (f->log, two, "look", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (empty, ==, "");
  g_assert_null (visit_bench_look (f->log, 12345, "look", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_audit (VisitBench *f, gconstpointer data)
{
  static const char *const wanted[] = { "delete", "log-in", "print", "look", "check" };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  gint64 id;

  f->log = open_log (f, 0);
  mdg_visit_log_set_who (f->log, "user-1");
  id = add (f->log, "A.B", "detail", NULL);
  one = visit_bench_look (f->log, id, "look", &error);
  mdg_visit_log_set_who (f->log, "user-2");
  two = visit_bench_look (f->log, id, "print", &error);
  mdg_visit_log_audit (f->log, "log-in", 0);
  g_assert_true (visit_bench_delete (f->log, id, &error));
  g_assert_no_error (error);
  lines = visit_bench_load_audit (f->log);
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < lines->len; i++)
    {
      MdgAuditLine *line = g_ptr_array_index (lines, i);

      g_assert_cmpstr (line->action, ==, wanted[i]);
      g_assert_cmpint (line->visit_id, ==, g_str_equal (line->action, "log-in") ? 0 : id);
      g_assert_cmpstr (line->who, ==, i < 3 ? "user-2" : "user-1");
      g_assert_nonnull (line->time);
    }
}

/* No line, no detail: a trigger refuses the line. */
static void
test_no_look_unseen (VisitBench *f, gconstpointer data)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) error = NULL;
  gint64 id;

  f->log = open_log (f, 0);
  id = add (f->log, "A.B", "detail", NULL);
  visit_bench_sql (f->path, "CREATE TRIGGER refuse BEFORE INSERT ON audit"
                            " BEGIN SELECT raise (ABORT, 'no'); END");
  g_assert_null (visit_bench_look (f->log, id, "look", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
  g_clear_error (&error);

  /* an added check that cannot be saved is told, and leaves the list */
  g_assert_cmpint (visit_bench_add (f->log, "C.D", "x", NULL, &error), ==, 0);
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
  g_assert_false (visit_bench_delete (f->log, 0, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);

  g_signal_connect (f->log, "failed", G_CALLBACK (on_failed_cb), failures);
  /* the failures until here, once */
  g_assert_false (mdg_visit_log_flush (f->log, 20000));
  g_assert_true (mdg_visit_log_flush (f->log, 20000));
  mdg_visit_log_audit (f->log, "unlock", 0);
  g_assert_false (mdg_visit_log_flush (f->log, 20000));
  while (failures->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (failures->len, ==, 1);
  visit_bench_sql (f->path, "DROP TRIGGER refuse");
}

static void
test_list_at_once (VisitBench *f, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  MdgVisitRecord record = { now, "problem", "", "MDG-NET-002", "visual", FALSE, NULL };
  g_autoptr (MdgVisit) top = NULL;
  g_autoptr (GError) error = NULL;

  f->log = open_log (f, 0);
  g_signal_connect (f->log, "items-changed", G_CALLBACK (on_changed_cb), changes);
  mdg_visit_log_add_async (f->log, &record, NULL, NULL, NULL);
  g_assert_cmpstr (changes->str, ==, "0-0+1 ");
  top = get (f->log, 0);
  g_assert_cmpint (mdg_visit_get_id (top), >, 0);
  g_assert_cmpstr (mdg_visit_get_code (top), ==, "MDG-NET-002");
  g_cancellable_cancel (cancelled);
  mdg_visit_log_add_async (f->log, &record, cancelled, NULL, NULL);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
  visit_bench_settle (f->log);

  /* all means all that were there when it was asked, in the order it was asked */
  mdg_visit_log_delete_async (f->log, 0, NULL, NULL, NULL);
  mdg_visit_log_add_async (f->log, &record, NULL, NULL, NULL);
  visit_bench_settle (f->log);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
  visit_bench_close (f->log);
  f->log = open_log (f, 0);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
  g_assert_true (visit_bench_delete (f->log, 0, &error));
  g_assert_cmpuint (visit_bench_count (f->log), ==, 0);
}

static void
test_wrong_values (VisitBench *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (256, 'x');
  g_autofree char *longer = g_strnfill (257, 'x');
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, 'x');
  g_autoptr (GError) error = NULL;

  f->log = open_log (f, 0);
  add (f->log, longest, "x", NULL);
  g_assert_cmpint (visit_bench_add (f->log, longer, "x", NULL, &error), ==, 0);
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (visit_bench_add (f->log, "\xff", "x", NULL, &error), ==, 0);
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (visit_bench_add (f->log, "a", large, NULL, &error), ==, 0);
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
}

static void
test_purge (VisitBench *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) today =
      g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) last_night = g_date_time_add_seconds (today, -1);
  g_autoptr (GDateTime) before = g_date_time_add_days (last_night, -1);
  g_autoptr (GDateTime) next_year = g_date_time_add_years (now, 1);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = NULL;

  f->log = open_log (f, 2);
  add (f->log, "B.B", "x", before);
  add (f->log, "L.N", "x", last_night);
  add (f->log, "M.N", "x", today);
  add (f->log, "N.Y", "x", next_year);
  visit_bench_sql (f->path, "INSERT INTO audit (time, who, action, visit_id)"
                            " VALUES (unixepoch ('now', '-6 years'), 'old', 'look', 0)");
  mdg_visit_log_set_keep_days (f->log, 2);
  visit_bench_settle (f->log);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 4);
  lines = visit_bench_load_audit (f->log);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (((MdgAuditLine *) g_ptr_array_index (lines, i))->who, !=, "old");
  g_signal_connect (f->log, "items-changed", G_CALLBACK (on_changed_cb), changes);
  mdg_visit_log_set_keep_days (f->log, 1);
  visit_bench_settle (f->log);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 3);
  g_assert_cmpstr (changes->str, ==, "3-1+0 ");
  mdg_visit_log_set_keep_days (f->log, 0);
  visit_bench_settle (f->log);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
  g_assert_cmpstr (changes->str, ==, "3-1+0 2-1+0 0-1+0 ");

  /* nothing happens before midnight, all goes after it */
  mdg_visit_log_check_day (f->log, now);
  visit_bench_settle (f->log);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
  mdg_visit_log_check_day (f->log, tomorrow);
  visit_bench_settle (f->log);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 0);
  visit_bench_close (f->log);
  f->log = open_log (f, 1826);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 0);
}

/* What was kept while the program did not run is purged when it is opened. */
static void
test_purge_at_opening (VisitBench *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);

  f->log = open_log (f, 1);
  add (f->log, "Y.Y", "x", yesterday);
  add (f->log, "T.T", "x", now);
  visit_bench_close (f->log);
  f->log = open_log (f, 0);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
}

static void
test_lost_key (VisitBench *f, gconstpointer data)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      f->log = open_log (f, 0);
      add (f->log, "A.B", "detail", NULL);
      visit_bench_close (f->log);
      if (i == 0)
        g_assert_true (mdg_secret_store_clear (f->secrets, "history-key", &error));
      else
        g_assert_true (mdg_secret_store_save (f->secrets, "history-key", wrong, &error));
      f->log = open_log (f, 0);
      g_signal_connect (f->log, "failed", G_CALLBACK (on_failed_cb), failures);
      g_assert_cmpuint (visit_bench_count (f->log), ==, 0);
      visit_bench_settle (f->log);
      g_assert_cmpuint (failures->len, ==, i + 1);
      g_assert_error ((GError *) g_ptr_array_index (failures, i), MDG_STORE_ERROR,
                      MDG_STORE_ERROR_CORRUPT);
      add (f->log, "C.D", "detail", NULL);
      visit_bench_close (f->log);

      /* told once */
      f->log = open_log (f, 0);
      g_signal_connect (f->log, "failed", G_CALLBACK (on_failed_cb), failures);
      visit_bench_settle (f->log);
      g_assert_cmpuint (failures->len, ==, i + 1);
      g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
      visit_bench_close (g_steal_pointer (&f->log));
    }
}

static void
test_no_file (VisitBench *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (visit_bench_open (f->folder, f->secrets, 0, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
}

/* More than the list holds: the newest of them, soon. */
static void
test_many (VisitBench *f, gconstpointer data)
{
  g_autofree char *detail = g_strnfill (3000, 'd');
  g_autoptr (MdgVisit) top = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GBytes) bytes = g_bytes_new (detail, strlen (detail));
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 start;

  f->log = open_log (f, 0);
  for (guint i = 0; i < 5010; i++)
    {
      g_autofree char *initials = g_strdup_printf ("N.%u", i);
      MdgVisitRecord record = { now, "valid", initials, "", "pin", TRUE, bytes };

      mdg_visit_log_add_async (f->log, &record, NULL, NULL, NULL);
    }
  g_assert_cmpuint (visit_bench_count (f->log), ==, 5000);
  start = g_get_monotonic_time ();
  g_assert_true (mdg_visit_log_flush (f->log, 120000));
  g_test_message ("5010 checks of 3 kB written: %.0f ms",
                  (double) (g_get_monotonic_time () - start) / 1000);
  visit_bench_close (f->log);
  start = g_get_monotonic_time ();
  f->log = open_log (f, 0);
  g_test_message ("opened with 5010 checks of 3 kB: %.1f ms",
                  (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 5000);
  top = get (f->log, 0);
  g_assert_cmpstr (mdg_visit_get_initials (top), ==, "N.5009");

  g_signal_connect (f->log, "items-changed", G_CALLBACK (on_changed_cb), changes);
  start = g_get_monotonic_time ();
  g_assert_true (visit_bench_delete (f->log, 0, &error));
  g_test_message ("deleted, overwritten and out of the list: %.0f ms",
                  (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpstr (changes->str, ==, "0-5000+0 ");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/visit-log/" name, VisitBench, NULL, visit_bench_set_up, function,                  \
              visit_bench_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("audit", test_audit);
  ADD ("no-look-unseen", test_no_look_unseen);
  ADD ("list-at-once", test_list_at_once);
  ADD ("wrong-values", test_wrong_values);
  ADD ("purge", test_purge);
  ADD ("purge-at-opening", test_purge_at_opening);
  ADD ("lost-key", test_lost_key);
  ADD ("no-file", test_no_file);
  ADD ("many", test_many);
  return g_test_run ();
}
