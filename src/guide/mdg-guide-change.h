/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One change on its way to the disk. The main thread makes it and looks at it again when the worker
 * is through with it. */
#pragma once

#include "mdg-guide-model.h"

G_BEGIN_DECLS

typedef struct _MdgGuideChange MdgGuideChange;
struct _MdgGuideChange
{
  gboolean (*apply) (MdgGuideChange *change, GError **error); /* on the worker */
  MdgJourneyStore *store;
  MdgPending *pending;
  gboolean files;      /* receipts' files may be others afterwards */
  const char *refusal; /* (nullable): msgid of what the store's INVALID_ARGUMENT means here */

  /* what it is about */
  MdgStepKind kind;
  MdgStepState state;
  MdgStepRecord *step; /* (nullable) */
  MdgJourneyEntry *entry;
  MdgReceipt *receipt;
  GFile *file;
  GCancellable *cancellable;
  char *form;
  GPtrArray *fields; /* name, value, …, NULL; a value may be NULL */
  char *path;
  guint position;

  /* what came of it */
  gint64 id;
  MdgJourneyRecord *record;
  GPtrArray *missing;
  MdgJourneyHealth health;
};

void mdg_guide_change_queue (MdgGuide *self,
                             MdgGuideChange *change,
                             GError *error,
                             GAsyncReadyCallback cb,
                             gpointer data);

/* mdg-guide-input.c: INVALID_ARGUMENT of G_IO_ERROR with translated words; NULL is "" */
gboolean mdg_guide_check_text (const char *text, gboolean lines, GError **error);
gboolean mdg_guide_check_needed (const char *text, GError **error); /* and not only spaces */
gboolean mdg_guide_check_date (const char *date, GError **error);

G_END_DECLS
