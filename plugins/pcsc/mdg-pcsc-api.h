/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PC/SC as the rest of the driver sees it: the same on pcsc-lite and WinSCard. No type of the two
 * systems' headers leaves mdg-pcsc-api.c. */
#pragma once

#include "mdg-errors.h"

G_BEGIN_DECLS

/* An SCARD_* result or, on Windows, a plain system error; 32 bits on every system. */
typedef guint32 MdgPcscCode;
typedef gintptr MdgPcscContext;
typedef gintptr MdgPcscHandle;

/* The codes that the driver acts on by itself; all others only pass mdg_pcsc_error_set(). */
enum
{
  MDG_PCSC_OK = 0,
  MDG_PCSC_E_CANCELLED = 0x80100002,
  MDG_PCSC_E_INVALID_HANDLE = 0x80100003,
  MDG_PCSC_E_INSUFFICIENT_BUFFER = 0x80100008,
  MDG_PCSC_E_UNKNOWN_READER = 0x80100009,
  MDG_PCSC_E_TIMEOUT = 0x8010000A,
  MDG_PCSC_E_SHARING_VIOLATION = 0x8010000B,
  MDG_PCSC_F_COMM_ERROR = 0x80100013,
  MDG_PCSC_E_NOT_TRANSACTED = 0x80100016,
  MDG_PCSC_E_READER_UNAVAILABLE = 0x80100017,
  MDG_PCSC_E_NO_SERVICE = 0x8010001D,
  MDG_PCSC_E_SERVICE_STOPPED = 0x8010001E,
  MDG_PCSC_E_NO_READERS_AVAILABLE = 0x8010002E,
  MDG_PCSC_W_RESET_CARD = 0x80100068,
  MDG_PCSC_W_SECURITY_VIOLATION = 0x8010006A
};

/* SCARD_STATE_* as in both systems' headers (checked when mdg-pcsc-api.c is compiled). */
enum
{
  MDG_PCSC_STATE_UNAWARE = 0,
  MDG_PCSC_STATE_CHANGED = 0x0002,
  MDG_PCSC_STATE_UNKNOWN = 0x0004,
  MDG_PCSC_STATE_UNAVAILABLE = 0x0008,
  MDG_PCSC_STATE_EMPTY = 0x0010,
  MDG_PCSC_STATE_PRESENT = 0x0020,
  MDG_PCSC_STATE_EXCLUSIVE = 0x0080,
  MDG_PCSC_STATE_INUSE = 0x0100,
  MDG_PCSC_STATE_MUTE = 0x0200
};

typedef enum
{
  MDG_PCSC_SHARE_SHARED = 2,
  MDG_PCSC_SHARE_DIRECT = 3
} MdgPcscShare;

typedef enum
{
  MDG_PCSC_LEAVE = 0,
  MDG_PCSC_UNPOWER = 2
} MdgPcscDisposition;

#define MDG_PCSC_ATR_MAX 36
/* the longest answer: 65 536 bytes and the status word (ISO/IEC 7816-4 5.1) */
#define MDG_PCSC_ANSWER_MAX (65536 + 2)
#define MDG_PCSC_PNP_READER "\\\\?PnP?\\Notification"

/* High words of @current and @event: number of insertions and removals. */
typedef struct
{
  const char *name;
  guint32 current;
  guint32 event;
  guint8 atr[MDG_PCSC_ATR_MAX];
  gsize atr_length;
} MdgPcscState;

typedef struct _MdgPcscApi MdgPcscApi;

MdgPcscApi *mdg_pcsc_api_new (const char *library, GError **error);
MdgPcscApi *mdg_pcsc_api_ref (MdgPcscApi *api);
void mdg_pcsc_api_unref (MdgPcscApi *api);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPcscApi, mdg_pcsc_api_unref)

MdgPcscCode mdg_pcsc_api_establish (MdgPcscApi *api, MdgPcscContext *context);
MdgPcscCode mdg_pcsc_api_release (MdgPcscApi *api, MdgPcscContext context);
MdgPcscCode mdg_pcsc_api_list_readers (MdgPcscApi *api, MdgPcscContext context, GStrv *names);
MdgPcscCode mdg_pcsc_api_get_status_change (MdgPcscApi *api,
                                            MdgPcscContext context,
                                            guint milliseconds,
                                            MdgPcscState *states,
                                            gsize n_states);
MdgPcscCode mdg_pcsc_api_cancel (MdgPcscApi *api, MdgPcscContext context);
MdgPcscCode mdg_pcsc_api_connect (MdgPcscApi *api,
                                  MdgPcscContext context,
                                  const char *reader,
                                  MdgPcscShare share,
                                  MdgPcscHandle *handle,
                                  guint *protocol);
MdgPcscCode mdg_pcsc_api_reconnect (MdgPcscApi *api, MdgPcscHandle handle, guint *protocol);
MdgPcscCode
mdg_pcsc_api_disconnect (MdgPcscApi *api, MdgPcscHandle handle, MdgPcscDisposition disposition);
MdgPcscCode mdg_pcsc_api_begin (MdgPcscApi *api, MdgPcscHandle handle);
MdgPcscCode mdg_pcsc_api_end (MdgPcscApi *api, MdgPcscHandle handle);
MdgPcscCode mdg_pcsc_api_transmit (MdgPcscApi *api,
                                   MdgPcscHandle handle,
                                   guint protocol,
                                   const guint8 *command,
                                   gsize command_length,
                                   guint8 *answer,
                                   gsize *answer_length);
MdgPcscCode mdg_pcsc_api_control (MdgPcscApi *api,
                                  MdgPcscHandle handle,
                                  guint32 code,
                                  guint8 *answer,
                                  gsize *answer_length);
guint32 mdg_pcsc_api_get_feature_request (void);

gboolean mdg_pcsc_code_is_service_lost (MdgPcscCode code);
MdgReaderError mdg_pcsc_code_to_error (MdgPcscCode code);
void mdg_pcsc_error_set (GError **error, const char *step, MdgPcscCode code);

G_END_DECLS
