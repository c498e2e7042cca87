/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The counter's lock: the right password opens, wrong ones cost time, a restart gives no new
 * tries, and who never set one is never shut out. */
#include "config.h"

#include "mdg-staff-lock.h"

#include <string.h>

#include "mdg-staff-lock-private.h"
#include "mdg-staff-verifier.h"
#include "mdg-store.h"

#define MINUTE (60 * (gint64) G_USEC_PER_SEC)

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static GAsyncResult *
wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
set_password (MdgStaffLock *lock, const char *password, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (password, strlen (password));
  g_autoptr (GAsyncResult) result = NULL;

  mdg_staff_lock_set_password_async (lock, bytes, NULL, on_result_cb, &result);
  return mdg_staff_lock_set_password_finish (lock, wait_result (&result), error);
}

static gboolean
unlock (MdgStaffLock *lock, const char *password, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (password, strlen (password));
  g_autoptr (GAsyncResult) result = NULL;

  mdg_staff_lock_unlock_async (lock, bytes, NULL, on_result_cb, &result);
  return mdg_staff_lock_unlock_finish (lock, wait_result (&result), error);
}

static gboolean
has_password (MdgStaffLock *lock, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_staff_lock_has_password_async (lock, NULL, on_result_cb, &result);
  return mdg_staff_lock_has_password_finish (lock, wait_result (&result), error);
}

static void
assert_refused (MdgStaffLock *lock, const char *password, GIOErrorEnum code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (unlock (lock, password, &error));
  g_assert_error (error, G_IO_ERROR, (int) code);
}

static void
on_notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_never_set (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  g_autoptr (GError) error = NULL;

  mdg_staff_lock_lock (lock);
  g_assert_false (mdg_staff_lock_get_locked (lock));
  g_assert_false (has_password (lock, &error));
  g_assert_no_error (error);
  mdg_staff_lock_lock (lock);
  g_assert_false (mdg_staff_lock_get_locked (lock));
  assert_refused (lock, "x", G_IO_ERROR_NOT_INITIALIZED);
  g_assert_false (set_password (lock, "", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (has_password (lock, &error));
}

static void
test_opens (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  guint notified = 0;

  g_signal_connect (lock, "notify::locked", G_CALLBACK (on_notify_cb), &notified);
  g_assert_true (set_password (lock, "パスワード 1", &error));
  g_assert_true (has_password (lock, &error));
  g_assert_no_error (error);
  mdg_staff_lock_lock (lock);
  mdg_staff_lock_lock (lock);
  g_assert_true (mdg_staff_lock_get_locked (lock));
  g_assert_cmpuint (notified, ==, 1);
  assert_refused (lock, "パスワード 2", G_IO_ERROR_PERMISSION_DENIED);
  assert_refused (lock, "パスワード", G_IO_ERROR_PERMISSION_DENIED);
  g_assert_true (mdg_staff_lock_get_locked (lock));
  g_assert_true (unlock (lock, "パスワード 1", &error));
  g_assert_no_error (error);
  g_assert_false (mdg_staff_lock_get_locked (lock));
  g_assert_cmpuint (notified, ==, 2);
  /* two wrong ones cost nothing, and the right one between begins anew */
  assert_refused (lock, "x", G_IO_ERROR_PERMISSION_DENIED);
  assert_refused (lock, "", G_IO_ERROR_PERMISSION_DENIED);
  g_assert_cmpuint (mdg_staff_lock_get_wait_seconds (lock), ==, 0);

  /* another password, and another salt with the same one */
  g_assert_true (set_password (lock, "two", &error));
  kept = mdg_secret_store_load (secrets, "staff-verifier", &error);
  g_assert_true (set_password (lock, "two", &error));
  again = mdg_secret_store_load (secrets, "staff-verifier", &error);
  g_assert_false (g_bytes_equal (kept, again));
  assert_refused (lock, "パスワード 1", G_IO_ERROR_PERMISSION_DENIED);
  g_assert_true (unlock (lock, "two", &error));
  g_assert_null (g_strstr_len (g_bytes_get_data (again, NULL), g_bytes_get_size (again), "two"));
}

static void
test_restart (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  g_autoptr (MdgStaffLock) later = NULL;
  g_autoptr (MdgStaffLock) last = NULL;
  g_autoptr (GError) error = NULL;
  guint notified = 0;

  g_assert_true (set_password (lock, "one", &error));
  assert_refused (lock, "x", G_IO_ERROR_PERMISSION_DENIED);
  assert_refused (lock, "x", G_IO_ERROR_PERMISSION_DENIED);

  /* asked to lock before it can know: as soon as it does */
  later = mdg_staff_lock_new (secrets);
  mdg_staff_lock_lock (later);
  while (!mdg_staff_lock_get_locked (later))
    g_main_context_iteration (NULL, TRUE);
  assert_refused (later, "x", G_IO_ERROR_PERMISSION_DENIED);
  g_assert_cmpuint (mdg_staff_lock_get_wait_seconds (later), ==, 5);
  assert_refused (later, "one", G_IO_ERROR_BUSY);

  last = mdg_staff_lock_new (secrets);
  g_signal_connect (last, "notify::wait-seconds", G_CALLBACK (on_notify_cb), &notified);
  g_assert_true (has_password (last, &error));
  g_assert_cmpuint (mdg_staff_lock_get_wait_seconds (last), >=, 3);
  assert_refused (last, "one", G_IO_ERROR_BUSY);
  while (mdg_staff_lock_get_wait_seconds (last) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (notified, >=, 4);
  g_assert_cmpuint (notified, <=, 7);
  /* one more wrong one: twice as long, and the count goes on */
  assert_refused (last, "x", G_IO_ERROR_PERMISSION_DENIED);
  g_assert_cmpuint (mdg_staff_lock_get_wait_seconds (last), ==, 10);
  /* the service took a password: that ends the wait */
  g_assert_true (set_password (last, "two", &error));
  g_assert_cmpuint (mdg_staff_lock_get_wait_seconds (last), ==, 0);
  g_assert_true (unlock (last, "two", &error));
}

/* Many at once: each is looked at in turn, and only so many. */
static void
test_parallel (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("x", 1);
  g_autoptr (GBytes) right = g_bytes_new_static ("one", 3);
  g_autoptr (GError) error = NULL;
  GAsyncResult *results[20] = { NULL };
  guint busy = 0;

  g_assert_true (set_password (lock, "one", &error));
  mdg_staff_lock_lock (lock);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    mdg_staff_lock_unlock_async (lock, i < 10 ? wrong : right, NULL, on_result_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_false (mdg_staff_lock_unlock_finish (lock, wait_result (&results[i]), &error));
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
        busy++;
      g_clear_error (&error);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (busy, ==, 17);
  g_assert_true (mdg_staff_lock_get_locked (lock));
}

static void
test_cancelled (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  g_autoptr (GBytes) right = g_bytes_new_static ("one", 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (set_password (lock, "one", &error));
  mdg_staff_lock_lock (lock);
  g_cancellable_cancel (cancellable);
  mdg_staff_lock_unlock_async (lock, right, cancellable, on_result_cb, &result);
  g_assert_false (mdg_staff_lock_unlock_finish (lock, wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (mdg_staff_lock_get_locked (lock));
}

static void
test_idle (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  g_autoptr (GError) error = NULL;
  gint64 now, real;

  g_assert_true (set_password (lock, "one", &error));
  now = g_get_monotonic_time ();
  real = g_get_real_time ();
  mdg_staff_lock_check_idle (lock, now + 1000 * MINUTE, real + 1000 * MINUTE);
  g_assert_false (mdg_staff_lock_get_locked (lock));
  mdg_staff_lock_set_idle_minutes (lock, 2);
  mdg_staff_lock_report_activity (lock);
  now = g_get_monotonic_time ();
  real = g_get_real_time ();
  mdg_staff_lock_check_idle (lock, now + 2 * MINUTE - G_USEC_PER_SEC,
                             real + 2 * MINUTE - G_USEC_PER_SEC);
  g_assert_false (mdg_staff_lock_get_locked (lock));
  mdg_staff_lock_check_idle (lock, now + 2 * MINUTE, real);
  g_assert_true (mdg_staff_lock_get_locked (lock));
  g_assert_true (unlock (lock, "one", &error));
  /* the PC slept: its monotonic clock stood still */
  mdg_staff_lock_check_idle (lock, g_get_monotonic_time (), g_get_real_time () + 2 * MINUTE);
  g_assert_true (mdg_staff_lock_get_locked (lock));
  g_assert_true (unlock (lock, "one", &error));
  mdg_staff_lock_set_idle_minutes (lock, 0);
  mdg_staff_lock_check_idle (lock, now + 1000 * MINUTE, real + 1000 * MINUTE);
  g_assert_false (mdg_staff_lock_get_locked (lock));
}

static void
test_activity_is_cheap (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = mdg_staff_lock_new (secrets);
  gint64 start;

  mdg_staff_lock_set_idle_minutes (lock, 10);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 100000; i++)
    mdg_staff_lock_report_activity (lock);
  g_test_message ("activity: %.0f ns an event",
                  (double) (g_get_monotonic_time () - start) * 1000 / 100000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

static void
test_damaged (void)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (MdgStaffLock) lock = NULL;
  g_autoptr (GBytes) garbage = g_bytes_new_static ("garbage", 7);
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_secret_store_save (secrets, "staff-verifier", garbage, &error));
  lock = mdg_staff_lock_new (secrets);
  g_assert_false (has_password (lock, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  mdg_staff_lock_lock (lock);
  g_assert_false (unlock (lock, "x", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (mdg_staff_lock_get_locked (lock));
  g_assert_true (set_password (lock, "one", &error));
  g_assert_no_error (error);
  g_assert_true (unlock (lock, "one", &error));
}

static void
test_waits (void)
{
  static const guint wanted[] = { 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpuint (mdg_staff_verifier_find_wait (i), ==, wanted[i]);
  g_assert_cmpuint (mdg_staff_verifier_find_wait (G_MAXUINT), ==, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff-lock/never-set", test_never_set);
  g_test_add_func ("/staff-lock/opens", test_opens);
  g_test_add_func ("/staff-lock/restart", test_restart);
  g_test_add_func ("/staff-lock/parallel", test_parallel);
  g_test_add_func ("/staff-lock/cancelled", test_cancelled);
  g_test_add_func ("/staff-lock/idle", test_idle);
  g_test_add_func ("/staff-lock/activity-is-cheap", test_activity_is_cheap);
  g_test_add_func ("/staff-lock/damaged", test_damaged);
  g_test_add_func ("/staff-lock/waits", test_waits);
  return g_test_run ();
}
