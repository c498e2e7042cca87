/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service as others hold it: opens the state, serves on a thread of its own. While it
 * runs, every call goes to that thread and waits for it, so that nothing is shared.
 */
#include "config.h"

#include "mdg-practice-server.h"
#include "mdg-practice-service-private.h"
#include "mdg-practice-thread.h"

struct _MdgPracticeService
{
  GObject parent_instance;
  MdgPracticeCore *core;
  MdgPracticeThread *thread; /* (nullable): while it runs */
  MdgPracticeServer *server; /* (nullable): of the thread */
  guint16 port;
};

G_DEFINE_FINAL_TYPE (MdgPracticeService, mdg_practice_service, G_TYPE_OBJECT)

typedef struct
{
  MdgPracticeService *self;
  const char *text;
  guint16 port;
  gboolean done;
  MdgPracticeInfo *info;
  GStrv files;
  GError **error;
} Order;

static void
run (MdgPracticeService *self, MdgPracticeThreadFunc func, Order *order)
{
  order->self = self;
  if (self->thread != NULL)
    mdg_practice_thread_call (self->thread, func, order);
  else
    func (order);
}

static void
on_add_card_ca_cb (gpointer data)
{
  Order *order = data;

  order->done = mdg_practice_trust_add_file (order->self->core->trust, order->text, order->error);
}

static void
on_set_people_cb (gpointer data)
{
  Order *order = data;

  order->done =
      mdg_practice_people_add_folder (order->self->core->people, order->text, order->error);
}

static void
on_set_fault_cb (gpointer data)
{
  Order *order = data;

  order->done = mdg_practice_fault_set (&order->self->core->fault, order->text, order->error);
}

static void
on_start_cb (gpointer data)
{
  Order *order = data;

  order->self->server = mdg_practice_server_new (order->self->core, order->port, order->error);
  order->done = order->self->server != NULL;
  if (order->done)
    order->self->port = mdg_practice_server_get_port (order->self->server);
}

static void
on_stop_cb (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->self->server, mdg_practice_server_free);
}

static void
on_get_info_cb (gpointer data)
{
  Order *order = data;
  MdgPracticeCore *core = order->self->core;
  MdgPracticeInfo *info = g_new0 (MdgPracticeInfo, 1);

  info->url = g_strdup_printf ("https://127.0.0.1:%u/", order->self->port);
  info->ca_file = g_strdup (mdg_practice_pki_get_ca_file (core->pki));
  info->institution_code = g_strdup (MDG_PRACTICE_INSTITUTION);
  info->user_id = g_strdup (MDG_PRACTICE_USER);
  info->password = g_strdup (mdg_practice_login_get_password (core->login));
  info->activation_code = g_strdup (mdg_practice_login_get_code (core->login, NULL));
  order->info = info;
}

static void
on_list_card_cas_cb (gpointer data)
{
  Order *order = data;
  const GPtrArray *files = mdg_practice_trust_get_files (order->self->core->trust);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < files->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (files, i));
  order->files = g_strv_builder_end (builder);
}

static void
mdg_practice_service_finalize (GObject *object)
{
  MdgPracticeService *self = MDG_PRACTICE_SERVICE (object);

  mdg_practice_service_stop (self);
  g_clear_pointer (&self->core, mdg_practice_core_free);
  G_OBJECT_CLASS (mdg_practice_service_parent_class)->finalize (object);
}

static void
mdg_practice_service_class_init (MdgPracticeServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_practice_service_finalize;
}

static void
mdg_practice_service_init (MdgPracticeService *self)
{
}

/**
 * mdg_practice_info_free:
 * @self: (nullable) (transfer full): what to type
 *
 * Erases the secrets and frees it.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_info_free (MdgPracticeInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_free (self->ca_file);
  g_free (self->institution_code);
  g_free (self->user_id);
  mdg_practice_wipe_text (self->password);
  mdg_practice_wipe_text (self->activation_code);
  g_free (self);
}

/**
 * mdg_practice_service_new:
 * @state_dir: made with mode 0700 where it does not exist
 * @error: return location
 *
 * Opens the state, or makes it with a CA, an institution, a user and activation codes. Blocks for
 * some hundred milliseconds at first use.
 *
 * Thread: any; all functions of one service from one thread at a time.
 * Errors: %G_IO_ERROR_BUSY where another service holds the state; %G_IO_ERROR, #GFileError.
 * Returns: (transfer full) (nullable): a service that does not listen yet
 */
MdgPracticeService *
mdg_practice_service_new (const char *state_dir, GError **error)
{
  MdgPracticeCore *core;
  MdgPracticeService *self;

  g_return_val_if_fail (state_dir != NULL, NULL);
  core = mdg_practice_core_new (state_dir, error);
  if (core == NULL)
    return NULL;
  self = g_object_new (MDG_TYPE_PRACTICE_SERVICE, NULL);
  self->core = core;
  return self;
}

/**
 * mdg_practice_service_add_card_ca:
 * @self: the service
 * @pem_file: certificates of CAs
 * @error: return location
 *
 * Trusts cards of those CAs, before or after start.
 *
 * Thread: any but the service's own.
 * Errors: %G_IO_ERROR_INVALID_DATA, #GFileError.
 * Returns: whether they are trusted
 */
gboolean
mdg_practice_service_add_card_ca (MdgPracticeService *self, const char *pem_file, GError **error)
{
  Order order = { .text = pem_file, .error = error };

  g_return_val_if_fail (MDG_IS_PRACTICE_SERVICE (self), FALSE);
  run (self, on_add_card_ca_cb, &order);
  return order.done;
}

/**
 * mdg_practice_service_set_people_dir:
 * @self: the service
 * @dir: a folder with one OQS response document per person, CN.xml
 * @error: return location
 *
 * Adds the people of a folder to those built in; one of the same CN replaces the built-in one.
 *
 * Thread: any but the service's own.
 * Errors: %G_IO_ERROR_INVALID_DATA with the file's name, #GFileError.
 * Returns: whether all documents were good
 */
gboolean
mdg_practice_service_set_people_dir (MdgPracticeService *self, const char *dir, GError **error)
{
  Order order = { .text = dir, .error = error };

  g_return_val_if_fail (MDG_IS_PRACTICE_SERVICE (self), FALSE);
  run (self, on_set_people_cb, &order);
  return order.done;
}

/**
 * mdg_practice_service_set_fault:
 * @self: the service
 * @name_and_value: "status=503", "latency-ms=200", … (data/practice/README.md lists them all);
 *   "clear" takes all back
 * @error: return location
 *
 * Makes the service do something wrong from now on, before or after start.
 *
 * Thread: any but the service's own.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 * Returns: whether there is such a fault
 */
gboolean
mdg_practice_service_set_fault (MdgPracticeService *self,
                                const char *name_and_value,
                                GError **error)
{
  Order order = { .text = name_and_value, .error = error };

  g_return_val_if_fail (MDG_IS_PRACTICE_SERVICE (self), FALSE);
  run (self, on_set_fault_cb, &order);
  return order.done;
}

/**
 * mdg_practice_service_start:
 * @self: the service
 * @port: 0 for any
 * @error: return location
 *
 * Listens on loopback and serves on a thread of its own. Does nothing where it serves already.
 *
 * Thread: any but the service's own.
 * Errors: %G_IO_ERROR_ADDRESS_IN_USE and the like, #GThreadError.
 * Returns: whether it serves
 */
gboolean
mdg_practice_service_start (MdgPracticeService *self, guint16 port, GError **error)
{
  Order order = { .port = port, .error = error };

  g_return_val_if_fail (MDG_IS_PRACTICE_SERVICE (self), FALSE);
  if (self->thread != NULL)
    return TRUE;
  self->thread = mdg_practice_thread_start ("practice-service", error);
  if (self->thread == NULL)
    return FALSE;
  run (self, on_start_cb, &order);
  if (!order.done)
    g_clear_pointer (&self->thread, mdg_practice_thread_stop);
  return order.done;
}

/**
 * mdg_practice_service_stop:
 * @self: the service
 *
 * Closes every connection and joins the thread. Does nothing where it does not serve.
 *
 * Thread: any but the service's own.
 * Errors: none.
 */
void
mdg_practice_service_stop (MdgPracticeService *self)
{
  Order order = { 0 };

  g_return_if_fail (MDG_IS_PRACTICE_SERVICE (self));
  if (self->thread == NULL)
    return;
  run (self, on_stop_cb, &order);
  g_clear_pointer (&self->thread, mdg_practice_thread_stop);
}

/**
 * mdg_practice_service_get_info:
 * @self: a service that was started
 *
 * Where it is and what to type there; the activation code is one that nobody has used by now.
 *
 * Thread: any but the service's own.
 * Errors: none; the code is %NULL where no more could be made.
 * Returns: (transfer full): erased when freed
 */
MdgPracticeInfo *
mdg_practice_service_get_info (MdgPracticeService *self)
{
  Order order = { 0 };

  g_return_val_if_fail (MDG_IS_PRACTICE_SERVICE (self), NULL);
  run (self, on_get_info_cb, &order);
  return order.info;
}

/**
 * mdg_practice_service_list_card_cas:
 * @self: the service
 *
 * Thread: any but the service's own.
 * Errors: none.
 * Returns: (transfer full): the files given to mdg_practice_service_add_card_ca()
 */
char **
mdg_practice_service_list_card_cas (MdgPracticeService *self)
{
  Order order = { 0 };

  g_return_val_if_fail (MDG_IS_PRACTICE_SERVICE (self), NULL);
  run (self, on_list_card_cas_cb, &order);
  return order.files;
}
