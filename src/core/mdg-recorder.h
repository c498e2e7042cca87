/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-core-macros.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_RECORDER_NONE = 0,
  MDG_RECORDER_PERSONAL =
      1 << 0 /* answers that are personal in full: only ever for virtual cards */
} MdgRecorderFlags;

/* Writes a session with a card as text (.apdu), one exchange a line, secrets masked at the source.
 */
#define MDG_TYPE_RECORDER (mdg_recorder_get_type ())
MDG_API
G_DECLARE_FINAL_TYPE (MdgRecorder, mdg_recorder, MDG, RECORDER, GObject)

MDG_API MdgRecorder *mdg_recorder_new (const char *path, MdgRecorderFlags flags, GError **error);
/* any thread; called by MdgCard alone */
MDG_API void mdg_recorder_connect (MdgRecorder *self, const char *reader_name, GBytes *atr);
MDG_API void mdg_recorder_exchange (MdgRecorder *self,
                                    GBytes *command,
                                    gboolean secret,
                                    GBytes *response,
                                    gboolean personal,
                                    const GError *error);
MDG_API void mdg_recorder_disconnect (MdgRecorder *self, const char *disposition);

G_END_DECLS
