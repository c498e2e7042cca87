/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person may write into a journey, with words where it cannot be kept: text of plain
 * characters, of bounded length, and days that there are. */
#include "config.h"

#include "mdg-guide-change.h"
#include "mdg-guide-text-check.h"
#include "mdg-journey-check.h"
#include "mdg-oqs-check.h"

#include <glib/gi18n-lib.h>

/**
 * mdg_guide_text_find_fault:
 * @text: any bytes up to their end
 * @most: the most characters
 * @lines: whether it may have several lines
 *
 * Refused is what the store would refuse (mdg_journey_is_plain()), and what no font can have.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): what is wrong, translated
 */
const char *
mdg_guide_text_find_fault (const char *text, guint most, gboolean lines)
{
  guint n = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return _ ("There are characters in it that cannot be read.");
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (++n > most)
        return _ ("It is too long.");
      if (lines && c == '\n')
        continue;
      if (!mdg_journey_is_plain (c) || !g_unichar_isdefined (c))
        return _ ("There are characters in it that cannot be printed.");
    }
  return NULL;
}

static gboolean
refuse (const char *words, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

/**
 * mdg_guide_check_text:
 * @text: (nullable): what a person wrote
 * @lines: whether it may have several lines
 * @error: return location
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT with translated words.
 *
 * Returns: whether it may be kept
 */
gboolean
mdg_guide_check_text (const char *text, gboolean lines, GError **error)
{
  const char *fault =
      text != NULL ? mdg_guide_text_find_fault (text, MDG_JOURNEY_TEXT_MAX, lines) : NULL;

  return fault == NULL || refuse (fault, error);
}

/**
 * mdg_guide_check_needed:
 * @text: (nullable): what a person wrote
 * @error: return location
 *
 * Thread: main.
 * Errors: as mdg_guide_check_text(), and where there is nothing.
 *
 * Returns: whether it may be kept
 */
gboolean
mdg_guide_check_needed (const char *text, GError **error)
{
  g_autofree char *folded = NULL;

  if (!mdg_guide_check_text (text, FALSE, error))
    return FALSE;
  folded = text != NULL ? mdg_oqs_fold_width (text) : g_strdup ("");
  return *g_strstrip (folded) != '\0' || refuse (_ ("Nothing was written."), error);
}

/**
 * mdg_guide_check_date:
 * @date: (nullable): yyyyMMdd or ""
 * @error: return location
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT with translated words.
 *
 * Returns: whether there is such a day
 */
gboolean
mdg_guide_check_date (const char *date, GError **error)
{
  GDate day;

  if (date == NULL || *date == '\0' || mdg_oqs_date_parse (date, &day))
    return TRUE;
  return refuse (_ ("There is no such day."), error);
}
