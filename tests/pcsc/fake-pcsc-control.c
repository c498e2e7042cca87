/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The strings of the puppet: what tests do to the fake PC/SC library. */
#include "config.h"

#include "fake-pcsc-private.h"

#include <string.h>

void
fake_free_reader (gpointer data)
{
  Reader *reader = data;

  g_clear_pointer (&reader->features, g_bytes_unref);
  g_clear_pointer (&reader->properties, g_bytes_unref);
  g_free (reader->name);
  g_free (reader);
}

Reader *
fake_find_reader (const char *name)
{
  for (guint i = 0; fake.readers != NULL && i < fake.readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (fake.readers, i);

      if (strcmp (reader->name, name) == 0)
        return reader;
    }
  return NULL;
}

/* A test names a reader that it added. */
static Reader *
get_reader (const char *name)
{
  Reader *reader = fake_find_reader (name);

  g_assert (reader != NULL);
  return reader;
}

EXPORT void
fake_pcsc_reset (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  for (guint i = 0; i < FAKE_N_CALLS; i++)
    {
      fake.counts[i] = 0;
      fake.held[i] = FALSE;
    }
  g_clear_pointer (&fake.readers, g_ptr_array_unref);
  g_clear_pointer (&fake.orders, g_array_unref);
  g_clear_pointer (&fake.answer, g_bytes_unref);
  g_clear_pointer (&fake.contexts, g_hash_table_unref);
  g_clear_pointer (&fake.handles, g_hash_table_unref);
  fake.readers = g_ptr_array_new_with_free_func (fake_free_reader);
  fake.orders = g_array_new (FALSE, TRUE, sizeof (Order));
  fake.answer = g_bytes_new_static ("\x90\x00", 2);
  fake.running = TRUE;
  fake.power_offs = fake.hang = 0;
  fake.epoch++;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_set_service (gboolean value)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  if (fake.running && !value)
    fake.epoch++;
  fake.running = value;
  for (guint i = 0; i < fake.readers->len; i++)
    ((Reader *) g_ptr_array_index (fake.readers, i))->counter = 0;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_add_reader (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  Reader *reader = g_new0 (Reader, 1);

  reader->name = g_strdup (name);
  g_ptr_array_add (fake.readers, reader);
  fake.plugs++;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_remove_reader (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  g_ptr_array_remove (fake.readers, fake_find_reader (name));
  fake.plugs++;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_insert (const char *name, const guint8 *atr, gsize length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  Reader *reader = get_reader (name);

  g_assert (reader != NULL && !reader->present && length <= sizeof reader->atr);
  reader->present = TRUE;
  reader->insertions++;
  reader->counter++;
  reader->atr_length = length;
  for (gsize i = 0; i < length; i++)
    reader->atr[i] = atr[i];
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_pull (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  Reader *reader = get_reader (name);

  if (reader == NULL || !reader->present)
    return;
  reader->present = reader->mute = FALSE;
  reader->counter++;
  reader->atr_length = 0;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_reset_card (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  get_reader (name)->resets++;
}

EXPORT void
fake_pcsc_set_mute (const char *name, gboolean mute)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  get_reader (name)->mute = mute;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_set_use (const char *name, FakeUse use)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  get_reader (name)->use = use;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_set_features (const char *name, GBytes *features, GBytes *properties)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  Reader *reader = get_reader (name);

  reader->features = g_bytes_ref (features);
  reader->properties = g_bytes_ref (properties);
}

EXPORT void
fake_pcsc_set_answer (GBytes *value)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  g_bytes_unref (fake.answer);
  fake.answer = g_bytes_ref (value);
}

EXPORT void
fake_pcsc_set_code (FakeCall call, guint number, guint32 code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  Order order = { .call = call, .number = number, .code = code };

  g_array_append_val (fake.orders, order);
}

EXPORT void
fake_pcsc_set_hook (FakeCall call, guint number, void (*hook) (gpointer), gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  Order order = { .call = call, .number = number, .hook = hook, .data = data };

  g_array_append_val (fake.orders, order);
}

EXPORT void
fake_pcsc_set_hold (FakeCall call, gboolean hold)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  fake.held[call] = hold;
  g_cond_broadcast (&fake.changed);
}

EXPORT void
fake_pcsc_hang_once (guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  fake.hang = milliseconds;
}

EXPORT gboolean
fake_pcsc_wait_hanging (guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (!fake.hanging)
    if (!g_cond_wait_until (&fake.changed, &fake.lock, end))
      break;
  return fake.hanging;
}

EXPORT guint
fake_pcsc_count (FakeCall call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  return fake.counts[call];
}

EXPORT void
fake_pcsc_forget_counts (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  for (guint i = 0; i < FAKE_N_CALLS; i++)
    fake.counts[i] = 0;
}

EXPORT guint
fake_pcsc_count_handles (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  return fake.handles != NULL ? g_hash_table_size (fake.handles) : 0;
}

EXPORT guint
fake_pcsc_count_contexts (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  return fake.contexts != NULL ? g_hash_table_size (fake.contexts) : 0;
}

EXPORT guint
fake_pcsc_count_power_offs (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  return fake.power_offs;
}

EXPORT gboolean
fake_pcsc_wait_count (FakeCall call, guint count, guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (fake.counts[call] < count)
    if (!g_cond_wait_until (&fake.changed, &fake.lock, end))
      break;
  return fake.counts[call] >= count;
}
