/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-reader.h"

G_BEGIN_DECLS

#define MDG_TYPE_READER_DRIVER (mdg_reader_driver_get_type ())
MDG_API GType mdg_reader_driver_get_type (void);
typedef struct _MdgReaderDriver MdgReaderDriver;
typedef struct _MdgReaderDriverClass MdgReaderDriverClass;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgReaderDriver, g_object_unref)
#define MDG_READER_DRIVER(o)                                                                       \
  (G_TYPE_CHECK_INSTANCE_CAST ((o), MDG_TYPE_READER_DRIVER, MdgReaderDriver))
#define MDG_IS_READER_DRIVER(o) (G_TYPE_CHECK_INSTANCE_TYPE ((o), MDG_TYPE_READER_DRIVER))
#define MDG_READER_DRIVER_CLASS(k)                                                                 \
  (G_TYPE_CHECK_CLASS_CAST ((k), MDG_TYPE_READER_DRIVER, MdgReaderDriverClass))
#define MDG_READER_DRIVER_GET_CLASS(o)                                                             \
  (G_TYPE_INSTANCE_GET_CLASS ((o), MDG_TYPE_READER_DRIVER, MdgReaderDriverClass))

struct _MdgReaderDriver
{
  GObject parent_instance;
};

/**
 * MdgReaderDriverClass:
 * @start: main thread, must not block; failing marks the plugin FAILED
 * @stop: main thread; after @monitor has returned
 * @monitor: (nullable): on the driver's own thread; blocks, watching readers and cards, until
 *   @cancellable is cancelled (return TRUE) or it cannot go on (FALSE with an error: it is called
 * again after 1 s, 2 s, … 60 s; three failures in a row without a reader between mark the plugin
 * FAILED). A service that is not running is no failure: report it with
 * mdg_reader_driver_report_problem() and wait
 * @interrupt: any thread: makes @monitor return soon
 */
struct _MdgReaderDriverClass
{
  GObjectClass parent_class;
  gboolean (*start) (MdgReaderDriver *self, GError **error);
  void (*stop) (MdgReaderDriver *self);
  gboolean (*monitor) (MdgReaderDriver *self, GCancellable *cancellable, GError **error);
  void (*interrupt) (MdgReaderDriver *self);
  gpointer _reserved[8];
};

/* Properties: readers (GListModel of MdgReader), ready, problem, restart-delay (milliseconds of the
 * first pause of a monitor that failed, 1000; less is for tests). Signal "failed" with a GError:
 * its monitor failed three times in a row. */
MDG_API gboolean mdg_reader_driver_start (MdgReaderDriver *self, GError **error);
MDG_API void mdg_reader_driver_stop (MdgReaderDriver *self);
MDG_API GListModel *mdg_reader_driver_get_readers (MdgReaderDriver *self); /* (transfer none) */
/* TRUE once the driver has looked for readers for the first time, whether or not it found any */
MDG_API gboolean mdg_reader_driver_get_ready (MdgReaderDriver *self);
MDG_API const GError *mdg_reader_driver_get_problem (MdgReaderDriver *self); /* (nullable) */

/* Called by drivers, from any thread; they take effect in the driver's own context, in order. */
MDG_API void mdg_reader_driver_add_reader (MdgReaderDriver *self, MdgReader *reader);
MDG_API void mdg_reader_driver_remove_reader (MdgReaderDriver *self, const char *id);
MDG_API void mdg_reader_driver_report_ready (MdgReaderDriver *self);
MDG_API void mdg_reader_driver_report_problem (MdgReaderDriver *self, const GError *problem);

G_END_DECLS
