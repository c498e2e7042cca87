/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* resident memory of a process in KiB; 0 where it cannot be known */
guint64 bench_memory_of (const char *pid);
