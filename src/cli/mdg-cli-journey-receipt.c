/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey receipt: files of receipts are kept, and said what they are of. */
#include "config.h"

#include "mdg-cli-journey.h"
#include "mdg-receipt-file.h"

#include <glib/gi18n.h>

typedef struct
{
  char *vendor;
  char *date;
  char *note;
  GStrv items;
} ReceiptOptions;

static void
receipt_options_clear (ReceiptOptions *options)
{
  g_free (options->vendor);
  g_free (options->date);
  g_free (options->note);
  g_strfreev (options->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReceiptOptions, receipt_options_clear)

static json_t *
receipt_to_json (const MdgReceipt *receipt)
{
  json_t *items = json_array ();

  for (guint i = 0; receipt->items != NULL && i < receipt->items->len; i++)
    {
      const MdgReceiptItem *item = g_ptr_array_index (receipt->items, i);

      json_array_append_new (items, json_pack ("{s:s, s:i, s:I, s:s}", "name", item->name,
                                               "quantity", (int) item->quantity, "price",
                                               (json_int_t) item->price, "kind", item->kind));
    }
  return json_pack ("{s:I, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:I, s:o, s:o}", "id",
                    (json_int_t) receipt->id, "file", receipt->file_name, "media_type",
                    receipt->media_type, "size", (json_int_t) receipt->size, "sha256",
                    receipt->sha256, "vendor", receipt->vendor, "date", receipt->date, "note",
                    receipt->note, "total", (json_int_t) mdg_receipt_get_total (receipt), "added",
                    mdg_cli_time_to_json (receipt->added_at), "items", items);
}

static void
print_receipt (const MdgReceipt *receipt)
{
  g_autofree char *name = mdg_oqs_text_for_display (receipt->file_name);
  g_autofree char *vendor = mdg_oqs_text_for_display (receipt->vendor);
  g_autofree char *date = mdg_oqs_date_describe (receipt->date, mdg_desk_language ());
  g_autofree char *total = mdg_yen_format (mdg_receipt_get_total (receipt));

  mdg_cli_print_line ("%4" G_GINT64_FORMAT " %s  %s  %s  %s", receipt->id, name, vendor, date,
                      total);
  for (guint i = 0; receipt->items != NULL && i < receipt->items->len; i++)
    {
      const MdgReceiptItem *item = g_ptr_array_index (receipt->items, i);
      const MdgDeviceKind *kind = mdg_device_kind_find (item->kind);
      g_autofree char *what = mdg_oqs_text_for_display (item->name);
      g_autofree char *price = mdg_yen_format (item->price);

      mdg_cli_print_line ("       %s × %u  %s  %s", what, item->quantity, price,
                          kind != NULL ? kind->name : item->kind);
    }
}

static void
tell_receipt (MdgCli *cli, MdgGuide *guide, gint64 id)
{
  const MdgReceipt *receipt = mdg_guide_get_receipt (guide, id);

  if (receipt == NULL)
    return;
  if (cli->json)
    {
      mdg_cli_print_json (cli, receipt_to_json (receipt));
      return;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  print_receipt (receipt);
}

/* NAME:QUANTITY:PRICE:KIND, from the right, so that a name may have colons of its own. */
static MdgReceiptItem *
read_item (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  guint n = g_strv_length (parts);
  guint64 quantity = 0;
  gint64 price = 0;
  MdgReceiptItem *item;

  if (n < 4 || mdg_device_kind_find (parts[n - 1]) == NULL ||
      !mdg_yen_parse (parts[n - 2], &price) ||
      !g_ascii_string_to_unsigned (parts[n - 3], 10, 1, MDG_RECEIPT_QUANTITY_MAX, &quantity, NULL))
    return NULL;
  item = g_new0 (MdgReceiptItem, 1);
  item->kind = g_strdup (parts[n - 1]);
  item->price = price;
  item->quantity = (guint) quantity;
  g_clear_pointer (&parts[n - 3], g_free);
  for (guint i = n - 2; i < n; i++)
    g_free (parts[i]);
  item->name = g_strjoinv (":", parts);
  return item;
}

static void
replace (char **text, const char *with)
{
  if (with == NULL)
    return;
  g_free (*text);
  *text = g_strdup (with);
}

/* 0, or the exit code after telling why not. */
static int
describe (MdgCli *cli, MdgReceipt *receipt, const ReceiptOptions *options)
{
  g_autofree char *date = NULL;
  int exit_code = 0;

  if (!mdg_cli_journey_read_date (cli, options->date, &date, &exit_code))
    return exit_code;
  replace (&receipt->vendor, options->vendor);
  replace (&receipt->note, options->note);
  if (options->date != NULL)
    replace (&receipt->date, date);
  if (options->items == NULL)
    return 0;
  g_ptr_array_set_size (receipt->items, 0);
  for (guint i = 0; options->items[i] != NULL; i++)
    {
      MdgReceiptItem *item = read_item (options->items[i]);

      if (item == NULL)
        return mdg_cli_fail_usage (cli, "--item",
                                   _ ("An item is NAME:QUANTITY:PRICE:KIND; kinds are reader, "
                                      "phone, tablet, other."));
      g_ptr_array_add (receipt->items, item);
    }
  return 0;
}

static int
set_receipt (MdgCli *cli, MdgGuide *guide, gint64 id, const ReceiptOptions *options)
{
  const MdgReceipt *before = mdg_guide_get_receipt (guide, id);
  g_autoptr (MdgReceipt) receipt = NULL;
  MdgCliWait wait = { NULL };
  int exit_code;

  if (before == NULL)
    return mdg_cli_fail_usage (cli, NULL, _ ("There is no such receipt."));
  receipt = mdg_receipt_copy (before);
  exit_code = describe (cli, receipt, options);
  if (exit_code != 0)
    return exit_code;
  mdg_guide_save_receipt_async (guide, receipt, mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, NULL);
  if (exit_code == 0)
    tell_receipt (cli, guide, id);
  return exit_code;
}

/* What is said of it is checked before the file is kept. */
static int
add_receipt (MdgCli *cli, MdgGuide *guide, const char *path, const ReceiptOptions *options)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (MdgReceipt) trial = mdg_receipt_new ();
  MdgCliWait wait = { NULL };
  gint64 id = 0;
  int exit_code = describe (cli, trial, options);

  if (exit_code != 0)
    return exit_code;
  mdg_guide_add_receipt_async (guide, file, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, &id);
  return exit_code == 0 ? set_receipt (cli, guide, id, options) : exit_code;
}

static int
delete_receipt (MdgCli *cli, MdgGuide *guide, gint64 id)
{
  MdgCliWait wait = { NULL };
  int exit_code;

  if (mdg_guide_get_receipt (guide, id) == NULL)
    return mdg_cli_fail_usage (cli, NULL, _ ("There is no such receipt."));
  mdg_guide_delete_receipt_async (guide, id, mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, NULL);
  if (exit_code == 0)
    mdg_cli_journey_tell (cli, json_pack ("{s:I, s:b}", "id", (json_int_t) id, "deleted", TRUE),
                          _ ("The receipt is deleted."));
  return exit_code;
}

static void
list_receipts (MdgCli *cli, MdgGuide *guide)
{
  const GPtrArray *receipts = mdg_guide_get_record (guide)->receipts;
  json_t *array = json_array ();
  g_autofree char *total = mdg_yen_format (mdg_guide_get_total (guide));
  g_autofree char *fundable = mdg_yen_format (mdg_guide_get_fundable_total (guide));

  for (guint i = 0; i < receipts->len; i++)
    json_array_append_new (array, receipt_to_json (g_ptr_array_index (receipts, i)));
  if (cli->json)
    {
      mdg_cli_print_json (cli, json_pack ("{s:I, s:I, s:o}", "total",
                                          (json_int_t) mdg_guide_get_total (guide), "supported",
                                          (json_int_t) mdg_guide_get_fundable_total (guide),
                                          "receipts", array));
      return;
    }
  json_decref (array);
  mdg_cli_print_practice_mark (cli, stdout);
  for (guint i = 0; i < receipts->len; i++)
    print_receipt (g_ptr_array_index (receipts, i));
  mdg_cli_print_line (_ ("Total %s, of which supported equipment %s"), total, fundable);
}

/* 0 where the words are good; else the exit code, with everything told */
static int
read_words (MdgCli *cli, int n_arguments, char **arguments, gint64 *id)
{
  const char *action = arguments[1];
  gboolean list = g_str_equal (action, "list");
  int exit_code = 0;

  if (!list && !g_str_equal (action, "add") && !g_str_equal (action, "set") &&
      !g_str_equal (action, "delete"))
    return mdg_cli_fail_usage (cli, action, _ ("There is no such command."));
  if (n_arguments != (list ? 2 : 3))
    return mdg_cli_fail_usage (cli, action,
                               list
                                   ? _ ("This is one word too many.")
                                   : _ ("Please say which: a file to add, the number of another."));
  if (!list && !g_str_equal (action, "add"))
    mdg_cli_journey_read_id (cli, arguments[2], id, &exit_code);
  return exit_code;
}

/**
 * mdg_cli_journey_receipt:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_receipt (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (ReceiptOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &options.vendor, N_ ("Who sold it"), N_ ("NAME") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date, N_ ("The date of the receipt"),
      N_ ("DATE") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("A note"), N_ ("TEXT") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items,
      N_ ("What was bought, its number, price and kind; may be repeated"),
      N_ ("NAME:QUANTITY:PRICE:KIND") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliJourney) guide = NULL;
  gint64 id = 0;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "add FILE | list | set ID | delete ID",
                            1, 2, _ ("Keep and describe receipts"), entries, &exit_code))
    return exit_code;
  exit_code = read_words (cli, n_arguments, arguments, &id);
  if (exit_code != 0)
    return exit_code;
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  if (g_str_equal (arguments[1], "add"))
    return add_receipt (cli, guide, arguments[2], &options);
  if (g_str_equal (arguments[1], "set"))
    return set_receipt (cli, guide, id, &options);
  if (g_str_equal (arguments[1], "delete"))
    return delete_receipt (cli, guide, id);
  list_receipts (cli, guide);
  return 0;
}
