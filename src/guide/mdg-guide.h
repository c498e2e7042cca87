/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The onboarding of one facility: what was done and when, what waits for the post since when, what
 * to do next. Everything that changes it is written on a worker and is in the model only when it is
 * on the disk: what is shown as saved is saved. Main thread. */
#pragma once

#include "mdg-guide-map.h"
#include "mdg-journey-store.h"
#include "mdg-subsidy.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_STEP_OPEN,
  MDG_STEP_WAITING, /* posted; an answer is to come */
  MDG_STEP_DONE,
  MDG_STEP_SKIPPED
} MdgStepState;

/* How a step stands; valid until the next "changed". */
typedef struct
{
  MdgStepKind kind;
  MdgStepState state;
  const char *date; /* yyyyMMdd; "" none */
  const char *who;
  const char *note;
  gboolean allowed; /* may be done now */
  const char *why;  /* translated: why not; "" */
  const char *brief; /* one line of what it came to: "領収書 1件 3,980円", "審査中（16日目）" */
} MdgStepView;

/* Signal "changed" after each change, of whatever. Property "busy": something is being written. */
#define MDG_TYPE_GUIDE (mdg_guide_get_type ())
G_DECLARE_FINAL_TYPE (MdgGuide, mdg_guide, MDG, GUIDE, GObject)

/* opens the journey of that folder on a worker */
void mdg_guide_open_async (const char *folder,
                           gboolean practice,
                           GCancellable *c,
                           GAsyncReadyCallback cb,
                           gpointer data);
MdgGuide *mdg_guide_open_finish (GAsyncResult *result, GError **error);
gboolean mdg_guide_get_practice (MdgGuide *self);
MdgJourneyHealth mdg_guide_get_health (MdgGuide *self);
GPtrArray *mdg_guide_get_missing (MdgGuide *self); /* (transfer none) */
/* what is being written is written, within @milliseconds */
gboolean mdg_guide_flush (MdgGuide *self, guint milliseconds);
/* the same, and the journey is closed then: every change after it ends with G_IO_ERROR_CLOSED */
gboolean mdg_guide_close (MdgGuide *self, guint milliseconds);

/* the day that "today" is; for tests. NULL: the clock's, in Japan's time */
void mdg_guide_set_today (MdgGuide *self, const GDate *today);
const GDate *mdg_guide_get_today (MdgGuide *self);

MdgStepView mdg_guide_get_step (MdgGuide *self, MdgStepKind step);
guint mdg_guide_get_n_done (MdgGuide *self);     /* of MDG_N_STEPS; skipped ones count */
MdgStepKind mdg_guide_get_next (MdgGuide *self); /* MDG_N_STEPS: nothing is left */
char *mdg_guide_get_next_sentence (MdgGuide *self);
const MdgJourneyRecord *mdg_guide_get_record (MdgGuide *self);
const char *mdg_guide_get_value (MdgGuide *self, const char *form, const char *field); /* "" none */
/* (transfer container) (element-type MdgJourneyEntry) */
GPtrArray *mdg_guide_get_entries (MdgGuide *self, const char *list);
const MdgReceipt *mdg_guide_get_receipt (MdgGuide *self, gint64 id); /* (nullable) */
/* totals of all receipts; of those items that the guide names as fundable */
gint64 mdg_guide_get_total (MdgGuide *self);
gint64 mdg_guide_get_fundable_total (MdgGuide *self);
MdgSubsidyAmounts mdg_guide_get_amounts (MdgGuide *self);
const MdgSubsidyRule *mdg_guide_get_rule (MdgGuide *self); /* (nullable) */
/* the fields of a form as typed, one for each of MdgApplicationField or MdgGrantField; what was
 * never filled in is what is known from elsewhere. (transfer full) */
char **mdg_guide_get_application (MdgGuide *self);
char **mdg_guide_get_grant (MdgGuide *self);
/* mdg_grant_check() of this journey, and whether form, usage application and files agree */
GPtrArray *mdg_guide_check_grant (MdgGuide *self);
char *mdg_guide_format_day (const GDate *day); /* yyyyMMdd */
/* the terminal that is registered, by what the program found; marks ACTIVATE as done or open */
void mdg_guide_set_activated (MdgGuide *self, gboolean activated, const char *date);

/* Changes. Each takes a callback; mdg_guide_change_finish() ends them all; a returned id is that of
 * a new entry or receipt. They run one after the other in the order of their calls. */
void mdg_guide_set_step_async (MdgGuide *self,
                               MdgStepKind step,
                               MdgStepState state,
                               const char *date, /* yyyyMMdd */
                               const char *who,
                               const char *note,
                               GAsyncReadyCallback cb,
                               gpointer data);
/* @fields: name, value, … NULL */
void mdg_guide_set_values_async (MdgGuide *self,
                                 const char *form,
                                 const char *const *fields,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
void mdg_guide_save_entry_async (MdgGuide *self,
                                 const MdgJourneyEntry *entry,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
void
mdg_guide_delete_entry_async (MdgGuide *self, gint64 id, GAsyncReadyCallback cb, gpointer data);
void mdg_guide_move_entry_async (MdgGuide *self,
                                 gint64 id,
                                 guint position,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
/* reads @file, bounded, checks that it is what it says (mdg-receipt-file.h), keeps it */
void mdg_guide_add_receipt_async (MdgGuide *self,
                                  GFile *file,
                                  GCancellable *c,
                                  GAsyncReadyCallback cb,
                                  gpointer data);
void mdg_guide_save_receipt_async (MdgGuide *self,
                                   const MdgReceipt *receipt,
                                   GAsyncReadyCallback cb,
                                   gpointer data);
void
mdg_guide_delete_receipt_async (MdgGuide *self, gint64 id, GAsyncReadyCallback cb, gpointer data);
void
mdg_guide_export_async (MdgGuide *self, const char *path, GAsyncReadyCallback cb, gpointer data);
void
mdg_guide_import_async (MdgGuide *self, const char *path, GAsyncReadyCallback cb, gpointer data);
/* FALSE: nothing of it was changed */
gboolean mdg_guide_change_finish (MdgGuide *self, GAsyncResult *result, gint64 *id, GError **error);

void mdg_guide_read_receipt_async (MdgGuide *self,
                                   gint64 id,
                                   GCancellable *c,
                                   GAsyncReadyCallback cb,
                                   gpointer data);
GBytes *mdg_guide_read_receipt_finish (MdgGuide *self, GAsyncResult *result, GError **error);

G_END_DECLS
