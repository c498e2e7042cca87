/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a check confirmed and what it did not look at, in words. The only place with them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @word: of MdgDeskAnswer: "pin", "revocation" … (transfer none): translated, @word where unknown
 */
const char *mdg_confirmation_describe (const char *word, gboolean confirmed);

G_END_DECLS
