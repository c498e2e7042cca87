/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A PC/SC library that is a puppet: the SCard functions with pcsc-lite's types, and fake_pcsc_…
 * functions by which a test moves readers and cards, chooses the result of any call, holds calls
 * back and counts them. Where pcsc-lite waits for ever, it does, too. */
#include "config.h"

#include "fake-pcsc-private.h"

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

Fake fake = { .epoch = 1, .plugs = 1, .next_id = 1 };

static void
free_handle (gpointer data)
{
  Handle *handle = data;

  g_free (handle->reader);
  g_free (handle);
}

/* Counts the call, does what was ordered for it, waits while it is fake.held. Called with the
 * fake.lock. */
static guint32
enter (FakeCall call)
{
  guint number = ++fake.counts[call];
  guint32 code = OK;

  g_cond_broadcast (&fake.changed);
  for (guint i = 0; fake.orders != NULL && i < fake.orders->len; i++)
    {
      Order order = g_array_index (fake.orders, Order, i);

      if (order.call != call || (order.number != FAKE_EVERY && order.number != number))
        continue;
      if (order.hook != NULL)
        {
          g_mutex_unlock (&fake.lock);
          order.hook (order.data);
          g_mutex_lock (&fake.lock);
        }
      else
        code = order.code;
    }
  while (fake.held[call])
    g_cond_wait (&fake.changed, &fake.lock);
  return code;
}

static guint32
find_context (SCARDCONTEXT id, Context **context)
{
  *context =
      fake.contexts != NULL ? g_hash_table_lookup (fake.contexts, GINT_TO_POINTER (id)) : NULL;
  if (*context == NULL)
    return E_HANDLE;
  return fake.running && (*context)->epoch == fake.epoch ? OK : F_COMM;
}

static guint32
find_handle (SCARDHANDLE id, Handle **handle, Reader **reader)
{
  *handle = fake.handles != NULL ? g_hash_table_lookup (fake.handles, GINT_TO_POINTER (id)) : NULL;
  if (*handle == NULL)
    return E_HANDLE;
  if (!fake.running || (*handle)->epoch != fake.epoch)
    return F_COMM;
  *reader = fake_find_reader ((*handle)->reader);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_ESTABLISH);
  Context *context;

  if (code != OK)
    return code;
  if (!fake.running)
    return E_NO_SERVICE;
  if (fake.contexts == NULL)
    fake.contexts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  context = g_new0 (Context, 1);
  context->epoch = fake.epoch;
  *id = (SCARDCONTEXT) fake.next_id++;
  g_hash_table_insert (fake.contexts, GINT_TO_POINTER (*id), context);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_RELEASE);
  Context *context;

  find_context (id, &context);
  if (context == NULL)
    return E_HANDLE;
  if (context->epoch != fake.epoch && fake.handles != NULL)
    g_hash_table_foreach_remove (fake.handles, is_stale_handle, GUINT_TO_POINTER (context->epoch));
  g_hash_table_remove (fake.contexts, GINT_TO_POINTER (id));
  return code;
}

EXPORT LONG
SCardListReaders (SCARDCONTEXT id, LPCSTR groups, LPSTR names, LPDWORD length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_LIST_READERS);
  g_autoptr (GString) all = g_string_new (NULL);
  Context *context;

  if (code == OK)
    code = find_context (id, &context);
  if (code != OK)
    return code;
  for (guint i = 0; fake.readers != NULL && i < fake.readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (fake.readers, i);

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
  const Reader *reader = fake_find_reader (state->szReader);
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
      states[i].dwEventState = (DWORD) fake.plugs << 16;
      if (fake.plugs == (known != 0 ? known : plugs_before))
        continue;
      states[i].dwEventState |= SCARD_STATE_CHANGED;
      any = TRUE;
    }
  return any;
}

EXPORT LONG
SCardGetStatusChange (SCARDCONTEXT id, DWORD timeout, SCARD_READERSTATE *states, DWORD n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint plugs_before = fake.plugs;
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
      g_cond_wait_until (&fake.changed, &fake.lock, end);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_CANCEL);
  Context *context;

  if (code == OK)
    code = find_context (id, &context);
  if (code != OK)
    return code;
  context->cancelled = context->waiting;
  g_cond_broadcast (&fake.changed);
  return OK;
}

static guint32
wait_for_transaction (const char *name)
{
  Reader *reader;

  while ((reader = fake_find_reader (name)) != NULL && reader->use == FAKE_TRANSACTION &&
         fake.running)
    g_cond_wait (&fake.changed, &fake.lock);
  if (!fake.running)
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_CONNECT);
  gboolean direct = share == SCARD_SHARE_DIRECT;
  Context *context;
  Reader *reader;
  Handle *handle;

  if (code == OK)
    code = find_context (id, &context);
  if (code != OK)
    return code;
  if (fake_find_reader (name) == NULL)
    return E_READER;
  code = wait_for_transaction (name);
  if (code != OK)
    return code;
  reader = fake_find_reader (name);
  if (reader->use == FAKE_EXCLUSIVE)
    return E_SHARING;
  if (!direct && !reader->present)
    return E_NO_CARD;
  if (!direct && reader->mute)
    return W_MUTE;
  if (fake.handles == NULL)
    fake.handles = g_hash_table_new_full (NULL, NULL, NULL, free_handle);
  handle = g_new0 (Handle, 1);
  handle->reader = g_strdup (name);
  handle->epoch = fake.epoch;
  handle->resets = reader->resets;
  handle->insertions = reader->insertions;
  handle->direct = direct;
  *handle_id = (SCARDHANDLE) fake.next_id++;
  *protocol = direct ? 0 : SCARD_PROTOCOL_T1;
  g_hash_table_insert (fake.handles, GINT_TO_POINTER (*handle_id), handle);
  return OK;
}

EXPORT LONG
SCardReconnect (SCARDHANDLE id, DWORD share, DWORD protocols, DWORD how, LPDWORD protocol)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_DISCONNECT);
  Handle *handle;
  Reader *reader;

  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code == E_HANDLE || code == F_COMM)
    return code;
  if (disposition == SCARD_UNPOWER_CARD)
    fake.power_offs++;
  g_hash_table_remove (fake.handles, GINT_TO_POINTER (id));
  return OK;
}

EXPORT LONG
SCardBeginTransaction (SCARDHANDLE id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
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

/* As a card does that does not fake.answer: until it goes, or its driver gives it up. */
static guint32
hang_on (SCARDHANDLE id)
{
  gint64 end = g_get_monotonic_time () + (gint64) fake.hang * 1000;
  guint32 code = OK;
  Handle *handle;
  Reader *reader;

  fake.hang = 0;
  fake.hanging = TRUE;
  g_cond_broadcast (&fake.changed);
  while (code == OK && g_get_monotonic_time () < end)
    {
      g_cond_wait_until (&fake.changed, &fake.lock, end);
      code = find_handle (id, &handle, &reader);
    }
  fake.hanging = FALSE;
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint32 code = enter (FAKE_TRANSMIT);
  DWORD room = *length;
  Handle *handle;
  Reader *reader;

  if (send_pci->dwProtocol != SCARD_PROTOCOL_T1 || send_pci->cbPciLength != sizeof *send_pci)
    return 0x80100004;
  if (code == OK)
    code = find_handle (id, &handle, &reader);
  if (code == OK && fake.hang > 0)
    code = hang_on (id);
  if (code != OK)
    return code;
  return copy_out (fake.answer, to, room, length);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
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
