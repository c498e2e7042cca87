/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML text and trees of elements. Pure. */
#pragma once

#include "mdg-oqs-message.h"

G_BEGIN_DECLS

MdgOqsNode *
mdg_oqs_xml_read (const char *text, gsize length, const MdgOqsLimits *limits, GError **error);
char *mdg_oqs_xml_write (MdgOqsNode *root, const char *charset, GError **error);

G_END_DECLS
