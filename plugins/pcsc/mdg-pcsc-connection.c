/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What PC/SC is asked to do with one reader's card, call after call. Nothing here waits or repeats
 * for longer than PC/SC itself does; who may not wait for that uses a lane. */
#include "config.h"

#include "mdg-pcsc-connection.h"

#define RESETS_MAX 3

struct _MdgPcscConnection
{
  MdgPcscApi *api;
  char *reader;
  MdgPcscContext context; /* kept from run to run */
  MdgPcscHandle handle;
  guint protocol;
  gboolean sent;  /* the card got a command on this connection */
  guint8 *buffer; /* for answers; wiped after each */
};

/* A compiler may not leave this out, and every system has it. */
static void
wipe (guint8 *bytes, gsize length)
{
  volatile guint8 *place = bytes;

  for (gsize i = 0; i < length; i++)
    place[i] = 0;
}

static MdgPcscCode
finish (const char **step, const char *name, MdgPcscCode code)
{
  *step = name;
  return code;
}

/* Who was let in is not refused later: pcsc-lite takes a daemon that dies for one that says no. */
static MdgPcscCode
explain_refusal (MdgPcscCode code)
{
  return code == MDG_PCSC_W_SECURITY_VIOLATION ? MDG_PCSC_E_SERVICE_STOPPED : code;
}

static void
drop_context (MdgPcscConnection *self)
{
  if (self->context != 0)
    mdg_pcsc_api_release (self->api, self->context);
  self->context = 0;
  self->handle = 0;
}

static MdgPcscCode
try_to_open (MdgPcscConnection *self, const char **step)
{
  MdgPcscCode code = MDG_PCSC_OK;

  if (self->context == 0)
    code = mdg_pcsc_api_establish (self->api, &self->context);
  if (code != MDG_PCSC_OK)
    return finish (step, "SCardEstablishContext", code);
  code = mdg_pcsc_api_connect (self->api, self->context, self->reader, MDG_PCSC_SHARE_SHARED,
                               &self->handle, &self->protocol);
  if (code == MDG_PCSC_W_SECURITY_VIOLATION || mdg_pcsc_code_is_service_lost (code))
    drop_context (self);
  return finish (step, "SCardConnect", code);
}

static MdgPcscCode
begin_transaction (MdgPcscConnection *self, const char **step)
{
  MdgPcscCode code = mdg_pcsc_api_begin (self->api, self->handle);

  for (guint i = 0; i < RESETS_MAX && code == MDG_PCSC_W_RESET_CARD; i++)
    {
      code = mdg_pcsc_api_reconnect (self->api, self->handle, &self->protocol);
      if (code != MDG_PCSC_OK)
        return finish (step, "SCardReconnect", code);
      code = mdg_pcsc_api_begin (self->api, self->handle);
    }
  return finish (step, "SCardBeginTransaction", explain_refusal (code));
}

static MdgPcscCode
send_command (MdgPcscConnection *self, GBytes *command, gsize *length, const char **step)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (command, &size);
  MdgPcscCode code;

  *length = MDG_PCSC_ANSWER_MAX;
  code = mdg_pcsc_api_transmit (self->api, self->handle, self->protocol, bytes, size, self->buffer,
                                length);
  return finish (step, "SCardTransmit", explain_refusal (code));
}

/**
 * mdg_pcsc_connection_new:
 * @api: the library
 * @reader: the reader's name
 *
 * Makes a connection that is not open.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a new connection
 */
MdgPcscConnection *
mdg_pcsc_connection_new (MdgPcscApi *api, const char *reader)
{
  MdgPcscConnection *self = g_new0 (MdgPcscConnection, 1);

  self->api = mdg_pcsc_api_ref (api);
  self->reader = g_strdup (reader);
  return self;
}

/**
 * mdg_pcsc_connection_free:
 * @self: (transfer full): a connection that was abandoned
 *
 * Frees what it holds in memory; does not talk to the service.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_connection_free (MdgPcscConnection *self)
{
  if (self->buffer != NULL)
    wipe (self->buffer, MDG_PCSC_ANSWER_MAX);
  g_free (self->buffer);
  mdg_pcsc_api_unref (self->api);
  g_free (self->reader);
  g_free (self);
}

/**
 * mdg_pcsc_connection_open:
 * @self: a connection that is closed
 * @step: (out): the PC/SC function that was called last
 *
 * Powers the card, shared with other programs. A context from before the service's restart is of no
 * use, and is replaced.
 *
 * Thread: the connection's.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_connection_open (MdgPcscConnection *self, const char **step)
{
  gboolean old = self->context != 0;
  MdgPcscCode code = try_to_open (self, step);

  if (old && mdg_pcsc_code_is_service_lost (code))
    code = try_to_open (self, step);
  self->sent = FALSE;
  return code;
}

/**
 * mdg_pcsc_connection_begin:
 * @self: an open connection; it is closed again on failure
 * @step: (out): the PC/SC function that was called last
 *
 * Takes the card for this connection alone. That another program has reset it before does not
 * matter.
 *
 * Thread: the connection's.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_connection_begin (MdgPcscConnection *self, const char **step)
{
  MdgPcscCode code = begin_transaction (self, step);

  if (code != MDG_PCSC_OK)
    {
      mdg_pcsc_api_disconnect (self->api, self->handle, MDG_PCSC_LEAVE);
      self->handle = 0;
    }
  return code;
}

/**
 * mdg_pcsc_connection_ask:
 * @self: an open connection
 * @told: (out): what the reader's driver says
 *
 * Thread: the connection's.
 *
 * Errors: none.
 */
void
mdg_pcsc_connection_ask (MdgPcscConnection *self, MdgPcscTold *told)
{
  mdg_pcsc_told_ask (self->api, self->handle, told);
}

/**
 * mdg_pcsc_connection_transmit:
 * @self: an open connection
 * @command: one command APDU
 * @answer: (out) (transfer full): the answer on success
 * @step: (out): the PC/SC function that was called last
 *
 * Sends @command once. Only when PC/SC says that the card was reset before it, and it is the first
 * of this connection, is it sent after a reconnect: then it had not been sent, and nothing is lost.
 *
 * Thread: the connection's.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_connection_transmit (MdgPcscConnection *self,
                              GBytes *command,
                              GBytes **answer,
                              const char **step)
{
  gsize length = 0;
  MdgPcscCode code;

  if (self->handle == 0)
    return finish (step, "SCardTransmit", MDG_PCSC_E_INVALID_HANDLE);
  if (self->buffer == NULL)
    self->buffer = g_malloc (MDG_PCSC_ANSWER_MAX);
  code = send_command (self, command, &length, step);
  if (code == MDG_PCSC_W_RESET_CARD && !self->sent)
    {
      mdg_pcsc_api_end (self->api, self->handle);
      code = mdg_pcsc_api_reconnect (self->api, self->handle, &self->protocol);
      if (code != MDG_PCSC_OK)
        return finish (step, "SCardReconnect", code);
      code = begin_transaction (self, step);
      if (code == MDG_PCSC_OK)
        code = send_command (self, command, &length, step);
    }
  self->sent = TRUE;
  if (code == MDG_PCSC_OK)
    *answer = g_bytes_new (self->buffer, length);
  wipe (self->buffer, length);
  return code;
}

/**
 * mdg_pcsc_connection_close:
 * @self: a connection
 * @disposition: what becomes of the card
 * @step: (out): the PC/SC function that was called last
 *
 * Ends the transaction and gives the card back.
 *
 * Thread: the connection's.
 *
 * Errors: the code that is returned.
 *
 * Returns: %MDG_PCSC_OK or an error
 */
MdgPcscCode
mdg_pcsc_connection_close (MdgPcscConnection *self,
                           MdgPcscDisposition disposition,
                           const char **step)
{
  MdgPcscCode code = MDG_PCSC_OK;

  if (self->handle != 0)
    {
      mdg_pcsc_api_end (self->api, self->handle);
      code = mdg_pcsc_api_disconnect (self->api, self->handle, disposition);
    }
  self->handle = 0;
  if (mdg_pcsc_code_is_service_lost (code))
    drop_context (self);
  return finish (step, "SCardDisconnect", code);
}

/**
 * mdg_pcsc_connection_abandon:
 * @self: a connection
 *
 * Gives back all it has; the card is powered off if anything was sent to it.
 *
 * Thread: the connection's.
 *
 * Errors: none.
 */
void
mdg_pcsc_connection_abandon (MdgPcscConnection *self)
{
  const char *step;

  mdg_pcsc_connection_close (self, self->sent ? MDG_PCSC_UNPOWER : MDG_PCSC_LEAVE, &step);
  drop_context (self);
}

/**
 * mdg_pcsc_connection_is_in_use:
 * @self: a connection
 *
 * SCardConnect waits inside the service as long as another program holds a transaction, which looks
 * the same as a card that is slow to power up. That program's connection can be seen.
 *
 * Thread: any; it uses a context of its own.
 *
 * Errors: none.
 *
 * Returns: whether any program has the reader open
 */
gboolean
mdg_pcsc_connection_is_in_use (MdgPcscConnection *self)
{
  MdgPcscState state = { .name = self->reader };
  MdgPcscContext context;
  MdgPcscCode code;

  if (mdg_pcsc_api_establish (self->api, &context) != MDG_PCSC_OK)
    return FALSE;
  code = mdg_pcsc_api_get_status_change (self->api, context, 0, &state, 1);
  mdg_pcsc_api_release (self->api, context);
  return code == MDG_PCSC_OK &&
         (state.event & (MDG_PCSC_STATE_INUSE | MDG_PCSC_STATE_EXCLUSIVE)) != 0;
}
