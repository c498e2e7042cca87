/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What SCardGetStatusChange tells, made into reports of readers and cards.
 *
 * The service counts insertions and removals of each reader in the high word of its state. A card
 * that was pulled and put back between two looks shows only there, and is reported as both: it may
 * be another card, and at any rate it has lost its state. */
#include "config.h"

#include "mdg-pcsc-watch.h"

#define CHANGES(from, to) ((guint16) (((to) >> 16) - ((from) >> 16)))
#define ABSENT_FLAGS      (MDG_PCSC_STATE_UNKNOWN | MDG_PCSC_STATE_UNAVAILABLE)

typedef struct
{
  MdgPcscReader *reader;
  gboolean looked; /* its state was seen once */
  gboolean present;
  gboolean atr_known;
  guint32 counted; /* the last state with a counter in it */
  guint32 current; /* what the service is told that we know */
  int problem;     /* MdgReaderError, or -1 */
} Entry;

struct _MdgPcscWatch
{
  MdgReaderDriver *driver; /* unowned */
  MdgPcscApi *api;
  MdgPcscContext context;
  MdgPcscWatchAsk ask;
  GPtrArray *entries;
  GArray *states; /* of MdgPcscState: one for each entry, and the one for comings and goings */
  guint32 plug;   /* the last state of that one */
};

static void
remove_reader (MdgPcscWatch *self, Entry *entry)
{
  if (entry->present)
    mdg_pcsc_reader_see_no_card (entry->reader);
  mdg_reader_driver_remove_reader (self->driver, mdg_reader_get_id (MDG_READER (entry->reader)));
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->reader);
  g_free (entry);
}

static void
add_reader (MdgPcscWatch *self, const char *name)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->reader = mdg_pcsc_reader_new (self->api, name);
  entry->problem = -1;
  g_ptr_array_add (self->entries, entry);
  mdg_reader_driver_add_reader (self->driver, MDG_READER (entry->reader));
  mdg_pcsc_reader_report_name (entry->reader);
}

static gboolean
has_entry (MdgPcscWatch *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (mdg_pcsc_reader_get_pcsc_name (entry->reader), name))
        return TRUE;
    }
  return FALSE;
}

static void
report_problem (Entry *entry, int code)
{
  g_autoptr (GError) error = NULL;

  if (code == entry->problem)
    return;
  entry->problem = code;
  if (code >= 0)
    error = g_error_new (MDG_READER_ERROR, code, "PC/SC says that %s",
                         code == MDG_READER_ERROR_MUTE     ? "the card does not answer"
                         : code == MDG_READER_ERROR_IN_USE ? "another program has the reader"
                                                           : "the reader does not work");
  mdg_reader_report_problem (MDG_READER (entry->reader), error);
}

static int
find_problem (guint32 state)
{
  if ((state & MDG_PCSC_STATE_UNAVAILABLE) != 0)
    return MDG_READER_ERROR_FAILED;
  if ((state & MDG_PCSC_STATE_EXCLUSIVE) != 0)
    return MDG_READER_ERROR_IN_USE;
  if ((state & (MDG_PCSC_STATE_MUTE | MDG_PCSC_STATE_PRESENT)) ==
      (MDG_PCSC_STATE_MUTE | MDG_PCSC_STATE_PRESENT))
    return MDG_READER_ERROR_MUTE;
  return -1;
}

static void
insert_card (Entry *entry, const MdgPcscState *state)
{
  entry->present = TRUE;
  entry->atr_known = state->atr_length > 0;
  mdg_pcsc_reader_see_card (entry->reader, state->atr, state->atr_length);
}

static void
pull_card (Entry *entry)
{
  entry->present = FALSE;
  mdg_pcsc_reader_see_no_card (entry->reader);
}

/* TRUE when a card or reader has changed, and not only its use by programs. */
static gboolean
apply_state (Entry *entry, const MdgPcscState *state)
{
  static const MdgPcscState no_card = { 0 };
  guint32 event = state->event;
  gboolean present = (event & MDG_PCSC_STATE_PRESENT) != 0 && (event & ABSENT_FLAGS) == 0;
  gboolean counts = (event & ABSENT_FLAGS) == 0;
  guint changes = entry->looked && counts ? CHANGES (entry->counted, event) : 0;
  gboolean changed = TRUE;

  if (entry->present && !present)
    pull_card (entry);
  else if (!entry->present && present)
    insert_card (entry, state);
  else if (present && changes >= 2)
    {
      pull_card (entry);
      insert_card (entry, state);
    }
  else if (!present && counts && changes >= 2)
    {
      insert_card (entry, &no_card);
      pull_card (entry);
    }
  else if (present && !entry->atr_known && state->atr_length > 0)
    insert_card (entry, state);
  else
    changed = FALSE;
  report_problem (entry, find_problem (event));
  entry->looked = TRUE;
  entry->current = event & ~(guint32) MDG_PCSC_STATE_CHANGED;
  if (counts)
    entry->counted = event;
  return changed;
}

/**
 * mdg_pcsc_watch_new:
 * @driver: (not nullable): to whom the readers are reported; must outlive the watch
 * @api: the library
 * @context: the context that is watched
 * @ask: called for each new reader that is empty
 *
 * Thread: the monitor's, as all functions here.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a new watch, which knows no reader yet
 */
MdgPcscWatch *
mdg_pcsc_watch_new (MdgReaderDriver *driver,
                    MdgPcscApi *api,
                    MdgPcscContext context,
                    MdgPcscWatchAsk ask)
{
  MdgPcscWatch *self = g_new0 (MdgPcscWatch, 1);

  self->driver = driver;
  self->api = mdg_pcsc_api_ref (api);
  self->context = context;
  self->ask = ask;
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->states = g_array_new (FALSE, TRUE, sizeof (MdgPcscState));
  return self;
}

/**
 * mdg_pcsc_watch_free:
 * @self: (transfer full): a watch
 *
 * Reports that all its readers are gone.
 *
 * Thread: the monitor's.
 *
 * Errors: none.
 */
void
mdg_pcsc_watch_free (MdgPcscWatch *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    remove_reader (self, g_ptr_array_index (self->entries, i));
  g_ptr_array_unref (self->entries);
  g_array_unref (self->states);
  mdg_pcsc_api_unref (self->api);
  g_free (self);
}

/**
 * mdg_pcsc_watch_list:
 * @self: a watch
 *
 * Asks which readers there are and reports those that came and went.
 *
 * Thread: the monitor's.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_watch_list (MdgPcscWatch *self)
{
  g_auto (GStrv) names = NULL;
  MdgPcscCode code = mdg_pcsc_api_list_readers (self->api, self->context, &names);

  if (code != MDG_PCSC_OK)
    return code;
  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (g_strv_contains ((const char *const *) names,
                           mdg_pcsc_reader_get_pcsc_name (entry->reader)))
        continue;
      remove_reader (self, entry);
      g_ptr_array_remove_index (self->entries, i - 1);
    }
  for (guint i = 0; names[i] != NULL; i++)
    if (!has_entry (self, names[i]))
      add_reader (self, names[i]);
  return MDG_PCSC_OK;
}

/**
 * mdg_pcsc_watch_wait:
 * @self: a watch
 * @milliseconds: how long at most
 *
 * Waits for a change of any reader or card; returns at once while there is a reader whose state is
 * not known yet.
 *
 * Thread: the monitor's.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK when mdg_pcsc_watch_apply() has something to do, or another code
 */
MdgPcscCode
mdg_pcsc_watch_wait (MdgPcscWatch *self, guint milliseconds)
{
  g_array_set_size (self->states, 0);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      MdgPcscState state = { .name = mdg_pcsc_reader_get_pcsc_name (entry->reader),
                             .current = entry->current };

      g_array_append_val (self->states, state);
    }
  {
    MdgPcscState plug = { .name = MDG_PCSC_PNP_READER, .current = self->plug };

    g_array_append_val (self->states, plug);
  }
  return mdg_pcsc_api_get_status_change (self->api, self->context, milliseconds,
                                         (MdgPcscState *) self->states->data, self->states->len);
}

/**
 * mdg_pcsc_watch_apply:
 * @self: a watch for which mdg_pcsc_watch_wait() returned %MDG_PCSC_OK
 *
 * Reports what has changed.
 *
 * Thread: the monitor's.
 *
 * Errors: none.
 *
 * Returns: whether anything has; a service that wakes for nothing, again and again, can be slowed
 *   down by that
 */
gboolean
mdg_pcsc_watch_apply (MdgPcscWatch *self)
{
  const MdgPcscState *states = (const MdgPcscState *) self->states->data;
  gboolean changed = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      gboolean first = !entry->looked;

      if (apply_state (entry, &states[i]) || first)
        changed = TRUE;
      if (first && !entry->present &&
          (states[i].event & (ABSENT_FLAGS | MDG_PCSC_STATE_EXCLUSIVE | MDG_PCSC_STATE_INUSE)) == 0)
        self->ask (self->driver, entry->reader);
    }
  if ((states[self->entries->len].event & MDG_PCSC_STATE_CHANGED) != 0)
    changed = TRUE;
  self->plug = states[self->entries->len].event & ~(guint32) MDG_PCSC_STATE_CHANGED;
  return changed;
}
