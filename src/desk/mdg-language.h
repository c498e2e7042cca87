/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-oqs-codes.h"

G_BEGIN_DECLS

/* where the translations are, for gettext; after setlocale() */
void mdg_language_bind (void);
MdgOqsLanguage
mdg_desk_language (void); /* the language of OQS words that fits the locale of messages */

G_END_DECLS
