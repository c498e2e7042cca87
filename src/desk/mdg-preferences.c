/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a facility may set. One table gives each key its name, kind, bounds and default; the
 * properties are made from it. A value is taken at once and written by a worker, in the order of
 * the changes; one that cannot be written goes back to what the file has, unless it was changed
 * again meanwhile. */
#include "config.h"

#include "mdg-preferences.h"

#include "mdg-pending.h"
#include "mdg-worker.h"

#define KEY_PREFIX "preferences/"

struct _MdgPreferences
{
  GObject parent_instance;

  /* owned */
  MdgWorker *worker; /* (nullable): nothing is kept */
  MdgStore *store;   /* the worker's from the first change on */
  MdgPending *pending;
  GValue *values; /* what is in force */
  GValue *saved;  /* what the file has */
  guint *serials; /* counts the changes of each */
};

typedef struct
{
  const char *name;
  GType type;
  guint least;
  guint most;
  guint number;           /* default of a number or a boolean */
  const char *choices[4]; /* of a string; the first is the default */
} Key;

static const Key keys[] = {
  { "show-seconds", G_TYPE_UINT, 0, 600, 60, { NULL } },
  { "lock-minutes", G_TYPE_UINT, 0, 120, 10, { NULL } },
  { "ask-log-in", G_TYPE_BOOLEAN, 0, 1, FALSE, { NULL } },
  { "locked", G_TYPE_BOOLEAN, 0, 1, FALSE, { NULL } },
  { "history-days", G_TYPE_UINT, 0, 1826, 0, { NULL } },
  { "sound", G_TYPE_BOOLEAN, 0, 1, TRUE, { NULL } },
  { "text-percent", G_TYPE_UINT, 100, 200, 100, { NULL } },
  { "style", G_TYPE_STRING, 0, 0, 0, { "system", "light", "dark", NULL } },
  { "western-years", G_TYPE_BOOLEAN, 0, 1, FALSE, { NULL } },
  { "patient-window", G_TYPE_BOOLEAN, 0, 1, FALSE, { NULL } },
  { "shuffle-keypad", G_TYPE_BOOLEAN, 0, 1, FALSE, { NULL } },
  { "default-visual", G_TYPE_BOOLEAN, 0, 1, FALSE, { NULL } },
  { "ask-consent", G_TYPE_BOOLEAN, 0, 1, TRUE, { NULL } },
  { "source", G_TYPE_STRING, 0, 0, 0, { "online", "folder", NULL } },
};
#define N_KEYS G_N_ELEMENTS (keys)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];
static GParamSpec *properties[N_KEYS + 1];

G_DEFINE_FINAL_TYPE (MdgPreferences, mdg_preferences, G_TYPE_OBJECT)

typedef struct
{
  MdgPreferences *self; /* only to be told; the worker does not touch it */
  MdgStore *store;
  MdgPending *pending;
  guint key;
  guint serial;
  GValue value;
} Change;

typedef struct
{
  MdgStore *store;
  MdgPending *pending;
} Ending;

static void
free_change (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->self);
  g_clear_pointer (&change->pending, mdg_pending_unref);
  g_value_unset (&change->value);
  g_free (change);
}

static const char *
find_choice (const Key *key, const char *text)
{
  for (guint i = 0; text != NULL && key->choices[i] != NULL; i++)
    if (g_str_equal (key->choices[i], text))
      return key->choices[i];
  return NULL;
}

static void
set_default (const Key *key, GValue *value)
{
  if (key->type == G_TYPE_STRING)
    g_value_set_static_string (value, key->choices[0]);
  else if (key->type == G_TYPE_BOOLEAN)
    g_value_set_boolean (value, key->number != 0);
  else
    g_value_set_uint (value, key->number);
}

static char *
format_value (const GValue *value)
{
  if (G_VALUE_HOLDS_STRING (value))
    return g_value_dup_string (value);
  if (G_VALUE_HOLDS_BOOLEAN (value))
    return g_strdup (g_value_get_boolean (value) ? "true" : "false");
  return g_strdup_printf ("%u", g_value_get_uint (value));
}

/* From a file, so anything: FALSE leaves @value alone. */
static gboolean
parse_value (const Key *key, const char *text, GValue *value)
{
  guint64 number = 0;

  if (key->type == G_TYPE_STRING)
    {
      const char *choice = find_choice (key, text);

      if (choice != NULL)
        g_value_set_static_string (value, choice);
      return choice != NULL;
    }
  if (key->type == G_TYPE_BOOLEAN)
    {
      gboolean yes = g_str_equal (text, "true");

      if (!yes && !g_str_equal (text, "false"))
        return FALSE;
      g_value_set_boolean (value, yes);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (text, 10, key->least, key->most, &number, NULL))
    return FALSE;
  g_value_set_uint (value, (guint) number);
  return TRUE;
}

static gboolean
is_equal (const GValue *a, const GValue *b)
{
  if (G_VALUE_HOLDS_STRING (a))
    return g_strcmp0 (g_value_get_string (a), g_value_get_string (b)) == 0;
  if (G_VALUE_HOLDS_BOOLEAN (a))
    return !g_value_get_boolean (a) == !g_value_get_boolean (b);
  return g_value_get_uint (a) == g_value_get_uint (b);
}

static gpointer
write_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;
  g_autofree char *name = g_strconcat (KEY_PREFIX, keys[change->key].name, NULL);
  g_autofree char *text = format_value (&change->value);
  gboolean good = mdg_store_set_setting (change->store, name, text, error);

  mdg_pending_end (change->pending, good);
  return good ? change : NULL;
}

static void
on_written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  g_autoptr (MdgPreferences) self = g_object_ref (change->self);
  g_autoptr (GError) error = NULL;
  guint key = change->key;

  if (mdg_worker_run_finish (MDG_WORKER (object), result, &error) != NULL)
    {
      g_value_copy (&change->value, &self->saved[key]);
      return;
    }
  if (self->serials[key] == change->serial)
    {
      g_value_copy (&self->saved[key], &self->values[key]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[key + 1]);
    }
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
queue_change (MdgPreferences *self, guint key)
{
  Change *change;

  self->serials[key]++;
  if (self->worker == NULL)
    return;
  change = g_new0 (Change, 1);
  change->self = g_object_ref (self);
  change->store = self->store;
  change->pending = mdg_pending_ref (self->pending);
  change->key = key;
  change->serial = self->serials[key];
  g_value_init (&change->value, keys[key].type);
  g_value_copy (&self->values[key], &change->value);
  mdg_pending_begin (self->pending);
  mdg_worker_run_async (self->worker, write_on_worker, change, free_change, NULL, NULL,
                        on_written_cb, change);
}

static void
mdg_preferences_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgPreferences *self = MDG_PREFERENCES (object);

  if (id >= 1 && id <= N_KEYS)
    g_value_copy (&self->values[id - 1], value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Numbers out of their bounds were refused by GObject before. */
static void
mdg_preferences_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgPreferences *self = MDG_PREFERENCES (object);
  guint key = id - 1;

  if (id < 1 || id > N_KEYS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_return_if_fail (keys[key].type != G_TYPE_STRING ||
                    find_choice (&keys[key], g_value_get_string (value)) != NULL);
  if (is_equal (value, &self->values[key]))
    return;
  g_value_copy (value, &self->values[key]);
  g_object_notify_by_pspec (object, pspec);
  queue_change (self, key);
}

static gpointer
close_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Ending *ending = data;

  mdg_store_close (ending->store);
  mdg_pending_end (ending->pending, TRUE);
  return NULL;
}

static void
free_ending (gpointer data)
{
  Ending *ending = data;

  mdg_pending_unref (ending->pending);
  g_free (ending);
}

/* After all changes: each of them holds a reference. */
static void
mdg_preferences_dispose (GObject *object)
{
  MdgPreferences *self = MDG_PREFERENCES (object);

  if (self->store != NULL)
    {
      Ending *ending = g_new0 (Ending, 1);

      ending->store = g_steal_pointer (&self->store);
      ending->pending = mdg_pending_ref (self->pending);
      mdg_pending_begin (self->pending);
      mdg_worker_run_async (self->worker, close_on_worker, ending, free_ending, NULL, NULL, NULL,
                            NULL);
    }
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (mdg_preferences_parent_class)->dispose (object);
}

static void
mdg_preferences_finalize (GObject *object)
{
  MdgPreferences *self = MDG_PREFERENCES (object);

  for (guint i = 0; i < N_KEYS; i++)
    {
      g_value_unset (&self->values[i]);
      g_value_unset (&self->saved[i]);
    }
  g_free (self->values);
  g_free (self->saved);
  g_free (self->serials);
  g_clear_pointer (&self->pending, mdg_pending_unref);
  G_OBJECT_CLASS (mdg_preferences_parent_class)->finalize (object);
}

static GParamSpec *
make_property (const Key *key)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  if (key->type == G_TYPE_STRING)
    return g_param_spec_string (key->name, NULL, NULL, key->choices[0], flags);
  if (key->type == G_TYPE_BOOLEAN)
    return g_param_spec_boolean (key->name, NULL, NULL, key->number != 0, flags);
  return g_param_spec_uint (key->name, NULL, NULL, key->least, key->most, key->number, flags);
}

static void
mdg_preferences_class_init (MdgPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mdg_preferences_get_property;
  object_class->set_property = mdg_preferences_set_property;
  object_class->dispose = mdg_preferences_dispose;
  object_class->finalize = mdg_preferences_finalize;
  for (guint i = 0; i < N_KEYS; i++)
    properties[i + 1] = make_property (&keys[i]);
  g_object_class_install_properties (object_class, N_KEYS + 1, properties);

  /**
   * MdgPreferences::failed:
   * @self: the preferences
   * @error: (type GError): why a change was not kept
   *
   * A change could not be written and was taken back.
   */
  signals[SIGNAL_FAILED] =
      g_signal_new ("failed", MDG_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mdg_preferences_init (MdgPreferences *self)
{
  self->pending = mdg_pending_new ();
  self->values = g_new0 (GValue, N_KEYS);
  self->saved = g_new0 (GValue, N_KEYS);
  self->serials = g_new0 (guint, N_KEYS);
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_value_init (&self->values[i], keys[i].type);
      g_value_init (&self->saved[i], keys[i].type);
      set_default (&keys[i], &self->values[i]);
      set_default (&keys[i], &self->saved[i]);
    }
}

static gboolean
read_all (MdgPreferences *self, GError **error)
{
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *name = g_strconcat (KEY_PREFIX, keys[i].name, NULL);
      g_autoptr (GError) local = NULL;
      g_autofree char *text = mdg_store_get_setting (self->store, name, &local);

      /* one value that is no text is one that is out of bounds */
      if (local != NULL && !g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (text != NULL && parse_value (&keys[i], text, &self->values[i]))
        g_value_copy (&self->values[i], &self->saved[i]);
    }
  return TRUE;
}

/**
 * mdg_preferences_new:
 * @path: (nullable): the database; %NULL keeps nothing
 * @error: return location
 *
 * Reads all values; one that is not there or out of its bounds is its default.
 *
 * Thread: main, before it has to be quick, or another that hands the object over; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the preferences
 */
MdgPreferences *
mdg_preferences_new (const char *path, GError **error)
{
  g_autoptr (MdgPreferences) self = g_object_new (MDG_TYPE_PREFERENCES, NULL);

  if (path == NULL)
    return g_steal_pointer (&self);
  self->worker = mdg_worker_new ("preferences");
  self->store = mdg_store_open (path, error);
  if (self->store == NULL || !read_all (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_preferences_flush:
 * @self: the preferences
 * @milliseconds: the most to wait
 *
 * For the end of the program: runs no main loop, so what fails meanwhile is told only by the
 * result, which also stands for what failed since the last time this was asked.
 *
 * Thread: main; blocking, at most @milliseconds.
 * Errors: none.
 *
 * Returns: whether everything is written
 */
gboolean
mdg_preferences_flush (MdgPreferences *self, guint milliseconds)
{
  g_return_val_if_fail (MDG_IS_PREFERENCES (self), FALSE);

  return mdg_pending_wait (self->pending, milliseconds);
}
