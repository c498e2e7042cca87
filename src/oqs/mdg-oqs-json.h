/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The same trees in JSON (design of the online source's messages). Pure. */
#pragma once

#include "mdg-oqs-message.h"

G_BEGIN_DECLS

MdgOqsNode *
mdg_oqs_json_read (const char *data, gsize size, const MdgOqsLimits *limits, GError **error);
char *mdg_oqs_json_write (MdgOqsNode *root);

G_END_DECLS
