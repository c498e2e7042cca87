/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state that the two sides of the fake PC/SC library share; all of it under its lock. */
#pragma once

#include "fake-pcsc.h"

G_BEGIN_DECLS

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

typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean running;
  guint epoch;
  GPtrArray *readers;
  GHashTable *contexts, *handles;
  GArray *orders;
  GBytes *answer;
  guint counts[FAKE_N_CALLS];
  gboolean held[FAKE_N_CALLS];
  guint plugs;
  guint next_id;
  guint power_offs;
  guint hang; /* milliseconds, of the next transmit */
  gboolean hanging;
} Fake;

extern Fake fake;

Reader *fake_find_reader (const char *name);
void fake_free_reader (gpointer reader);

G_END_DECLS
