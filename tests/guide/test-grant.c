/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grant's form: its fields, and everything that would send the packet back, each both ways. */
#include "config.h"

#include "mdg-grant-form.h"

#include <string.h>

typedef const char *Values[MDG_GRANT_N_FIELDS];

typedef struct
{
  GDate today;
  MdgSubsidyRule *rule;
  GPtrArray *receipts;
  MdgReceipt receipt;
  MdgReceiptItem reader;
  MdgReceiptItem cable;
  Values values;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const whole[MDG_GRANT_N_FIELDS] = {
    [MDG_GRANT_CODE] = "1319999015",
    [MDG_GRANT_NAME] = "架空診療所",
    [MDG_GRANT_FOUNDER] = "架空　一郎",
    [MDG_GRANT_POSTAL_CODE] = "100-0000",
    [MDG_GRANT_ADDRESS] = "東京都架空区架空町1丁目2番3号",
    [MDG_GRANT_PHONE] = "03-0000-0000",
    [MDG_GRANT_TOTAL] = "",
    [MDG_GRANT_DATE] = "20260110",
    [MDG_GRANT_COMPLETED] = "20260105",
  };

  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    fixture->values[i] = whole[i];
  g_date_set_dmy (&fixture->today, 10, G_DATE_JANUARY, 2026);
  fixture->rule = mdg_subsidy_rule_load (NULL, NULL);
  g_assert_nonnull (fixture->rule);
  fixture->reader = (MdgReceiptItem){ (char *) "カードリーダー", 2, 3980, (char *) "reader" };
  fixture->cable = (MdgReceiptItem){ (char *) "延長ケーブル", 1, 500, (char *) "other" };
  fixture->receipt.id = 1;
  fixture->receipt.file_name = (char *) "receipt.pdf";
  fixture->receipt.size = 1000;
  fixture->receipt.sha256 = (char *) "00";
  fixture->receipt.vendor = (char *) "架空電器";
  fixture->receipt.date = (char *) "20251220";
  fixture->receipt.items = g_ptr_array_new ();
  g_ptr_array_add (fixture->receipt.items, &fixture->reader);
  g_ptr_array_add (fixture->receipt.items, &fixture->cable);
  fixture->receipts = g_ptr_array_new ();
  g_ptr_array_add (fixture->receipts, &fixture->receipt);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->receipt.items);
  g_ptr_array_unref (fixture->receipts);
  mdg_subsidy_rule_free (fixture->rule);
}

/* what is said, in one text; with @words in it */
static guint
check (Fixture *fixture, const char *words)
{
  g_autoptr (GPtrArray) sentences =
      mdg_grant_check (fixture->values, fixture->receipts, fixture->rule, &fixture->today);
  gboolean found = words == NULL;

  for (guint i = 0; i < sentences->len; i++)
    {
      g_assert_cmpstr (g_ptr_array_index (sentences, i), !=, "");
      found = found || strstr (g_ptr_array_index (sentences, i), words) != NULL;
    }
  g_assert_true (found);
  return sentences->len;
}

static void
test_agree (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mdg_grant_fundable_total (fixture->receipts), ==, 7960);
  g_assert_cmpuint (check (fixture, NULL), ==, 0);
  fixture->values[MDG_GRANT_TOTAL] = "７，９６０円";
  g_assert_cmpuint (check (fixture, NULL), ==, 0);
}

static void
test_amount (Fixture *fixture, gconstpointer data)
{
  fixture->values[MDG_GRANT_TOTAL] = "8460"; /* with what is not supported */
  g_assert_cmpuint (check (fixture, "receipts come to"), ==, 1);
  fixture->values[MDG_GRANT_TOTAL] = "about 8000";
  g_assert_cmpuint (check (fixture, "amount in yen"), ==, 1);
  fixture->values[MDG_GRANT_TOTAL] = "-7960";
  g_assert_cmpuint (check (fixture, "amount in yen"), ==, 1);
}

static void
test_receipts (Fixture *fixture, gconstpointer data)
{
  fixture->receipt.date = (char *) "";
  g_assert_cmpuint (check (fixture, "架空電器”: its date is not entered"), ==, 1);
  fixture->receipt.date = (char *) "20260105"; /* the day itself is good */
  g_assert_cmpuint (check (fixture, NULL), ==, 0);
  fixture->receipt.date = (char *) "20260106";
  g_assert_cmpuint (check (fixture, "after the completion"), ==, 1);
  fixture->receipt.date = (char *) "20260230";
  g_assert_cmpuint (check (fixture, "its date is not entered"), ==, 1);
  fixture->receipt.date = (char *) "20251220";
  fixture->receipt.vendor = (char *) "";
  fixture->receipt.size = 0;
  g_assert_cmpuint (check (fixture, "receipt.pdf”: its file is missing"), ==, 1);
  fixture->receipt.size = 1000;
  g_ptr_array_remove_index (fixture->receipt.items, 0);
  fixture->values[MDG_GRANT_TOTAL] = "500";
  g_assert_cmpuint (check (fixture, "is equipment that is supported"), ==, 2);
  g_ptr_array_remove_index (fixture->receipt.items, 0);
  fixture->values[MDG_GRANT_TOTAL] = "0";
  g_assert_cmpuint (check (fixture, "items are not entered"), ==, 2);
  g_ptr_array_remove_index (fixture->receipts, 0);
  g_assert_cmpuint (check (fixture, "There is no receipt"), ==, 1);
  fixture->values[MDG_GRANT_TOTAL] = "";
  g_assert_cmpuint (check (fixture, "add the receipts"), ==, 2);
}

static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_date_set_dmy (&fixture->today, 15, G_DATE_JANUARY, 2026);
  g_assert_cmpuint (check (fixture, NULL), ==, 0);
  g_date_set_dmy (&fixture->today, 16, G_DATE_JANUARY, 2026);
  g_assert_cmpuint (check (fixture, "January 15, 2026"), ==, 1);
  mdg_subsidy_rule_free (g_steal_pointer (&fixture->rule));
  g_assert_cmpuint (check (fixture, NULL), ==, 0);
  fixture->rule = mdg_subsidy_rule_load (NULL, NULL);
}

static const struct
{
  MdgGrantField field;
  const char *text;
  MdgFieldState state;
  const char *normal;
} rows[] = {
  { MDG_GRANT_CODE, "１３－１－９９９９０１５", MDG_FIELD_OK, "1319999015" },
  { MDG_GRANT_CODE, "1319999010", MDG_FIELD_WARN, "1319999010" },
  { MDG_GRANT_CODE, "", MDG_FIELD_EMPTY, NULL },
  { MDG_GRANT_NAME, "", MDG_FIELD_EMPTY, NULL },
  { MDG_GRANT_FOUNDER, "架空\t一郎", MDG_FIELD_BAD, NULL },
  { MDG_GRANT_POSTAL_CODE, "〒１０００００４", MDG_FIELD_OK, "100-0004" },
  { MDG_GRANT_POSTAL_CODE, "1000004", MDG_FIELD_OK, "100-0004" },
  { MDG_GRANT_POSTAL_CODE, "100-004", MDG_FIELD_BAD, NULL },
  { MDG_GRANT_POSTAL_CODE, "abc-defg", MDG_FIELD_BAD, NULL },
  { MDG_GRANT_ADDRESS, "", MDG_FIELD_EMPTY, NULL },
  { MDG_GRANT_PHONE, "１１０", MDG_FIELD_BAD, NULL },
  { MDG_GRANT_TOTAL, "", MDG_FIELD_OK, "7960" },
  { MDG_GRANT_TOTAL, "7,960円", MDG_FIELD_OK, "7960" },
  { MDG_GRANT_TOTAL, "7961", MDG_FIELD_WARN, "7961" },
  { MDG_GRANT_DATE, "20260104", MDG_FIELD_WARN, "20260104" }, /* before the completion */
  { MDG_GRANT_DATE, "20260105", MDG_FIELD_OK, "20260105" },
  { MDG_GRANT_DATE, "20260111", MDG_FIELD_WARN, "20260111" },
  { MDG_GRANT_DATE, "20260001", MDG_FIELD_BAD, NULL },
  { MDG_GRANT_COMPLETED, "20260110", MDG_FIELD_OK, "20260110" },
  { MDG_GRANT_COMPLETED, "20260111", MDG_FIELD_BAD, NULL }, /* not complete yet */
  { MDG_GRANT_COMPLETED, "令和8年1月5日", MDG_FIELD_OK, "20260105" },
};

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *before = fixture->values[rows[i].field];
      MdgFieldCheck found;

      fixture->values[rows[i].field] = rows[i].text;
      mdg_grant_check_field (fixture->values, rows[i].field, 7960, &fixture->today, &found);
      g_test_message ("%s “%s”", mdg_grant_field_id (rows[i].field), rows[i].text);
      g_assert_cmpint (found.state, ==, rows[i].state);
      g_assert_cmpstr (found.normal, ==, rows[i].normal);
      g_assert_true ((found.state == MDG_FIELD_OK) == (*found.words == '\0'));
      mdg_field_check_clear (&found);
      fixture->values[rows[i].field] = before;
    }
}

static void
test_compare (Fixture *fixture, gconstpointer data)
{
  const char *application[MDG_APPLICATION_N_FIELDS];
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();

  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    application[i] = "";
  mdg_grant_compare (fixture->values, application, missing, sentences); /* nothing there yet */
  application[MDG_APPLICATION_CODE] = "１３－１－９９９９０１５"; /* the same in another width */
  application[MDG_APPLICATION_NAME] = "架空診療所 ";
  application[MDG_APPLICATION_FOUNDER] = "架空 一郎";
  mdg_grant_compare (fixture->values, application, NULL, sentences);
  g_assert_cmpuint (sentences->len, ==, 0);
  application[MDG_APPLICATION_CODE] = "1349999027";
  application[MDG_APPLICATION_NAME] = "架空薬局";
  g_ptr_array_add (missing, (gpointer) "receipt.pdf");
  mdg_grant_compare (fixture->values, application, missing, sentences);
  g_assert_cmpuint (sentences->len, ==, 3);
  g_assert_nonnull (strstr (g_ptr_array_index (sentences, 2), "receipt.pdf"));
}

/* a file can say anything: no sum leaves its bounds */
static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  fixture->reader.price = G_MAXINT64;
  fixture->reader.quantity = G_MAXUINT;
  g_assert_cmpint (mdg_grant_fundable_total (fixture->receipts), ==,
                   G_GINT64_CONSTANT (1000000000000));
  fixture->reader.price = G_MININT64;
  g_assert_cmpint (mdg_grant_fundable_total (fixture->receipts), ==, 0);
  fixture->reader.kind = (char *) "spaceship";
  fixture->reader.price = 1;
  g_assert_cmpint (mdg_grant_fundable_total (fixture->receipts), ==, 0);
  g_assert_cmpint (mdg_grant_fundable_total (NULL), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/guide/grant/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("agree", test_agree);
  ADD ("amount", test_amount);
  ADD ("receipts", test_receipts);
  ADD ("deadline", test_deadline);
  ADD ("fields", test_fields);
  ADD ("compare", test_compare);
  ADD ("bounds", test_bounds);
  return g_test_run ();
}
