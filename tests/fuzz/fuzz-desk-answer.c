/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any answer that can be read can be arranged: bounded, one line a value, two columns a row. */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "mdg-answer-view.h"

#define MAX_SHOWN 401

static void
check_facts (GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const MdgAnswerFact *fact = g_ptr_array_index (facts, i);

      g_assert_true (fact->id != NULL && fact->label != NULL);
      g_assert_cmpint (g_utf8_strlen (fact->value, -1), <=, MAX_SHOWN);
      g_assert_cmpint (g_utf8_strlen (fact->copy, -1), <=, MAX_SHOWN);
      g_assert_null (strpbrk (fact->value, "\n\r\t"));
      g_assert_null (strpbrk (fact->copy, "\n\r\t"));
    }
}

static void
check_view (MdgOqsMessage *message, MdgOqsLanguage language, MdgCalendar calendar)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 1, 2, 3);
  g_autoptr (MdgAnswerView) view =
      mdg_answer_view_new_parts (message, now, TRUE, NULL, NULL, language, calendar);
  g_autofree char *text = mdg_answer_view_to_text (view);
  g_autofree char *tsv = mdg_answer_view_to_tsv (view);
  g_auto (GStrv) rows = g_strsplit (tsv, "\n", -1);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (view->coverages->len, ==, mdg_oqs_message_get_n_results (message));
  for (guint i = 0; i < view->coverages->len; i++)
    {
      const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, i);

      check_facts (coverage->main);
      check_facts (coverage->more);
      g_assert_cmpint (g_utf8_strlen (coverage->initials, -1), <=, 8);
    }
  for (guint i = 0; rows[i] != NULL; i++)
    g_assert_true (strchr (rows[i], '\t') == strrchr (rows[i], '\t'));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_json (bytes, NULL);

  for (int way = 0; message != NULL && way < 4; way++)
    check_view (message, way & 1 ? MDG_OQS_LANGUAGE_EN : MDG_OQS_LANGUAGE_JA,
                way & 2 ? MDG_CALENDAR_WESTERN : MDG_CALENDAR_ERA);
  return 0;
}
