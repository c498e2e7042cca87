/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as an XML message: read or refused, and what was read can be written and read again. */
#include "config.h"

#include "fuzz.h"
#include "mdg-oqs-summary.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_xml (bytes, &error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) cp932 = NULL;
  g_autoptr (MdgOqsMessage) again = NULL;
  /* escaping can make it longer than it was */
  MdgOqsLimits limits = mdg_oqs_limits_single;

  g_assert_true ((message == NULL) == (error != NULL));
  if (message == NULL)
    return 0;
  limits.bytes *= 8;
  lines = mdg_oqs_summary_new (message, NULL, MDG_OQS_LANGUAGE_JA);
  written = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_UTF8, &error);
  g_assert_no_error (error);
  again = mdg_oqs_message_parse_xml_full (written, &limits, &error);
  g_assert_no_error (error);
  g_assert_true (
      mdg_oqs_node_equal (mdg_oqs_message_get_root (message), mdg_oqs_message_get_root (again)));
  g_clear_pointer (&again, mdg_oqs_message_unref);
  cp932 = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_CP932, NULL);
  if (cp932 != NULL)
    {
      again = mdg_oqs_message_parse_xml_full (cp932, &limits, &error);
      g_assert_no_error (error);
      g_assert_true (mdg_oqs_node_equal (mdg_oqs_message_get_root (message),
                                         mdg_oqs_message_get_root (again)));
    }
  return 0;
}
