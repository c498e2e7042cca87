/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The map against the official guide: its check lists, its order, its addresses, its manuals. */
#include "config.h"

#include "mdg-guide-map.h"

#include <string.h>

/* 「オンライン資格確認運用開始に向けた準備作業の概要」: how many items each check list has */
static const struct
{
  const char *id;
  MdgPartKind part;
  const char *section;
  guint n_checks;
} guide[MDG_N_STEPS] = {
  { "select", MDG_PART_EQUIPMENT, "1-1", 1 },      { "purchase", MDG_PART_EQUIPMENT, "1-2", 1 },
  { "apply", MDG_PART_PREPARATION, "2-1", 1 },     { "activate", MDG_PART_PREPARATION, "2-1", 1 },
  { "reception", MDG_PART_PREPARATION, "2-2", 1 }, { "practise", MDG_PART_PREPARATION, "2-2", 0 },
  { "start", MDG_PART_PREPARATION, "2-1", 0 },     { "documents", MDG_PART_GRANT, "3-1", 1 },
  { "grant", MDG_PART_GRANT, "3-1", 1 },
};

static void
test_steps (void)
{
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      const MdgStepInfo *info = mdg_guide_map_get ((MdgStepKind) i);
      MdgStepKind found = MDG_N_STEPS;

      g_assert_cmpstr (info->id, ==, guide[i].id);
      g_assert_cmpint (info->part, ==, guide[i].part);
      g_assert_cmpstr (info->section, ==, guide[i].section);
      g_assert_cmpuint (g_strv_length ((char **) info->checks), ==, guide[i].n_checks);
      g_assert_cmpuint (g_strv_length ((char **) info->notes), >, 0);
      g_assert_true (*info->title != '\0' && *info->purpose != '\0' && *info->next != '\0');
      g_assert_true (mdg_guide_map_find (info->id, &found) && found == (MdgStepKind) i);
      g_assert_true ((info->after[0] == MDG_N_STEPS) == (*info->why_after == '\0'));
      /* what comes before it stands before it */
      for (const MdgStepKind *after = info->after; *after != MDG_N_STEPS; after++)
        g_assert_cmpuint (*after, <, i);
    }
}

static void
test_unknown (void)
{
  MdgStepKind step = MDG_STEP_START;

  g_assert_false (mdg_guide_map_find ("", &step));
  g_assert_false (mdg_guide_map_find (NULL, &step));
  g_assert_false (mdg_guide_map_find ("Select", &step));
  g_assert_cmpint (step, ==, MDG_STEP_START);
  g_assert_cmpstr (mdg_guide_text (""), ==, "");
  g_assert_cmpstr (mdg_guide_text (NULL), ==, "");
}

/* only the two that are posted have an address and wait for the post */
static void
test_post (void)
{
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      gboolean posted = i == MDG_STEP_APPLY || i == MDG_STEP_GRANT;

      g_assert_true ((mdg_guide_map_get_address ((MdgStepKind) i) != NULL) == posted);
      g_assert_true ((*mdg_guide_map_get ((MdgStepKind) i)->waiting != '\0') == posted);
    }
  g_assert_cmpstr (mdg_guide_map_get_address (MDG_STEP_APPLY)->addressee, ==,
                   "社会保険診療報酬支払基金 資格情報課");
  g_assert_cmpstr (mdg_guide_map_get_address (MDG_STEP_GRANT)->addressee, ==,
                   "社会保険診療報酬支払基金 医療情報化支援助成課");
  g_assert_cmpstr (mdg_guide_map_get_address (MDG_STEP_GRANT)->postal_code, ==, "105-0004");
}

static void
test_order (void)
{
  guint n = 0;

  g_assert_cmpint (mdg_guide_map_get (MDG_STEP_ACTIVATE)->after[0], ==, MDG_STEP_APPLY);
  for (const MdgStepKind *after = mdg_guide_map_get (MDG_STEP_GRANT)->after; *after != MDG_N_STEPS;
       after++)
    n++;
  g_assert_cmpuint (n, ==, 7);
}

static void
test_manuals (void)
{
  static const char *const rows[][3] = { { "A", "20240124", "1.00" },
                                         { "B", "20250406", "1.40" },
                                         { "B", "20250406", "1.40" },
                                         { "B", "20250406", "1.40" },
                                         { "C", "20250406", "1.01" } };
  gsize n = 0;
  const MdgGuideManual *manuals = mdg_guide_map_get_manuals (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpstr (manuals[i].group, ==, rows[i][0]);
      g_assert_cmpstr (manuals[i].date, ==, rows[i][1]);
      g_assert_cmpstr (manuals[i].version, ==, rows[i][2]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guide/map/steps", test_steps);
  g_test_add_func ("/guide/map/unknown", test_unknown);
  g_test_add_func ("/guide/map/post", test_post);
  g_test_add_func ("/guide/map/order", test_order);
  g_test_add_func ("/guide/map/manuals", test_manuals);
  return g_test_run ();
}
