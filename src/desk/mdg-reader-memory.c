/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What readers were found to do, kept over restarts, so that the question for extended length is
 * asked once a reader. A "yes" stays; a "no" is asked again after 30 days, because a driver or a
 * card may have been the cause. A store that fails costs one exchange and is logged, no more. */
#include "config.h"

#include "mdg-reader-memory.h"

#define KEY_PREFIX    "reader-extended."
#define NO_LASTS_DAYS 30
#define NO_LASTS      ((gint64) NO_LASTS_DAYS * 24 * 60 * 60)

struct _MdgReaderMemory
{
  MdgStore *store;    /* unowned, (nullable) */
  GPtrArray *readers; /* attached ones, unowned: they leave when they go */
};

/* A reader's id and name may hold anything, so the key is their digest. */
static char *
make_key (MdgReader *reader)
{
  g_autofree char *both =
      g_strdup_printf ("%s\n%s", mdg_reader_get_id (reader), mdg_reader_get_name (reader));
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strconcat (KEY_PREFIX, digest, NULL);
}

/* "yes", or "no" and the second it was found out: from a file, so anything else is unknown. */
static MdgExtended
parse_value (const char *value, gint64 now)
{
  guint64 since = 0;

  if (value == NULL)
    return MDG_EXTENDED_UNKNOWN;
  if (g_str_equal (value, "yes"))
    return MDG_EXTENDED_YES;
  if (!g_str_has_prefix (value, "no ") ||
      !g_ascii_string_to_unsigned (value + strlen ("no "), 10, 0, G_MAXINT32, &since, NULL))
    return MDG_EXTENDED_UNKNOWN;
  /* a date in the future is a clock that was wrong */
  if ((gint64) since > now || now - (gint64) since >= NO_LASTS)
    return MDG_EXTENDED_UNKNOWN;
  return MDG_EXTENDED_NO;
}

static char *
format_value (MdgExtended extended, gint64 now)
{
  if (extended == MDG_EXTENDED_YES)
    return g_strdup ("yes");
  return g_strdup_printf ("no %" G_GINT64_FORMAT, now);
}

static void
recall (MdgReaderMemory *self, MdgReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = make_key (reader);
  g_autofree char *value = mdg_store_get_setting (self->store, key, &error);
  MdgExtended extended = parse_value (value, g_get_real_time () / G_USEC_PER_SEC);

  if (error != NULL)
    g_debug ("what a reader can do is not known: %s", error->message);
  if (extended != MDG_EXTENDED_UNKNOWN)
    mdg_reader_set_extended (reader, extended);
}

static void
on_extended_cb (MdgReader *reader, GParamSpec *pspec, gpointer user_data)
{
  MdgReaderMemory *self = user_data;
  MdgExtended extended = mdg_reader_get_extended (reader);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = make_key (reader);
  g_autofree char *old = NULL;
  g_autofree char *value = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (extended == MDG_EXTENDED_UNKNOWN)
    return;
  old = mdg_store_get_setting (self->store, key, &error);
  /* what was learnt once with a card that could is not unlearnt with one that could not */
  if (error == NULL &&
      (parse_value (old, now) == MDG_EXTENDED_YES || parse_value (old, now) == extended))
    return;
  g_clear_error (&error);
  value = format_value (extended, now);
  if (!mdg_store_set_setting (self->store, key, value, &error))
    g_debug ("what a reader can do was not kept: %s", error->message);
}

static void
on_reader_gone_cb (gpointer data, GObject *reader)
{
  MdgReaderMemory *self = data;

  g_ptr_array_remove_fast (self->readers, reader);
}

/**
 * mdg_reader_memory_new:
 * @store: (nullable): where it is kept; %NULL remembers nothing
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the memory
 */
MdgReaderMemory *
mdg_reader_memory_new (MdgStore *store)
{
  MdgReaderMemory *self = g_new0 (MdgReaderMemory, 1);

  self->store = store;
  self->readers = g_ptr_array_new ();
  return self;
}

/**
 * mdg_reader_memory_free:
 * @self: (transfer full): the memory
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_memory_free (MdgReaderMemory *self)
{
  for (guint i = 0; i < self->readers->len; i++)
    {
      GObject *reader = g_ptr_array_index (self->readers, i);

      g_signal_handlers_disconnect_by_data (reader, self);
      g_object_weak_unref (reader, on_reader_gone_cb, self);
    }
  g_ptr_array_unref (self->readers);
  g_free (self);
}

/**
 * mdg_reader_memory_attach:
 * @self: the memory
 * @reader: a reader
 *
 * Tells @reader what is known of its extended length, unless it knows itself, and keeps what it
 * learns later. One small read, and one write when something is learnt: on the thread that owns
 * the store.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_memory_attach (MdgReaderMemory *self, MdgReader *reader)
{
  if (self->store == NULL || g_ptr_array_find (self->readers, reader, NULL))
    return;
  if (mdg_reader_get_extended (reader) == MDG_EXTENDED_UNKNOWN)
    recall (self, reader);
  g_ptr_array_add (self->readers, reader);
  g_object_weak_ref (G_OBJECT (reader), on_reader_gone_cb, self);
  g_signal_connect (reader, "notify::extended", G_CALLBACK (on_extended_cb), self);
}
