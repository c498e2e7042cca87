/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a JSON message: read or refused; what was read can be written as XML and as JSON and
 * read again. */
#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "mdg-oqs-summary.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_json (bytes, &error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GBytes) xml = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (MdgOqsMessage) again = NULL;
  MdgOqsLimits limits = mdg_oqs_limits_single;
  char *text;

  g_assert_true ((message == NULL) == (error != NULL));
  if (message == NULL)
    return 0;
  limits.bytes *= 8;
  lines = mdg_oqs_summary_new (message, NULL, MDG_OQS_LANGUAGE_EN);
  text = mdg_oqs_message_to_json (message);
  json = g_bytes_new_take (text, strlen (text));
  again = mdg_oqs_message_parse_json_full (json, &limits, &error);
  g_assert_no_error (error);
  g_assert_true (
      mdg_oqs_node_equal (mdg_oqs_message_get_root (message), mdg_oqs_message_get_root (again)));
  xml = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_UTF8, &error);
  g_assert_no_error (error);
  g_clear_pointer (&again, mdg_oqs_message_unref);
  /* in XML blanks alone in a block are indentation, so equality is not asked here */
  again = mdg_oqs_message_parse_xml_full (xml, &limits, &error);
  g_assert_no_error (error);
  return 0;
}
