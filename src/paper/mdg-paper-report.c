/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What goes with the grant's application: 領収書内訳書 and オンライン資格確認等事業完了報告書. The
 * guide names both and shows neither: their layout is ours, and the report says so at its foot. */
#include "config.h"

#include "mdg-paper-packet.h"
#include "mdg-paper-table.h"

#define DEVICES_MAX 8 /* lines of the report; the rest is in the breakdown */

static const char report[] = "　「令和5年度社会保障・税番号制度システム整備費助成事業（訪問診療等に"
                             "おけるオンライン資格確認）」に係る"
                             "事業を、次のとおり完了しましたので、報告します。";
static const char in_place[] =
    "オンライン資格確認（資格確認限定型）の利活用ができる環境を整備しました。";
static const char ours[] = "この用紙は、窓口のプログラムが用意した書式です。示された様式の用紙があ"
                           "るときは、そちらをお使いください。";

gint64
mdg_packet_get_amount (const MdgBreakdownRow *row)
{
  guint64 amount = 0;

  if (row->price < 0 || !g_uint64_checked_mul (&amount, (guint64) row->price, row->quantity) ||
      amount > G_MAXINT64)
    return -1;
  return (gint64) amount;
}

gint64
mdg_packet_sum (const MdgBreakdownRow *rows, gsize n, gboolean fundable_only)
{
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      gint64 amount = mdg_packet_get_amount (&rows[i]);

      if (fundable_only && !rows[i].fundable)
        continue;
      if (amount < 0 || !g_uint64_checked_add (&sum, sum, (guint64) amount) || sum > G_MAXINT64)
        return -1;
    }
  return (gint64) sum;
}

static char *
format_amount (gint64 yen, const char *unit)
{
  g_autofree char *digits = mdg_sheet_format_yen (yen);

  return *digits != '\0' ? g_strconcat (digits, unit, NULL) : g_strdup ("―");
}

static char **
make_row (const MdgBreakdownRow *row)
{
  char **texts = g_new0 (char *, 10);

  texts[0] = g_strdup_printf ("%u", row->receipt);
  texts[1] = mdg_sheet_format_day (row->date);
  texts[2] = g_strdup (row->vendor != NULL ? row->vendor : "");
  texts[3] = g_strdup (row->name != NULL ? row->name : "");
  texts[4] = g_strdup (row->kind != NULL ? row->kind : "");
  texts[5] = g_strdup_printf ("%u", row->quantity);
  texts[6] = format_amount (row->price, "");
  texts[7] = format_amount (mdg_packet_get_amount (row), "");
  texts[8] = g_strdup (row->fundable ? "対象" : "対象外");
  return texts;
}

static void
add_sum (MdgSheet *sheet, const char *label, gint64 yen)
{
  const double height = 24, width = 120;
  g_autofree char *text = format_amount (yen, "円");
  MdgCell left = { MDG_SHEET_LEFT, sheet->y, MDG_SHEET_RIGHT - MDG_SHEET_LEFT - width, height };
  MdgCell right = { MDG_SHEET_RIGHT - width, sheet->y, width, height };

  mdg_sheet_stroke_cell (sheet, &left, MDG_SHEET_SHADE);
  mdg_sheet_stroke_cell (sheet, &right, 1);
  mdg_sheet_draw_label (sheet, &left, 10, label, NULL, PANGO_ALIGN_RIGHT);
  mdg_sheet_fill_cell (sheet, &right, MDG_PAPER_FACE_BOLD, 12, text, PANGO_ALIGN_RIGHT);
  sheet->y += height;
}

static void
draw_title (MdgSheet *sheet, const char *title, const char *date)
{
  g_autofree char *day = mdg_sheet_format_date (date);

  sheet->y += 6 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, day, MDG_PAPER_MARGIN,
                                        sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  sheet->y += 10 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 16, title, MDG_PAPER_MARGIN,
                                         sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_CENTER);
}

/**
 * mdg_packet_draw_breakdown:
 * @sheet: where
 * @fields: rows, and whose they are
 *
 * 領収書内訳書: each item of each receipt, the sum of those that are funded (① of the application)
 * and of all.
 *
 * Thread: that of the paper.
 * Errors: none.
 *
 * Returns: %FALSE where there were not enough pages
 */
gboolean
mdg_packet_draw_breakdown (MdgSheet *sheet, const MdgPacketFields *fields)
{
  static const MdgTableColumn columns[] = {
    { "領収書\n番号", 36, PANGO_ALIGN_CENTER },
    { "日付", 75, PANGO_ALIGN_CENTER },
    { "購入先", 66, PANGO_ALIGN_LEFT },
    { "品名", 84, PANGO_ALIGN_LEFT },
    { "種別", 70, PANGO_ALIGN_LEFT },
    { "数量", 28, PANGO_ALIGN_RIGHT },
    { "単価(円)\n税込", 49, PANGO_ALIGN_RIGHT },
    { "金額(円)\n税込", 49, PANGO_ALIGN_RIGHT },
    { "補助", 35.628, PANGO_ALIGN_CENTER },
  };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  MdgTable table = { "領収書内訳書", columns, G_N_ELEMENTS (columns), rows, 70 };

  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  for (gsize i = 0; i < fields->n_rows; i++)
    g_ptr_array_add (rows, make_row (&fields->rows[i]));
  draw_title (sheet, table.title, fields->grant != NULL ? fields->grant->date : NULL);
  if (fields->grant != NULL)
    {
      MdgCell name = { MDG_SHEET_LEFT - MDG_SHEET_PADDING, sheet->y,
                       MDG_PAPER_BODY_WIDTH + MDG_SHEET_PADDING, 20 };

      mdg_sheet_fill_cell (sheet, &name, MDG_PAPER_FACE_PLAIN, 11, fields->grant->name,
                           PANGO_ALIGN_LEFT);
      sheet->y += 24;
    }
  if (!mdg_table_draw (&table, sheet))
    return FALSE;
  add_sum (sheet, "補助対象の機器の合計（助成金交付申請書の①）",
           mdg_packet_sum (fields->rows, fields->n_rows, TRUE));
  add_sum (sheet, "領収書の合計", mdg_packet_sum (fields->rows, fields->n_rows, FALSE));
  return TRUE;
}

static MdgCell
begin_row (MdgSheet *sheet, const char *label, double height)
{
  const double width = 120;
  MdgCell left = { MDG_SHEET_LEFT, sheet->y, width, height };
  MdgCell right = { MDG_SHEET_LEFT + width, sheet->y, MDG_SHEET_RIGHT - MDG_SHEET_LEFT - width,
                    height };

  mdg_sheet_stroke_cell (sheet, &left, MDG_SHEET_SHADE);
  mdg_sheet_stroke_cell (sheet, &right, 1);
  left.height = MIN (height, 26);
  mdg_sheet_draw_label (sheet, &left, 10, label, NULL, PANGO_ALIGN_LEFT);
  sheet->y += height;
  return right;
}

/* Those that are funded, one in a line; where there are many the breakdown has the rest. */
static void
add_devices (MdgSheet *sheet, const MdgPacketFields *fields)
{
  const double line = 22;
  guint n = 0, shown = 0;
  MdgCell cell;

  for (gsize i = 0; i < fields->n_rows; i++)
    n += fields->rows[i].fundable;
  cell = begin_row (sheet, "導入した機器", MAX (1, MIN (n, DEVICES_MAX)) * line + 4);
  cell.y += 2;
  cell.height = line;
  for (gsize i = 0; i < fields->n_rows && shown < DEVICES_MAX; i++)
    {
      const MdgBreakdownRow *row = &fields->rows[i];
      gboolean rest = n > DEVICES_MAX && shown == DEVICES_MAX - 1;
      g_autofree char *text = NULL;

      if (!row->fundable)
        continue;
      text = rest ? g_strdup_printf ("ほか%u品目（領収書内訳書のとおり）", n - shown)
                  : g_strdup_printf ("%s（%s） %u台", row->name != NULL ? row->name : "",
                                     row->kind != NULL ? row->kind : "", row->quantity);
      mdg_sheet_fill_cell (sheet, &cell, MDG_PAPER_FACE_PLAIN, 10, text, PANGO_ALIGN_LEFT);
      cell.y += line;
      shown++;
    }
}

/**
 * mdg_packet_draw_report:
 * @sheet: where
 * @fields: whose, when, what
 *
 * オンライン資格確認等事業完了報告書, one page. No published layout of it was found: this one is
 * ours, with the applicant as in the application, the day, the devices, the sum, and that the
 * environment is in place (which the guide makes the condition of the application, 3 ②).
 *
 * Thread: that of the paper.
 * Errors: none.
 *
 * Returns: %FALSE where there were not enough pages
 */
gboolean
mdg_packet_draw_report (MdgSheet *sheet, const MdgPacketFields *fields)
{
  static const MdgGrantFields nobody = { .total = -1 };
  const MdgGrantFields *grant = fields->grant != NULL ? fields->grant : &nobody;
  g_autofree char *day = mdg_sheet_format_date (fields->completed);
  gint64 total =
      grant->total >= 0 ? grant->total : mdg_packet_sum (fields->rows, fields->n_rows, TRUE);
  g_autofree char *sum =
      grant->total >= 0 || fields->n_rows > 0 ? format_amount (total, "円") : g_strdup ("");
  g_autofree char *date = mdg_sheet_format_date (grant->date);
  double foot = mdg_sheet_measure_paragraph (sheet, 8, NULL, ours);
  MdgCell cell;

  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  sheet->y += 12 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, date, MDG_PAPER_MARGIN,
                                         sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  sheet->y += 8 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 11.5, MDG_GRANT_PRESIDENT,
                                        MDG_PAPER_MARGIN, sheet->y, -1, PANGO_ALIGN_LEFT);
  mdg_packet_draw_applicant (sheet, grant);
  sheet->y += 28;
  sheet->y += 18 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 16,
                                         "オンライン資格確認等事業完了報告書", MDG_PAPER_MARGIN,
                                         sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_CENTER);
  mdg_sheet_add_paragraph (sheet, 10.5, NULL, report);
  sheet->y += 14;
  cell = begin_row (sheet, "事業完了日", 28);
  mdg_sheet_draw_label (sheet, &cell, 11, day, NULL, PANGO_ALIGN_LEFT);
  add_devices (sheet, fields);
  cell = begin_row (sheet, "総事業費（税込）", 28);
  mdg_sheet_fill_cell (sheet, &cell, MDG_PAPER_FACE_PLAIN, 11, sum, PANGO_ALIGN_LEFT);
  cell = begin_row (sheet, "環境の整備", 28);
  mdg_sheet_draw_label (sheet, &cell, 9.5, in_place, NULL, PANGO_ALIGN_LEFT);
  sheet->y = MDG_SHEET_BOTTOM - foot;
  mdg_sheet_add_paragraph (sheet, 8, NULL, ours);
  return TRUE;
}
