/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes of one fuzz input, taken from the front. What is past the end is 0 and empty. */
#pragma once

#include <glib.h>

#include "fuzz.h"

typedef struct
{
  const guint8 *data;
  gsize size;
} FuzzInput;

static inline guint
fuzz_input_take_byte (FuzzInput *self)
{
  if (self->size == 0)
    return 0;
  self->size--;
  return *self->data++;
}

/* big endian */
static inline guint
fuzz_input_take_16 (FuzzInput *self)
{
  guint high = fuzz_input_take_byte (self);

  return high << 8 | fuzz_input_take_byte (self);
}

/* a copy of its own, so that a read past its end is seen */
static inline GBytes *
fuzz_input_take_block (FuzzInput *self, gsize size)
{
  gsize taken = MIN (size, self->size);
  GBytes *block = g_bytes_new (self->data, taken);

  self->data += taken;
  self->size -= taken;
  return block;
}
