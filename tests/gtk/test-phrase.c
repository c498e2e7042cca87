/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a Japanese line may break: told with a bar in the text. */
#include "config.h"

#include "mdg-widgets.h"

#include <string.h>

static char *
mark (const char *text, guint longest)
{
  g_autoptr (PangoAttrList) list = mdg_phrase_attributes (text, longest);
  GSList *attributes = pango_attr_list_get_attributes (list);
  GString *marked = g_string_new (NULL);
  guint at = 0;

  for (GSList *l = attributes; l != NULL; l = l->next)
    {
      PangoAttribute *attribute = l->data;

      g_assert_cmpuint (attribute->start_index, ==, at);
      g_assert_cmpuint (attribute->end_index, >, at);
      if (at > 0)
        g_string_append_c (marked, '|');
      g_string_append_len (marked, text + at, attribute->end_index - at);
      at = attribute->end_index;
    }
  g_assert_cmpuint (at, ==, strlen (text));
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return g_string_free (marked, FALSE);
}

static void
test_phrases (void)
{
  static const struct
  {
    const char *marked;
    guint longest;
  } cases[] = {
    { "回答に|含まれて|いません", 7 },
    { "目視確認に|切り替えてください。", 11 },
    { "入力しています|（4桁中2桁）", 7 },
    { "（4桁中|2桁）", 6 },
    { "抜いて|差し直してください。", 11 },
    { "暗証番号が|違います|（残り2回）", 13 },
    { "保存|する|ことも|ありません。", 9 },
    { "新しい|資格がないか", 11 },
    { "見つからない|ときは、", 9 },
    { "遅れの|ことが|あります。", 9 },
    { "", 6 },
    { "カードを|置いてください", 11 },
    { "4桁の|暗証番号を|入力してください", 11 },
    { "4桁の|暗証番号を|入力|して|ください", 6 },
    { "「はい」|または|「いいえ」", 11 },
    { "接続できません。|もう|一度|お試しください。", 11 },
    { "マイナンバー|カードを|ここに|置いて|ください", 6 },
    { "読み取っています。|まだ動かさないで|ください。", 11 },
    { "リーダーが|つながっていないか、", 11 },
    { "被保険者|資格|申立書", 6 },
    { "患者さんの|（令和8年）|カード", 11 },
    { "Put| |your| |Card here", 6 },
    { "1| |April| |2021| |(Reiwa 3)", 11 },
    { "26| |(Reiwa| |8)| |12:29", 11 }, /* never a part of a bracket with what is behind it */
    { "Erase| |one", 6 },               /* two words are no line and its end */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (cases[i].marked, "|", -1);
      g_autofree char *text = g_strjoinv (NULL, parts);
      g_autofree char *marked = mark (text, cases[i].longest);

      g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

/* No piece is longer than a line can be, whatever the text. */
static void
test_long (void)
{
  g_autofree char *marked =
      mark ("ああああああああああああああああああああ被保険者漢字漢字漢字漢字漢字漢字漢字", 6);
  g_auto (GStrv) parts = g_strsplit (marked, "|", -1);

  g_assert_cmpuint (g_strv_length (parts), >, 5);
  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (parts[i], -1), <=, 6);
}

static void
test_words (void)
{
  const char *text = "暗証番号を入力してください シケンタロウマルエモン";
  gsize end;

  g_assert_cmpuint (mdg_phrase_find_word (text, 3, &end), ==, 0);
  g_assert_cmpuint (end, ==, strlen ("暗証番号を"));
  g_assert_cmpuint (mdg_phrase_find_word (text, strlen ("暗証番号を"), &end), ==,
                    strlen ("暗証番号を"));
  g_assert_cmpuint (end, ==, strlen ("暗証番号を入力"));
  /* however long a name is, it is one word */
  g_assert_cmpuint (mdg_phrase_find_word (text, strlen (text) - 3, &end), ==,
                    strlen ("暗証番号を入力してください "));
  g_assert_cmpuint (end, ==, strlen (text));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phrase/phrases", test_phrases);
  g_test_add_func ("/phrase/long", test_long);
  g_test_add_func ("/phrase/words", test_words);
  return g_test_run ();
}
