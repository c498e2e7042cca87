/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* madoguchi: the locale, and the application. */
#include "config.h"

#include "mdg-application.h"
#include "mdg-language.h"
#include "mdg-process-protect.h"
#include "mdg-quit.h"
#include "mdg-stopwatch.h"
#include "mdg-warm-up.h"

#include <glib/gi18n.h>
#include <locale.h>

static int
on_local_options_cb (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("madoguchi %s\n", PACKAGE_VERSION);
  return 0;
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
