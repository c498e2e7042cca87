/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guide's constant texts in the language of the locale. */
#include "config.h"

#include "mdg-guide-map.h"

#include <glib/gi18n-lib.h>

/**
 * mdg_guide_text:
 * @text: a text of a constant table of this folder, as the source has it
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): it in the language of the locale; "" stays ""
 */
const char *
mdg_guide_text (const char *text)
{
  return text == NULL || *text == '\0' ? "" : _ (text);
}
