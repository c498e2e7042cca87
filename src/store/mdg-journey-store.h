/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a facility's way to the online check has come to: the steps, the values of its forms, its
 * lists, its receipts. A database of its own (journey.db) and a folder of receipts beside it, in
 * the facility's folder. What a function reports as saved is on the disk, and in a second copy
 * (journey.copy) that is taken where the database is damaged. Blocking; one thread at a time. */
#pragma once

#include "mdg-store.h"

G_BEGIN_DECLS

/* A step of the map (guide), by its id. */
typedef struct
{
  char *id;
  char *state; /* "open", "waiting" (for the post), "done", "skipped" */
  char *date;  /* yyyyMMdd on which that came about; "" none */
  char *who;
  char *note;
} MdgStepRecord;
MdgStepRecord *mdg_step_record_copy (const MdgStepRecord *self);
void mdg_step_record_free (MdgStepRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgStepRecord, mdg_step_record_free)

/* A line of a list that the facility edits: 受付業務の確認, who practised, … */
typedef struct
{
  gint64 id;  /* 0: new */
  char *list; /* "reception", "practise", "poster" … */
  char *text;
  gboolean done;
  char *date; /* yyyyMMdd; "" none */
  char *who;
} MdgJourneyEntry;
MdgJourneyEntry *mdg_journey_entry_copy (const MdgJourneyEntry *self);
void mdg_journey_entry_free (MdgJourneyEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgJourneyEntry, mdg_journey_entry_free)

typedef struct
{
  char *name;
  guint quantity;
  gint64 price; /* yen, with tax, of one */
  char *kind;   /* an id of mdg-subsidy.h: "reader", "phone", "tablet", "other" */
} MdgReceiptItem;
MdgReceiptItem *mdg_receipt_item_copy (const MdgReceiptItem *self);
void mdg_receipt_item_free (MdgReceiptItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgReceiptItem, mdg_receipt_item_free)

typedef struct
{
  gint64 id;        /* 0: new */
  char *file_name;  /* as it was called where it came from, without a folder */
  char *media_type; /* "application/pdf", "image/png", "image/jpeg" */
  guint64 size;     /* bytes */
  char *sha256;     /* 64 hex digits */
  char *vendor;
  char *date; /* yyyyMMdd; "" none */
  char *note;
  GPtrArray *items; /* (element-type MdgReceiptItem) */
  GDateTime *added_at;
} MdgReceipt;
MdgReceipt *mdg_receipt_new (void);
MdgReceipt *mdg_receipt_copy (const MdgReceipt *self);
void mdg_receipt_free (MdgReceipt *self);
gint64 mdg_receipt_get_total (const MdgReceipt *self); /* yen; 0 where there are no items */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgReceipt, mdg_receipt_free)

/* bounds of what is taken, in characters and pieces; more is refused with INVALID_ARGUMENT of
 * G_IO_ERROR */
#define MDG_JOURNEY_TEXT_MAX     2000
#define MDG_JOURNEY_ENTRIES_MAX  500
#define MDG_JOURNEY_RECEIPTS_MAX 200
#define MDG_JOURNEY_ITEMS_MAX    100
#define MDG_RECEIPT_BYTES_MAX    (20 * 1024 * 1024)
#define MDG_RECEIPT_QUANTITY_MAX 1000
#define MDG_RECEIPT_PRICE_MAX    (10 * 1000 * 1000) /* yen, of one piece */

/* everything but the receipts' bytes */
typedef struct
{
  GPtrArray *steps;    /* (element-type MdgStepRecord) */
  GHashTable *values;  /* "form/field" → text */
  GPtrArray *entries;  /* (element-type MdgJourneyEntry), in order */
  GPtrArray *receipts; /* (element-type MdgReceipt), oldest first */
} MdgJourneyRecord;
void mdg_journey_record_free (MdgJourneyRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgJourneyRecord, mdg_journey_record_free)

typedef enum
{
  MDG_JOURNEY_WHOLE,    /* as it was left */
  MDG_JOURNEY_RESTORED, /* the database was damaged: kept aside, and made again from the copy */
  MDG_JOURNEY_MISSING   /* receipts whose file is gone or changed: mdg_journey_store_get_missing */
} MdgJourneyHealth;

typedef struct _MdgJourneyStore MdgJourneyStore;
/* @folder: a facility's (mdg_profile_dir()) or practice mode's */
MdgJourneyStore *mdg_journey_store_open (const char *folder, GError **error);
void mdg_journey_store_close (MdgJourneyStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgJourneyStore, mdg_journey_store_close)
MdgJourneyHealth mdg_journey_store_get_health (MdgJourneyStore *self);
/* file names of receipts that are not what they were; (transfer full) (element-type utf8) */
GPtrArray *mdg_journey_store_get_missing (MdgJourneyStore *self);
MdgJourneyRecord *mdg_journey_store_load (MdgJourneyStore *self, GError **error);

gboolean
mdg_journey_store_save_step (MdgJourneyStore *self, const MdgStepRecord *step, GError **error);
/* several of one form in one transaction; @fields: name, value, … NULL; a value NULL removes */
gboolean mdg_journey_store_save_values (MdgJourneyStore *self,
                                        const char *form,
                                        const char *const *fields,
                                        GError **error);
/* its id, 0 on error; a new one goes to the end of its list */
gint64
mdg_journey_store_save_entry (MdgJourneyStore *self, const MdgJourneyEntry *entry, GError **error);
/* the lines of a list that was never filled, once and for all: @field of @form says that it was;
 * what stands there already is not written again. All of it or nothing. */
gboolean mdg_journey_store_fill_list (MdgJourneyStore *self,
                                      const char *list,
                                      const char *const *texts,
                                      const char *form,
                                      const char *field,
                                      GError **error);
gboolean mdg_journey_store_delete_entry (MdgJourneyStore *self, gint64 id, GError **error);
/* @position: from 0 within its list */
gboolean
mdg_journey_store_move_entry (MdgJourneyStore *self, gint64 id, guint position, GError **error);

/* A new receipt with its bytes, which become a file of the store first: written, synced, renamed.
 * The kind of file was checked before (mdg-receipt-file.h). Sets size and sha256 itself; the same
 * bytes twice are EXISTS. Its id, 0 on error. */
gint64 mdg_journey_store_add_receipt (MdgJourneyStore *self,
                                      const MdgReceipt *receipt,
                                      GBytes *bytes,
                                      GError **error);
/* all but the file: what a person said of it, with its items */
gboolean
mdg_journey_store_save_receipt (MdgJourneyStore *self, const MdgReceipt *receipt, GError **error);
gboolean mdg_journey_store_delete_receipt (MdgJourneyStore *self, gint64 id, GError **error);
/* compared with its SHA-256; CORRUPT where it is another */
GBytes *mdg_journey_store_read_receipt (MdgJourneyStore *self, gint64 id, GError **error);

/* the whole journey, files and all, as one file for another PC; written beside and renamed */
gboolean mdg_journey_store_export (MdgJourneyStore *self, const char *path, GError **error);
/* puts that file's journey in the place of this one, whole or not at all; what was there before is
 * kept aside. FOREIGN where it is none or is not whole, NEWER, or G_IO_ERROR where it cannot be
 * read. */
gboolean mdg_journey_store_import (MdgJourneyStore *self, const char *path, GError **error);

G_END_DECLS
