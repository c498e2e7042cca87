/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Does not start: with a reason, or without one where MDG_TEST_NO_REASON is set. */
#include "mdg-bad-driver.h"

BAD_DRIVER (BadStart, bad_start)

static gboolean
bad_start_start (MdgReaderDriver *driver, GError **error)
{
  if (g_getenv ("MDG_TEST_NO_REASON") == NULL)
    g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NOT_SUPPORTED, "not today");
  return FALSE;
}

static void
bad_start_class_init (BadStartClass *klass)
{
  klass->start = bad_start_start;
}

MDG_DEFINE_PLUGIN (bad_start, "Bad start", MDG_PLUGIN_FLAG_NONE, bad_start_get_type)
