/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is kept of an activation, and what a crash or a failing store leaves of it: the former one
 * or the new one, never half. Every step of saving is made to fail once. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mdg-service-error.h"
#include "test-calls.h"

/* A secret store whose calls fail from the n-th on, as after a crash. */
#define TEST_TYPE_BROKEN (test_broken_get_type ())
G_DECLARE_FINAL_TYPE (TestBroken, test_broken, TEST, BROKEN, GObject)
struct _TestBroken
{
  GObject parent_instance;
  MdgSecretStore *inner;
  int left; /* calls that still work; -1: all */
};
static void test_broken_iface_init (MdgSecretStoreInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestBroken,
                               test_broken,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_SECRET_STORE,
                                                      test_broken_iface_init))

static gboolean
works (MdgSecretStore *store, GError **error)
{
  TestBroken *self = TEST_BROKEN (store);

  if (self->left < 0 || self->left-- > 0)
    return TRUE;
  self->left = 0;
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED, "broken");
  return FALSE;
}

static gboolean
test_broken_save (MdgSecretStore *store, const char *key, GBytes *secret, GError **error)
{
  return works (store, error) &&
         mdg_secret_store_save (TEST_BROKEN (store)->inner, key, secret, error);
}

static GBytes *
test_broken_load (MdgSecretStore *store, const char *key, GError **error)
{
  return works (store, error) ? mdg_secret_store_load (TEST_BROKEN (store)->inner, key, error)
                              : NULL;
}

static gboolean
test_broken_clear (MdgSecretStore *store, const char *key, GError **error)
{
  return works (store, error) && mdg_secret_store_clear (TEST_BROKEN (store)->inner, key, error);
}

static const char *
test_broken_get_kind (MdgSecretStore *store)
{
  return "memory";
}

static void
test_broken_iface_init (MdgSecretStoreInterface *iface)
{
  iface->save = test_broken_save;
  iface->load = test_broken_load;
  iface->clear = test_broken_clear;
  iface->get_kind = test_broken_get_kind;
}

static void
test_broken_finalize (GObject *object)
{
  g_object_unref (TEST_BROKEN (object)->inner);
  G_OBJECT_CLASS (test_broken_parent_class)->finalize (object);
}

static void
test_broken_class_init (TestBrokenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_broken_finalize;
}

static void
test_broken_init (TestBroken *self)
{
  self->left = -1;
}

typedef struct
{
  TestService *service;
  char *folder;
  char *path;
  MdgStore *store;
  TestBroken *secrets;
  GBytes *password;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->service = test_service_new ();
  f->folder = g_dir_make_tmp ("mdg-keep-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "madoguchi.db", NULL);
  f->store = mdg_store_open (f->path, NULL);
  f->secrets = g_object_new (TEST_TYPE_BROKEN, NULL);
  f->secrets->inner = mdg_secret_store_new_file (f->folder, NULL);
  f->password = mdg_secret_bytes_new (TEST_PASSWORD, strlen (TEST_PASSWORD));
}

static guint
count_secrets (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "secrets", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *secrets = g_build_filename (f->folder, "secrets", NULL);

  f->secrets->left = -1;
  g_assert_true (mdg_activation_clear (f->store, MDG_SECRET_STORE (f->secrets), NULL));
  g_assert_cmpuint (count_secrets (f), ==, 0);
  mdg_store_close (f->store);
  g_object_unref (f->secrets);
  g_bytes_unref (f->password);
  test_service_free (f->service);
  g_unlink (f->path);
  g_rmdir (secrets);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->path);
  g_free (f->folder);
}

static MdgActivation *
activate (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  MdgActivation *activation = test_activate (f->service, &error);

  g_assert_no_error (error);
  return activation;
}

static gboolean
save (Fixture *f, MdgActivation *activation, GBytes *password, GError **error)
{
  return mdg_activation_save (activation, f->store, MDG_SECRET_STORE (f->secrets), password, error);
}

static MdgOnlineSource *
load (Fixture *f, GBytes *password, GError **error)
{
  return mdg_activation_load_source (f->store, MDG_SECRET_STORE (f->secrets), password, error);
}

/* whether what is kept works, and with which password */
static gboolean
logs_in (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOnlineSource) source = load (f, NULL, &error);

  g_assert_no_error (error);
  if (test_login (source, &error))
    return TRUE;
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NO_PASSWORD);
  return FALSE;
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgActivation) activation = activate (f);
  g_autoptr (GError) error = NULL;

  g_assert_null (load (f, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED);
  g_clear_error (&error);

  g_assert_true (save (f, activation, f->password, &error));
  g_assert_no_error (error);
  g_assert_true (logs_in (f));
  g_assert_cmpuint (count_secrets (f), ==, 2);

  g_assert_true (mdg_activation_clear (f->store, MDG_SECRET_STORE (f->secrets), &error));
  g_assert_null (load (f, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED);
}

static void
test_password (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgActivation) first = activate (f);
  g_autoptr (MdgActivation) renewed = NULL;
  g_autoptr (MdgActivation) again = NULL;
  g_autoptr (MdgOnlineSource) source = NULL;
  g_autoptr (GError) error = NULL;

  /* not kept: only with one that is given */
  g_assert_true (save (f, first, NULL, &error));
  g_assert_false (logs_in (f));
  source = load (f, f->password, &error);
  g_assert_true (test_login (source, &error));

  g_assert_true (
      mdg_activation_save_password (f->store, MDG_SECRET_STORE (f->secrets), f->password, &error));
  g_assert_true (logs_in (f));

  /* a renewal keeps it, the old key goes */
  renewed = test_renew (source, &error);
  g_assert_no_error (error);
  g_assert_true (save (f, renewed, NULL, &error));
  g_assert_true (logs_in (f));
  g_assert_cmpuint (count_secrets (f), ==, 2);

  /* another terminal that is not to keep it does not inherit it */
  again = activate (f);
  g_free (again->terminal->terminal_id);
  again->terminal->terminal_id = g_strdup ("T-2");
  g_assert_true (save (f, again, NULL, &error));
  g_assert_false (logs_in (f));
  g_assert_cmpuint (count_secrets (f), ==, 1);
}

/* Each call of the secret store fails once, in a first activation and in a second one. */
static void
test_every_step (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgActivation) former = activate (f);
  g_autoptr (MdgTerminal) kept = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved = FALSE;

  for (int step = 0; step < 2; step++)
    {
      f->secrets->left = step;
      g_assert_false (save (f, former, f->password, &error));
      g_clear_error (&error);
      f->secrets->left = -1;
      g_assert_null (load (f, NULL, &error));
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED);
      g_clear_error (&error);
    }
  g_assert_true (save (f, former, f->password, &error));

  for (int step = 0; step < 6; step++)
    {
      g_autoptr (MdgActivation) next = activate (f);
      g_autoptr (GError) local = NULL;

      f->secrets->left = step;
      saved = save (f, next, f->password, &local);
      f->secrets->left = -1;
      g_clear_pointer (&kept, mdg_terminal_free);
      g_assert_true (mdg_store_load_activation (f->store, NULL, &kept, NULL));
      g_assert_cmpstr (kept->certificate_pem, ==,
                       saved ? next->terminal->certificate_pem : former->terminal->certificate_pem);
      g_assert_true (logs_in (f));
      if (saved)
        {
          mdg_activation_free (former);
          former = g_steal_pointer (&next);
        }
    }
  g_assert_true (saved);
  /* what the failures left over is gone with the next one that works */
  g_assert_cmpuint (count_secrets (f), ==, 2);
}

static void
test_missing_key (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgActivation) activation = activate (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSecretStore) empty = mdg_secret_store_new_memory ();

  g_assert_true (save (f, activation, f->password, &error));
  g_assert_null (mdg_activation_load_source (f->store, empty, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED);
  g_clear_error (&error);
  /* a keyring that does not answer is not "not activated" */
  f->secrets->left = 0;
  g_assert_null (load (f, NULL, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/activation-keep/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("password", test_password);
  ADD ("every-step", test_every_step);
  ADD ("missing-key", test_missing_key);
  return test_run ();
}
