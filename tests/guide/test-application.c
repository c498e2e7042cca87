/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rules of the usage application: 申請区分 and 注1 to 注5, each both ways, and bad input. */
#include "config.h"

#include "mdg-application-form.h"

#include <string.h>

typedef const char *Values[MDG_APPLICATION_N_FIELDS];

static GDate today;

/* a whole application of the kinds that @kinds names: "12", "2", "3" … */
static void
fill (Values values, const char *kinds)
{
  static const char *const whole[MDG_APPLICATION_N_FIELDS] = {
    [MDG_APPLICATION_PERSON] = "窓口　花子",  [MDG_APPLICATION_CODE] = "1319999015",
    [MDG_APPLICATION_NAME] = "架空診療所",    [MDG_APPLICATION_FOUNDER] = "架空　一郎",
    [MDG_APPLICATION_PHONE] = "03-0000-0000", [MDG_APPLICATION_DATE] = "20261123",
  };

  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    values[i] = whole[i] != NULL ? whole[i] : "";
  values[MDG_APPLICATION_REGISTER] = strchr (kinds, '1') != NULL ? "1" : "";
  values[MDG_APPLICATION_BEGIN] = strchr (kinds, '2') != NULL ? "1" : "";
  values[MDG_APPLICATION_END] = strchr (kinds, '3') != NULL ? "1" : "";
  if (strchr (kinds, '2') != NULL)
    {
      values[MDG_APPLICATION_ACCOUNT] = "1234";
      values[MDG_APPLICATION_STAFF] = "3";
      values[MDG_APPLICATION_DEVICES] = "1";
      values[MDG_APPLICATION_MAIL] = strchr (kinds, '1') != NULL ? "" : "office@example.jp";
    }
  if (strchr (kinds, '3') != NULL)
    values[MDG_APPLICATION_END_DATE] = "20270331";
}

static MdgFieldState
look (Values values, MdgApplicationField field, const char *normal)
{
  MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };
  MdgFieldState state;

  mdg_application_check_field (values, field, &today, &check);
  state = check.state;
  g_assert_nonnull (check.words);
  g_assert_true ((state == MDG_FIELD_OK) == (*check.words == '\0'));
  if (state == MDG_FIELD_BAD || state == MDG_FIELD_EMPTY)
    g_assert_null (check.normal);
  if (normal != NULL)
    g_assert_cmpstr (check.normal, ==, normal);
  mdg_field_check_clear (&check);
  return state;
}

typedef struct
{
  const char *kinds;
  MdgApplicationField field;
  const char *text;
  MdgFieldState state;
  const char *normal; /* NULL: whatever */
} Row;

static const Row rows[] = {
  /* 申請区分 */
  { "", MDG_APPLICATION_REGISTER, "", MDG_FIELD_EMPTY, NULL },
  { "", MDG_APPLICATION_END, "", MDG_FIELD_EMPTY, NULL },
  { "2", MDG_APPLICATION_REGISTER, "", MDG_FIELD_OK, "" },
  { "12", MDG_APPLICATION_BEGIN, "1", MDG_FIELD_OK, "1" },
  { "23", MDG_APPLICATION_BEGIN, "1", MDG_FIELD_WARN, "1" },
  { "1", MDG_APPLICATION_BEGIN, "yes", MDG_FIELD_BAD, NULL },
  /* 注1: who is registered writes it for 2; who applies for 1 and 2 together need not */
  { "2", MDG_APPLICATION_MAIL, "", MDG_FIELD_EMPTY, NULL },
  { "2", MDG_APPLICATION_MAIL, "ｏｆｆｉｃｅ@example.jp", MDG_FIELD_OK, "office@example.jp" },
  { "12", MDG_APPLICATION_MAIL, "", MDG_FIELD_UNNEEDED, NULL },
  { "12", MDG_APPLICATION_MAIL, "a@example.jp", MDG_FIELD_UNNEEDED, "a@example.jp" },
  { "12", MDG_APPLICATION_MAIL, "a@@example.jp", MDG_FIELD_BAD, NULL },
  { "1", MDG_APPLICATION_MAIL, "", MDG_FIELD_UNNEEDED, NULL },
  { "3", MDG_APPLICATION_MAIL, "", MDG_FIELD_UNNEEDED, NULL },
  { "23", MDG_APPLICATION_MAIL, "", MDG_FIELD_EMPTY, NULL },
  { "123", MDG_APPLICATION_MAIL, "", MDG_FIELD_UNNEEDED, NULL },
  { "2", MDG_APPLICATION_MAIL, "example.jp", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_MAIL, "@example.jp", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_MAIL, "a@b", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_MAIL, "a@b..jp", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_MAIL, "a b@example.jp", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_MAIL, "診療所@example.jp", MDG_FIELD_BAD, NULL },
  /* 注2: its last four digits, with 2 */
  { "2", MDG_APPLICATION_ACCOUNT, "", MDG_FIELD_EMPTY, NULL },
  { "12", MDG_APPLICATION_ACCOUNT, "", MDG_FIELD_EMPTY, NULL },
  { "1", MDG_APPLICATION_ACCOUNT, "", MDG_FIELD_UNNEEDED, NULL },
  { "3", MDG_APPLICATION_ACCOUNT, "", MDG_FIELD_UNNEEDED, NULL },
  { "2", MDG_APPLICATION_ACCOUNT, "０１２３", MDG_FIELD_OK, "0123" },
  { "2", MDG_APPLICATION_ACCOUNT, "123", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_ACCOUNT, "1234567", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_ACCOUNT, "12a4", MDG_FIELD_BAD, NULL },
  { "3", MDG_APPLICATION_ACCOUNT, "12", MDG_FIELD_BAD, NULL },
  /* 注3, 注4 */
  { "2", MDG_APPLICATION_STAFF, "", MDG_FIELD_EMPTY, NULL },
  { "3", MDG_APPLICATION_STAFF, "", MDG_FIELD_UNNEEDED, NULL },
  { "2", MDG_APPLICATION_STAFF, "０３人", MDG_FIELD_OK, "3" },
  { "2", MDG_APPLICATION_STAFF, "0", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_STAFF, "-1", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_STAFF, "三人", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_STAFF, "99999999999999999999", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_DEVICES, "", MDG_FIELD_EMPTY, NULL },
  { "1", MDG_APPLICATION_DEVICES, "", MDG_FIELD_UNNEEDED, NULL },
  { "2", MDG_APPLICATION_DEVICES, "３台", MDG_FIELD_OK, "3" },
  { "2", MDG_APPLICATION_DEVICES, "4", MDG_FIELD_WARN, "4" },
  { "2", MDG_APPLICATION_DEVICES, "1000", MDG_FIELD_BAD, NULL },
  /* 注5 */
  { "3", MDG_APPLICATION_END_DATE, "", MDG_FIELD_EMPTY, NULL },
  { "3", MDG_APPLICATION_END_DATE, "令和9年3月31日", MDG_FIELD_OK, "20270331" },
  { "3", MDG_APPLICATION_END_DATE, "20261123", MDG_FIELD_OK, "20261123" },
  { "3", MDG_APPLICATION_END_DATE, "20261122", MDG_FIELD_WARN, "20261122" },
  { "3", MDG_APPLICATION_END_DATE, "20270229", MDG_FIELD_BAD, NULL },
  { "3", MDG_APPLICATION_END_DATE, "soon", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_END_DATE, "", MDG_FIELD_UNNEEDED, NULL },
  { "2", MDG_APPLICATION_END_DATE, "20270331", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_WITHDRAW, "", MDG_FIELD_UNNEEDED, NULL },
  { "2", MDG_APPLICATION_WITHDRAW, "1", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_CHANGE, "1", MDG_FIELD_BAD, NULL },
  { "3", MDG_APPLICATION_CHANGE, "1", MDG_FIELD_OK, "1" },
  { "3", MDG_APPLICATION_WITHDRAW, "", MDG_FIELD_OK, "" },
  { "3", MDG_APPLICATION_WITHDRAW, "x", MDG_FIELD_BAD, NULL },
  /* 医療機関等コード: a check digit is a warning and never in the way */
  { "2", MDG_APPLICATION_CODE, "13-1-9999015", MDG_FIELD_OK, "1319999015" },
  { "2", MDG_APPLICATION_CODE, "１３１９９９９０１５", MDG_FIELD_OK, "1319999015" },
  { "2", MDG_APPLICATION_CODE, "1312345678", MDG_FIELD_WARN, "1312345678" },
  { "2", MDG_APPLICATION_CODE, "131999901", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_CODE, "13199990155", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_CODE, "13199990l5", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_CODE, "", MDG_FIELD_EMPTY, NULL },
  { "3", MDG_APPLICATION_CODE, "", MDG_FIELD_EMPTY, NULL },
  /* names, telephone, day */
  { "2", MDG_APPLICATION_PERSON, "　窓口　花子　", MDG_FIELD_OK, "窓口　花子" },
  { "2", MDG_APPLICATION_PERSON, "　 ", MDG_FIELD_EMPTY, NULL },
  { "2", MDG_APPLICATION_PERSON, "ﾏﾄﾞｸﾞﾁ ﾊﾅｺ", MDG_FIELD_OK, "ﾏﾄﾞｸﾞﾁ ﾊﾅｺ" },
  { "2", MDG_APPLICATION_PERSON, "窓口\n花子", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PERSON, "窓口\x1b[31m", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PERSON, "窓口\xe2\x80\xae花子", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PERSON, "\xff\xfe", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PERSON, "葛\xf3\xa0\x84\x80城", MDG_FIELD_OK, "葛\xf3\xa0\x84\x80城" },
  { "2", MDG_APPLICATION_FOUNDER, "カクウ　イチロウ", MDG_FIELD_WARN, NULL },
  { "2", MDG_APPLICATION_FOUNDER, "髙﨑　一郎", MDG_FIELD_OK, NULL },
  { "2", MDG_APPLICATION_PHONE, "０３（００００）００００", MDG_FIELD_OK, "03(0000)0000" },
  { "2", MDG_APPLICATION_PHONE, "09000000000", MDG_FIELD_OK, "09000000000" },
  { "2", MDG_APPLICATION_PHONE, "3-0000-0000", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PHONE, "03-0000-000", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PHONE, "03-0000-0000 内線5", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_PHONE, "------", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_DATE, "R8.11.23", MDG_FIELD_OK, "20261123" },
  { "2", MDG_APPLICATION_DATE, "20261124", MDG_FIELD_WARN, "20261124" },
  { "2", MDG_APPLICATION_DATE, "20261132", MDG_FIELD_BAD, NULL },
  { "2", MDG_APPLICATION_DATE, "", MDG_FIELD_EMPTY, NULL },
};

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Values values;
      MdgFieldState state;

      fill (values, rows[i].kinds);
      values[rows[i].field] = rows[i].text;
      state = look (values, rows[i].field, rows[i].normal);
      if (state != rows[i].state)
        g_test_message ("%s, %s, “%s”", rows[i].kinds, mdg_application_field_id (rows[i].field),
                        rows[i].text);
      g_assert_cmpint (state, ==, rows[i].state);
    }
}

/* 注5: 取り消し needs no day, 変更 needs one, both together cannot be */
static void
test_withdraw_and_change (void)
{
  Values values;

  fill (values, "3");
  values[MDG_APPLICATION_WITHDRAW] = "1";
  g_assert_cmpint (look (values, MDG_APPLICATION_END_DATE, NULL), ==, MDG_FIELD_WARN);
  values[MDG_APPLICATION_END_DATE] = "";
  g_assert_cmpint (look (values, MDG_APPLICATION_END_DATE, NULL), ==, MDG_FIELD_UNNEEDED);
  g_assert_true (mdg_application_is_complete (values, &today));
  values[MDG_APPLICATION_CHANGE] = "1";
  g_assert_cmpint (look (values, MDG_APPLICATION_CHANGE, NULL), ==, MDG_FIELD_BAD);
  g_assert_cmpint (look (values, MDG_APPLICATION_WITHDRAW, NULL), ==, MDG_FIELD_BAD);
  values[MDG_APPLICATION_WITHDRAW] = "";
  g_assert_cmpint (look (values, MDG_APPLICATION_END_DATE, NULL), ==, MDG_FIELD_EMPTY);
  g_assert_false (mdg_application_is_complete (values, &today));
  values[MDG_APPLICATION_END_DATE] = "20270630";
  g_assert_true (mdg_application_is_complete (values, &today));
}

static void
test_complete (void)
{
  static const char *const kinds[] = { "1", "2", "3", "12", "13", "123" };
  Values values;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      fill (values, kinds[i]);
      g_assert_true (mdg_application_is_complete (values, &today));
      values[MDG_APPLICATION_NAME] = "";
      g_assert_false (mdg_application_is_complete (values, &today));
    }
  fill (values, "");
  g_assert_false (mdg_application_is_complete (values, &today));
}

/* 10,000 characters, in every field and every kind */
static void
test_long (void)
{
  g_autofree char *latin = g_strnfill (10000, '1');
  g_autoptr (GString) kanji = g_string_new (NULL);

  for (guint i = 0; i < 10000; i++)
    g_string_append (kanji, "字");
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      Values values;

      fill (values, "23");
      values[i] = latin;
      g_assert_cmpint (look (values, (MdgApplicationField) i, NULL), ==, MDG_FIELD_BAD);
      values[i] = kanji->str;
      g_assert_cmpint (look (values, (MdgApplicationField) i, NULL), ==, MDG_FIELD_BAD);
    }
}

static MdgFieldState
look_password (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };
  MdgFieldState state;

  g_assert_true (mdg_application_check_password (bytes, &check) == (check.state == MDG_FIELD_OK));
  state = check.state;
  g_assert_null (check.normal);
  if (*text != '\0')
    g_assert_null (strstr (check.words, text));
  mdg_field_check_clear (&check);
  return state;
}

static void
test_password (void)
{
  g_autofree char *most = g_strnfill (100, 'a');
  g_autofree char *more = g_strnfill (101, 'a');
  MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };
  Values values;

  g_assert_cmpint (look_password (""), ==, MDG_FIELD_EMPTY);
  g_assert_cmpint (look_password ("Abcde67"), ==, MDG_FIELD_BAD);
  g_assert_cmpint (look_password ("Abcde678"), ==, MDG_FIELD_OK);
  g_assert_cmpint (look_password (most), ==, MDG_FIELD_OK);
  g_assert_cmpint (look_password (more), ==, MDG_FIELD_BAD);
  g_assert_cmpint (look_password ("Abcde67!"), ==, MDG_FIELD_BAD);
  g_assert_cmpint (look_password ("Ａbcde678"), ==, MDG_FIELD_BAD);
  g_assert_cmpint (look_password ("Abcd 678"), ==, MDG_FIELD_BAD);
  g_assert_false (mdg_application_check_password (NULL, &check));
  mdg_field_check_clear (&check);
  fill (values, "2");
  g_assert_true (mdg_application_needs_password (values));
  fill (values, "12");
  g_assert_false (mdg_application_needs_password (values));
  fill (values, "1");
  g_assert_false (mdg_application_needs_password (values));
  fill (values, "3");
  g_assert_false (mdg_application_needs_password (values));
}

static void
test_places (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 1; i <= 47; i++)
    {
      g_assert_cmpstr (mdg_prefecture_name (i), !=, "");
      g_assert_true (g_hash_table_add (names, (gpointer) mdg_prefecture_name (i)));
    }
  g_assert_cmpstr (mdg_prefecture_name (0), ==, "");
  g_assert_cmpstr (mdg_prefecture_name (48), ==, "");
  g_assert_cmpstr (mdg_prefecture_name (1), ==, "北海道");
  g_assert_cmpstr (mdg_prefecture_name (13), ==, "東京都");
  g_assert_cmpstr (mdg_prefecture_name (27), ==, "大阪府");
  g_assert_cmpstr (mdg_prefecture_name (47), ==, "沖縄県");
  g_assert_cmpstr (mdg_points_table_name (1), ==, "医科");
  g_assert_cmpstr (mdg_points_table_name (3), ==, "歯科");
  g_assert_cmpstr (mdg_points_table_name (4), ==, "調剤");
  g_assert_cmpstr (mdg_points_table_name (5), ==, "");
  g_assert_cmpstr (mdg_points_table_name (4000000000u), ==, "");
}

/* the notes are those of the form, with their numbers */
static void
test_notes (void)
{
  static const struct
  {
    MdgApplicationField field;
    const char *number;
  } noted[] = {
    { MDG_APPLICATION_MAIL, "1" },     { MDG_APPLICATION_ACCOUNT, "2" },
    { MDG_APPLICATION_STAFF, "3" },    { MDG_APPLICATION_DEVICES, "4" },
    { MDG_APPLICATION_END_DATE, "5" }, { MDG_APPLICATION_WITHDRAW, "5" },
    { MDG_APPLICATION_CHANGE, "5" },
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (noted); i++)
    g_assert_nonnull (strstr (mdg_application_field_note (noted[i].field), noted[i].number));
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    n += *mdg_application_field_note ((MdgApplicationField) i) != '\0';
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (noted));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  g_test_add_func ("/guide/application/rules", test_rules);
  g_test_add_func ("/guide/application/withdraw-and-change", test_withdraw_and_change);
  g_test_add_func ("/guide/application/complete", test_complete);
  g_test_add_func ("/guide/application/long", test_long);
  g_test_add_func ("/guide/application/password", test_password);
  g_test_add_func ("/guide/application/places", test_places);
  g_test_add_func ("/guide/application/notes", test_notes);
  return g_test_run ();
}
