/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* jansson with memory that is erased when it is freed, and strict reading of its values. Private
 * to src/client. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef json_t MdgJson;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgJson, json_decref)

json_t *mdg_json_parse (GBytes *bytes, GError **error);
GBytes *mdg_json_to_bytes (json_t *json);
gboolean mdg_json_set_secret (json_t *object, const char *key, GBytes *secret);

/* (transfer none) (nullable): NULL where it is missing, no string, longer, or holds control
 * characters */
const char *mdg_json_get_text (json_t *object, const char *key, gsize max_length);
/* the same, line ends and tabs allowed: PEM */
const char *mdg_json_get_lines (json_t *object, const char *key, gsize max_length);
gboolean mdg_json_get_number (json_t *object, const char *key, gint64 max, gint64 *value);
GDateTime *mdg_json_get_time (json_t *object, const char *key);
/* words for people: cut to @max_length characters, control characters to spaces */
char *mdg_json_dup_words (json_t *object, const char *key, glong max_length);

G_END_DECLS
