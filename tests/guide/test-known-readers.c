/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of readers: what is known of some that are asked for most, searching, and a wrong file
 * refused with its line. */
#include "config.h"

#include "mdg-known-readers.h"

#include <string.h>

#define COLUMNS                                                                                    \
  "vendor\tmodel\tconnection\tusb\textended\tcontactless\tdrivers\tnote\tsource\tchecked\n"
#define LINE "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc ccid\t-\tS\t20261122\n"

static void
test_built_in (void)
{
  GPtrArray *all = mdg_known_readers_get ();

  g_assert_cmpuint (all->len, >=, 80);
  for (guint i = 0; i < all->len; i++)
    {
      const MdgKnownReader *reader = g_ptr_array_index (all, i);

      g_assert_cmpstr (reader->source, !=, "");
      g_assert_cmpuint (strlen (reader->checked), ==, 8);
      if (reader->usb_vendor != 0)
        g_assert_true (mdg_known_readers_find_usb (reader->usb_vendor, reader->usb_product) ==
                       reader);
    }
  g_assert_null (mdg_known_readers_find_usb (0, 0));
  g_assert_null (mdg_known_readers_find_usb (0x1234, 0x5678));
}

/* reference/readers.md 1.7 */
static void
test_facts (void)
{
  const struct
  {
    guint vendor;
    guint product;
    MdgFit extended;
    MdgFit contactless;
  } rows[] = {
    { 0x054c, 0x0dc8, MDG_FIT_YES, MDG_FIT_YES },     /* RC-S300 */
    { 0x054c, 0x06c1, MDG_FIT_UNKNOWN, MDG_FIT_YES }, /* RC-S380: no CCID */
    { 0x04e6, 0x511a, MDG_FIT_YES, MDG_FIT_NO },      /* SCR3310-NTTCom: T=1 by the PC */
    { 0x072f, 0x2200, MDG_FIT_NO, MDG_FIT_YES },      /* ACR122U */
    { 0x072f, 0xb000, MDG_FIT_NO, MDG_FIT_NO },       /* ACR3901U */
    { 0x072f, 0xb100, MDG_FIT_YES, MDG_FIT_NO },      /* ACR39U */
    { 0x04e6, 0x5612, MDG_FIT_NO, MDG_FIT_YES },      /* uTrust 3720 */
    { 0x04e6, 0x5613, MDG_FIT_YES, MDG_FIT_YES },     /* uTrust 3721 */
    { 0x058f, 0x9540, MDG_FIT_YES, MDG_FIT_UNKNOWN },
    { 0x058f, 0x9520, MDG_FIT_NO, MDG_FIT_UNKNOWN },
    { 0x31aa, 0x2001, MDG_FIT_NO, MDG_FIT_YES }, /* CIR215 */
    { 0x31aa, 0x2100, MDG_FIT_YES, MDG_FIT_YES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MdgKnownReader *reader = mdg_known_readers_find_usb (rows[i].vendor, rows[i].product);

      g_test_message ("%04x:%04x", rows[i].vendor, rows[i].product);
      g_assert_nonnull (reader);
      g_assert_cmpint (reader->extended_apdu, ==, rows[i].extended);
      g_assert_cmpint (reader->contactless, ==, rows[i].contactless);
    }
}

static void
test_search (void)
{
  const struct
  {
    const char *text;
    const char *model; /* of one that is found; NULL: none is */
    guint most;
  } rows[] = {
    { "RC-S300/S", "PaSoRi RC-S300/S", 1 },
    { "ｒｃ－ｓ３００", "PaSoRi RC-S300/S", 2 },
    { "rc\u2010s300", "PaSoRi RC-S300/S", 2 },
    { "RC\u2212S300", "PaSoRi RC-S300/P", 2 },
    { "rcs300", "PaSoRi RC-S300/P", 2 },
    { "sony pasori", "PaSoRi RC-S300/S", 4 },
    { "ｿﾆｰ", "PaSoRi RC-S300/S", 8 },
    { "PASORI　ソニー 300", "PaSoRi RC-S300/S", 2 },
    { "cir415", "CIR415A", 3 },
    { "port100", "PaSoRi RC-S380", 2 },
    { "RC-S300 ACS", NULL, 0 },
    { "そんなものはない", NULL, 0 },
    { "\xff\xfe", NULL, 0 },
  };
  const char *const nothing[] = { NULL, "", "  ", "　", "-" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = mdg_known_readers_search (rows[i].text);
      gboolean seen = FALSE;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpuint (found->len, <=, rows[i].most);
      for (guint j = 0; j < found->len; j++)
        seen |= g_strcmp0 (((MdgKnownReader *) g_ptr_array_index (found, j))->model,
                           rows[i].model) == 0;
      g_assert_true (seen == (rows[i].model != NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (GPtrArray) found = mdg_known_readers_search (nothing[i]);

      g_assert_cmpuint (found->len, ==, mdg_known_readers_get ()->len);
    }
}

static void
test_long_search (void)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (GPtrArray) found = mdg_known_readers_search (text);

  g_assert_cmpuint (found->len, ==, 0);
}

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return mdg_known_readers_parse (bytes, error);
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = parse (
      "# a\n" COLUMNS LINE "V\tN\tusb+bluetooth\t-\tunknown\tyes\t-\tnote\tS\t20261122\n", &error);
  const MdgKnownReader *first;
  const MdgKnownReader *second;

  g_assert_no_error (error);
  g_assert_cmpuint (readers->len, ==, 2);
  first = g_ptr_array_index (readers, 0);
  second = g_ptr_array_index (readers, 1);
  g_assert_cmpuint (first->usb_vendor, ==, 0x054c);
  g_assert_cmpuint (first->usb_product, ==, 0x0dc8);
  g_assert_cmpint (first->extended_apdu, ==, MDG_FIT_YES);
  g_assert_cmpint (first->contactless, ==, MDG_FIT_NO);
  g_assert_cmpstr (first->drivers, ==, "pcsc ccid");
  g_assert_cmpstr (first->note, ==, "");
  g_assert_cmpuint (second->usb_vendor, ==, 0);
  g_assert_cmpstr (second->drivers, ==, "");
  g_assert_cmpstr (second->connection, ==, "usb+bluetooth");
}

static void
test_refused (void)
{
  const char *const texts[] = {
    "",
    "\n",
    LINE,
    COLUMNS,
    "vendor\tmodel\n" LINE,
    COLUMNS "\n" LINE,
    COLUMNS LINE "# a\n",
    COLUMNS LINE LINE,
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\tS\t20261122",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\tS\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\tS\t20261122\tmore\n",
    COLUMNS "\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "-\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tserial\t054c:0dc8\tyes\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054C:0dc8\tyes\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c0dc8\tyes\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t0000:0dc8\tyes\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tmaybe\tno\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\t-\tpcsc\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc  ccid\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tusbip\t-\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\t-\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t-\tS\t20260230\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\ta\x1b[0m\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t054c:0dc8\tyes\tno\tpcsc\t\xff\tS\t20261122\n",
    COLUMNS "V\tM\tusb\t-\tyes\tno\tpcsc\t-\tS\t20261122\n"
            "V\tM\tusb\t-\tyes\tno\tpcsc\t-\tS\t20261122\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/known-readers/built-in", test_built_in);
  g_test_add_func ("/known-readers/facts", test_facts);
  g_test_add_func ("/known-readers/search", test_search);
  g_test_add_func ("/known-readers/long-search", test_long_search);
  g_test_add_func ("/known-readers/parse", test_parse);
  g_test_add_func ("/known-readers/refused", test_refused);
  return g_test_run ();
}
