/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One OQS response document of an invented person, from XML to the JSON of service-protocol.md. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* The document's MessageBody; @description: (out) (transfer full) (nullable): the first comment.
 * @name is told in errors. */
json_t *
mdg_practice_document_read (const char *name, GBytes *bytes, char **description, GError **error);

G_END_DECLS
