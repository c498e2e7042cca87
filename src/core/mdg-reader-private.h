/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the core: what a reader, its queue of runs and its driver tell each other. */
#pragma once

#include "mdg-card.h"

G_BEGIN_DECLS

/* The most an answer can be: 65 536 bytes and a status word, ISO/IEC 7816-4 5.1. */
#define MDG_RESPONSE_MAX 65538
/* The most a command can be: header, extended Lc, 65 535 bytes, extended Le. */
#define MDG_COMMAND_MAX 65544

struct _MdgCard
{
  MdgReader *reader;
  GCancellable *cancellable;
  GBytes *atr;
  MdgRecorder *recorder;
  guint serial;
  gint64 deadline;
  gboolean keep_power;
  gboolean secret;
  MdgExchange exchange;
};

typedef struct _MdgRuns MdgRuns;

/* Used by mdg-reader.c and mdg-reader-report.c alone. */
typedef struct
{
  char *id;
  char *name;
  char *driver;

  GMutex lock; /* context, atr, recorder */
  GMainContext *context;
  GBytes *atr;
  MdgRecorder *recorder;

  guint card;     /* atomic: the serial of the card that is in, or 0 */
  guint pulls;    /* atomic: removals that were reported and have not taken effect yet */
  gint extended;  /* atomic */
  gint gone;      /* atomic */
  guint serial;   /* of the last card */
  guint deadline; /* milliseconds */
  gboolean present;
  gboolean busy;
  MdgReaderFeatures features;
  GError *reported; /* what the driver says */
  GError *broken;   /* what the queue of runs found; comes first */
  MdgRuns *runs;
} MdgReaderPrivate;

MdgReaderPrivate *mdg_reader_get_private (MdgReader *self);

/* mdg-reader-run.c */
MdgRuns *mdg_runs_new (MdgReader *reader);
void mdg_runs_free (MdgRuns *self);
void mdg_runs_end_all (MdgRuns *self);

/* mdg-reader-report.c */
void mdg_reader_mark_gone (MdgReader *self);

/* mdg-reader.c; those marked so may be called from any thread, the others in the reader's context
 */
MdgRuns *mdg_reader_get_runs (MdgReader *self);
GMainContext *mdg_reader_dup_context (MdgReader *self);             /* any thread */
void mdg_reader_set_context (MdgReader *self, GMainContext *value); /* any thread */
MdgRecorder *mdg_reader_dup_recorder (MdgReader *self);             /* any thread */
GBytes *mdg_reader_dup_atr (MdgReader *self);                       /* any thread */
guint mdg_reader_peek_card (MdgReader *self);                       /* any thread */
gboolean mdg_reader_is_gone (MdgReader *self);                      /* any thread */
guint mdg_reader_get_deadline (MdgReader *self);
void mdg_reader_set_busy (MdgReader *self, gboolean busy);
void mdg_reader_set_broken (MdgReader *self, const GError *error);
const GError *mdg_reader_get_broken (MdgReader *self);

G_END_DECLS
