/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "mdg-oqs-codes.h"
#include "mdg-oqs-element.h"
#include "mdg-oqs-message.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
#define PERSON                                                                                     \
  "<ResultOfQualificationConfirmation><InsuredCardClassification>01</InsuredCardClassification>"   \
  "<InsurerNumber>  999995</InsurerNumber><Name>試験　太郎</Name><Sex1>1</Sex1>"              \
  "<Birthdate>19550209</Birthdate><InsurerName>架空市国民健康保険</InsurerName>"          \
  "</ResultOfQualificationConfirmation>"

static MdgOqsMessage *
read_bytes (const char *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  return mdg_oqs_message_parse_xml (bytes, error);
}

static MdgOqsMessage *
read_xml (const char *text, GError **error)
{
  return read_bytes (text, strlen (text), error);
}

static MdgOqsMessage *
read_json (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return mdg_oqs_message_parse_json (bytes, error);
}

static void
assert_refused (const char *text, gboolean json, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = json ? read_json (text, &error) : read_xml (text, &error);

  if (strlen (text) < 200)
    {
      g_autofree char *shown = g_strescape (text, NULL);
      g_test_message ("%s", shown);
    }
  g_assert_null (message);
  g_assert_error (error, MDG_OQS_ERROR, code);
  /* no value goes into a log */
  g_assert_null (strstr (error->message, "試験"));
}

static void
assert_same (MdgOqsMessage *a, MdgOqsMessage *b)
{
  g_assert_true (mdg_oqs_node_equal (mdg_oqs_message_get_root (a), mdg_oqs_message_get_root (b)));
}

/* every form must give back what was read */
static void
assert_round_trip (MdgOqsMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) xml = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_UTF8, &error);
  g_autofree char *json = mdg_oqs_message_to_json (message);
  g_autoptr (MdgOqsMessage) from_xml = NULL;
  g_autoptr (MdgOqsMessage) from_json = NULL;

  g_assert_no_error (error);
  from_xml = mdg_oqs_message_parse_xml (xml, &error);
  g_assert_no_error (error);
  from_json = read_json (json, &error);
  g_assert_no_error (error);
  g_assert_null (strchr (json, '\n'));
  assert_same (message, from_xml);
  assert_same (message, from_json);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message =
      read_xml (HEAD "<!-- c --><XmlMsg xmlns='urn:x'>\n <MessageHeader>\n"
                     "<SegmentOfResult>1</SegmentOfResult><ErrorCode/></MessageHeader>"
                     "<MessageBody a='1'><ResultList>\n" PERSON "</ResultList>"
                     "<未知の項目><x:y b=''>1<![CDATA[<&>]]>&lt;2</x:y> loose </未知の項目>"
                     "</MessageBody></XmlMsg>",
                &error);
  MdgOqsNode *result, *body;

  g_assert_no_error (error);
  g_assert_cmpuint (mdg_oqs_message_get_n_results (message), ==, 1);
  result = mdg_oqs_message_get_result (message, 0);
  g_assert_cmpstr (mdg_oqs_node_find_text (result, "Name"), ==, "試験　太郎");
  g_assert_cmpstr (mdg_oqs_node_find_text (result, "InsurerNumber"), ==, "  999995");
  g_assert_null (mdg_oqs_node_find (result, "InsuredCardSymbol"));
  g_assert_null (mdg_oqs_node_find_text (mdg_oqs_message_get_header (message), "ErrorCode"));
  g_assert_nonnull (mdg_oqs_node_find (mdg_oqs_message_get_header (message), "ErrorCode"));
  body = mdg_oqs_message_get_body (message);
  g_assert_cmpstr (mdg_oqs_node_find_text (body, "未知の項目/x:y"), ==, "1<&><2");
  g_assert_cmpstr (
      mdg_oqs_node_find_text (body, "ResultList/ResultOfQualificationConfirmation/Birthdate"), ==,
      "19550209");
  g_assert_null (mdg_oqs_node_find (body, "ResultList/Name/Nothing"));
  g_assert_null (mdg_oqs_node_find (body, "Result"));
  assert_round_trip (message);
}

static void
test_refused_xml (void)
{
  g_autoptr (GString) deep = g_string_new (HEAD "<XmlMsg>");
  g_autoptr (GString) many = g_string_new (HEAD "<XmlMsg>");
  g_autoptr (GString) large = g_string_new (HEAD "<XmlMsg><A>");
  g_autoptr (GString) value = g_string_new (HEAD "<XmlMsg><A>");
  const struct
  {
    const char *text;
    int code;
  } rows[] = {
    { "", MDG_OQS_ERROR_MALFORMED },
    { " ", MDG_OQS_ERROR_MALFORMED },
    { "試験", MDG_OQS_ERROR_MALFORMED },
    { HEAD "<XmlMsg>試験", MDG_OQS_ERROR_MALFORMED },
    { HEAD "<XmlMsg></XmlMsg><XmlMsg/>", MDG_OQS_ERROR_MALFORMED },
    { HEAD "<XmlMsg>&nbsp;</XmlMsg>", MDG_OQS_ERROR_MALFORMED },
    { HEAD "<!DOCTYPE XmlMsg><XmlMsg/>", MDG_OQS_ERROR_MALFORMED },
    { HEAD "<!DOCTYPE XmlMsg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><XmlMsg>&a;</XmlMsg>",
      MDG_OQS_ERROR_MALFORMED },
    { HEAD "<html/>", MDG_OQS_ERROR_NOT_OQS },
    { HEAD "<xmlmsg/>", MDG_OQS_ERROR_NOT_OQS },
    { HEAD "<a><XmlMsg/></a>", MDG_OQS_ERROR_NOT_OQS },
    { HEAD "<x:XmlMsg xmlns:x='urn:x'/>", MDG_OQS_ERROR_NOT_OQS },
    { "<?xml version='1.0' encoding='EUC-JP'?><XmlMsg/>", MDG_OQS_ERROR_ENCODING },
    { "<?xml version='1.0' encoding='UTF-7'?><XmlMsg/>", MDG_OQS_ERROR_ENCODING },
    { "<?xml version='1.0' encoding='UTF-16'?><XmlMsg/>", MDG_OQS_ERROR_ENCODING },
    { "<?xml version='1.0' encoding='Shift_JIS'?><XmlMsg><A>試験</A></XmlMsg>",
      MDG_OQS_ERROR_ENCODING },
    /* UTF-8 whose bytes CP932 would take for other characters */
    { "<?xml version='1.0' encoding='Shift_JIS'?><XmlMsg><A>ああ</A></XmlMsg>",
      MDG_OQS_ERROR_ENCODING },
    { HEAD "<XmlMsg><A>\x8e\x8e\x8c\xb1</A></XmlMsg>", MDG_OQS_ERROR_ENCODING },
    { "<?xml version='1.0' encoding='Shift_JIS'?><XmlMsg><A>\xa0</A></XmlMsg>",
      MDG_OQS_ERROR_ENCODING },
    { "<?xml version='1.0' encoding='Shift_JIS'?><XmlMsg><A>\x8e", MDG_OQS_ERROR_ENCODING },
    { HEAD "<XmlMsg><MessageBody/><MessageBody/></XmlMsg>", MDG_OQS_ERROR_INVALID },
    { HEAD "<XmlMsg><MessageBody><QualificationValidity>1</QualificationValidity>"
           "<QualificationValidity>2</QualificationValidity></MessageBody></XmlMsg>",
      MDG_OQS_ERROR_INVALID },
    { HEAD "<XmlMsg><MessageBody><Name>試<b/>験</Name></MessageBody></XmlMsg>",
      MDG_OQS_ERROR_INVALID },
    { HEAD "<XmlMsg><MessageBody>試験<Name/></MessageBody></XmlMsg>", MDG_OQS_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (rows[i].text, FALSE, rows[i].code);
  for (int i = 0; i < 40; i++)
    g_string_append (deep, "<A>");
  assert_refused (deep->str, FALSE, MDG_OQS_ERROR_TOO_LARGE);
  for (int i = 0; i < 20001; i++)
    g_string_append (many, "<A/>");
  assert_refused (many->str, FALSE, MDG_OQS_ERROR_TOO_LARGE);
  for (int i = 0; i < 70000; i++)
    g_string_append_c (value, 'a');
  assert_refused (value->str, FALSE, MDG_OQS_ERROR_TOO_LARGE);
  while (large->len <= MDG_OQS_MAX_BYTES)
    g_string_append (large, "aaaaaaaaaaaaaaaa");
  assert_refused (large->str, FALSE, MDG_OQS_ERROR_TOO_LARGE);
}

/* whatever is cut off, nothing half is taken for a message */
static void
test_cut (void)
{
  const char *text = HEAD "<XmlMsg><MessageBody><ResultList>" PERSON "</ResultList></MessageBody>"
                          "</XmlMsg>";
  g_autoptr (MdgOqsMessage) whole = read_xml (text, NULL);
  g_autofree char *json = mdg_oqs_message_to_json (whole);

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (read_bytes (text, i, &error));
      g_assert_nonnull (error);
    }
  for (gsize i = 0; i < strlen (json); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (json, i);
      g_autoptr (GError) error = NULL;
      g_assert_null (mdg_oqs_message_parse_json (bytes, &error));
      g_assert_nonnull (error);
    }
}

static void
test_charsets (void)
{
  const char *const names[] = { "Shift_JIS", "shift_jis", "SJIS", "Windows-31J", "CP932" };
  /* 髙 ﾀ ～ － ① and a private character; 髙 also in NEC's second place */
  const char *bytes = "\xfb\xfc\xc0\x81\x60\x81\x7c\x87\x40\xf0\x40\xee\xe0";
  const char *expected = "髙ﾀ～－①\xee\x80\x80髙";
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<?xml version=\"1.0\" encoding=\"%s\"?><XmlMsg><A>%s</A></XmlMsg>", names[i], bytes);
      g_autoptr (MdgOqsMessage) message = read_xml (text, &error);
      g_autoptr (GBytes) out = NULL;
      g_autoptr (MdgOqsMessage) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (mdg_oqs_node_find_text (mdg_oqs_message_get_root (message), "A"), ==,
                       expected);
      out = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_CP932, &error);
      g_assert_no_error (error);
      again = mdg_oqs_message_parse_xml (out, &error);
      g_assert_no_error (error);
      assert_same (message, again);
      assert_round_trip (message);
    }
}

static void
test_marks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) utf8 =
      read_xml ("\xef\xbb\xbf" HEAD "<XmlMsg><A>試験</A></XmlMsg>", &error);
  const char *text = "<?xml version='1.0' encoding='UTF-16'?><XmlMsg><A>試験</A></XmlMsg>";
  gsize size;
  g_autofree char *wide = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &size, NULL);
  g_autoptr (MdgOqsMessage) utf16 = read_bytes (wide, size, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mdg_oqs_node_find_text (mdg_oqs_message_get_root (utf8), "A"), ==, "試験");
  assert_same (utf8, utf16);
  g_assert_null (read_bytes (wide, size - 1, &error));
  g_assert_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING);
}

static void
test_write (void)
{
  g_autoptr (MdgOqsNode) root = mdg_oqs_node_new ("XmlMsg");
  g_autoptr (MdgOqsMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  mdg_oqs_node_add_text (root, "A", "<&>\r\n\"'𠮷");
  mdg_oqs_node_add_text (root, "B", "");
  message = mdg_oqs_message_new (root);
  bytes = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_UTF8, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   HEAD "<XmlMsg><A>&lt;&amp;&gt;&#13;\n\"'𠮷</A><B/></XmlMsg>\n",
                   strlen (HEAD "<XmlMsg><A>&lt;&amp;&gt;&#13;\n\"'𠮷</A><B/></XmlMsg>\n"));
  assert_round_trip (message);
  g_assert_null (mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_CP932, &error));
  g_assert_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING);
  g_assert_nonnull (strstr (error->message, "U+20BB7"));
}

static void
assert_unwritable (const char *name, const char *text)
{
  g_autoptr (MdgOqsNode) root = mdg_oqs_node_new ("XmlMsg");
  g_autoptr (MdgOqsMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  mdg_oqs_node_add_text (root, name, text);
  message = mdg_oqs_message_new (root);
  g_assert_null (mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_UTF8, &error));
  g_assert_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_INVALID);
}

static void
test_unwritable (void)
{
  assert_unwritable ("A", "\x01");
  assert_unwritable ("A", "\xef\xbf\xbf");
  assert_unwritable ("A><B", "1");
  assert_unwritable ("", "1");
  assert_unwritable ("1", "1");
  assert_unwritable ("a:", "1");
  assert_unwritable ("a:-", "1");
  assert_unwritable ("a:b:c", "1");
  g_assert_true (mdg_oqs_element_name_is_valid ("未知の項目-1"));
  g_assert_true (mdg_oqs_element_name_is_valid ("x:㜪.y"));
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  const char *text =
      "{\"XmlMsg\":{\"MessageHeader\":{\"SegmentOfResult\":\"1\",\"ErrorCode\":\"\"},"
      "\"MessageBody\":{\"ResultList\":[{\"ResultOfQualificationConfirmation\":{\"Name\":\"試験"
      "\",\"SpecificDiseasesCertificateList\":[{\"SpecificDiseasesCertificateInfo\":"
      "{\"SpecificDiseasesDiseaseCategory\":\"1\"}}],\"PublicExpenseResultList\":[],"
      "\"Future\":{\"Inner\":\"x\"}}}]}}}";
  g_autoptr (MdgOqsMessage) message = read_json (text, &error);
  g_autoptr (MdgOqsMessage) single =
      read_json ("{\"Time\":1,\"XmlMsg\":{\"MessageBody\":{\"ResultList\":{"
                 "\"ResultOfQualificationConfirmation\":{\"Name\":\"試験\",\"Sex1\":null}}}}}",
                 &error);
  g_autoptr (MdgOqsMessage) absent = read_json ("{\"XmlMsg\":{\"MessageBody\":{}}}", &error);
  g_autofree char *again = mdg_oqs_message_to_json (message);

  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, text);
  assert_round_trip (message);
  g_assert_cmpuint (mdg_oqs_message_get_n_results (message), ==, 1);
  g_assert_cmpuint (mdg_oqs_message_get_n_results (single), ==, 1);
  g_assert_null (mdg_oqs_node_find (mdg_oqs_message_get_result (single, 0), "Sex1"));
  g_assert_cmpuint (mdg_oqs_message_get_n_results (absent), ==, 0);
}

/* what repeats outside the known lists comes through as well */
static void
test_json_repeats (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message =
      read_xml (HEAD "<XmlMsg><MessageBody><ReferenceNumber>1</ReferenceNumber><X>a</X>"
                     "<ReferenceNumber>2</ReferenceNumber><ResultList/></MessageBody></XmlMsg>",
                &error);

  g_assert_no_error (error);
  assert_round_trip (message);
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) nothing = read_xml (HEAD "<XmlMsg/>", &error);
  g_autoptr (MdgOqsMessage) blocks =
      read_xml (HEAD "<XmlMsg><MessageHeader/><MessageBody> </MessageBody></XmlMsg>", &error);
  g_autofree char *json = mdg_oqs_message_to_json (blocks);

  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, "{\"XmlMsg\":{\"MessageHeader\":{},\"MessageBody\":{}}}");
  g_assert_cmpint (mdg_oqs_message_get_verdict (nothing), ==, MDG_OQS_VERDICT_ERROR);
  assert_round_trip (nothing);
  assert_round_trip (blocks);
}

static void
test_refused_json (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"XmlMsg\":");
  g_autoptr (GString) deeper = g_string_new (NULL);
  const struct
  {
    const char *text;
    int code;
  } rows[] = {
    { "", MDG_OQS_ERROR_MALFORMED },
    { "試験", MDG_OQS_ERROR_MALFORMED },
    { "{\"XmlMsg\":{}", MDG_OQS_ERROR_MALFORMED },
    { "{\"XmlMsg\":{}} x", MDG_OQS_ERROR_MALFORMED },
    { "{\"XmlMsg\":{\"A\":\"試験\",\"A\":\"2\"}}", MDG_OQS_ERROR_MALFORMED },
    { "{\"XmlMsg\":{\"A\":\"\\u0000\"}}", MDG_OQS_ERROR_MALFORMED },
    { "{\"XmlMsg\":{\"A\":\"\\ud800\"}}", MDG_OQS_ERROR_MALFORMED },
    { "{\"XmlMsg\":{\"A\":\"\xff\"}}", MDG_OQS_ERROR_MALFORMED },
    { "[]", MDG_OQS_ERROR_NOT_OQS },
    { "{}", MDG_OQS_ERROR_NOT_OQS },
    { "{\"XmlMsg\":[]}", MDG_OQS_ERROR_NOT_OQS },
    { "{\"XmlMsg\":\"試験\"}", MDG_OQS_ERROR_NOT_OQS },
    { "{\"XmlMsg\":null}", MDG_OQS_ERROR_NOT_OQS },
    { "{\"XmlMsg\":{\"A\":20}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"A\":true}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"A\":[\"試験\"]}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"A\":[{}]}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"A\":[{\"B\":\"1\",\"C\":\"2\"}]}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"A\":\"\\u0001\"}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"試験><x\":\"1\"}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"\":\"1\"}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"Name\":{\"A\":\"1\"}}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"MessageBody\":\"試験\"}}", MDG_OQS_ERROR_INVALID },
    { "{\"XmlMsg\":{\"MessageBody\":[{\"Name\":\"1\"},{\"Name\":\"2\"}]}}", MDG_OQS_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (rows[i].text, TRUE, rows[i].code);
  for (int i = 0; i < 40; i++)
    g_string_append (deep, "{\"A\":");
  g_string_append (deep, "\"1\"");
  for (int i = 0; i < 41; i++)
    g_string_append_c (deep, '}');
  assert_refused (deep->str, TRUE, MDG_OQS_ERROR_TOO_LARGE);
  for (int i = 0; i < 500000; i++)
    g_string_append_c (deeper, '[');
  assert_refused (deeper->str, TRUE, MDG_OQS_ERROR_MALFORMED);
  while (deeper->len <= MDG_OQS_MAX_BYTES)
    g_string_append_c (deeper, ' ');
  assert_refused (deeper->str, TRUE, MDG_OQS_ERROR_TOO_LARGE);
}

static MdgOqsMessage *
make_answer (const char *segment, const char *status, const char *validity, const char *people)
{
  g_autofree char *text =
      g_strdup_printf (HEAD "<XmlMsg><MessageHeader><SegmentOfResult>%s</SegmentOfResult>"
                            "</MessageHeader><MessageBody><ProcessingResultStatus>%s"
                            "</ProcessingResultStatus><QualificationValidity>%s"
                            "</QualificationValidity><ResultList>%s</ResultList></MessageBody>"
                            "</XmlMsg>",
                       segment, status, validity, people);
  g_autoptr (GError) error = NULL;
  MdgOqsMessage *message = read_xml (text, &error);

  g_assert_no_error (error);
  return message;
}

#define WELFARE                                                                                    \
  "<ResultOfQualificationConfirmation><InsuredCardClassification>A1</InsuredCardClassification>"   \
  "</ResultOfQualificationConfirmation>"

static void
test_verdict (void)
{
  const struct
  {
    const char *segment, *status, *validity, *people, *verdict;
  } rows[] = {
    { "1", "1", "1", PERSON, "valid" },
    { "1", "1", "2", PERSON, "invalid" },
    { "1", "1", "3", PERSON, "superseded" },
    { "1", "1", "4", "", "none" },
    { "1", "1", "5", "", "several" },
    { "1", "1", "6", WELFARE, "unregistered" },
    { "1", "1", "6", "", "error" },
    { "1", "1", "1", "", "error" },
    { "1", "1", "1", PERSON PERSON, "several" },
    { "1", "1", "1", PERSON WELFARE, "valid" },
    { "1", "1", "1", WELFARE WELFARE, "valid" },
    { "1", "1", "1", PERSON PERSON WELFARE, "several" },
    { "1", "1", "7", PERSON, "error" },
    { "1", "1", "", PERSON, "error" },
    { "1", "1", "01", PERSON, "error" },
    { "1", "2", "1", PERSON, "error" },
    { "1", "", "1", PERSON, "error" },
    { "2", "1", "1", PERSON, "processing" },
    { "9", "1", "1", PERSON, "error" },
    { "5", "1", "1", PERSON, "error" },
    { "", "1", "1", PERSON, "error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MdgOqsMessage) message =
          make_answer (rows[i].segment, rows[i].status, rows[i].validity, rows[i].people);
      g_assert_cmpstr (mdg_oqs_verdict_to_string (mdg_oqs_message_get_verdict (message)), ==,
                       rows[i].verdict);
    }
}

static void
test_batch (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) taken =
      read_xml (HEAD "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult>"
                     "<ReceptionNumber>100000000000008</ReceptionNumber></MessageHeader>"
                     "</XmlMsg>",
                &error);
  g_autoptr (MdgOqsMessage) batch =
      read_xml (HEAD "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult>"
                     "</MessageHeader><MessageBody>"
                     "<ProcessingResultStatus>1</ProcessingResultStatus>"
                     "<QualificationValidity>4</QualificationValidity>"
                     "<BulkConfirmUnit><ProcessingResultStatus>1</ProcessingResultStatus>"
                     "<QualificationValidity>1</QualificationValidity>" PERSON "</BulkConfirmUnit>"
                     "<BulkConfirmUnit><ProcessingResultStatus>1</ProcessingResultStatus>"
                     "<QualificationValidity>4</QualificationValidity></BulkConfirmUnit>"
                     "</MessageBody></XmlMsg>",
                &error);
  g_autoptr (MdgOqsMessage) first = NULL;
  g_autoptr (MdgOqsMessage) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (mdg_oqs_message_get_verdict (taken), ==, MDG_OQS_VERDICT_PROCESSING);
  /* a batch must never pass for one person's answer */
  g_assert_cmpint (mdg_oqs_message_get_verdict (batch), ==, MDG_OQS_VERDICT_ERROR);
  g_assert_cmpuint (mdg_oqs_message_get_n_results (batch), ==, 0);
  g_assert_cmpuint (mdg_oqs_message_get_n_units (batch), ==, 2);
  first = mdg_oqs_message_get_unit (batch, 0);
  second = mdg_oqs_message_get_unit (batch, 1);
  g_assert_cmpint (mdg_oqs_message_get_verdict (first), ==, MDG_OQS_VERDICT_VALID);
  g_assert_cmpuint (mdg_oqs_message_get_n_results (first), ==, 1);
  g_assert_cmpint (mdg_oqs_message_get_verdict (second), ==, MDG_OQS_VERDICT_NONE);
  assert_round_trip (batch);
}

static void
test_codes (void)
{
  static const guint sizes[] = {
    [1] = 2,  [2] = 2,  [3] = 3,  [4] = 2,   [5] = 2,  [6] = 6,   [7] = 3,  [8] = 4,
    [9] = 2,  [10] = 8, [11] = 3, [12] = 16, [13] = 3, [14] = 2,  [15] = 1, [16] = 4,
    [17] = 2, [18] = 2, [19] = 5, [20] = 2,  [21] = 2, [22] = 1,  [23] = 2, [24] = 2,
    [25] = 2, [26] = 2, [28] = 4, [32] = 2,  [41] = 3, [42] = 11, [44] = 4
  };
  const struct
  {
    guint table;
    const char *value, *ja, *en;
  } rows[] = {
    { 6, "3", "無効（新しい資格あり）", "not valid (there is a newer insurance)" },
    { 7, "2", "女", "female" },
    { 10, "A1", "医療扶助", "medical assistance" },
    { 12, "A01", "ア", "category ア" },
    { 12, "B10", "一般Ⅰ", "general I" },
    { 12, "C01", "未定義(C01)", "undefined (C01)" },
    { 27, "1", "未定義(1)", "undefined (1)" },
    { 6, NULL, "未定義()", "undefined ()" },
  };

  for (guint table = 0; table < 60; table++)
    {
      const char *const *values = mdg_oqs_code_values (table);
      guint expected = table < G_N_ELEMENTS (sizes) ? sizes[table] : 0;

      g_assert_cmpuint (values != NULL ? g_strv_length ((GStrv) values) : 0, ==, expected);
      for (guint i = 0; i < expected; i++)
        g_assert_true (mdg_oqs_code_is_known (table, values[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *ja =
          mdg_oqs_code_describe (rows[i].table, rows[i].value, MDG_OQS_LANGUAGE_JA);
      g_autofree char *en =
          mdg_oqs_code_describe (rows[i].table, rows[i].value, MDG_OQS_LANGUAGE_EN);
      g_assert_cmpstr (ja, ==, rows[i].ja);
      g_assert_cmpstr (en, ==, rows[i].en);
    }
  g_assert_cmpuint (mdg_oqs_code_table_of ("Sex1"), ==, 7);
  g_assert_cmpuint (mdg_oqs_code_table_of ("Name"), ==, 0);
  g_assert_cmpuint (mdg_oqs_code_table_of ("Future"), ==, 0);
  g_assert_cmpstr (mdg_oqs_element_label ("InsurerNumber", MDG_OQS_LANGUAGE_JA), ==, "保険者番号");
  g_assert_cmpstr (mdg_oqs_element_label ("Name", MDG_OQS_LANGUAGE_EN), ==, "Name");
  g_assert_null (mdg_oqs_element_label ("Future", MDG_OQS_LANGUAGE_JA));
  g_assert_cmpint (mdg_oqs_element_kind ("ResultList"), ==, MDG_OQS_ELEMENT_LIST);
  g_assert_true (mdg_oqs_element_repeats ("BulkConfirmUnit"));
  g_assert_false (mdg_oqs_element_repeats ("Birthdate"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oqs/message/read", test_read);
  g_test_add_func ("/oqs/message/refused-xml", test_refused_xml);
  g_test_add_func ("/oqs/message/cut", test_cut);
  g_test_add_func ("/oqs/message/charsets", test_charsets);
  g_test_add_func ("/oqs/message/marks", test_marks);
  g_test_add_func ("/oqs/message/write", test_write);
  g_test_add_func ("/oqs/message/unwritable", test_unwritable);
  g_test_add_func ("/oqs/message/json", test_json);
  g_test_add_func ("/oqs/message/json-repeats", test_json_repeats);
  g_test_add_func ("/oqs/message/empty", test_empty);
  g_test_add_func ("/oqs/message/refused-json", test_refused_json);
  g_test_add_func ("/oqs/message/verdict", test_verdict);
  g_test_add_func ("/oqs/message/batch", test_batch);
  g_test_add_func ("/oqs/message/codes", test_codes);
  return g_test_run ();
}
