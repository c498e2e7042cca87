/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The steps for the case that eligibility cannot be confirmed: the built-in file is whole, and a
 * wrong one is refused with the group and the key in the message. */
#include "config.h"

#include "mdg-fallback.h"

#include <locale.h>
#include <string.h>

#define HEAD  "[fallback]\nVersion=1\nDate=2026-11-22\n"
#define STEP  "[notice]\nTitle[ja]=題\nText[ja]=文\nSource=出典\n"
#define OTHER "[statement]\nTitle[ja]=題2\nTitle[en]=Title\nText[ja]=文2\nSource=出典2\n"

static MdgFallback *
read_text (const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return mdg_fallback_new (bytes, error);
}

static void
use_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_built_in (void)
{
  static const char *const ids[] = { "mynaportal", "notice", "certificate", "statement" };

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgFallback) steps = NULL;

      use_language (i == 0 ? "ja" : "en");
      steps = mdg_fallback_new (NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (mdg_fallback_get_n_steps (steps), ==, G_N_ELEMENTS (ids));
      g_assert_true (g_regex_match_simple ("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$",
                                           mdg_fallback_get_date (steps), 0, 0));
      for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
        {
          const MdgFallbackStep *step = mdg_fallback_get_step (steps, j);

          g_assert_cmpstr (step->id, ==, ids[j]);
          g_assert_cmpint (g_str_is_ascii (step->title), ==, i == 1);
          g_assert_cmpint (g_str_is_ascii (step->text), ==, i == 1);
          g_assert_null (strstr (step->text, "無保険"));
          g_assert_cmpint (g_str_is_ascii (step->source), ==, i == 1);
        }
      g_assert_null (mdg_fallback_get_step (steps, G_N_ELEMENTS (ids)));
    }
}

static void
test_order_and_language (void)
{
  const char *text = HEAD OTHER STEP;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgFallback) steps = NULL;

  use_language ("en");
  steps = read_text (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mdg_fallback_get_step (steps, 0)->id, ==, "statement");
  g_assert_cmpstr (mdg_fallback_get_step (steps, 0)->title, ==, "Title");
  /* no other language there: Japanese */
  g_assert_cmpstr (mdg_fallback_get_step (steps, 0)->text, ==, "文2");
  g_assert_cmpstr (mdg_fallback_get_step (steps, 1)->title, ==, "題");
}

static void
test_refused (void)
{
  g_autofree char *long_text = g_strnfill (1001, 'x');
  g_autofree char *too_long =
      g_strdup_printf (HEAD "[notice]\nTitle[ja]=%s\nText[ja]=a\nSource=b\n", long_text);
  g_autofree char *filler = g_strnfill (64 * 1024, '#');
  g_autofree char *too_large = g_strconcat (HEAD STEP "#", filler, NULL);
  g_autoptr (GString) too_many = g_string_new (HEAD);
  const struct
  {
    const char *text, *says;
  } rows[] = {
    { "", "[fallback]" },
    { STEP, "[fallback]" },
    { STEP HEAD, "[fallback]" },
    { HEAD, "[fallback]" },
    { HEAD STEP STEP, "[notice]: stands twice" },
    { HEAD STEP " [notice] \nTitle[ja]=x\n", "[notice]: stands twice" },
    { HEAD STEP "Source=again\n", "[notice] Source: stands twice" },
    { HEAD STEP " Title[ja] =again\n", "[notice] Title[ja]: stands twice" },
    { "[fallback]\nVersion=1\nVersion=1\nDate=2026-11-22\n" STEP, "[fallback] Version: stands" },
    { HEAD "[notice]\nText[ja]=文\nSource=出典\n", "[notice] Title[ja]: is missing" },
    { HEAD "[notice]\nTitle[ja]=題\nSource=出典\n", "[notice] Text[ja]: is missing" },
    { HEAD "[notice]\nTitle[ja]=題\nText[ja]=文\n", "[notice] Source: is missing" },
    { HEAD STEP "Colour=red\n", "[notice] Colour: is not known" },
    { HEAD STEP "Title[fr]=x\n", "[notice] Title[fr]: is not known" },
    { HEAD STEP "Title[en]=\n", "[notice] Title[en]: is empty" },
    { HEAD STEP "Title[en]=a\\nb\n", "[notice] Title[en]: has a control character" },
    { HEAD STEP "Title[en]=a\xe2\x80\xae\n", "[notice] Title[en]: has a control character" },
    { HEAD "[お知らせ]\nTitle[ja]=a\nText[ja]=b\nSource=c\n", "[お知らせ]: is no name" },
    { "[fallback]\nDate=2026-11-22\n" STEP, "[fallback] Version: is missing" },
    { "[fallback]\nVersion=2\nDate=2026-11-22\n" STEP, "[fallback] Version: is not 1" },
    { "[fallback]\nVersion=1\n" STEP, "[fallback] Date: is missing" },
    { "[fallback]\nVersion=1\nDate=2026-02-30\n" STEP, "[fallback] Date: is no date" },
    { "[fallback]\nVersion=1\nDate=20261122\n" STEP, "[fallback] Date: is no date" },
    { "[fallback]\nVersion=1\nDate=2026-11-2x\n" STEP, "[fallback] Date: is no date" },
    { "\xff" HEAD STEP, "UTF-8" },
    { too_long, "[notice] Title[ja]: is empty or too long" },
    { too_large, "too large" },
    { too_many->str, "too many" },
  };

  for (guint i = 0; i < 13; i++)
    g_string_append_printf (too_many, "[step-%u]\nTitle[ja]=a\nText[ja]=b\nSource=c\n", i);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* the string has grown since the table was made */
      const char *text = i + 1 == G_N_ELEMENTS (rows) ? too_many->str : rows[i].text;
      g_autoptr (GError) error = NULL;

      g_test_message ("%u: %s", i, rows[i].says);
      g_assert_null (read_text (text, strlen (text), &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, rows[i].says));
    }
}

/* any damage of a good file is an error or a whole file, never less than that */
static void
test_damaged (void)
{
  const char *good = HEAD STEP OTHER;
  gsize length = strlen (good);

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *text = g_strdup (good);
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgFallback) steps = NULL;
      gsize cut = length;

      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        text[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (0, 256);
      if (g_test_rand_bit ())
        cut = (gsize) g_test_rand_int_range (0, (gint32) length + 1);
      steps = read_text (text, cut, &error);
      g_assert_true ((steps == NULL) == (error != NULL));
      for (guint i = 0; steps != NULL && i < mdg_fallback_get_n_steps (steps); i++)
        {
          const MdgFallbackStep *step = mdg_fallback_get_step (steps, i);

          g_assert_true (g_utf8_validate (step->title, -1, NULL) && *step->title != '\0');
          g_assert_true (g_utf8_validate (step->text, -1, NULL) && *step->text != '\0');
          g_assert_cmpstr (step->source, !=, "");
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fallback/built-in", test_built_in);
  g_test_add_func ("/fallback/order-and-language", test_order_and_language);
  g_test_add_func ("/fallback/refused", test_refused);
  g_test_add_func ("/fallback/damaged", test_damaged);
  return g_test_run ();
}
