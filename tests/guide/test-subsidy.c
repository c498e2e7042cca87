/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grant: every total from 0 to 200,000 yen against a formula of another kind, the rule's file
 * read strictly, days left, and amounts as people type them. */
#include "config.h"

#include "mdg-subsidy.h"

#include <glib/gstdio.h>
#include <string.h>

#define GOOD                                                                                       \
  "[subsidy]\nVersion=1\nName=n\nNumerator=3\nDenominator=4\nCap=31000\nUnit=1000\n"               \
  "Deadline=20260115\nSource=s\nNote=t\nChecked=20261122\n"

static MdgSubsidyRule *
load_built_in (void)
{
  g_autoptr (GError) error = NULL;
  MdgSubsidyRule *rule = mdg_subsidy_rule_load (NULL, &error);

  g_assert_no_error (error);
  return rule;
}

static MdgSubsidyRule *
load_text (const char *text, gsize length, GError **error)
{
  g_autofree char *path = NULL;
  MdgSubsidyRule *rule;
  int file = g_file_open_tmp ("mdg-subsidy-XXXXXX", &path, NULL);

  g_assert_cmpint (file, >=, 0);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  rule = mdg_subsidy_rule_load (path, error);
  g_unlink (path);
  return rule;
}

static void
test_built_in (void)
{
  g_autoptr (MdgSubsidyRule) rule = load_built_in ();

  g_assert_cmpint (rule->numerator, ==, 3);
  g_assert_cmpint (rule->denominator, ==, 4);
  g_assert_cmpint (rule->cap, ==, 31000);
  g_assert_cmpint (rule->unit, ==, 1000);
  g_assert_cmpstr (rule->deadline, ==, "20260115");
  g_assert_nonnull (strstr (rule->note, "令和8年度"));
  g_assert_cmpstr (rule->source, !=, "");
  g_assert_cmpuint (strlen (rule->checked), ==, 8);
}

/* without a multiplication or a division: ② grows by one with three of four yen, ④ by a step of
 * 1,000 yen as soon as ② has reached it */
static void
test_every_total (void)
{
  g_autoptr (MdgSubsidyRule) rule = load_built_in ();
  gint64 share = 0;
  gint64 steps = 0;

  for (gint64 total = 0; total <= 200000; total++)
    {
      MdgSubsidyAmounts amounts;

      if (total > 0 && (total & 3) != 1)
        share++;
      while (steps < 31000 && steps + 1000 <= share)
        steps += 1000;
      g_assert_true (mdg_subsidy_rule_compute (rule, total, &amounts));
      g_assert_cmpint (amounts.total, ==, total);
      g_assert_cmpint (amounts.three_quarters, ==, share);
      g_assert_cmpint (amounts.cap, ==, 31000);
      g_assert_cmpint (amounts.grant, ==, steps);
    }
}

static void
test_bounds (void)
{
  g_autoptr (MdgSubsidyRule) rule = load_built_in ();
  const gint64 refused[] = { -1, G_MININT64, 1000000001, G_MAXINT64 };
  MdgSubsidyAmounts amounts;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_false (mdg_subsidy_rule_compute (rule, refused[i], &amounts));
      g_assert_cmpint (amounts.grant, ==, 0);
    }
  g_assert_true (mdg_subsidy_rule_compute (rule, 1000000000, &amounts));
  g_assert_cmpint (amounts.three_quarters, ==, 750000000);
  g_assert_cmpint (amounts.grant, ==, 31000);
}

static void
test_days_left (void)
{
  g_autoptr (MdgSubsidyRule) rule = load_built_in ();
  const struct
  {
    GDateDay day;
    GDateMonth month;
    GDateYear year;
    int left;
  } rows[] = { { 15, 1, 2026, 0 },  { 14, 1, 2026, 1 },   { 31, 12, 2025, 15 },
               { 16, 1, 2026, -2 }, { 23, 11, 2026, -2 }, { 15, 1, 2025, 365 } };
  GDate today;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_date_clear (&today, 1);
      g_date_set_dmy (&today, rows[i].day, rows[i].month, rows[i].year);
      g_assert_cmpint (mdg_subsidy_rule_days_left (rule, &today), ==, rows[i].left);
    }
  g_free (rule->deadline);
  rule->deadline = g_strdup ("");
  g_assert_cmpint (mdg_subsidy_rule_days_left (rule, &today), ==, -1);
}

/* GOOD with one line replaced */
static void
test_refused (void)
{
  const struct
  {
    const char *line;
    const char *other;
    const char *names; /* what the message has to name */
  } rows[] = {
    { "Version=1", "Version=2", "Version" },
    { "Numerator=3", "Numerator=5", "Numerator" },
    { "Numerator=3", "Numerator=0", "Numerator" },
    { "Numerator=3", "Numerator=0.75", "Numerator" },
    { "Numerator=3", "Numerator=+3", "Numerator" },
    { "Denominator=4", "Denominator=0", "Denominator" },
    { "Denominator=4", "Denominator=1001", "Denominator" },
    { "Cap=31000", "Cap=-1", "Cap" },
    { "Cap=31000", "Cap=99999999999999999999", "Cap" },
    { "Cap=31000", "Cap=31000\nCap=41000", "Cap" },
    { "Cap=31000", "Cup=31000", "Cup" },
    { "Unit=1000", "Unit=0", "Unit" },
    { "Unit=1000\n", "", "Unit" },
    { "Deadline=20260115", "Deadline=20260230", "Deadline" },
    { "Deadline=20260115", "Deadline=2026-01-15", "Deadline" },
    { "Checked=20261122", "Checked=", "Checked" },
    { "Name=n", "Name=a\\tb", "Name" },
    { "[subsidy]", "[grant]", "subsidy" },
    { "Note=t", "Note=t\n[more]\nA=1", "subsidy" },
    { "Source=s", "Source=\xff", "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *at = strstr (GOOD, rows[i].line);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (at);
      text = g_strdup_printf ("%.*s%s%s", (int) (at - GOOD), GOOD, rows[i].other,
                              at + strlen (rows[i].line));
      g_test_message ("%s", rows[i].other);
      g_assert_null (load_text (text, strlen (text), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, rows[i].names));
    }
}

static void
test_accepted (void)
{
  const char *text = "[subsidy]\nVersion=1\nName=n\nNumerator=1\nDenominator=3\nCap=500\nUnit=100\n"
                     "Deadline=\nSource=s\nNote=t\nChecked=20261122\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSubsidyRule) rule = load_text (text, strlen (text), &error);
  MdgSubsidyAmounts amounts;

  g_assert_no_error (error);
  g_assert_cmpstr (rule->deadline, ==, "");
  g_assert_true (mdg_subsidy_rule_compute (rule, 1000, &amounts));
  g_assert_cmpint (amounts.three_quarters, ==, 333);
  g_assert_cmpint (amounts.grant, ==, 300);
  g_assert_null (mdg_subsidy_rule_load ("/nonexistent/subsidy.ini", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_kinds (void)
{
  gsize n;
  const MdgDeviceKind *all = mdg_device_kinds (&n);

  g_assert_cmpuint (n, ==, 4);
  for (gsize i = 0; i < n; i++)
    g_assert_true (mdg_device_kind_find (all[i].id) == &all[i]);
  g_assert_true (mdg_device_kind_find ("reader")->fundable);
  g_assert_true (mdg_device_kind_find ("phone")->fundable);
  g_assert_true (mdg_device_kind_find ("tablet")->fundable);
  g_assert_false (mdg_device_kind_find ("other")->fundable);
  g_assert_null (mdg_device_kind_find ("pc"));
  g_assert_null (mdg_device_kind_find (NULL));
}

static void
test_yen_format (void)
{
  const struct
  {
    gint64 yen;
    const char *text;
  } rows[] = { { 0, "0 yen" },           { 999, "999 yen" },      { 1000, "1,000 yen" },
               { 31000, "31,000 yen" },  { -3980, "-3,980 yen" }, { 1234567, "1,234,567 yen" },
               { 100000, "100,000 yen" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mdg_yen_format (rows[i].yen);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_yen_parse (void)
{
  const struct
  {
    const char *text;
    gint64 yen; /* -1: refused */
  } rows[] = {
    { "0", 0 },
    { "3980", 3980 },
    { "3,980", 3980 },
    { "３，９８０円", 3980 },
    { " ３９８０　円 ", 3980 },
    { "￥3,980", 3980 },
    { "¥3,980-", 3980 },
    { "￥３，９８０－", 3980 },
    { "\\3,980", 3980 },
    { "￥3,980円", 3980 },
    { "1,234,567", 1234567 },
    { "10,000,000円", 10000000 },
    { "007", 7 },
    { "10000001", -1 },
    { "99999999999999999999", -1 },
    { "39,80", -1 },
    { "3,9800", -1 },
    { ",980", -1 },
    { "3,,980", -1 },
    { "3980,", -1 },
    { "1234,567", -1 },
    { "3980-", -1 },
    { "-3980", -1 },
    { "+3980", -1 },
    { "3980.0", -1 },
    { "3.980", -1 },
    { "3万円", -1 },
    { "三千", -1 },
    { "0x10", -1 },
    { "円", -1 },
    { "￥", -1 },
    { "￥-", -1 },
    { "", -1 },
    { "　", -1 },
    { "3980円円", -1 },
    { "3980\xff", -1 },
    { "٣٩٨٠", -1 },
    { "000000000000000000000000000000000000000000000000000000000000000000001", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 yen = -1;

      g_test_message ("%u", i);
      g_assert_true (mdg_yen_parse (rows[i].text, &yen) == (rows[i].yen >= 0));
      g_assert_cmpint (yen, ==, rows[i].yen);
    }
  g_assert_false (mdg_yen_parse (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subsidy/built-in", test_built_in);
  g_test_add_func ("/subsidy/every-total", test_every_total);
  g_test_add_func ("/subsidy/bounds", test_bounds);
  g_test_add_func ("/subsidy/days-left", test_days_left);
  g_test_add_func ("/subsidy/refused", test_refused);
  g_test_add_func ("/subsidy/accepted", test_accepted);
  g_test_add_func ("/subsidy/kinds", test_kinds);
  g_test_add_func ("/yen/format", test_yen_format);
  g_test_add_func ("/yen/parse", test_yen_parse);
  return g_test_run ();
}
