/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All that is posted for the grant as one print job, in the order of the cover's list: the
 * application, the breakdown, the report, the receipts' copies, the address. Each document numbers
 * its own pages, because offices take them apart. */
#include "config.h"

#include "mdg-paper-packet.h"
#include "mdg-paper-table.h"

#define TITLE        "助成金交付申請の書類"
#define TITLE_COPIES "領収書（写）"
#define COVER        "送付書類一覧"
#define BY_HAND      "この位置に、領収書の写しを手で入れてください。"
#define WHY_BY_HAND                                                                                                                               \
  "取り込んだファイルを紙に写せませんでした。元の領収書をコピーして、このページと差し替えてくださ" \
  "い。"

static void
draw_cover_head (MdgSheet *sheet, const MdgPacketFields *fields)
{
  static const MdgLabelFields no_label = { NULL };
  static const MdgGrantFields no_grant = { NULL };
  const MdgLabelFields *label = fields->label != NULL ? fields->label : &no_label;
  const MdgGrantFields *grant = fields->grant != NULL ? fields->grant : &no_grant;
  g_autofree char *day = mdg_sheet_format_date (grant->date);
  g_autofree char *addressee = g_strconcat (label->addressee != NULL ? label->addressee : "", " ",
                                            label->honorific != NULL ? label->honorific : "", NULL);
  g_autofree char *phone = g_strconcat (
      "電話 ", grant->phone != NULL && *grant->phone != '\0' ? grant->phone : "　　　　　　　　",
      NULL);
  MdgCell to = { MDG_PAPER_MARGIN - MDG_SHEET_PADDING, 0, MDG_PAPER_BODY_WIDTH, 22 };
  MdgCell from = { 300, 0, MDG_SHEET_RIGHT - 300 + MDG_SHEET_PADDING, 20 };

  sheet->y += 10 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, day, MDG_PAPER_MARGIN,
                                         sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  to.y = sheet->y;
  mdg_sheet_fill_cell (sheet, &to, MDG_PAPER_FACE_PLAIN, 12.5, addressee, PANGO_ALIGN_LEFT);
  from.y = to.y + 40;
  mdg_sheet_fill_cell (sheet, &from, MDG_PAPER_FACE_PLAIN, 11.5, grant->name, PANGO_ALIGN_RIGHT);
  from.y += 22;
  from.height = 26;
  mdg_sheet_fill_cell (sheet, &from, MDG_PAPER_FACE_PLAIN, 10, grant->address, PANGO_ALIGN_RIGHT);
  from.y += 28;
  from.height = 18;
  mdg_sheet_fill_cell (sheet, &from, MDG_PAPER_FACE_PLAIN, 10, phone, PANGO_ALIGN_RIGHT);
  sheet->y = from.y + 44;
}

/**
 * mdg_packet_draw_cover:
 * @sheet: where
 * @fields: what is sent, to whom, from whom
 *
 * 送付書類一覧, with a box to tick beside each document when it is put in.
 *
 * Thread: that of the paper.
 * Errors: none.
 *
 * Returns: %FALSE where there were not enough pages
 */
gboolean
mdg_packet_draw_cover (MdgSheet *sheet, const MdgPacketFields *fields)
{
  static const MdgTableColumn columns[] = {
    { "番号", 44, PANGO_ALIGN_CENTER },
    { "書類", 264, PANGO_ALIGN_LEFT },
    { "部数など", 134, PANGO_ALIGN_LEFT },
    { "確認", 50.628, PANGO_ALIGN_CENTER },
  };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  MdgTable table = { COVER, columns, G_N_ELEMENTS (columns), rows, 10 };

  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  draw_cover_head (sheet, fields);
  sheet->y += 10 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 17, COVER, MDG_PAPER_MARGIN,
                                         sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_CENTER);
  mdg_sheet_add_paragraph (sheet, 10.5, NULL, "　下記の書類をお送りします。");
  sheet->y += 8;
  for (gsize i = 0; i < fields->n_cover; i++)
    {
      char **texts = g_new0 (char *, 5);

      texts[0] = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
      texts[1] = g_strdup (fields->cover[i].name != NULL ? fields->cover[i].name : "");
      texts[2] = g_strdup (fields->cover[i].detail != NULL ? fields->cover[i].detail : "");
      texts[3] = g_strdup ("□");
      g_ptr_array_add (rows, texts);
    }
  return mdg_table_draw (&table, sheet);
}

static void
draw_by_hand (MdgSheet *sheet)
{
  MdgCell place = { MDG_SHEET_LEFT, sheet->y + 4, MDG_SHEET_RIGHT - MDG_SHEET_LEFT, 0 };
  const double dashes[] = { 6, 4 };
  double middle;

  place.height = MDG_SHEET_BOTTOM - 1 - place.y;
  middle = place.y + place.height / 2 - 30;
  cairo_save (sheet->cr);
  cairo_set_dash (sheet->cr, dashes, G_N_ELEMENTS (dashes), 0);
  mdg_sheet_stroke_cell (sheet, &place, 1);
  cairo_restore (sheet->cr);
  middle += 12 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 15, BY_HAND, place.x, middle,
                                       place.width, PANGO_ALIGN_CENTER);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10, WHY_BY_HAND, place.x + 40, middle,
                        place.width - 80, PANGO_ALIGN_CENTER);
}

/* One page: the caption, which of how many it is, and the picture. */
static gboolean
draw_copy_page (MdgSheet *sheet, const char *caption, GBytes *png, guint page, guint pages)
{
  g_autofree char *number = g_strdup_printf ("%u/%u", page, pages);
  MdgCell head = { MDG_PAPER_MARGIN - MDG_SHEET_PADDING, 0, MDG_PAPER_BODY_WIDTH - 50, 20 };

  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  head.y = sheet->y;
  mdg_sheet_fill_cell (sheet, &head, MDG_PAPER_FACE_BOLD, 11, caption, PANGO_ALIGN_LEFT);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10, number, MDG_PAPER_MARGIN, sheet->y + 3,
                        MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  sheet->y += 23;
  mdg_paper_draw_rule (sheet->cr, sheet->y, 0.6, MDG_PAPER_RULE);
  sheet->y += 6;
  if (png == NULL ||
      !mdg_paper_set_picture (sheet->paper, png, sheet->y, MDG_SHEET_BOTTOM - sheet->y))
    draw_by_hand (sheet);
  return TRUE;
}

static gboolean
draw_copy (MdgSheet *sheet, const MdgCopy *copy)
{
  guint n = copy->pages != NULL ? copy->pages->len : 0;

  if (n == 0)
    return draw_copy_page (sheet, copy->caption, NULL, 1, 1);
  for (guint i = 0; i < n; i++)
    if (!draw_copy_page (sheet, copy->caption, g_ptr_array_index (copy->pages, i), i + 1, n))
      return FALSE;
  return TRUE;
}

static gboolean
draw_all (MdgSheet *sheet, const MdgPacketFields *fields)
{
  if (fields->n_cover > 0 && !mdg_packet_draw_cover (sheet, fields))
    return FALSE;
  if (fields->grant != NULL && !mdg_packet_draw_grant (sheet, fields->grant))
    return FALSE;
  if (fields->n_rows > 0 && !mdg_packet_draw_breakdown (sheet, fields))
    return FALSE;
  if (fields->completed != NULL && !mdg_packet_draw_report (sheet, fields))
    return FALSE;
  for (gsize i = 0; i < fields->n_copies; i++)
    if (!draw_copy (sheet, &fields->copies[i]))
      return FALSE;
  return fields->label == NULL || mdg_packet_draw_label (sheet, fields->label);
}

/**
 * mdg_paper_new_packet:
 * @fields: what goes into it; a part that is %NULL or has no rows is left out
 * @practice: whether 練習 stands on each page
 *
 * Cover, 助成金交付申請書, 領収書内訳書, 事業完了報告書, the receipts' copies and the address, in
 * this order. A copy that cannot be drawn is a page that says to put it in by hand. The copies'
 * bytes are kept and decoded page by page when they are drawn.
 *
 * Source: the preparation guide, 3 ① and ②.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper; without any part, one empty page
 */
MdgPaper *
mdg_paper_new_packet (const MdgPacketFields *fields, gboolean practice)
{
  MdgSheet sheet = { NULL };
  gboolean whole;

  g_return_val_if_fail (fields != NULL, NULL);

  sheet.paper = mdg_paper_new (fields->grant == NULL && fields->n_copies > 0 ? TITLE_COPIES : TITLE,
                               practice);
  mdg_paper_set_bounds (sheet.paper, MDG_PAPER_PACKET_MAX, FALSE);
  whole = draw_all (&sheet, fields);
  if (mdg_paper_get_n_pages (sheet.paper) == 0)
    mdg_sheet_begin_page (&sheet);
  mdg_paper_end (sheet.paper, !whole);
  return sheet.paper;
}
