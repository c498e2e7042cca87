/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The library that is loaded at run time, what its codes mean, and what readers tell of themselves.
 */
#include "config.h"

#include "fake-pcsc.h"
#include "mdg-pcsc-api.h"
#include "mdg-pcsc-features.h"

static MdgPcscApi *
open_fake (void)
{
  g_autoptr (GError) error = NULL;
  MdgPcscApi *api = mdg_pcsc_api_new (NULL, &error);

  g_assert_no_error (error);
  fake_pcsc_reset ();
  return api;
}

static void
test_library_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_pcsc_api_new ("/nonexistent/libpcsclite.so.1", &error));
  g_assert_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE);
  g_clear_error (&error);
  g_assert_null (mdg_pcsc_api_new ("libm.so.6", &error));
  g_assert_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE);
}

static const struct
{
  guint32 code;
  MdgReaderError error;
} meanings[] = {
  { 0x80100001, MDG_READER_ERROR_FAILED },
  { 0x80100002, MDG_READER_ERROR_FAILED },
  { 0x80100003, MDG_READER_ERROR_GONE },
  { 0x80100004, MDG_READER_ERROR_FAILED },
  { 0x80100006, MDG_READER_ERROR_FAILED },
  { 0x80100007, MDG_READER_ERROR_TIMED_OUT },
  { 0x80100008, MDG_READER_ERROR_PROTOCOL },
  { 0x80100009, MDG_READER_ERROR_GONE },
  { 0x8010000A, MDG_READER_ERROR_TIMED_OUT },
  { 0x8010000B, MDG_READER_ERROR_IN_USE },
  { 0x8010000C, MDG_READER_ERROR_NO_CARD },
  { 0x8010000F, MDG_READER_ERROR_NOT_SUPPORTED },
  { 0x80100010, MDG_READER_ERROR_MUTE },
  { 0x80100012, MDG_READER_ERROR_NO_SERVICE },
  { 0x80100013, MDG_READER_ERROR_NO_SERVICE },
  { 0x80100015, MDG_READER_ERROR_PROTOCOL },
  { 0x80100016, MDG_READER_ERROR_PROTOCOL },
  { 0x80100017, MDG_READER_ERROR_GONE },
  { 0x80100018, MDG_READER_ERROR_NO_SERVICE },
  { 0x80100019, MDG_READER_ERROR_PROTOCOL },
  { 0x8010001A, MDG_READER_ERROR_NOT_SUPPORTED },
  { 0x8010001C, MDG_READER_ERROR_NOT_SUPPORTED },
  { 0x8010001D, MDG_READER_ERROR_NO_SERVICE },
  { 0x8010001E, MDG_READER_ERROR_NO_SERVICE },
  { 0x8010001F, MDG_READER_ERROR_NOT_SUPPORTED },
  { 0x80100027, MDG_READER_ERROR_NO_ACCESS },
  { 0x8010002E, MDG_READER_ERROR_GONE },
  { 0x8010002F, MDG_READER_ERROR_PROTOCOL },
  { 0x80100031, MDG_READER_ERROR_NO_SERVICE },
  { 0x80100065, MDG_READER_ERROR_NOT_SUPPORTED },
  { 0x80100066, MDG_READER_ERROR_MUTE },
  { 0x80100067, MDG_READER_ERROR_MUTE },
  { 0x80100068, MDG_READER_ERROR_RESET },
  { 0x80100069, MDG_READER_ERROR_NO_CARD },
  { 0x8010006A, MDG_READER_ERROR_NO_ACCESS },
  { 0xFFFFFFFF, MDG_READER_ERROR_FAILED },
  { 1, MDG_READER_ERROR_NOT_SUPPORTED },
  { 5, MDG_READER_ERROR_NO_ACCESS },
  { 6, MDG_READER_ERROR_GONE },
  { 21, MDG_READER_ERROR_MUTE },
  { 22, MDG_READER_ERROR_GONE },
  { 23, MDG_READER_ERROR_PROTOCOL },
  { 31, MDG_READER_ERROR_PROTOCOL },
  { 32, MDG_READER_ERROR_IN_USE },
  { 50, MDG_READER_ERROR_NOT_SUPPORTED },
  { 109, MDG_READER_ERROR_NO_SERVICE },
  { 121, MDG_READER_ERROR_MUTE },
  { 170, MDG_READER_ERROR_IN_USE },
  { 995, MDG_READER_ERROR_GONE },
  { 1112, MDG_READER_ERROR_NO_CARD },
  { 1117, MDG_READER_ERROR_PROTOCOL },
  { 1167, MDG_READER_ERROR_GONE },
  { 1617, MDG_READER_ERROR_GONE },
};

static void
test_code_meanings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (mdg_pcsc_code_to_error (meanings[i].code), ==, meanings[i].error);
      mdg_pcsc_error_set (&error, "A step", meanings[i].code);
      g_assert_error (error, MDG_READER_ERROR, (int) meanings[i].error);
    }
  g_assert_false (mdg_pcsc_code_is_service_lost (MDG_PCSC_OK));
  g_assert_true (mdg_pcsc_code_is_service_lost (MDG_PCSC_F_COMM_ERROR));
  g_assert_true (mdg_pcsc_code_is_service_lost (MDG_PCSC_E_INVALID_HANDLE));
  g_assert_false (mdg_pcsc_code_is_service_lost (MDG_PCSC_E_READER_UNAVAILABLE));
}

static void
on_list_cb (gpointer data)
{
  g_autofree char *name =
      g_strdup_printf ("A reader that came meanwhile %u 00 00", g_random_int ());

  fake_pcsc_add_reader (name);
}

static void
test_readers_listed (void)
{
  g_autoptr (MdgPcscApi) api = open_fake ();
  g_auto (GStrv) none = NULL, two = NULL, grown = NULL, never = NULL;
  MdgPcscContext context;

  g_assert_cmphex (mdg_pcsc_api_establish (api, &context), ==, MDG_PCSC_OK);
  g_assert_cmphex (mdg_pcsc_api_list_readers (api, context, &none), ==, MDG_PCSC_OK);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  fake_pcsc_add_reader ("One 00 00");
  fake_pcsc_add_reader ("Two 01 00");
  g_assert_cmphex (mdg_pcsc_api_list_readers (api, context, &two), ==, MDG_PCSC_OK);
  g_assert_cmpstrv (two, ((const char *const[]){ "One 00 00", "Two 01 00", NULL }));

  /* one comes between the two questions */
  fake_pcsc_forget_counts ();
  fake_pcsc_set_hook (FAKE_LIST_READERS, 2, on_list_cb, NULL);
  g_assert_cmphex (mdg_pcsc_api_list_readers (api, context, &grown), ==, MDG_PCSC_OK);
  g_assert_cmpuint (g_strv_length (grown), ==, 3);
  /* one comes each time: an end is made of it */
  fake_pcsc_set_hook (FAKE_LIST_READERS, FAKE_EVERY, on_list_cb, NULL);
  g_assert_cmphex (mdg_pcsc_api_list_readers (api, context, &never), ==,
                   MDG_PCSC_E_INSUFFICIENT_BUFFER);
  g_assert_cmpuint (g_strv_length (never), ==, 0);
  mdg_pcsc_api_release (api, context);
}

static void
test_answer_too_long (void)
{
  g_autoptr (MdgPcscApi) api = open_fake ();
  g_autofree guint8 *room = g_malloc0 (MDG_PCSC_ANSWER_MAX);
  g_autofree guint8 *full = g_malloc0 (MDG_PCSC_ANSWER_MAX + 1);
  g_autoptr (GBytes) largest = g_bytes_new (full, MDG_PCSC_ANSWER_MAX);
  g_autoptr (GBytes) larger = g_bytes_new (full, MDG_PCSC_ANSWER_MAX + 1);
  MdgPcscContext context;
  MdgPcscHandle handle;
  guint protocol;
  gsize length = MDG_PCSC_ANSWER_MAX;

  fake_pcsc_add_reader ("One 00 00");
  fake_pcsc_insert ("One 00 00", (const guint8 *) "\x3B\x00", 2);
  g_assert_cmphex (mdg_pcsc_api_establish (api, &context), ==, MDG_PCSC_OK);
  g_assert_cmphex (
      mdg_pcsc_api_connect (api, context, "One 00 00", MDG_PCSC_SHARE_SHARED, &handle, &protocol),
      ==, MDG_PCSC_OK);
  g_assert_cmpuint (protocol, ==, 2);
  fake_pcsc_set_answer (largest);
  g_assert_cmphex (mdg_pcsc_api_transmit (api, handle, protocol, full, 5, room, &length), ==,
                   MDG_PCSC_OK);
  g_assert_cmpuint (length, ==, MDG_PCSC_ANSWER_MAX);
  fake_pcsc_set_answer (larger);
  g_assert_cmphex (mdg_pcsc_api_transmit (api, handle, protocol, full, 5, room, &length), ==,
                   MDG_PCSC_E_INSUFFICIENT_BUFFER);
  g_assert_cmpuint (length, ==, 0);
  mdg_pcsc_api_disconnect (api, handle, MDG_PCSC_LEAVE);
  mdg_pcsc_api_release (api, context);
}

static void
test_features_parsed (void)
{
  static const guint8 list[] = { 0x06, 4, 0x42, 0x33, 0x00, 0x06, 0x12, 4, 0x42, 0x33, 0x00, 0x12 };
  static const guint8 wrong[] = { 0x06, 3, 0x42, 0x33, 0x00, 0x12, 200, 0x42 };

  g_assert_cmphex (mdg_pcsc_features_find (list, sizeof list, MDG_PCSC_FEATURE_VERIFY_PIN_DIRECT),
                   ==, 0x42330006);
  g_assert_cmphex (mdg_pcsc_features_find (list, sizeof list, MDG_PCSC_FEATURE_GET_TLV_PROPERTIES),
                   ==, 0x42330012);
  g_assert_cmphex (mdg_pcsc_features_find (list, sizeof list, MDG_PCSC_FEATURE_VERIFY_PIN_START),
                   ==, 0);
  /* cut at every byte: nothing is read beyond the end */
  for (gsize length = 0; length < sizeof list; length++)
    {
      g_autofree guint8 *cut = g_memdup2 (list, length);

      g_assert_cmphex (mdg_pcsc_features_find (cut, length, MDG_PCSC_FEATURE_GET_TLV_PROPERTIES),
                       ==, 0);
    }
  g_assert_cmphex (mdg_pcsc_features_find (wrong, sizeof wrong, MDG_PCSC_FEATURE_VERIFY_PIN_DIRECT),
                   ==, 0);
  g_assert_cmphex (
      mdg_pcsc_features_find (wrong, sizeof wrong, MDG_PCSC_FEATURE_GET_TLV_PROPERTIES), ==, 0);
}

static void
test_extended_parsed (void)
{
  static const struct
  {
    guint8 bytes[8];
    gsize length;
    MdgExtended extended;
  } cases[] = {
    { { 0x0A, 4, 0, 0, 0, 0 }, 6, MDG_EXTENDED_NO },
    { { 0x0A, 4, 0, 0, 1, 0 }, 6, MDG_EXTENDED_YES },
    { { 0x0A, 4, 8, 0, 1, 0 }, 6, MDG_EXTENDED_YES },
    { { 0x0A, 4, 0, 2, 0, 0 }, 6, MDG_EXTENDED_UNKNOWN },
    { { 0x0A, 2, 0, 0 }, 4, MDG_EXTENDED_NO },
    { { 0x0A, 0 }, 2, MDG_EXTENDED_UNKNOWN },
    { { 0x0A, 5, 0, 0, 0, 0, 0 }, 7, MDG_EXTENDED_UNKNOWN },
    { { 0x0A, 4, 0, 0, 1 }, 5, MDG_EXTENDED_UNKNOWN },
    { { 0x0B, 0, 0x0A, 4, 0, 0, 1, 0 }, 8, MDG_EXTENDED_YES },
    { { 0 }, 0, MDG_EXTENDED_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (cases[i].bytes, cases[i].length);

      g_assert_cmpint (mdg_pcsc_properties_get_extended (bytes, cases[i].length), ==,
                       cases[i].extended);
    }
}

static void
test_contactless_known (void)
{
  static const guint8 type_b[] = {
    0x3B, 0x88, 0x80, 0x01, 0, 0, 5, 0xE0, 0xB3, 0x81, 0xA1, 0, 0x7F
  };
  static const guint8 contact[] = { 0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14 };

  g_assert_true (mdg_pcsc_atr_is_contactless (type_b, sizeof type_b));
  g_assert_false (mdg_pcsc_atr_is_contactless (contact, sizeof contact));
  for (gsize length = 0; length < sizeof type_b; length++)
    {
      g_autofree guint8 *cut = g_memdup2 (type_b, length);

      g_assert_false (mdg_pcsc_atr_is_contactless (cut, length));
    }
  g_assert_true (mdg_pcsc_name_is_contactless ("ACS ACR1252 1S CL Reader PICC 0"));
  g_assert_true (mdg_pcsc_name_is_contactless ("SONY FeliCa RC-S300/P (0000000) 00 00"));
  g_assert_true (mdg_pcsc_name_is_contactless ("Identiv Contactless Reader 00 00"));
  g_assert_false (mdg_pcsc_name_is_contactless ("NTT Communications SCR3310 00 00"));
}

static void
test_names_for_people (void)
{
  static const struct
  {
    const char *name;
    const char *shown;
  } cases[] = {
    { "Virtual PCD 00 00", "Virtual PCD" },
    { "Virtual PCD 00 01", "Virtual PCD (2)" },
    { "Virtual PCD 01 00", "Virtual PCD (2)" },
    { "Virtual PCD 0A 01", "Virtual PCD (11-2)" },
    { "Reader 1234", "Reader 1234" },
    { " 00 00", "00 00" },
    { "", "" },
    { "\xFF\xFE 00 00", "\xEF\xBF\xBD\xEF\xBF\xBD" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = mdg_pcsc_name_for_people (cases[i].name);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/api/library-missing", test_library_missing);
  g_test_add_func ("/pcsc/api/code-meanings", test_code_meanings);
  g_test_add_func ("/pcsc/api/readers-listed", test_readers_listed);
  g_test_add_func ("/pcsc/api/answer-too-long", test_answer_too_long);
  g_test_add_func ("/pcsc/features/parsed", test_features_parsed);
  g_test_add_func ("/pcsc/features/extended", test_extended_parsed);
  g_test_add_func ("/pcsc/features/contactless", test_contactless_known);
  g_test_add_func ("/pcsc/features/names", test_names_for_people);
  return g_test_run ();
}
