/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words for errors: every code of every domain has its own row, and every sentence is there in
 * Japanese. That no code of a header is missing is check-problems.py's. */
#include "config.h"

#include "mdg-problem-table.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "mdg-card-error.h"
#include "mdg-errors.h"
#include "mdg-oqs-message.h"
#include "mdg-receipt-error.h"
#include "mdg-service-error.h"
#include "mdg-store.h"

static const struct
{
  GQuark (*domain) (void);
  int last;
} domains[] = {
  { mdg_plugin_error_quark, MDG_PLUGIN_ERROR_STOPPED },
  { mdg_reader_error_quark, MDG_READER_ERROR_REMOVED },
  { mdg_card_error_quark, MDG_CARD_ERROR_TEST_CARD },
  { mdg_service_error_quark, MDG_SERVICE_ERROR_CLOCK },
  { mdg_store_error_quark, MDG_STORE_ERROR_FOREIGN },
  { mdg_receipt_error_quark, MDG_RECEIPT_ERROR_HEAVY },
  { mdg_oqs_error_quark, MDG_OQS_ERROR_INVALID },
};

static gboolean
has_japanese (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_get_script (g_utf8_get_char (c)) == G_UNICODE_SCRIPT_HIRAGANA ||
        g_unichar_get_script (g_utf8_get_char (c)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

static void
test_whole (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    for (int code = 0; code <= domains[i].last; code++)
      {
        const MdgProblemRow *row = mdg_problem_table_lookup (domains[i].domain (), code);

        g_test_message ("%s %d", g_quark_to_string (domains[i].domain ()), code);
        g_assert_nonnull (row->domain);
        g_assert_true (row->domain () == domains[i].domain ());
        g_assert_cmpint (row->code, ==, code);
      }
}

static void
test_rows (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const MdgProblemRow *rows = mdg_problem_table_get (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *texts[] = { rows[i].title, rows[i].cause, rows[i].advice };

      g_assert_true (g_hash_table_add (ids, (gpointer) rows[i].id));
      g_assert_true (g_regex_match_simple ("^[A-Z]-[0-9]{2}$", rows[i].id, 0, 0));
      g_assert_true (mdg_problem_table_lookup (rows[i].domain (), rows[i].code) == &rows[i]);
      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          const char *japanese = g_dgettext (GETTEXT_PACKAGE, texts[j]);

          g_assert_true (g_str_is_ascii (texts[j]));
          g_assert_cmpstr (japanese, !=, texts[j]);
          g_assert_true (has_japanese (japanese));
          /* a title is a line; the rest are sentences */
          g_assert_true (g_str_has_suffix (japanese, "。") == (j > 0));
          /* said of what happened, not of errors */
          g_assert_null (strstr (japanese, "エラー"));
          g_assert_null (strstr (japanese, "拒否"));
        }
      /* nobody is ever called uninsured */
      g_assert_null (strstr (g_dgettext (GETTEXT_PACKAGE, rows[i].cause), "無保険"));
    }
  g_assert_true (g_hash_table_add (ids, (gpointer) mdg_problem_table_lookup (0, 0)->id));
}

/* What a counter meets: each has its own title, cause and next step, and none of them repeats. */
static void
test_counter (void)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *title;
  } rows[] = {
    { MDG_READER_ERROR, MDG_READER_ERROR_REMOVED, "カードが離れました" },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_WRONG, "暗証番号が違います" },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_BLOCKED, "暗証番号がロックされています" },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CARD_EXPIRED,
      "電子証明書の期限が切れているか、失効しています" },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_UNKNOWN_CARD, "マイナンバーカードではありません" },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNREACHABLE, "サービスに接続できません" },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNAVAILABLE, "サービスを利用できません" },
    { MDG_READER_ERROR, MDG_READER_ERROR_IN_USE, "ほかのプログラムがリーダーを使っています" },
    { MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE, "リーダーのサービスが動いていません" },
    { MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_START, "リーダーのドライバーを使えません" },
    { MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_STOPPED, "リーダーのドライバーが止まりました" },
  };
  g_autoptr (GHashTable) causes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MdgProblemRow *row = mdg_problem_table_lookup (rows[i].domain, rows[i].code);
      const char *cause = g_dgettext (GETTEXT_PACKAGE, row->cause);

      g_assert_cmpstr (g_dgettext (GETTEXT_PACKAGE, row->title), ==, rows[i].title);
      g_assert_true (g_hash_table_add (causes, (gpointer) cause));
      g_assert_cmpstr (row->advice, !=, row->cause);
    }
}

static void
test_wrong_pin (void)
{
  g_autoptr (GError) two = mdg_card_error_new (MDG_CARD_ERROR_PIN_WRONG, 2, 0x63c2, "x");
  g_autoptr (GError) unknown = mdg_card_error_new (MDG_CARD_ERROR_PIN_WRONG, -1, 0, "x");
  g_autoptr (MdgProblem) problem = mdg_problem_new (two);
  g_autoptr (MdgProblem) vague = mdg_problem_new (unknown);

  g_assert_cmpstr (mdg_problem_get_code (problem), ==, "C-05");
  g_assert_cmpstr (mdg_problem_get_cause (problem), ==, "暗証番号が違います。残り2回です。");
  g_assert_cmpstr (mdg_problem_get_cause (vague), ==, "暗証番号が違います。");
  g_assert_cmpint (mdg_problem_get_tries_left (problem), ==, 2);
  g_assert_cmpint (mdg_problem_get_tries_left (vague), ==, -1);
  g_assert_cmpint (mdg_problem_get_kind (problem), ==, MDG_PROBLEM_KIND_PIN_WRONG);
}

static void
test_service (void)
{
  g_autoptr (GError) refused =
      mdg_service_error_new (MDG_SERVICE_ERROR_REFUSED, "MDG-CARD-009", "説明", 0, "x");
  g_autoptr (GError) hostile =
      mdg_service_error_new (MDG_SERVICE_ERROR_REFUSED, "<b>%s%n</b>", NULL, 0, "x");
  g_autoptr (GError) locked =
      mdg_service_error_new (MDG_SERVICE_ERROR_LOCKED, "MDG-ACT-003", NULL, 841, "x");
  g_autoptr (MdgProblem) a = mdg_problem_new (refused);
  g_autoptr (MdgProblem) b = mdg_problem_new (hostile);
  g_autoptr (MdgProblem) c = mdg_problem_new (locked);

  g_assert_cmpstr (mdg_problem_get_service_code (a), ==, "MDG-CARD-009");
  g_assert_cmpstr (mdg_problem_get_service_message (a), ==, "説明");
  g_assert_nonnull (strstr (mdg_problem_get_cause (a), "MDG-CARD-009"));
  g_assert_null (mdg_problem_get_service_code (b));
  g_assert_null (strstr (mdg_problem_get_cause (b), "<b>"));
  g_assert_nonnull (strstr (mdg_problem_get_cause (c), "約15分"));
}

/* The numbers that the command line promises. */
static void
test_kinds (void)
{
  const struct
  {
    GQuark domain;
    int code;
    int kind;
  } rows[] = {
    { MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE, 3 },
    { MDG_READER_ERROR, MDG_READER_ERROR_GONE, 3 },
    { MDG_READER_ERROR, MDG_READER_ERROR_NO_ACCESS, 3 },
    { MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, 4 },
    { MDG_READER_ERROR, MDG_READER_ERROR_REMOVED, 4 },
    { MDG_READER_ERROR, MDG_READER_ERROR_CHANGED, 4 },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_WRONG, 5 },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_BLOCKED, 6 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNREACHABLE, 7 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TLS, 7 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_MAINTENANCE, 7 },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, 7 },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, 7 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CARD_EXPIRED, 8 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_LOGIN, 8 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TERMINAL_LIMIT, 8 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED, 9 },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_UNKNOWN_CARD, 11 },
    { MDG_CARD_ERROR, MDG_CARD_ERROR_LAST_TRY, 12 },
    { MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER, 1 },
    { MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL, 1 },
    { G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, 1 },
    { G_MARKUP_ERROR, G_MARKUP_ERROR_EMPTY, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new (rows[i].domain, rows[i].code, "secret %s", "1234");
      g_autoptr (MdgProblem) problem = mdg_problem_new (error);

      g_test_message ("%s %d", g_quark_to_string (rows[i].domain), rows[i].code);
      g_assert_cmpint (mdg_problem_get_kind (problem), ==, rows[i].kind);
      /* an error's own message is for logs */
      g_assert_null (strstr (mdg_problem_get_cause (problem), "1234"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* "C" is never translated, any other locale is, as LANGUAGE says */
  g_setenv ("LANGUAGE", "ja", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MADOGUCHI_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/problem/whole", test_whole);
  g_test_add_func ("/problem/rows", test_rows);
  g_test_add_func ("/problem/counter", test_counter);
  g_test_add_func ("/problem/wrong-pin", test_wrong_pin);
  g_test_add_func ("/problem/service", test_service);
  g_test_add_func ("/problem/kinds", test_kinds);
  return g_test_run ();
}
