/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A complete answer of the service, and what its status and code mean. Private to src/client. */
#pragma once

#include "mdg-json.h"

G_BEGIN_DECLS

#define MDG_SERVICE_MAX_BYTES (1024 * 1024)

typedef struct
{
  guint status;
  GBytes *body;      /* erased when freed */
  json_t *json;      /* (nullable): the object in it, where it is one */
  guint retry_after; /* seconds, of the header or the body; 0 none */
} MdgServiceAnswer;

MdgServiceAnswer *mdg_service_answer_new (guint status,
                                          const char *content_type,
                                          const char *retry_after,
                                          GBytes *body);
void mdg_service_answer_free (MdgServiceAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgServiceAnswer, mdg_service_answer_free)
/* whether it is a success with an object in it, or with nothing where @may_be_empty */
gboolean
mdg_service_answer_check (const MdgServiceAnswer *self, gboolean may_be_empty, GError **error);

G_END_DECLS
