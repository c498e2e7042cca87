/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows closes the windows of a program by messages, which GTK turns into the same as the
 * window's button. */
#include "config.h"

#include "mdg-quit.h"

/**
 * mdg_quit_on_signals:
 * @application: the program
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_quit_on_signals (GApplication *application)
{
}
