/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Data files that come with the program (data/…/….ini), read strictly: what GKeyFile lets pass (a
 * group or a key that stands twice, one that nobody knows, a text without end) is refused, because
 * a line that is lost without a word is a fact that is wrong. Pure. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_DATA_FILE_BYTES_MAX (64 * 1024)
#define MDG_DATA_FILE_TEXT_MAX  1000 /* characters of one value */

GKeyFile *mdg_data_file_parse (GBytes *bytes, GError **error);
/* @known: NULL-terminated */
gboolean mdg_data_file_check_keys (GKeyFile *file,
                                   const char *group,
                                   const char *const *known,
                                   GError **error);
/* one line for people, trimmed, not empty; NULL with @error; (transfer full) */
char *mdg_data_file_text (GKeyFile *file, const char *group, const char *key, GError **error);
gboolean mdg_data_file_number (GKeyFile *file,
                               const char *group,
                               const char *key,
                               gint64 from,
                               gint64 to,
                               gint64 *number,
                               GError **error);
/* always FALSE: G_KEY_FILE_ERROR that names group and key (nullable) */
gboolean mdg_data_file_refuse (GError **error, const char *group, const char *key, const char *why);

G_END_DECLS
