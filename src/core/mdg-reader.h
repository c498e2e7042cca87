/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-errors.h"
#include "mdg-recorder.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What is known of a reader's or card's extended-length APDUs (ISO/IEC 7816-4 5.1). */
typedef enum
{
  MDG_EXTENDED_UNKNOWN,
  MDG_EXTENDED_NO,
  MDG_EXTENDED_YES
} MdgExtended;

typedef enum
{
  MDG_READER_FEATURE_NONE = 0,
  MDG_READER_FEATURE_PIN_PAD = 1 << 0, /* FEATURE_VERIFY_PIN_DIRECT, PC/SC part 10 */
  MDG_READER_FEATURE_CONTACTLESS = 1 << 1,
  MDG_READER_FEATURE_VIRTUAL = 1 << 2 /* not a thing one can touch: practice and tests */
} MdgReaderFeatures;

/* What becomes of the card when a run ends. */
typedef enum
{
  MDG_DISPOSITION_POWER_OFF,
  MDG_DISPOSITION_LEAVE
} MdgDisposition;

#define MDG_TYPE_EXTENDED        (mdg_extended_get_type ())
#define MDG_TYPE_READER_FEATURES (mdg_reader_features_get_type ())
MDG_API GType mdg_extended_get_type (void);
MDG_API GType mdg_reader_features_get_type (void);

#define MDG_TYPE_READER (mdg_reader_get_type ())
MDG_API GType mdg_reader_get_type (void);
typedef struct _MdgReader MdgReader;
typedef struct _MdgReaderClass MdgReaderClass;
typedef struct _MdgCard MdgCard;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgReader, g_object_unref)
#define MDG_READER(o)           (G_TYPE_CHECK_INSTANCE_CAST ((o), MDG_TYPE_READER, MdgReader))
#define MDG_IS_READER(o)        (G_TYPE_CHECK_INSTANCE_TYPE ((o), MDG_TYPE_READER))
#define MDG_READER_CLASS(k)     (G_TYPE_CHECK_CLASS_CAST ((k), MDG_TYPE_READER, MdgReaderClass))
#define MDG_READER_GET_CLASS(o) (G_TYPE_INSTANCE_GET_CLASS ((o), MDG_TYPE_READER, MdgReaderClass))

struct _MdgReader
{
  GObject parent_instance;
};

/**
 * MdgReaderClass:
 * @connect: powers the card and takes it for this program alone; fails with NO_CARD, MUTE, IN_USE,
 * …
 * @transmit: one command APDU there, one answer back, its status word included. The driver neither
 *   logs nor keeps the bytes, and never repeats a command by itself
 * @disconnect: gives the card back; cannot fail
 * @interrupt: any thread: makes a blocked vfunc of this reader return soon
 *
 * What a driver implements. The first three run on the reader's own thread, one at a time.
 */
struct _MdgReaderClass
{
  GObjectClass parent_class;
  gboolean (*connect) (MdgReader *self, GCancellable *cancellable, GError **error);
  GBytes *(*transmit) (MdgReader *self, GBytes *command, GCancellable *cancellable, GError **error);
  void (*disconnect) (MdgReader *self, MdgDisposition disposition);
  void (*interrupt) (MdgReader *self);
  gpointer _reserved[8];
};

/* As programs see it. Properties, all notified in the context that created the reader, or that of
 * the driver it was added to: id, name,
 * driver (construct-only strings), present, atr, card-serial, busy, extended, features, problem. */
MDG_API const char *mdg_reader_get_id (MdgReader *self); /* stable over replugging where possible */
MDG_API const char *mdg_reader_get_name (MdgReader *self);   /* for people */
MDG_API const char *mdg_reader_get_driver (MdgReader *self); /* id of the plugin */
MDG_API gboolean mdg_reader_get_present (MdgReader *self);
MDG_API GBytes *mdg_reader_get_atr (MdgReader *self); /* (transfer none) (nullable) */
MDG_API guint
mdg_reader_get_card_serial (MdgReader *self); /* +1 at each insertion, never 0 with a card */
MDG_API gboolean mdg_reader_get_busy (MdgReader *self);
MDG_API MdgReaderFeatures mdg_reader_get_features (MdgReader *self);
MDG_API const GError *
mdg_reader_get_problem (MdgReader *self); /* (nullable): why it cannot be used */
MDG_API MdgExtended mdg_reader_get_extended (MdgReader *self);
MDG_API void mdg_reader_set_extended (MdgReader *self, MdgExtended extended); /* any thread */
MDG_API void
mdg_reader_set_deadline (MdgReader *self, guint milliseconds); /* per run; default 10 000 */
MDG_API void mdg_reader_set_recorder (MdgReader *self, MdgRecorder *recorder); /* (nullable) */

/* Called by drivers, from any thread; they take effect in the reader's own context, in order. */
MDG_API void mdg_reader_report_card (MdgReader *self, gboolean present, GBytes *atr);
MDG_API void mdg_reader_report_problem (MdgReader *self, const GError *problem);
MDG_API void mdg_reader_report_features (MdgReader *self, MdgReaderFeatures features);

typedef gpointer (*MdgCardFunc) (MdgCard *card,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);
MDG_API void mdg_reader_run_async (MdgReader *self,
                                   guint card_serial,
                                   MdgCardFunc func,
                                   gpointer func_data,
                                   GDestroyNotify func_data_free,
                                   GDestroyNotify result_free,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
MDG_API gpointer mdg_reader_run_finish (MdgReader *self, GAsyncResult *result, GError **error);

G_END_DECLS
