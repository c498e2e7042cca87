/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A library without a descriptor. */
#include <gmodule.h>

G_MODULE_EXPORT extern int nothing_here;
int nothing_here;
