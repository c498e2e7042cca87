/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The call-centre sheet: everything that is asked, and nothing that belongs to a person or to one
 * reader alone. */
#include "config.h"

#include "mdg-call-sheet.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "mdg-fake-reader.h"
#include "mdg-service-error.h"

static GDateTime *
some_time (void)
{
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");

  return g_date_time_new (tokyo, 2026, 11, 23, 10, 15, 32);
}

static MdgProblem *
refused (void)
{
  g_autoptr (GError) error =
      mdg_service_error_new (MDG_SERVICE_ERROR_REFUSED, "MDG-CARD-009",
                             "試験　太郎さんの番号 3456 は使えません", 0, "試験　太郎");

  return mdg_problem_new (error);
}

static void
add_reader (MdgFakeBench *bench, const char *id, const char *name)
{
  g_autoptr (MdgReader) reader =
      g_object_new (MDG_TYPE_FAKE_READER, "id", id, "name", name, "driver", "fake", NULL);
  guint count = g_list_model_get_n_items (G_LIST_MODEL (bench->manager));

  mdg_reader_driver_add_reader (MDG_READER_DRIVER (bench->driver), reader);
  mdg_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (bench->manager)) > count);
}

static char *
write_sheet (MdgFakeBench *bench, gboolean practice)
{
  g_autoptr (MdgProblem) problem = refused ();
  g_autoptr (GDateTime) when = some_time ();
  g_autoptr (GPtrArray) lines =
      mdg_call_sheet_new (problem, when, bench != NULL ? bench->manager : NULL,
                          bench != NULL ? bench->host : NULL, practice);

  for (guint i = 0; i < lines->len; i++)
    {
      const MdgSheetLine *line = g_ptr_array_index (lines, i);

      g_assert_cmpstr (line->label, !=, "");
      g_assert_cmpstr (line->value, !=, "");
      g_assert_null (strchr (line->value, '\n'));
    }
  return mdg_call_sheet_to_text (lines);
}

static void
test_problem (void)
{
  g_autofree char *text = write_sheet (NULL, FALSE);
  g_autofree char *practice = write_sheet (NULL, TRUE);

  g_assert_true (g_str_has_prefix (text, "番号: S-26\nサービスからの番号: MDG-CARD-009\n"));
  g_assert_nonnull (strstr (text, "内容: サービスが受け付けませんでした\n"));
  g_assert_nonnull (strstr (text, "日時: 2026-11-23 10:15:32 +09:00\n"));
  g_assert_nonnull (strstr (text, "Madoguchi " PACKAGE_VERSION "\n"));
  g_assert_nonnull (strstr (text, "GLib 2."));
  g_assert_null (strstr (text, "練習"));
  g_assert_true (g_str_has_prefix (practice, "練習: "));
  /* neither the service's words nor the error's */
  g_assert_null (strstr (text, "試験"));
  g_assert_null (strstr (text, "3456"));
}

static void
test_readers (void)
{
  g_autoptr (MdgFakeBench) bench = mdg_fake_bench_new ();
  g_autofree char *none = write_sheet (bench, FALSE);
  g_autofree char *text = NULL;

  g_assert_nonnull (strstr (none, "リーダー: なし\n"));
  g_assert_nonnull (strstr (none, "ドライバー: fake / 動作中\n"));
  add_reader (bench, "usb:054c:0dc8:7654321",
              "SONY FeliCa RC-S300/P [RC-S300/P Contactless] (0777777) 00 00");
  text = write_sheet (bench, FALSE);
  g_assert_nonnull (strstr (text, "RC-S300/P [RC-S300/P Contactless] … 00 00 / fake / "
                                  "拡張APDU：未確認 / カードなし\n"));
  g_assert_null (strstr (text, "7777"));
  g_assert_null (strstr (text, "7654321"));
  g_assert_null (strstr (text, "リーダー: なし"));
}

/* names of readers as drivers and systems make them: the model stays, the number goes */
static void
test_serials (void)
{
  const struct
  {
    const char *name, *stays, *goes;
  } rows[] = {
    { "ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] (A1B2) 01 00", "ACR1252", "A1B2" },
    { "Circle CIR315 (002D7A5F) 00 00", "CIR315", "002D7A5F" },
    { "Circle CIR415A 0123456", "CIR415A", "0123456" },
    { "ACR1255U-J1-012345", "ACR1255U-J1", "012345" },
    { "Reader 00:1B:DC:06:3F:21", "Reader", "3F:21" },
    { "Reader 9f3c21ab77", "Reader", "9f3c21ab" },
    { "Reader SN4711ABCDEFGH", "Reader", "4711" },
    { "Reader (4711", "Reader", "4711" },
    { "Sony FeliCa Port/PaSoRi 4.0 0", "PaSoRi 4.0 0", "(" },
    { "HID OMNIKEY 5022 CL", "OMNIKEY 5022 CL", "…" },
    { "Reader\nコード: X-99", "Reader<U+000A>", "\nコード" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MdgFakeBench) bench = mdg_fake_bench_new ();
      g_autofree char *text = NULL;
      const char *line;

      add_reader (bench, "r", rows[i].name);
      text = write_sheet (bench, FALSE);
      line = strstr (text, "リーダー: ");
      g_assert_nonnull (line);
      g_test_message ("%s", line);
      g_assert_nonnull (strstr (line, rows[i].stays));
      g_assert_null (strstr (line, rows[i].goes));
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
  g_test_add_func ("/call-sheet/problem", test_problem);
  g_test_add_func ("/call-sheet/readers", test_readers);
  g_test_add_func ("/call-sheet/serials", test_serials);
  return g_test_run ();
}
