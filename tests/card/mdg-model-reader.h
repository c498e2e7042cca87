/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-card.h"

G_BEGIN_DECLS

#define MDG_MODEL_PIN "7098"

typedef enum
{
  MDG_MODEL_FAULT_NONE,
  MDG_MODEL_FAULT_REMOVE,  /* NO_CARD from then on */
  MDG_MODEL_FAULT_UNPLUG,  /* GONE from then on */
  MDG_MODEL_FAULT_TIMEOUT, /* TIMED_OUT from then on */
  MDG_MODEL_FAULT_GARBLE,  /* every byte of the answer xor A5 */
  MDG_MODEL_FAULT_CUT_0,
  MDG_MODEL_FAULT_CUT_1,
  MDG_MODEL_FAULT_CUT_HALF,
  MDG_MODEL_FAULT_ENDLESS_61, /* and to every GET RESPONSE after it */
  MDG_MODEL_FAULT_ENDLESS_6C, /* and to the same instruction after it */
  MDG_MODEL_FAULT_RESET,      /* the error RESET, once */
  MDG_MODEL_FAULT_SW          /* this status word alone, once */
} MdgModelFault;

/* A card like the ones that the public sources describe, on a reader of its own. */
typedef struct
{
  gboolean no_extended;     /* 6700 */
  gboolean extended_error;  /* the reader refuses instead: NOT_SUPPORTED */
  gboolean no_sfi;          /* 6A82 for short ids */
  gboolean phone;           /* the certificate after the PIN only */
  gboolean no_jpki;         /* another card: a driving licence */
  gboolean first_6f00;      /* to the first command */
  gboolean get_response;    /* 61xx for answers longer than a block */
  gboolean verified;        /* another program left the PIN verified */
  gboolean always_verified; /* and this card does not forget it */
  gboolean unlimited;       /* 6300 to the question for tries */
  gboolean empty;           /* the file of the certificate was never filled */
  gboolean wrong_key;       /* signs with another key than the certificate's */
  int tries;                /* 0: three; -1: blocked */
  guint blocked_sw;         /* 0: 6984 */
  gsize certificate_size;   /* 0: 1588 */
  gsize block;              /* most bytes of one answer; 0: no limit */
  guint fault_at;           /* exchange, from 1 */
  MdgModelFault fault;
  guint fault_sw;
} MdgModelOptions;

typedef struct
{
  GBytes *command;
  GBytes *answer; /* (nullable): as it was delivered */
} MdgModelExchange;

#define MDG_TYPE_MODEL_READER (mdg_model_reader_get_type ())
G_DECLARE_FINAL_TYPE (MdgModelReader, mdg_model_reader, MDG, MODEL_READER, MdgReader)

MdgModelReader *mdg_model_reader_new (const MdgModelOptions *options);
GBytes *mdg_model_reader_get_certificate (MdgModelReader *self); /* (transfer none) */
guint mdg_model_reader_get_count (MdgModelReader *self);
const MdgModelExchange *mdg_model_reader_get_exchange (MdgModelReader *self, guint index);
/* commands as hex, one a line, the data of VERIFY as stars */
char *mdg_model_reader_print (MdgModelReader *self);
/* one run, waited for */
gpointer
mdg_model_reader_run (MdgModelReader *self, MdgCardFunc func, gpointer data, GError **error);

G_END_DECLS
