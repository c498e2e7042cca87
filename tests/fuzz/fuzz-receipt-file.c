/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file dropped as a receipt: kept with one of three kinds, or refused with a word of its own;
 * what is kept as a picture can be shown. */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "mdg-receipt-file.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  const char *kind = NULL;
  gboolean good = mdg_receipt_file_check (bytes, &kind, &error);

  g_assert_true (good == (kind != NULL) && good == (error == NULL));
  g_assert_true (good || error->domain == MDG_RECEIPT_ERROR);
  if (!good || !g_str_has_prefix (kind, "image/"))
    return 0;
  pages = mdg_receipt_file_render (bytes, 1, 50, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, 1);
  return 0;
}
