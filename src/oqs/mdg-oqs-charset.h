/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the bytes of an XML document to UTF-8 and back; the declaration decides. Pure. */
#pragma once

#include "mdg-oqs-message.h"

G_BEGIN_DECLS

char *mdg_oqs_charset_decode (const char *data, gsize size, gsize *length, GError **error);
GBytes *mdg_oqs_charset_encode_cp932 (const char *text, GError **error);

G_END_DECLS
