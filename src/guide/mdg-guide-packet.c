/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a journey's receipts and the values of its grant form to the packet that is posted. The
 * amounts come from the rule; what stands on paper is Japanese in every language. */
#include "config.h"

#include "mdg-guide-papers-private.h"

#include "mdg-paper-forms.h"

#include <string.h>

/* What a packet's fields point to. */
typedef struct
{
  char *normal[MDG_GRANT_N_FIELDS];
  MdgCodeParts code;
  GArray *rows;   /* of MdgBreakdownRow */
  GArray *copies; /* of MdgCopy */
  GArray *cover;  /* of MdgCoverRow */
  GPtrArray *texts;
} Packet;

static void
init_packet (Packet *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (MdgBreakdownRow));
  self->copies = g_array_new (FALSE, TRUE, sizeof (MdgCopy));
  self->cover = g_array_new (FALSE, TRUE, sizeof (MdgCoverRow));
  self->texts = g_ptr_array_new_with_free_func (g_free);
}

static void
clear_packet (Packet *self)
{
  for (int i = 0; i < MDG_GRANT_N_FIELDS; i++)
    g_free (self->normal[i]);
  mdg_code_parts_clear (&self->code);
  g_array_unref (self->rows);
  g_array_unref (self->copies);
  g_array_unref (self->cover);
  g_ptr_array_unref (self->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packet, clear_packet)

/* The guide's own names (3 ①), shorter where a column is narrow. */
static const char *
get_kind_name (const char *id)
{
  static const struct
  {
    const char *id;
    const char *name;
  } kinds[] = {
    { "reader", "カードリーダー" },
    { "phone", "スマートフォン" },
    { "tablet", "タブレット" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].id, id) == 0)
      return kinds[i].name;
  return "その他";
}

static void
add_rows (Packet *self, GPtrArray *receipts)
{
  for (guint i = 0; i < receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (receipts, i);

      for (guint k = 0; receipt->items != NULL && k < receipt->items->len; k++)
        {
          const MdgReceiptItem *item = g_ptr_array_index (receipt->items, k);
          const MdgDeviceKind *kind = mdg_device_kind_find (item->kind);
          MdgBreakdownRow row = {
            .receipt = i + 1,
            .date = receipt->date,
            .vendor = receipt->vendor,
            .name = item->name,
            .kind = get_kind_name (item->kind),
            .quantity = item->quantity,
            .price = item->price,
            .fundable = kind != NULL && kind->fundable,
          };

          g_array_append_val (self->rows, row);
        }
    }
}

static void
add_copies (Packet *self, GPtrArray *receipts, GPtrArray *pictures)
{
  for (guint i = 0; i < receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (receipts, i);
      const char *vendor = receipt->vendor != NULL ? receipt->vendor : "";
      MdgCopy copy = { NULL };

      copy.caption =
          g_strdup_printf ("領収書（写）%u%s%s", i + 1, *vendor != '\0' ? " " : "", vendor);
      g_ptr_array_add (self->texts, (gpointer) copy.caption);
      if (pictures != NULL && i < pictures->len)
        copy.pages = g_ptr_array_index (pictures, i);
      g_array_append_val (self->copies, copy);
    }
}

static void
add_cover_row (Packet *self, const char *name, const char *detail)
{
  MdgCoverRow row = { name, detail };

  g_array_append_val (self->cover, row);
}

/* The order is that of the packet. What the guide asks for and is not there yet is on the list, to
 * be put in by hand. */
static void
add_cover (Packet *self)
{
  static const char by_hand[] = "手で入れてください";

  add_cover_row (self, "助成金交付申請書（別紙様式1(7)）", "1枚");
  add_cover_row (self, "領収書内訳書", self->rows->len > 0 ? "1部" : by_hand);
  add_cover_row (self, "オンライン資格確認等事業完了報告書", "1枚");
  for (guint i = 0; i < self->copies->len; i++)
    {
      const MdgCopy *copy = &g_array_index (self->copies, MdgCopy, i);
      guint n = copy->pages != NULL ? copy->pages->len : 0;
      char *detail = n > 0 ? g_strdup_printf ("%u枚", n) : g_strdup (by_hand);

      g_ptr_array_add (self->texts, detail);
      add_cover_row (self, copy->caption, detail);
    }
  if (self->copies->len == 0)
    add_cover_row (self, "領収書（写）", by_hand);
}

static void
normalize (Packet *self, const char *const *values, gint64 fundable, const GDate *today)
{
  for (int i = 0; i < MDG_GRANT_N_FIELDS; i++)
    {
      MdgFieldCheck check = { 0 };

      mdg_grant_check_field (values, (MdgGrantField) i, fundable, today, &check);
      self->normal[i] = g_strdup (check.normal != NULL ? check.normal : values[i]);
      mdg_field_check_clear (&check);
    }
  self->code = mdg_code_parts_split (self->normal[MDG_GRANT_CODE]);
}

/* ① as it was typed, or what the receipts say; where there is neither the amounts stay empty.
 */
static void
fill_amounts (MdgGrantFields *grant, const char *typed, gint64 fundable, const MdgSubsidyRule *rule)
{
  MdgSubsidyAmounts amounts = { 0 };
  gint64 total = fundable;

  grant->total = grant->three_quarters = grant->grant = -1;
  if (*typed != '\0' ? !mdg_yen_parse (typed, &total) : fundable <= 0)
    return;
  if (!mdg_subsidy_rule_compute (rule, total, &amounts))
    return;
  grant->total = amounts.total;
  grant->three_quarters = amounts.three_quarters;
  grant->grant = amounts.grant;
}

/**
 * mdg_guide_paper_packet:
 * @values: (array length=MDG_GRANT_N_FIELDS): of the grant form, as typed, none %NULL
 * @receipts: (element-type MdgReceipt): in their order
 * @pictures: (nullable) (element-type GPtrArray): beside @receipts, an array of PNG bytes each; one
 *   that is %NULL or empty is listed as to be put in by hand
 * @rule: of the amounts
 * @today: of the checks
 * @practice: whether 練習 stands on each page
 *
 * All that is posted for the grant, in order: cover, 助成金交付申請書, 領収書内訳書,
 * 事業完了報告書, the receipts' copies, the address.
 *
 * Source: the preparation guide, 3 ① (申請時に必要となる添付書類) and ②.
 *
 * Thread: main (the names of kinds are looked up); blocking for as long as the pictures are
 *   checked.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_guide_paper_packet (const char *const *values,
                        GPtrArray *receipts,
                        GPtrArray *pictures,
                        const MdgSubsidyRule *rule,
                        const GDate *today,
                        gboolean practice)
{
  g_auto (Packet) packet = { NULL };
  MdgGrantFields grant = { NULL };
  MdgLabelFields label = { NULL };
  MdgPacketFields fields = { NULL };
  gint64 fundable;

  g_return_val_if_fail (values != NULL && receipts != NULL && rule != NULL && today != NULL, NULL);

  init_packet (&packet);
  add_rows (&packet, receipts);
  add_copies (&packet, receipts, pictures);
  add_cover (&packet);
  fundable = mdg_grant_fundable_total (receipts);
  normalize (&packet, values, fundable, today);
  grant.date = packet.normal[MDG_GRANT_DATE];
  grant.prefecture = packet.code.prefecture;
  grant.points_table = packet.code.points_table;
  grant.code = packet.code.code;
  grant.name = packet.normal[MDG_GRANT_NAME];
  grant.founder = packet.normal[MDG_GRANT_FOUNDER];
  grant.postal_code = packet.normal[MDG_GRANT_POSTAL_CODE];
  grant.address = packet.normal[MDG_GRANT_ADDRESS];
  grant.phone = packet.normal[MDG_GRANT_PHONE];
  fill_amounts (&grant, values[MDG_GRANT_TOTAL], fundable, rule);
  label =
      mdg_guide_papers_make_label (MDG_STEP_GRANT, grant.postal_code, grant.address, grant.name);
  fields.cover = (const MdgCoverRow *) packet.cover->data;
  fields.n_cover = packet.cover->len;
  fields.grant = &grant;
  fields.rows = (const MdgBreakdownRow *) packet.rows->data;
  fields.n_rows = packet.rows->len;
  fields.completed = packet.normal[MDG_GRANT_COMPLETED];
  fields.copies = (const MdgCopy *) packet.copies->data;
  fields.n_copies = packet.copies->len;
  fields.label = &label;
  return mdg_paper_new_packet (&fields, practice);
}

/**
 * mdg_guide_paper_receipts:
 * @receipts: (element-type MdgReceipt): in their order
 * @pictures: (nullable) (element-type GPtrArray): as of mdg_guide_paper_packet()
 * @practice: whether 練習 stands on each page
 *
 * All receipts' copies as one paper.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_guide_paper_receipts (GPtrArray *receipts, GPtrArray *pictures, gboolean practice)
{
  g_auto (Packet) packet = { NULL };
  MdgPacketFields fields = { NULL };

  g_return_val_if_fail (receipts != NULL, NULL);

  init_packet (&packet);
  add_copies (&packet, receipts, pictures);
  fields.copies = (const MdgCopy *) packet.copies->data;
  fields.n_copies = packet.copies->len;
  return mdg_paper_new_packet (&fields, practice);
}
