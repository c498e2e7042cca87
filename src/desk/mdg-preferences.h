/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a facility may set, with its defaults and bounds, kept in the store. One table of keys. */
#pragma once

#include "mdg-store.h"

G_BEGIN_DECLS

/* Properties, writable and notified; a value from the store that is out of bounds counts as its
 * default: "show-seconds" (uint 0 to 600, 60): how long an answer stays; 0 until dismissed
 *  "lock-minutes" (uint 0 to 120, 10): idle time before the window locks; 0 never
 *  "ask-log-in" (boolean, FALSE): the password is asked for at each start instead of being kept
 *  "locked" (boolean, FALSE): no preference, but state that outlives the program: the counter was
 *    locked when it ended, and is locked when it begins again
 *  "history-days" (uint 0 to 1826, 0): 0 today only
 *  "sound" (boolean, TRUE), "sound-volume" left to the system
 *  "text-percent" (uint 100 to 200, 100)
 *  "style" (string "system", "light", "dark")
 *  "western-years" (boolean, FALSE)
 *  "patient-window" (boolean, FALSE): open it at the start
 *  "shuffle-keypad" (boolean, FALSE)
 *  "default-visual" (boolean, FALSE): 目視確認 is chosen at the start
 *  "ask-consent" (boolean, TRUE): the patient's window asks about 限度額情報
 *  "source" (string "online", "folder"): folder is not there yet
 * A change is notified at once, written by a worker, and, if it cannot be written, taken back and
 * told by the signal "failed" (const GError *). */
#define MDG_TYPE_PREFERENCES (mdg_preferences_get_type ())
G_DECLARE_FINAL_TYPE (MdgPreferences, mdg_preferences, MDG, PREFERENCES, GObject)

/* @path: (nullable): the database; NULL keeps nothing (tests). Blocking: reads all values. */
MdgPreferences *mdg_preferences_new (const char *path, GError **error);
/* waits, at most @milliseconds, until everything is written */
gboolean mdg_preferences_flush (MdgPreferences *self, guint milliseconds);

G_END_DECLS
