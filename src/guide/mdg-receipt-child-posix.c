/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bounds that the kernel keeps over the process that draws a PDF. */
#include "config.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "mdg-receipt-private.h"

#define MEMORY ((rlim_t) 1 << 30) /* an A4 page at 4,000 pixels takes under 300 MB */
#define FILES  ((rlim_t) 64 << 20)

static void
set_limit (int resource, rlim_t value)
{
  const struct rlimit limit = { value, value };

  setrlimit (resource, &limit);
}

/* in the child, between fork and exec: system calls only */
static void
on_child_setup_cb (gpointer data)
{
  setpgid (0, 0);
  set_limit (RLIMIT_AS, MEMORY);
  set_limit (RLIMIT_CPU, (rlim_t) GPOINTER_TO_UINT (data));
  set_limit (RLIMIT_FSIZE, FILES);
  set_limit (RLIMIT_CORE, 0); /* a core would be a copy of the receipt */
}

void
mdg_receipt_child_limit (GSubprocessLauncher *launcher, guint seconds)
{
  g_subprocess_launcher_set_child_setup (launcher, on_child_setup_cb, GUINT_TO_POINTER (seconds),
                                         NULL);
}

void
mdg_receipt_child_kill (GSubprocess *child)
{
  const char *text = g_subprocess_get_identifier (child);
  guint64 id;

  /* NULL: it has ended, and its number may be another's by now */
  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 2, G_MAXINT, &id, NULL))
    kill (-(pid_t) id, SIGKILL);
  g_subprocess_force_exit (child);
}
