/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file of steps is read whole or refused: no step without a text. */
#include "config.h"

#include "fuzz.h"

#include "mdg-fallback.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgFallback) steps = mdg_fallback_new (bytes, &error);

  g_assert_true ((steps == NULL) == (error != NULL));
  for (guint i = 0; steps != NULL && i < mdg_fallback_get_n_steps (steps); i++)
    {
      const MdgFallbackStep *step = mdg_fallback_get_step (steps, i);

      g_assert_true (*step->title != '\0' && *step->text != '\0' && *step->source != '\0');
    }
  return 0;
}
