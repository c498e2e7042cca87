/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every fuzz target defines. A target promises not to crash, hang, or leak for any bytes, and
 * asserts what must hold for those it accepts; asserting is how it finds more than crashes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
