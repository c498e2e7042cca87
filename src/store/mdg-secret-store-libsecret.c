/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets in the desktop's keyring, through libsecret. Every call runs in a main context of its
 * own with a deadline, and never waits for a prompt: a locked keyring is an error that says so.
 * Whether a service answers at all is asked on a connection of our own first, so that a dead bus
 * or a hanging service costs two seconds and nothing else. */
#include "config.h"

#include "mdg-secret-store-private.h"

#include <libsecret/secret.h>

#include "mdg-store.h"

#define PROBE_MS 1800
#define CALL_MS  5000
#define TICK_MS  50
#define GRACE_US (500 * G_TIME_SPAN_MILLISECOND)

#define SECRETS_NAME     "org.freedesktop.secrets"
#define SECRETS_PATH     "/org/freedesktop/secrets"
#define SERVICE_IFACE    "org.freedesktop.Secret.Service"
#define COLLECTION_IFACE "org.freedesktop.Secret.Collection"

#define MDG_TYPE_SECRET_STORE_LIBSECRET (mdg_secret_store_libsecret_get_type ())
G_DECLARE_FINAL_TYPE (MdgSecretStoreLibsecret,
                      mdg_secret_store_libsecret,
                      MDG,
                      SECRET_STORE_LIBSECRET,
                      GObject)

struct _MdgSecretStoreLibsecret
{
  GObject parent_instance;
  char *scope; /* "0", "1" in practice mode, else a profile's id */
};

/* One blocking call made of asynchronous ones. Counted: an operation that does not even end when
 * it is cancelled is left behind with it. */
typedef struct
{
  GMainContext *context;
  GCancellable *cancellable;
  GAsyncResult *result;
  gint64 deadline;
} Call;

static void mdg_secret_store_libsecret_iface_init (MdgSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgSecretStoreLibsecret,
                               mdg_secret_store_libsecret,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_SECRET_STORE,
                                                      mdg_secret_store_libsecret_iface_init))

/* A service finds items that have at least the attributes asked for, so that one attribute more on
 * another profile's items would not hide them from the default, nor keep them from being replaced
 * by it. The profile is therefore another value of the attribute that all have. */
static const SecretSchema schema = { "io.github.madoguchi.Secret",
                                     SECRET_SCHEMA_NONE,
                                     { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "key", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { NULL, 0 } } };

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  g_set_object (&call->result, result);
}

static gboolean
on_tick_cb (gpointer data)
{
  Call *call = data;

  if (g_get_monotonic_time () >= call->deadline)
    g_cancellable_cancel (call->cancellable);
  return G_SOURCE_CONTINUE;
}

static Call *
begin_call (guint milliseconds)
{
  Call *call = g_new0 (Call, 1);
  g_autoptr (GSource) tick = g_timeout_source_new (TICK_MS);

  call->context = g_main_context_new ();
  call->cancellable = g_cancellable_new ();
  call->deadline = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  g_source_set_callback (tick, on_tick_cb, call, NULL);
  g_source_attach (tick, call->context);
  g_main_context_push_thread_default (call->context);
  return call;
}

/* The result of the operation that was started with on_result_cb(); NULL: it does not end. */
static GAsyncResult *
wait_result (Call *call, GError **error)
{
  while (call->result == NULL && g_get_monotonic_time () < call->deadline + GRACE_US)
    g_main_context_iteration (call->context, TRUE);
  if (call->result != NULL)
    return g_steal_pointer (&call->result);
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                       "the secret service does not answer");
  return NULL;
}

static void
end_call (Call *call, gboolean abandoned)
{
  g_main_context_pop_thread_default (call->context);
  /* what never ended may still come back to the context: it must find it, and is not run */
  if (abandoned)
    return;
  /* proxies leave their last clean-up to the context they were made in */
  for (guint i = 0; i < 1000 && g_main_context_iteration (call->context, FALSE); i++)
    ;
  g_clear_object (&call->result);
  g_object_unref (call->cancellable);
  g_main_context_unref (call->context);
  g_free (call);
}

static void
translate_error (GError **error)
{
  g_autofree char *message = NULL;
  MdgStoreError code = MDG_STORE_ERROR_FAILED;

  if (*error == NULL || (*error)->domain == MDG_STORE_ERROR)
    return;
  if (g_error_matches (*error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    code = MDG_STORE_ERROR_LOCKED;
  g_dbus_error_strip_remote_error (*error);
  message = g_strdup_printf ("the secret service: %s", (*error)->message);
  g_clear_error (error);
  g_set_error_literal (error, MDG_STORE_ERROR, code, message);
}

/* NULL with the error set; *abandoned where the call must not be touched any more. */
static GVariant *
call_bus (Call *call,
          GDBusConnection *bus,
          const char *path,
          const char *iface,
          const char *method,
          GVariant *parameters,
          const char *reply_type,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_dbus_connection_call (bus, SECRETS_NAME, path, iface, method, parameters,
                          G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, CALL_MS,
                          call->cancellable, on_result_cb, call);
  result = wait_result (call, error);
  return result != NULL ? g_dbus_connection_call_finish (bus, result, error) : NULL;
}

/* Whether the default collection is there and open: only then can be stored without a prompt. */
static gboolean
is_unlocked (Call *call, GDBusConnection *bus, GError **error)
{
  g_autoptr (GVariant) alias = NULL;
  g_autoptr (GVariant) locked = NULL;
  g_autoptr (GVariant) value = NULL;
  const char *path;

  alias = call_bus (call, bus, SECRETS_PATH, SERVICE_IFACE, "ReadAlias",
                    g_variant_new ("(s)", "default"), "(o)", error);
  if (alias == NULL)
    return FALSE;
  g_variant_get (alias, "(&o)", &path);
  if (strcmp (path, "/") != 0)
    {
      locked = call_bus (call, bus, path, "org.freedesktop.DBus.Properties", "Get",
                         g_variant_new ("(ss)", COLLECTION_IFACE, "Locked"), "(v)", error);
      if (locked == NULL)
        return FALSE;
      g_variant_get (locked, "(v)", &value);
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && !g_variant_get_boolean (value))
        return TRUE;
    }
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED,
                       "the keyring is locked or not set up");
  return FALSE;
}

static gboolean
holds_ours (Call *call, GDBusConnection *bus, const char *scope)
{
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GVariant) unlocked = NULL;
  g_autoptr (GVariant) locked = NULL;
  GVariantBuilder attributes;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", schema.name);
  g_variant_builder_add (&attributes, "{ss}", "practice", scope);
  found = call_bus (call, bus, SECRETS_PATH, SERVICE_IFACE, "SearchItems",
                    g_variant_new ("(a{ss})", &attributes), "(aoao)", NULL);
  if (found == NULL)
    return FALSE;
  unlocked = g_variant_get_child_value (found, 0);
  locked = g_variant_get_child_value (found, 1);
  return g_variant_n_children (unlocked) + g_variant_n_children (locked) > 0;
}

/* GLib would start a bus with dbus-launch where there is none, without a deadline. */
static char *
find_bus_address (void)
{
  const char *given = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *usual = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  if (g_file_test (usual, G_FILE_TEST_EXISTS))
    return g_strconcat ("unix:path=", usual, NULL);
  return NULL;
}

static gboolean
probe (const char *scope)
{
  g_autofree char *address = find_bus_address ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  gboolean usable = FALSE;
  Call *call;

  if (address == NULL || !g_dbus_is_supported_address (address, NULL))
    return FALSE;

  call = begin_call (PROBE_MS);
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                         G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, call->cancellable, on_result_cb, call);
  result = wait_result (call, &error);
  if (result != NULL)
    bus = g_dbus_connection_new_for_address_finish (result, &error);
  if (bus != NULL)
    {
      usable = is_unlocked (call, bus, &error) ||
               (g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED) &&
                holds_ours (call, bus, scope));
      g_dbus_connection_close (bus, NULL, NULL, NULL);
    }
  if (error != NULL)
    g_debug ("secret service: %s", error->message);
  end_call (call, result == NULL);
  return usable;
}

static SecretService *
open_service (Call *call, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SecretService *service = NULL;

  /* an instance of our own: the shared one would deliver to this context after its end */
  secret_service_open (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, call->cancellable,
                       on_result_cb, call);
  result = wait_result (call, error);
  if (result != NULL)
    service = secret_service_open_finish (result, error);
  /* the program goes on without a bus */
  if (service != NULL)
    g_dbus_connection_set_exit_on_close (g_dbus_proxy_get_connection (G_DBUS_PROXY (service)),
                                         FALSE);
  return service;
}

static GHashTable *
build_attributes (MdgSecretStore *store, const char *key)
{
  return secret_attributes_build (&schema, "practice", MDG_SECRET_STORE_LIBSECRET (store)->scope,
                                  "key", key, NULL);
}

static GList *
search_items (Call *call,
              SecretService *service,
              GHashTable *attributes,
              SecretSearchFlags flags,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  secret_service_search (service, &schema, attributes, flags, call->cancellable, on_result_cb,
                         call);
  result = wait_result (call, error);
  return result != NULL ? secret_service_search_finish (service, result, error) : NULL;
}

static gboolean
check_open (SecretItem *item, GError **error)
{
  if (!secret_item_get_locked (item))
    return TRUE;
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED, "the keyring is locked");
  return FALSE;
}

static GBytes *
take_value (SecretItem *item, GError **error)
{
  SecretValue *value = check_open (item, error) ? secret_item_get_secret (item) : NULL;
  GBytes *bytes = NULL;
  const char *data;
  gsize length;

  if (value != NULL)
    {
      data = secret_value_get (value, &length);
      bytes = mdg_secret_bytes_new (data, length);
      secret_value_unref (value);
    }
  else if (error != NULL && *error == NULL)
    g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                         "the secret service keeps an item back");
  return bytes;
}

static void
free_items (GList *items)
{
  g_list_free_full (items, g_object_unref);
}

/* A call may be touched again only if nothing of it is under way. */
static gboolean
is_abandoned (Call *call)
{
  return g_get_monotonic_time () >= call->deadline + GRACE_US;
}

static gboolean
store_value (Call *call,
             SecretService *service,
             GHashTable *attributes,
             GBytes *secret,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *value;
  gsize length;
  const char *data = g_bytes_get_data (secret, &length);

  if (!is_unlocked (call, g_dbus_proxy_get_connection (G_DBUS_PROXY (service)), error))
    return FALSE;
  value = secret_value_new (data != NULL ? data : "", (gssize) length, "application/octet-stream");
  secret_service_store (service, &schema, attributes, SECRET_COLLECTION_DEFAULT, "Madoguchi", value,
                        call->cancellable, on_result_cb, call);
  secret_value_unref (value);
  result = wait_result (call, error);
  return result != NULL && secret_service_store_finish (service, result, error);
}

static gboolean
mdg_secret_store_libsecret_save (MdgSecretStore *store,
                                 const char *key,
                                 GBytes *secret,
                                 GError **error)
{
  g_autoptr (GHashTable) attributes = build_attributes (store, key);
  g_autoptr (GError) local = NULL;
  SecretService *service;
  gboolean saved = FALSE;
  Call *call = begin_call (CALL_MS);

  service = open_service (call, &local);
  if (service != NULL)
    saved = store_value (call, service, attributes, secret, &local);
  g_clear_object (&service);
  end_call (call, is_abandoned (call));
  translate_error (&local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return saved;
}

static GBytes *
mdg_secret_store_libsecret_load (MdgSecretStore *store, const char *key, GError **error)
{
  g_autoptr (GHashTable) attributes = build_attributes (store, key);
  g_autoptr (GError) local = NULL;
  SecretService *service;
  GBytes *secret = NULL;
  GList *items = NULL;
  Call *call = begin_call (CALL_MS);

  service = open_service (call, &local);
  if (service != NULL)
    items = search_items (call, service, attributes, SECRET_SEARCH_LOAD_SECRETS, &local);
  if (items != NULL)
    secret = take_value (items->data, &local);
  free_items (items);
  g_clear_object (&service);
  end_call (call, is_abandoned (call));
  translate_error (&local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return secret;
}

static gboolean
delete_item (Call *call, SecretItem *item, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!check_open (item, error))
    return FALSE;
  secret_item_delete (item, call->cancellable, on_result_cb, call);
  result = wait_result (call, error);
  return result != NULL && secret_item_delete_finish (item, result, error);
}

static gboolean
mdg_secret_store_libsecret_clear (MdgSecretStore *store, const char *key, GError **error)
{
  g_autoptr (GHashTable) attributes = build_attributes (store, key);
  g_autoptr (GError) local = NULL;
  SecretService *service;
  GList *items = NULL;
  Call *call = begin_call (CALL_MS);

  service = open_service (call, &local);
  if (service != NULL)
    items = search_items (call, service, attributes, SECRET_SEARCH_ALL, &local);
  for (GList *l = items; l != NULL && local == NULL; l = l->next)
    delete_item (call, l->data, &local);
  free_items (items);
  g_clear_object (&service);
  end_call (call, is_abandoned (call));
  translate_error (&local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static const char *
mdg_secret_store_libsecret_get_kind (MdgSecretStore *store)
{
  return "secret-service";
}

static void
mdg_secret_store_libsecret_iface_init (MdgSecretStoreInterface *iface)
{
  iface->save = mdg_secret_store_libsecret_save;
  iface->load = mdg_secret_store_libsecret_load;
  iface->clear = mdg_secret_store_libsecret_clear;
  iface->get_kind = mdg_secret_store_libsecret_get_kind;
}

static void
mdg_secret_store_libsecret_finalize (GObject *object)
{
  g_free (MDG_SECRET_STORE_LIBSECRET (object)->scope);
  G_OBJECT_CLASS (mdg_secret_store_libsecret_parent_class)->finalize (object);
}

static void
mdg_secret_store_libsecret_class_init (MdgSecretStoreLibsecretClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_secret_store_libsecret_finalize;
}

static void
mdg_secret_store_libsecret_init (MdgSecretStoreLibsecret *self)
{
}

/**
 * mdg_secret_store_new_libsecret:
 * @scope: whose names: "0" of the default, "1" of practice mode, else a profile's id
 *
 * Asks whether a secret service answers on the session bus, and whether it can be used without a
 * prompt or holds secrets of ours (freedesktop.org Secret Service API, 0.2).
 *
 * Thread: any; blocking, at most about 2.3 s.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): a secret store; %NULL where there is no such service
 */
MdgSecretStore *
mdg_secret_store_new_libsecret (const char *scope)
{
  MdgSecretStoreLibsecret *self;

  if (!probe (scope))
    return NULL;
  self = g_object_new (MDG_TYPE_SECRET_STORE_LIBSECRET, NULL);
  self->scope = g_strdup (scope);
  return MDG_SECRET_STORE (self);
}
