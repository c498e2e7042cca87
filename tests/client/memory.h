/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks for bytes in the memory of this process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @masked: the bytes looked for, each xor 0x5a, so that they are not found here. -1: cannot look */
int test_memory_count (const guint8 *masked, gsize length);

G_END_DECLS
