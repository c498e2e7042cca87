/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One language in all that is said: gettext's and that of the code tables. */
#include "config.h"

#include "mdg-language.h"

#include <libintl.h>
#include <locale.h>

/**
 * mdg_language_bind:
 *
 * Tells gettext where the translations are. In a development build MADOGUCHI_LOCALE_DIR may say so.
 *
 * Thread: main, before any text is asked for.
 * Errors: none.
 */
void
mdg_language_bind (void)
{
  const char *folder = MDG_DEVELOPMENT ? g_getenv ("MADOGUCHI_LOCALE_DIR") : NULL;

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : MDG_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * mdg_desk_language:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the language of the code tables' words that fits the locale of messages
 */
MdgOqsLanguage
mdg_desk_language (void)
{
#ifdef LC_MESSAGES
  const char *locale = setlocale (LC_MESSAGES, NULL);

  /* gettext does not translate there, whatever LANGUAGE says: one language, not two mixed */
  if (locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"))
    return MDG_OQS_LANGUAGE_EN;
#endif
  return g_str_has_prefix (g_get_language_names ()[0], "ja") ? MDG_OQS_LANGUAGE_JA
                                                             : MDG_OQS_LANGUAGE_EN;
}
