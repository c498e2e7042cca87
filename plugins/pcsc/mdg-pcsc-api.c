/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PC/SC library, found when the program runs: libpcsclite.so.1 or winscard.dll.
 *
 * Everything in which the two differ is in this file: DWORD and LONG are unsigned long and long in
 * pcsc-lite and 32 bits on Windows, reader names are bytes there and UTF-16 here, control codes are
 * made up differently. Beyond it there are only GLib types. It promises nothing about which thread
 * calls what: PC/SC serializes the calls on one context by itself, so a thread that must not wait
 * for another has a context of its own. */
#include "config.h"

#include "mdg-pcsc-api.h"

#include <gmodule.h>
#include <string.h>
#ifdef G_OS_WIN32
#include <windows.h>
#endif
#include <winscard.h>

#ifdef G_OS_WIN32
#define LIBRARY_NAME   "winscard.dll"
#define CALL           WINAPI
#define WIDE(name)     name "W"
#define CTL_CODE_OF(n) ((0x31u << 16) | ((guint32) (n) << 2)) /* FILE_DEVICE_SMARTCARD */
typedef SCARD_READERSTATEW ReaderState;
typedef WCHAR Char;
#else
#define LIBRARY_NAME "libpcsclite.so.1"
#define CALL
#define WIDE(name)     name
#define CTL_CODE_OF(n) (0x42000000u + (guint32) (n))
typedef SCARD_READERSTATE ReaderState;
typedef char Char;
#endif

G_STATIC_ASSERT (MDG_PCSC_STATE_UNKNOWN == SCARD_STATE_UNKNOWN);
G_STATIC_ASSERT (MDG_PCSC_STATE_UNAVAILABLE == SCARD_STATE_UNAVAILABLE);
G_STATIC_ASSERT (MDG_PCSC_STATE_EMPTY == SCARD_STATE_EMPTY);
G_STATIC_ASSERT (MDG_PCSC_STATE_PRESENT == SCARD_STATE_PRESENT);
G_STATIC_ASSERT (MDG_PCSC_STATE_EXCLUSIVE == SCARD_STATE_EXCLUSIVE);
G_STATIC_ASSERT (MDG_PCSC_STATE_INUSE == SCARD_STATE_INUSE);
G_STATIC_ASSERT (MDG_PCSC_STATE_MUTE == SCARD_STATE_MUTE);
G_STATIC_ASSERT (MDG_PCSC_SHARE_SHARED == SCARD_SHARE_SHARED);
G_STATIC_ASSERT (MDG_PCSC_SHARE_DIRECT == SCARD_SHARE_DIRECT);
G_STATIC_ASSERT (MDG_PCSC_LEAVE == SCARD_LEAVE_CARD);
G_STATIC_ASSERT (MDG_PCSC_UNPOWER == SCARD_UNPOWER_CARD);
G_STATIC_ASSERT (MDG_PCSC_ATR_MAX >= sizeof (((ReaderState *) NULL)->rgbAtr));

/* a list of readers that is longer than this is no list of readers */
#define READERS_MAX (256 * 1024)

struct _MdgPcscApi
{
  gatomicrefcount references;
  GModule *module; /* resident: a call may still be inside it when the driver has gone */
  LONG (CALL *establish) (DWORD, LPCVOID, LPCVOID, SCARDCONTEXT *);
  LONG (CALL *release) (SCARDCONTEXT);
  LONG (CALL *list_readers) (SCARDCONTEXT, const Char *, Char *, DWORD *);
  LONG (CALL *get_status_change) (SCARDCONTEXT, DWORD, ReaderState *, DWORD);
  LONG (CALL *cancel) (SCARDCONTEXT);
  LONG (CALL *connect) (SCARDCONTEXT, const Char *, DWORD, DWORD, SCARDHANDLE *, DWORD *);
  LONG (CALL *reconnect) (SCARDHANDLE, DWORD, DWORD, DWORD, DWORD *);
  LONG (CALL *disconnect) (SCARDHANDLE, DWORD);
  LONG (CALL *begin) (SCARDHANDLE);
  LONG (CALL *end) (SCARDHANDLE, DWORD);
  LONG (CALL *transmit)
  (SCARDHANDLE, const SCARD_IO_REQUEST *, const BYTE *, DWORD, SCARD_IO_REQUEST *, BYTE *, DWORD *);
  LONG (CALL *control) (SCARDHANDLE, DWORD, LPCVOID, DWORD, LPVOID, DWORD, DWORD *);
};

static const char *
choose_library (const char *library)
{
#if MDG_DEVELOPMENT
  if (library == NULL)
    library = g_getenv ("MADOGUCHI_PCSC_LIBRARY");
#endif
  return library != NULL ? library : LIBRARY_NAME;
}

static gboolean
find_symbols (MdgPcscApi *api, GError **error)
{
  const struct
  {
    const char *name;
    gpointer *place;
  } symbols[] = {
    { "SCardEstablishContext", (gpointer *) &api->establish },
    { "SCardReleaseContext", (gpointer *) &api->release },
    { WIDE ("SCardListReaders"), (gpointer *) &api->list_readers },
    { WIDE ("SCardGetStatusChange"), (gpointer *) &api->get_status_change },
    { "SCardCancel", (gpointer *) &api->cancel },
    { WIDE ("SCardConnect"), (gpointer *) &api->connect },
    { "SCardReconnect", (gpointer *) &api->reconnect },
    { "SCardDisconnect", (gpointer *) &api->disconnect },
    { "SCardBeginTransaction", (gpointer *) &api->begin },
    { "SCardEndTransaction", (gpointer *) &api->end },
    { "SCardTransmit", (gpointer *) &api->transmit },
    { "SCardControl", (gpointer *) &api->control },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      if (g_module_symbol (api->module, symbols[i].name, symbols[i].place) &&
          *symbols[i].place != NULL)
        continue;
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE,
                   "%s has no %s: it is no PC/SC library", g_module_name (api->module),
                   symbols[i].name);
      return FALSE;
    }
  return TRUE;
}

/* The names of a multi-string, which ends with an empty one or at @length. */
static GStrv
split_names (const Char *names, gsize length)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  gsize start = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (names[i] != 0)
        continue;
      if (i == start)
        break;
#ifdef G_OS_WIN32
      {
        char *name = g_utf16_to_utf8 ((const gunichar2 *) names + start, (glong) (i - start), NULL,
                                      NULL, NULL);
        if (name != NULL)
          g_ptr_array_add (list, name);
      }
#else
      g_ptr_array_add (list, g_strndup (names + start, i - start));
#endif
      start = i + 1;
    }
  g_ptr_array_add (list, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

#ifdef G_OS_WIN32
static Char *
name_to_system (const char *name)
{
  Char *wide = (Char *) g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  return wide != NULL ? wide : g_new0 (Char, 1);
}
#define free_system_name g_free
#else
static const Char *
name_to_system (const char *name)
{
  return name;
}
#define free_system_name(name)                                                                     \
  G_STMT_START {}                                                                                  \
  G_STMT_END
#endif

/**
 * mdg_pcsc_api_new:
 * @library: (nullable): file name of the library; %NULL for the system's
 * @error: return location for a #GError
 *
 * Loads the PC/SC library and finds its functions. The library is never unloaded. Development
 * builds take its name from MADOGUCHI_PCSC_LIBRARY when @library is %NULL.
 *
 * Thread: any.
 *
 * Errors: %MDG_READER_ERROR_NO_SERVICE when it is not installed or is no PC/SC library.
 *
 * Returns: (transfer full) (nullable): the library
 */
MdgPcscApi *
mdg_pcsc_api_new (const char *library, GError **error)
{
  g_autoptr (MdgPcscApi) api = g_new0 (MdgPcscApi, 1);
  const char *name = choose_library (library);

  g_atomic_ref_count_init (&api->references);
  api->module = g_module_open (name, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (api->module == NULL)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE,
                   "The PC/SC library cannot be loaded: %s", g_module_error ());
      return NULL;
    }
  g_module_make_resident (api->module);
  if (!find_symbols (api, error))
    return NULL;
  return g_steal_pointer (&api);
}

/**
 * mdg_pcsc_api_ref:
 * @api: the library
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): @api
 */
MdgPcscApi *
mdg_pcsc_api_ref (MdgPcscApi *api)
{
  g_atomic_ref_count_inc (&api->references);
  return api;
}

/**
 * mdg_pcsc_api_unref:
 * @api: (transfer full): the library
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_api_unref (MdgPcscApi *api)
{
  if (!g_atomic_ref_count_dec (&api->references))
    return;
  g_clear_pointer (&api->module, g_module_close);
  g_free (api);
}

/**
 * mdg_pcsc_api_establish:
 * @api: the library
 * @context: (out): the new context; 0 on failure
 *
 * Thread: any.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or why there is no context, as all functions below
 */
MdgPcscCode
mdg_pcsc_api_establish (MdgPcscApi *api, MdgPcscContext *context)
{
  SCARDCONTEXT value = 0;
  MdgPcscCode code = (MdgPcscCode) api->establish (SCARD_SCOPE_SYSTEM, NULL, NULL, &value);

  *context = code == MDG_PCSC_OK ? (MdgPcscContext) value : 0;
  return code;
}

/**
 * mdg_pcsc_api_release:
 * @api: the library
 * @context: a context
 *
 * Thread: any; waits for a call on @context that is still running.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error, after which the context is of no use either
 */
MdgPcscCode
mdg_pcsc_api_release (MdgPcscApi *api, MdgPcscContext context)
{
  return (MdgPcscCode) api->release ((SCARDCONTEXT) context);
}

/**
 * mdg_pcsc_api_list_readers:
 * @api: the library
 * @context: a context
 * @names: (out): the readers' names, on Linux in the bytes that the service gave; empty on failure
 *
 * That there is no reader is no error here.
 *
 * Thread: any.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_list_readers (MdgPcscApi *api, MdgPcscContext context, GStrv *names)
{
  *names = NULL;
  /* a reader may come between the question for the length and the one for the names */
  for (guint i = 0; i < 8; i++)
    {
      g_autofree Char *buffer = NULL;
      DWORD length = 0;
      MdgPcscCode code =
          (MdgPcscCode) api->list_readers ((SCARDCONTEXT) context, NULL, NULL, &length);

      if (code == MDG_PCSC_OK && length > 0 && length <= READERS_MAX)
        {
          buffer = g_new0 (Char, length);
          code = (MdgPcscCode) api->list_readers ((SCARDCONTEXT) context, NULL, buffer, &length);
        }
      if (code == MDG_PCSC_E_INSUFFICIENT_BUFFER || length > READERS_MAX)
        continue;
      if (code == MDG_PCSC_E_NO_READERS_AVAILABLE)
        code = MDG_PCSC_OK;
      else if (code == MDG_PCSC_OK && buffer != NULL)
        *names = split_names (buffer, length);
      if (*names == NULL)
        *names = g_new0 (char *, 1);
      return code;
    }
  *names = g_new0 (char *, 1);
  return MDG_PCSC_E_INSUFFICIENT_BUFFER;
}

/**
 * mdg_pcsc_api_get_status_change:
 * @api: the library
 * @context: a context that nothing else uses meanwhile
 * @milliseconds: how long to wait; %G_MAXUINT for ever
 * @states: (array length=n_states): readers; event and ATR are filled in on success
 * @n_states: how many
 *
 * Waits until a reader's state differs from its @current.
 *
 * Thread: any; blocks until mdg_pcsc_api_cancel().
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK, %MDG_PCSC_E_TIMEOUT, %MDG_PCSC_E_CANCELLED or an error
 */
MdgPcscCode
mdg_pcsc_api_get_status_change (MdgPcscApi *api,
                                MdgPcscContext context,
                                guint milliseconds,
                                MdgPcscState *states,
                                gsize n_states)
{
  g_autofree ReaderState *system = g_new0 (ReaderState, n_states);
  DWORD timeout = milliseconds == G_MAXUINT ? (DWORD) INFINITE : milliseconds;
  MdgPcscCode code;

  for (gsize i = 0; i < n_states; i++)
    {
      system[i].szReader = name_to_system (states[i].name);
      system[i].dwCurrentState = states[i].current;
    }
  code = (MdgPcscCode) api->get_status_change ((SCARDCONTEXT) context, timeout, system,
                                               (DWORD) n_states);
  for (gsize i = 0; i < n_states; i++)
    {
      free_system_name ((gpointer) system[i].szReader);
      if (code != MDG_PCSC_OK)
        continue;
      states[i].event = (guint32) system[i].dwEventState;
      states[i].atr_length = MIN (system[i].cbAtr, sizeof system[i].rgbAtr);
      for (gsize j = 0; j < states[i].atr_length; j++)
        states[i].atr[j] = system[i].rgbAtr[j];
    }
  return code;
}

/**
 * mdg_pcsc_api_cancel:
 * @api: the library
 * @context: a context
 *
 * Ends mdg_pcsc_api_get_status_change() on @context if it waits now; a cancel that comes too early
 * is lost.
 *
 * Thread: any; asks the service, so it can block when the service hangs.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_cancel (MdgPcscApi *api, MdgPcscContext context)
{
  return (MdgPcscCode) api->cancel ((SCARDCONTEXT) context);
}

/**
 * mdg_pcsc_api_connect:
 * @api: the library
 * @context: a context
 * @reader: the reader's name
 * @share: %MDG_PCSC_SHARE_DIRECT speaks with the reader and leaves its card alone
 * @handle: (out): the connection; 0 on failure
 * @protocol: (out): 1 for T=0, 2 for T=1
 *
 * Thread: any; blocks while the card is powered, and in pcsc-lite while another program holds a
 * transaction, however long that takes.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_connect (MdgPcscApi *api,
                      MdgPcscContext context,
                      const char *reader,
                      MdgPcscShare share,
                      MdgPcscHandle *handle,
                      guint *protocol)
{
  DWORD protocols = share == MDG_PCSC_SHARE_DIRECT ? 0 : (SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1);
  SCARDHANDLE value = 0;
  DWORD active = 0;
  MdgPcscCode code;
#ifdef G_OS_WIN32
  g_autofree
#endif
      const Char *name = name_to_system (reader);

  code =
      (MdgPcscCode) api->connect ((SCARDCONTEXT) context, name, share, protocols, &value, &active);
  *handle = code == MDG_PCSC_OK ? (MdgPcscHandle) value : 0;
  *protocol = (guint) active;
  return code;
}

/**
 * mdg_pcsc_api_reconnect:
 * @api: the library
 * @handle: a connection whose card another program has reset
 * @protocol: (out): as mdg_pcsc_api_connect()
 *
 * Takes note of the reset, so that the connection can be used again.
 *
 * Thread: any; blocks.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_reconnect (MdgPcscApi *api, MdgPcscHandle handle, guint *protocol)
{
  DWORD active = 0;
  MdgPcscCode code = (MdgPcscCode) api->reconnect ((SCARDHANDLE) handle, SCARD_SHARE_SHARED,
                                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                                   SCARD_LEAVE_CARD, &active);

  *protocol = (guint) active;
  return code;
}

/**
 * mdg_pcsc_api_disconnect:
 * @api: the library
 * @handle: a connection
 * @disposition: what becomes of the card
 *
 * Thread: any; blocks.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_disconnect (MdgPcscApi *api, MdgPcscHandle handle, MdgPcscDisposition disposition)
{
  return (MdgPcscCode) api->disconnect ((SCARDHANDLE) handle, disposition);
}

/**
 * mdg_pcsc_api_begin:
 * @api: the library
 * @handle: a connection
 *
 * Takes the card for this connection alone.
 *
 * Thread: any; blocks while another program holds a transaction, however long that takes.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_begin (MdgPcscApi *api, MdgPcscHandle handle)
{
  return (MdgPcscCode) api->begin ((SCARDHANDLE) handle);
}

/**
 * mdg_pcsc_api_end:
 * @api: the library
 * @handle: a connection after mdg_pcsc_api_begin()
 *
 * Thread: any; blocks.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_end (MdgPcscApi *api, MdgPcscHandle handle)
{
  return (MdgPcscCode) api->end ((SCARDHANDLE) handle, SCARD_LEAVE_CARD);
}

/**
 * mdg_pcsc_api_transmit:
 * @api: the library
 * @handle: a connection
 * @protocol: what mdg_pcsc_api_connect() gave
 * @command: (array length=command_length): one command APDU
 * @command_length: its length
 * @answer: (array length=answer_length): where the answer goes
 * @answer_length: (inout): room at @answer; length of the answer on success, else 0
 *
 * Thread: any; blocks for as long as the card takes. PC/SC has no way to cancel it.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_transmit (MdgPcscApi *api,
                       MdgPcscHandle handle,
                       guint protocol,
                       const guint8 *command,
                       gsize command_length,
                       guint8 *answer,
                       gsize *answer_length)
{
  const SCARD_IO_REQUEST request = { protocol, sizeof (SCARD_IO_REQUEST) };
  DWORD length = (DWORD) MIN (*answer_length, MDG_PCSC_ANSWER_MAX);
  gsize room = length;
  MdgPcscCode code;

  *answer_length = 0;
  code = (MdgPcscCode) api->transmit ((SCARDHANDLE) handle, &request, command,
                                      (DWORD) command_length, NULL, answer, &length);
  if (code != MDG_PCSC_OK)
    return code;
  if (length > room)
    return MDG_PCSC_E_INSUFFICIENT_BUFFER;
  *answer_length = length;
  return code;
}

/**
 * mdg_pcsc_api_control:
 * @api: the library
 * @handle: a connection
 * @code: control code, from mdg_pcsc_api_get_feature_request() or the reader
 * @answer: (array length=answer_length): where the answer goes
 * @answer_length: (inout): room at @answer; length of the answer on success, else 0
 *
 * Asks the reader something that needs no data.
 *
 * Thread: any; blocks.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_api_control (MdgPcscApi *api,
                      MdgPcscHandle handle,
                      guint32 code,
                      guint8 *answer,
                      gsize *answer_length)
{
  DWORD length = 0;
  gsize room = *answer_length;
  MdgPcscCode result;

  *answer_length = 0;
  result = (MdgPcscCode) api->control ((SCARDHANDLE) handle, code, NULL, 0, answer, (DWORD) room,
                                       &length);
  if (result != MDG_PCSC_OK)
    return result;
  if (length > room)
    return MDG_PCSC_E_INSUFFICIENT_BUFFER;
  *answer_length = length;
  return result;
}

/**
 * mdg_pcsc_api_get_feature_request:
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the system's control code CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10, 2.2)
 */
guint32
mdg_pcsc_api_get_feature_request (void)
{
  return CTL_CODE_OF (3400);
}
