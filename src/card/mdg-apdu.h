/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_APDU_LE_NONE      0u
#define MDG_APDU_LE_SHORT_MAX 256u
#define MDG_APDU_LE_MAX       65536u

/* A command APDU of ISO/IEC 7816-4, cases 1 to 4; extended length when @data or @le need it.
 * @le: bytes expected, 1 to 65536, or MDG_APDU_LE_NONE */
GBytes *mdg_apdu_new (guint8 cla,
                      guint8 ins,
                      guint8 p1,
                      guint8 p2,
                      const guint8 *data,
                      gsize length,
                      guint le);
guint16 mdg_response_get_sw (GBytes *response);   /* needs two bytes or more */
GBytes *mdg_response_get_data (GBytes *response); /* (transfer full) */

G_END_DECLS
