/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A PC/SC library that is a puppet: the SCard functions with pcsc-lite's types, and fake_pcsc_…
 * functions by which a test moves readers and cards, chooses the result of any call, holds calls
 * back and counts them. Where pcsc-lite waits for ever, it does, too. */
#include "config.h"

#include "fake-pcsc.h"

#include <string.h>
#include <winscard.h>

#undef SCARD_E_TIMEOUT
#define OK           0
#define E_CANCELLED  0x80100002
#define E_HANDLE     0x80100003
#define E_BUFFER     0x80100008
#define E_READER     0x80100009
#define E_TIMEOUT    0x8010000A
#define E_SHARING    0x8010000B
#define E_NO_CARD    0x8010000C
#define F_COMM       0x80100013
#define E_TRANSACTED 0x80100016
#define E_GONE       0x80100017
#define E_NO_SERVICE 0x8010001D
#define E_FEATURE    0x8010001F
#define E_NO_READERS 0x8010002E
#define W_MUTE       0x80100066
#define W_RESET      0x80100068
#define W_REMOVED    0x80100069

#define EXPORT __attribute__ ((visibility ("default")))

typedef struct
{
  char *name;
  gboolean present;
  gboolean mute;
  guint8 atr[33];
  gsize atr_length;
  guint16 counter;
  FakeUse use;
  guint resets;
  guint insertions;
  GBytes *features;
  GBytes *properties;
} Reader;

typedef struct
{
  guint epoch;
  gboolean waiting;
  gboolean cancelled;
} Context;

typedef struct
{
  char *reader;
  guint epoch;
  guint resets;
  guint insertions;
  gboolean direct;
} Handle;

typedef struct
{
  FakeCall call;
  guint number;
  guint32 code;
  void (*hook) (gpointer);
  gpointer data;
} Order;

static GMutex lock;
static GCond changed;
static gboolean running;
static guint epoch = 1;
static GPtrArray *readers;
static GHashTable *contexts, *handles;
static GArray *orders;
static GBytes *answer;
static guint counts[FAKE_N_CALLS];
static gboolean held[FAKE_N_CALLS];
static guint plugs = 1;
static guint next_id = 1;
static guint power_offs;
static guint hang; /* milliseconds, of the next transmit */
static gboolean hanging;

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  g_clear_pointer (&reader->features, g_bytes_unref);
  g_clear_pointer (&reader->properties, g_bytes_unref);
  g_free (reader->name);
  g_free (reader);
}

static void
free_handle (gpointer data)
{
  Handle *handle = data;

  g_free (handle->reader);
  g_free (handle);
}

static Reader *
find_reader (const char *name)
{
  for (guint i = 0; readers != NULL && i < readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (readers, i);

      if (strcmp (reader->name, name) == 0)
        return reader;
    }
  return NULL;
}

/* Counts the call, does what was ordered for it, waits while it is held. Called with the lock. */
static guint32
enter (FakeCall call)
{
  guint number = ++counts[call];
  guint32 code = OK;

  g_cond_broadcast (&changed);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      Order order = g_array_index (orders, Order, i);

      if (order.call != call || (order.number != FAKE_EVERY && order.number != number))
        continue;
      if (order.hook != NULL)
        {
          g_mutex_unlock (&lock);
          order.hook (order.data);
          g_mutex_lock (&lock);
        }
      else
        code = order.code;
    }
  while (held[call])
    g_cond_wait (&changed, &lock);
  return code;
}

static guint32
find_context (SCARDCONTEXT id, Context **context)
{
  *context = contexts != NULL ? g_hash_table_lookup (contexts, GINT_TO_POINTER (id)) : NULL;
  if (*context == NULL)
    return E_HANDLE;
  return running && (*context)->epoch == epoch ? OK : F_COMM;
}

static guint32
find_handle (SCARDHANDLE id, Handle **handle, Reader **reader)
{
  *handle = handles != NULL ? g_hash_table_lookup (handles, GINT_TO_POINTER (id)) : NULL;
  if (*handle == NULL)
    return E_HANDLE;
  if (!running || (*handle)->epoch != epoch)
    return F_COMM;
  *reader = find_reader ((*handle)->reader);
  if (*reader == NULL)
    return E_GONE;
  if ((*handle)->direct)
    return OK;
  if (!(*reader)->present || (*reader)->insertions != (*handle)->insertions)
    return W_REMOVED;
  return (*reader)->resets != (*handle)->resets ? W_RESET : OK;
}

EXPORT LONG
SCardEstablishContext (DWORD scope, LPCVOID a, LPCVOID b, LPSCARDCONTEXT id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_ESTABLISH);
  Context *context;

  if (code != OK)
    return code;
  if (!running)
    return E_NO_SERVICE;
  if (contexts == NULL)
    contexts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  context = g_new0 (Context, 1);
  context->epoch = epoch;
  *id = (SCARDCONTEXT) next_id++;
  g_hash_table_insert (contexts, GINT_TO_POINTER (*id), context);
  return OK;
}

static gboolean
is_stale_handle (gpointer key, gpointer value, gpointer data)
{
  return ((Handle *) value)->epoch == GPOINTER_TO_UINT (data);
}

EXPORT LONG
SCardReleaseContext (SCARDCONTEXT id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_RELEASE);
  Context *context;

  find_context (id, &context);
  if (context == NULL)
    return E_HANDLE;
  if (context->epoch != epoch && handles != NULL)
    g_hash_table_foreach_remove (handles, is_stale_handle, GUINT_TO_POINTER (context->epoch));
  g_hash_table_remove (contexts, GINT_TO_POINTER (id));
  return code;
}

EXPORT LONG
SCardListReaders (SCARDCONTEXT id, LPCSTR groups, LPSTR names, LPDWORD length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_LIST_READERS);
  g_autoptr (GString) all = g_string_new (NULL);
  Context *context;

  if (code == OK)
    code = find_context (id, &context);
  if (code != OK)
    return code;
  for (guint i = 0; readers != NULL && i < readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (readers, i);

      g_string_append_len (all, reader->name, (gssize) strlen (reader->name) + 1);
    }
  if (all->len == 0)
    return E_NO_READERS;
  if (names != NULL && *length < all->len + 1)
    return E_BUFFER;
  for (gsize i = 0; names != NULL && i <= all->len; i++)
    names[i] = all->str[i];
  *length = all->len + 1;
  return OK;
}

static gboolean
look_at_reader (SCARD_READERSTATE *state)
{
  const Reader *reader = find_reader (state->szReader);
  DWORD known = state->dwCurrentState & 0xFFFF & ~(DWORD) SCARD_STATE_CHANGED;
  DWORD now;

  if (reader == NULL)
    {
      now = SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE;
      state->dwEventState = now | (known != now ? SCARD_STATE_CHANGED : 0);
      return known != now;
    }
  now = reader->present ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
  if (reader->mute)
    now |= SCARD_STATE_MUTE;
  if (reader->use == FAKE_EXCLUSIVE)
    now |= SCARD_STATE_EXCLUSIVE;
  else if (reader->use != FAKE_FREE && reader->present)
    now |= SCARD_STATE_INUSE;
  state->cbAtr = reader->atr_length;
  for (gsize i = 0; i < reader->atr_length; i++)
    state->rgbAtr[i] = reader->atr[i];
  state->dwEventState = now | (DWORD) reader->counter << 16;
  if (known == now && (state->dwCurrentState >> 16) == reader->counter)
    return FALSE;
  state->dwEventState |= SCARD_STATE_CHANGED;
  return TRUE;
}

static gboolean
look_at_all (SCARD_READERSTATE *states, DWORD n, guint plugs_before)
{
  gboolean any = FALSE;

  for (DWORD i = 0; i < n; i++)
    {
      guint known = (guint) (states[i].dwCurrentState >> 16);

      if (strcmp (states[i].szReader, "\\\\?PnP?\\Notification") != 0)
        {
          any |= look_at_reader (&states[i]);
          continue;
        }
      states[i].dwEventState = (DWORD) plugs << 16;
      if (plugs == (known != 0 ? known : plugs_before))
        continue;
      states[i].dwEventState |= SCARD_STATE_CHANGED;
      any = TRUE;
    }
  return any;
}

EXPORT LONG
SCardGetStatusChange (SCARDCONTEXT id, DWORD timeout, SCARD_READERSTATE *states, DWORD n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint plugs_before = plugs;
  guint32 code = enter (FAKE_GET_STATUS_CHANGE);
  gint64 end = timeout == INFINITE ? G_MAXINT64 : g_get_monotonic_time () + (gint64) timeout * 1000;
  Context *context = NULL;

  if (code != OK)
    return code;
  while ((code = find_context (id, &context)) == OK && !look_at_all (states, n, plugs_before))
    {
      if (context->cancelled)
        code = E_CANCELLED;
      else if (g_get_monotonic_time () >= end)
        code = E_TIMEOUT;
      if (code != OK)
        break;
      context->waiting = TRUE;
      g_cond_wait_until (&changed, &lock, end);
      code = find_context (id, &context);
      if (code != OK)
        break;
      context->waiting = FALSE;
    }
  if (context != NULL)
    context->waiting = context->cancelled = FALSE;
  return code;
}

EXPORT LONG
SCardCancel (SCARDCONTEXT id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_CANCEL);
  Context *context;

  if (code == OK)
    code = find_context (id, &context);
  if (code != OK)
    return code;
  context->cancelled = context->waiting;
  g_cond_broadcast (&changed);
  return OK;
}

static guint32
wait_for_transaction (const char *name)
{
  Reader *reader;

  while ((reader = find_reader (name)) != NULL && reader->use == FAKE_TRANSACTION && running)
    g_cond_wait (&changed, &lock);
  if (!running)
    return F_COMM;
  return reader == NULL ? E_GONE : OK;
}

EXPORT LONG
SCardConnect (SCARDCONTEXT id,
              LPCSTR name,
              DWORD share,
              DWORD protocols,
              LPSCARDHANDLE handle_id,
              LPDWORD protocol)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_CONNECT);
  gboolean direct = share == SCARD_SHARE_DIRECT;
  Context *context;
  Reader *reader;
  Handle *handle;

  if (code == OK)
    code = find_context (id, &context);
  if (code != OK)
    return code;
  if (find_reader (name) == NULL)
    return E_READER;
  code = wait_for_transaction (name);
  if (code != OK)
    return code;
  reader = find_reader (name);
  if (reader->use == FAKE_EXCLUSIVE)
    return E_SHARING;
  if (!direct && !reader->present)
    return E_NO_CARD;
  if (!direct && reader->mute)
    return W_MUTE;
  if (handles == NULL)
    handles = g_hash_table_new_full (NULL, NULL, NULL, free_handle);
  handle = g_new0 (Handle, 1);
  handle->reader = g_strdup (name);
  handle->epoch = epoch;
  handle->resets = reader->resets;
  handle->insertions = reader->insertions;
  handle->direct = direct;
  *handle_id = (SCARDHANDLE) next_id++;
  *protocol = direct ? 0 : SCARD_PROTOCOL_T1;
  g_hash_table_insert (handles, GINT_TO_POINTER (*handle_id), handle);
  return OK;
}

EXPORT LONG
SCardReconnect (SCARDHANDLE id, DWORD share, DWORD protocols, DWORD how, LPDWORD protocol)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_RECONNECT);
  Handle *handle;
  Reader *reader;

  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code != OK && code != W_RESET)
    return code;
  handle->resets = reader->resets;
  *protocol = SCARD_PROTOCOL_T1;
  return OK;
}

EXPORT LONG
SCardDisconnect (SCARDHANDLE id, DWORD disposition)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_DISCONNECT);
  Handle *handle;
  Reader *reader;

  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code == E_HANDLE || code == F_COMM)
    return code;
  if (disposition == SCARD_UNPOWER_CARD)
    power_offs++;
  g_hash_table_remove (handles, GINT_TO_POINTER (id));
  return OK;
}

EXPORT LONG
SCardBeginTransaction (SCARDHANDLE id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_BEGIN);
  Handle *handle;
  Reader *reader;

  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code != OK)
    return code;
  code = wait_for_transaction (handle->reader);
  return code != OK ? code : find_handle (id, &handle, &reader);
}

EXPORT LONG
SCardEndTransaction (SCARDHANDLE id, DWORD disposition)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_END);
  Handle *handle;
  Reader *reader;

  return code != OK ? code : find_handle (id, &handle, &reader);
}

static guint32
copy_out (GBytes *bytes, void *to, DWORD room, LPDWORD length)
{
  gsize size;
  const guint8 *from = g_bytes_get_data (bytes, &size);

  *length = size;
  if (size > room)
    return E_BUFFER;
  for (gsize i = 0; i < size; i++)
    ((guint8 *) to)[i] = from[i];
  return OK;
}

/* As a card does that does not answer: until it goes, or its driver gives it up. */
static guint32
hang_on (SCARDHANDLE id)
{
  gint64 end = g_get_monotonic_time () + (gint64) hang * 1000;
  guint32 code = OK;
  Handle *handle;
  Reader *reader;

  hang = 0;
  hanging = TRUE;
  g_cond_broadcast (&changed);
  while (code == OK && g_get_monotonic_time () < end)
    {
      g_cond_wait_until (&changed, &lock, end);
      code = find_handle (id, &handle, &reader);
    }
  hanging = FALSE;
  return code != OK ? code : E_TRANSACTED;
}

EXPORT LONG
SCardTransmit (SCARDHANDLE id,
               const SCARD_IO_REQUEST *send_pci,
               LPCBYTE command,
               DWORD command_length,
               SCARD_IO_REQUEST *receive_pci,
               LPBYTE to,
               LPDWORD length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_TRANSMIT);
  DWORD room = *length;
  Handle *handle;
  Reader *reader;

  if (send_pci->dwProtocol != SCARD_PROTOCOL_T1 || send_pci->cbPciLength != sizeof *send_pci)
    return 0x80100004;
  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code == OK && hang > 0)
    code = hang_on (id);
  if (code != OK)
    return code;
  return copy_out (answer, to, room, length);
}

EXPORT LONG
SCardControl (SCARDHANDLE id,
              DWORD control,
              LPCVOID from,
              DWORD from_length,
              LPVOID to,
              DWORD room,
              LPDWORD length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint32 code = enter (FAKE_CONTROL);
  Handle *handle;
  Reader *reader;

  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code != OK)
    return code;
  if (control == 0x42000000 + 3400 && reader->features != NULL)
    return copy_out (reader->features, to, room, length);
  if (control == 0x00C0FFEE && reader->properties != NULL)
    return copy_out (reader->properties, to, room, length);
  return E_FEATURE;
}

EXPORT void
fake_pcsc_reset (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; i < FAKE_N_CALLS; i++)
    {
      counts[i] = 0;
      held[i] = FALSE;
    }
  g_clear_pointer (&readers, g_ptr_array_unref);
  g_clear_pointer (&orders, g_array_unref);
  g_clear_pointer (&answer, g_bytes_unref);
  g_clear_pointer (&contexts, g_hash_table_unref);
  g_clear_pointer (&handles, g_hash_table_unref);
  readers = g_ptr_array_new_with_free_func (free_reader);
  orders = g_array_new (FALSE, TRUE, sizeof (Order));
  answer = g_bytes_new_static ("\x90\x00", 2);
  running = TRUE;
  power_offs = hang = 0;
  epoch++;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_set_service (gboolean value)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (running && !value)
    epoch++;
  running = value;
  for (guint i = 0; i < readers->len; i++)
    ((Reader *) g_ptr_array_index (readers, i))->counter = 0;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_add_reader (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Reader *reader = g_new0 (Reader, 1);

  reader->name = g_strdup (name);
  g_ptr_array_add (readers, reader);
  plugs++;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_remove_reader (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_ptr_array_remove (readers, find_reader (name));
  plugs++;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_insert (const char *name, const guint8 *atr, gsize length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Reader *reader = find_reader (name);

  g_assert (reader != NULL && !reader->present && length <= sizeof reader->atr);
  reader->present = TRUE;
  reader->insertions++;
  reader->counter++;
  reader->atr_length = length;
  for (gsize i = 0; i < length; i++)
    reader->atr[i] = atr[i];
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_pull (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Reader *reader = find_reader (name);

  if (reader == NULL || !reader->present)
    return;
  reader->present = reader->mute = FALSE;
  reader->counter++;
  reader->atr_length = 0;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_reset_card (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  find_reader (name)->resets++;
}

EXPORT void
fake_pcsc_set_mute (const char *name, gboolean mute)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  find_reader (name)->mute = mute;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_set_use (const char *name, FakeUse use)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  find_reader (name)->use = use;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_set_features (const char *name, GBytes *features, GBytes *properties)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Reader *reader = find_reader (name);

  reader->features = g_bytes_ref (features);
  reader->properties = g_bytes_ref (properties);
}

EXPORT void
fake_pcsc_set_answer (GBytes *value)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_bytes_unref (answer);
  answer = g_bytes_ref (value);
}

EXPORT void
fake_pcsc_set_code (FakeCall call, guint number, guint32 code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Order order = { .call = call, .number = number, .code = code };

  g_array_append_val (orders, order);
}

EXPORT void
fake_pcsc_set_hook (FakeCall call, guint number, void (*hook) (gpointer), gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Order order = { .call = call, .number = number, .hook = hook, .data = data };

  g_array_append_val (orders, order);
}

EXPORT void
fake_pcsc_set_hold (FakeCall call, gboolean hold)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  held[call] = hold;
  g_cond_broadcast (&changed);
}

EXPORT void
fake_pcsc_hang_once (guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  hang = milliseconds;
}

EXPORT gboolean
fake_pcsc_wait_hanging (guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (!hanging)
    if (!g_cond_wait_until (&changed, &lock, end))
      break;
  return hanging;
}

EXPORT guint
fake_pcsc_count (FakeCall call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return counts[call];
}

EXPORT void
fake_pcsc_forget_counts (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; i < FAKE_N_CALLS; i++)
    counts[i] = 0;
}

EXPORT guint
fake_pcsc_count_handles (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return handles != NULL ? g_hash_table_size (handles) : 0;
}

EXPORT guint
fake_pcsc_count_contexts (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return contexts != NULL ? g_hash_table_size (contexts) : 0;
}

EXPORT guint
fake_pcsc_count_power_offs (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return power_offs;
}

EXPORT gboolean
fake_pcsc_wait_count (FakeCall call, guint count, guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (counts[call] < count)
    if (!g_cond_wait_until (&changed, &lock, end))
      break;
  return counts[call] >= count;
}
