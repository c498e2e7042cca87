/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The readers that the desk looks at. Turns the manager's list and signals into six words: ready,
 * lost, reason, added, card in, card out. Promises that each insertion is reported once, and
 * remembers which one was taken, so that a card that merely lies there is not read again and again.
 */
#include "config.h"

#include "mdg-desk-watch.h"

/* One reader of the manager's list. Serials are 0 where there was none. */
typedef struct
{
  MdgDeskWatch *watch; /* unowned */
  MdgReader *reader;
  gulong problem_handler;
  guint reported;
  guint taken;
} Entry;

struct _MdgDeskWatch
{
  MdgReaderManager *readers;
  const MdgDeskWatchEvents *events;
  gpointer user_data;
  char *reader_id;
  GPtrArray *entries; /* of Entry */
  gboolean running;
  gboolean has_reader;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_signal_handler (&entry->problem_handler, entry->reader);
  g_object_unref (entry->reader);
  g_free (entry);
}

static Entry *
find_entry (MdgDeskWatch *self, MdgReader *reader)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->reader == reader)
        return entry;
    }
  return NULL;
}

static gboolean
is_usable (MdgDeskWatch *self, MdgReader *reader)
{
  if (mdg_reader_get_problem (reader) != NULL)
    return FALSE;
  return self->reader_id == NULL || g_str_equal (self->reader_id, mdg_reader_get_id (reader));
}

static void
update_ready (MdgDeskWatch *self)
{
  gboolean has_reader = FALSE;

  for (guint i = 0; i < self->entries->len && !has_reader; i++)
    has_reader = is_usable (self, ((Entry *) g_ptr_array_index (self->entries, i))->reader);
  if (has_reader == self->has_reader)
    return;
  self->has_reader = has_reader;
  if (!self->running)
    return;
  if (has_reader)
    self->events->ready (self->user_data);
  else
    self->events->lost (self->user_data);
}

static void
report_reason (MdgDeskWatch *self)
{
  if (self->running && !self->has_reader)
    self->events->reason (self->user_data);
}

static void
report_card (MdgDeskWatch *self, Entry *entry)
{
  guint serial = mdg_reader_get_card_serial (entry->reader);

  if (!self->running || !mdg_reader_get_present (entry->reader) || entry->reported == serial ||
      !is_usable (self, entry->reader))
    return;
  entry->reported = serial;
  self->events->card_in (entry->reader, self->user_data);
}

static void
on_problem_cb (MdgReader *reader, GParamSpec *pspec, gpointer user_data)
{
  MdgDeskWatch *self = user_data;
  Entry *entry = NULL;

  update_ready (self);
  report_reason (self);
  entry = find_entry (self, reader);
  if (entry != NULL)
    report_card (self, entry);
}

static void
on_drivers_problem_cb (MdgReaderManager *readers, GParamSpec *pspec, gpointer user_data)
{
  report_reason (user_data);
}

static void
on_card_inserted_cb (MdgReaderManager *readers, MdgReader *reader, gpointer user_data)
{
  MdgDeskWatch *self = user_data;
  Entry *entry = find_entry (self, reader);

  if (entry != NULL)
    report_card (self, entry);
}

static void
on_card_removed_cb (MdgReaderManager *readers, MdgReader *reader, gpointer user_data)
{
  MdgDeskWatch *self = user_data;

  if (self->running && find_entry (self, reader) != NULL)
    self->events->card_out (reader, self->user_data);
}

static gboolean
is_listed (MdgDeskWatch *self, MdgReader *reader)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->readers));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MdgReader) item = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      if (item == reader)
        return TRUE;
    }
  return FALSE;
}

static void
drop_missing (MdgDeskWatch *self)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (is_listed (self, entry->reader))
        continue;
      g_ptr_array_add (gone, g_object_ref (entry->reader));
      g_ptr_array_remove_index (self->entries, i - 1);
    }
  /* the reader's loss says more than its card's, so it is told first */
  update_ready (self);
  for (guint i = 0; i < gone->len && self->running; i++)
    self->events->card_out (g_ptr_array_index (gone, i), self->user_data);
}

static void
add_new (MdgDeskWatch *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->readers));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);
      Entry *entry;

      if (find_entry (self, reader) != NULL)
        continue;
      entry = g_new0 (Entry, 1);
      entry->watch = self;
      entry->reader = g_object_ref (reader);
      entry->problem_handler =
          g_signal_connect (reader, "notify::problem", G_CALLBACK (on_problem_cb), self);
      g_ptr_array_add (self->entries, entry);
      self->events->added (reader, self->user_data);
    }
  update_ready (self);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  MdgDeskWatch *self = data;

  drop_missing (self);
  add_new (self);
  for (guint i = 0; i < self->entries->len; i++)
    report_card (self, g_ptr_array_index (self->entries, i));
}

/**
 * mdg_desk_watch_new:
 * @readers: all readers
 * @events: who is told; static
 * @user_data: for @events
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): a watch that reports nothing yet
 */
MdgDeskWatch *
mdg_desk_watch_new (MdgReaderManager *readers, const MdgDeskWatchEvents *events, gpointer user_data)
{
  MdgDeskWatch *self = g_new0 (MdgDeskWatch, 1);

  self->readers = g_object_ref (readers);
  self->events = events;
  self->user_data = user_data;
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  return self;
}

/**
 * mdg_desk_watch_free:
 * @self: (transfer full): a watch
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_watch_free (MdgDeskWatch *self)
{
  mdg_desk_watch_stop (self);
  g_ptr_array_unref (self->entries);
  g_object_unref (self->readers);
  g_free (self->reader_id);
  g_free (self);
}

/**
 * mdg_desk_watch_set_reader_id:
 * @self: a watch
 * @id: (nullable): look at this reader only; %NULL for all of them
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_watch_set_reader_id (MdgDeskWatch *self, const char *id)
{
  g_free (self->reader_id);
  self->reader_id = g_strdup (id);
  update_ready (self);
}

/**
 * mdg_desk_watch_start:
 * @self: a watch
 *
 * Begins to report; "ready" is the first where a reader is there. Cards that lie there already are
 * found with mdg_desk_watch_next_card().
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_watch_start (MdgDeskWatch *self)
{
  if (self->running)
    return;
  g_signal_connect (self->readers, "items-changed", G_CALLBACK (on_items_changed_cb), self);
  g_signal_connect (self->readers, "card-inserted", G_CALLBACK (on_card_inserted_cb), self);
  g_signal_connect (self->readers, "card-removed", G_CALLBACK (on_card_removed_cb), self);
  g_signal_connect (self->readers, "notify::problem", G_CALLBACK (on_drivers_problem_cb), self);
  self->running = TRUE;
  add_new (self);
}

/**
 * mdg_desk_watch_stop:
 * @self: a watch
 *
 * Reports nothing any more, and forgets every reader and card.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_watch_stop (MdgDeskWatch *self)
{
  if (!self->running)
    return;
  g_signal_handlers_disconnect_by_data (self->readers, self);
  self->running = FALSE;
  self->has_reader = FALSE;
  g_ptr_array_set_size (self->entries, 0);
}

/**
 * mdg_desk_watch_has_reader:
 * @self: a watch
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether a usable reader is there
 */
gboolean
mdg_desk_watch_has_reader (MdgDeskWatch *self)
{
  return self->has_reader;
}

/**
 * mdg_desk_watch_next_card:
 * @self: a watch
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): a reader whose card was not taken yet
 */
MdgReader *
mdg_desk_watch_next_card (MdgDeskWatch *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (is_usable (self, entry->reader) && mdg_reader_get_present (entry->reader) &&
          entry->taken != mdg_reader_get_card_serial (entry->reader))
        return entry->reader;
    }
  return NULL;
}

/**
 * mdg_desk_watch_take:
 * @self: a watch
 * @reader: a reader with a card
 *
 * This insertion is dealt with: it is neither reported nor found any more.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_watch_take (MdgDeskWatch *self, MdgReader *reader)
{
  Entry *entry = find_entry (self, reader);

  if (entry == NULL)
    return;
  entry->taken = mdg_reader_get_card_serial (reader);
  entry->reported = entry->taken;
}

/**
 * mdg_desk_watch_has_card:
 * @self: a watch
 * @reader: a reader
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether a card lies there that can be read, taken before or not
 */
gboolean
mdg_desk_watch_has_card (MdgDeskWatch *self, MdgReader *reader)
{
  return find_entry (self, reader) != NULL && is_usable (self, reader) &&
         mdg_reader_get_present (reader);
}

/**
 * mdg_desk_watch_is_there:
 * @self: a watch
 * @reader: a reader
 * @card_serial: an insertion
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether that insertion is still on that reader
 */
gboolean
mdg_desk_watch_is_there (MdgDeskWatch *self, MdgReader *reader, guint card_serial)
{
  return find_entry (self, reader) != NULL && mdg_reader_get_present (reader) &&
         mdg_reader_get_card_serial (reader) == card_serial;
}

/**
 * mdg_desk_watch_get_problem:
 * @self: a watch
 *
 * Why there is no usable reader: the reader's own problem, the driver's, or that none is connected.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): an error of #MDG_READER_ERROR or of a driver
 */
GError *
mdg_desk_watch_get_problem (MdgDeskWatch *self)
{
  const GError *problem = NULL;

  for (guint i = 0; i < self->entries->len && problem == NULL; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (self->reader_id == NULL ||
          g_str_equal (self->reader_id, mdg_reader_get_id (entry->reader)))
        problem = mdg_reader_get_problem (entry->reader);
    }
  if (problem == NULL)
    problem = mdg_reader_manager_get_problem (self->readers);
  if (problem != NULL)
    return g_error_copy (problem);
  return g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_GONE, "there is no reader");
}
