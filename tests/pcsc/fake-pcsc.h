/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The control side of the fake PC/SC library. Every function is for any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAKE_ESTABLISH,
  FAKE_RELEASE,
  FAKE_LIST_READERS,
  FAKE_GET_STATUS_CHANGE,
  FAKE_CANCEL,
  FAKE_CONNECT,
  FAKE_RECONNECT,
  FAKE_DISCONNECT,
  FAKE_BEGIN,
  FAKE_END,
  FAKE_TRANSMIT,
  FAKE_CONTROL,
  FAKE_N_CALLS
} FakeCall;

typedef enum
{
  FAKE_FREE,
  FAKE_SHARED,      /* another program is connected */
  FAKE_TRANSACTION, /* and holds a transaction: connect and begin wait, as in pcsc-lite */
  FAKE_EXCLUSIVE
} FakeUse;

#define FAKE_EVERY 0 /* as a call's number: each call, until fake_pcsc_reset() */

void fake_pcsc_reset (void);
void fake_pcsc_set_service (gboolean running);
void fake_pcsc_add_reader (const char *name);
void fake_pcsc_remove_reader (const char *name);
void fake_pcsc_insert (const char *name, const guint8 *atr, gsize length);
void fake_pcsc_pull (const char *name);
void fake_pcsc_reset_card (const char *name);
void fake_pcsc_set_mute (const char *name, gboolean mute);
void fake_pcsc_set_use (const char *name, FakeUse use);
void fake_pcsc_set_features (const char *name, GBytes *features, GBytes *properties);
void fake_pcsc_set_answer (GBytes *answer);
void fake_pcsc_set_code (FakeCall call, guint number, guint32 code);
void fake_pcsc_set_hook (FakeCall call, guint number, void (*hook) (gpointer), gpointer data);
void fake_pcsc_set_hold (FakeCall call, gboolean hold);
void fake_pcsc_hang_once (guint milliseconds);
gboolean fake_pcsc_wait_hanging (guint milliseconds);
guint fake_pcsc_count (FakeCall call);
void fake_pcsc_forget_counts (void);
guint fake_pcsc_count_handles (void);
guint fake_pcsc_count_contexts (void);
guint fake_pcsc_count_power_offs (void);
gboolean fake_pcsc_wait_count (FakeCall call, guint count, guint milliseconds);

G_END_DECLS
