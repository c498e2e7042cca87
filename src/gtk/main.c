/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* madoguchi: the locale, and the application. */
#include "config.h"

#include "mdg-application.h"
#include "mdg-language.h"
#include "mdg-process-protect.h"
#include "mdg-profiles.h"
#include "mdg-quit.h"
#include "mdg-stopwatch.h"
#include "mdg-warm-up.h"

#include <glib/gi18n.h>
#include <locale.h>

/* as in docs/command-line.md */
#define EXIT_USAGE 2

/* A slip of the hand must not make another facility's folder. */
static gboolean
check_profile (const char *id)
{
  g_autoptr (GPtrArray) profiles = mdg_profiles_list (NULL);
  g_autoptr (GString) known = g_string_new (NULL);

  /* that the list cannot be read is told by the window, with what can be done */
  if (profiles == NULL)
    return TRUE;
  for (guint i = 0; i < profiles->len; i++)
    {
      const MdgProfile *profile = profiles->pdata[i];

      if (g_str_equal (profile->id, id))
        return TRUE;
      g_string_append_printf (known, "  %s  %s\n", profile->id, profile->name);
    }
  /* TRANSLATORS: then a list, one in each line */
  g_printerr (_ ("There is no facility “%s” on this PC. These are there:\n"), id);
  g_printerr ("%s", known->str);
  return FALSE;
}

static int
on_local_options_cb (GApplication *application, GVariantDict *options)
{
  const char *profile = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("madoguchi %s\n", PACKAGE_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "profile", "&s", &profile);
  return profile == NULL || check_profile (profile) ? -1 : EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  g_autoptr (MdgApplication) application = NULL;

  mdg_process_protect ();
  mdg_stopwatch_start ();
  mdg_warm_up_fonts ();
  setlocale (LC_ALL, "");
  mdg_language_bind ();
  gtk_disable_setlocale ();
  g_set_prgname (MDG_APPLICATION_ID);
  application = mdg_application_new ();
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_local_options_cb), NULL);
  mdg_quit_on_signals (G_APPLICATION (application));
  return g_application_run (G_APPLICATION (application), argc, argv);
}
