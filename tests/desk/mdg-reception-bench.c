/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mdg-reception-bench.h"

static void
assert_picture (const char *picture)
{
  g_autofree char *name = g_strconcat (picture, ".svg", NULL);
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "..", "data", "icons", name, NULL);

  g_test_message ("%s", path);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

void
mdg_reception_bench_assert_screen (const MdgScreen *screen, MdgSide side)
{
  guint most = side == MDG_SIDE_STAFF && screen->scene == MDG_SCENE_PIN_WRONG ? 3 : 2;
  guint primaries = 0;

  g_assert_cmpstr (screen->title, !=, "");
  g_assert_nonnull (screen->detail);
  assert_picture (screen->picture);
  g_assert_cmpuint (screen->n_actions, <=, most);
  for (guint i = 0; i < screen->n_actions; i++)
    {
      g_assert_cmpint (screen->actions[i].action, !=, MDG_ACTION_NONE);
      g_assert_nonnull (screen->actions[i].label);
      g_assert_cmpstr (screen->actions[i].label, !=, "");
      primaries += screen->actions[i].primary ? 1 : 0;
    }
  g_assert_cmpuint (primaries, <=, 1);
  for (guint i = 0; i < MDG_SCREEN_STEPS; i++)
    g_assert_nonnull (screen->steps[i].name);
  if (side == MDG_SIDE_PATIENT)
    g_assert_null (screen->problem);
}

static void
on_screen_cb (MdgReception *reception, GParamSpec *pspec, MdgReceptionBench *self)
{
  g_autoptr (MdgScreen) screen = NULL;
  MdgSide side = g_str_equal (pspec->name, "staff-screen") ? MDG_SIDE_STAFF : MDG_SIDE_PATIENT;

  g_object_get (reception, pspec->name, &screen, NULL);
  g_assert_true (mdg_screen_equal (screen, mdg_reception_get_screen (reception, side)));
  mdg_reception_bench_assert_screen (screen, side);
  self->screens += side == MDG_SIDE_STAFF ? 1 : 0;
}

static void
on_checked_cb (MdgReception *reception, gpointer answer, MdgReceptionBench *self)
{
  g_assert_nonnull (answer);
  g_assert_true (answer == mdg_reception_get_answer (reception));
  self->checked++;
}

static void
on_failed_cb (MdgReception *reception, gpointer problem, MdgReceptionBench *self)
{
  g_assert_nonnull (mdg_problem_get_code (problem));
  self->failed++;
}

static void
on_requested_cb (MdgReception *reception, int action, MdgReceptionBench *self)
{
  self->requested++;
  self->last_request = (MdgAction) action;
}

static void
on_seconds_cb (MdgReception *reception, GParamSpec *pspec, MdgReceptionBench *self)
{
  self->seconds++;
}

MdgReceptionBench *
mdg_reception_bench_new (void)
{
  MdgReceptionBench *self = g_new0 (MdgReceptionBench, 1);

  self->bench = mdg_desk_bench_new_stopped (1, NULL);
  self->reception = mdg_reception_new (self->bench->desk);
  g_signal_connect (self->reception, "notify::staff-screen", G_CALLBACK (on_screen_cb), self);
  g_signal_connect (self->reception, "notify::patient-screen", G_CALLBACK (on_screen_cb), self);
  g_signal_connect (self->reception, "checked", G_CALLBACK (on_checked_cb), self);
  g_signal_connect (self->reception, "failed", G_CALLBACK (on_failed_cb), self);
  g_signal_connect (self->reception, "requested", G_CALLBACK (on_requested_cb), self);
  g_signal_connect (self->reception, "notify::seconds-left", G_CALLBACK (on_seconds_cb), self);
  mdg_desk_start (self->bench->desk);
  return self;
}

void
mdg_reception_bench_free (MdgReceptionBench *self)
{
  mdg_desk_stop (self->bench->desk);
  g_assert_cmpuint (mdg_reception_get_pin_length (self->reception), ==, 0);
  g_assert_finalize_object (self->reception);
  mdg_desk_bench_free (self->bench);
  g_free (self);
}

const MdgScreen *
mdg_reception_bench_staff (MdgReceptionBench *self)
{
  return mdg_reception_get_screen (self->reception, MDG_SIDE_STAFF);
}

const MdgScreen *
mdg_reception_bench_patient (MdgReceptionBench *self)
{
  return mdg_reception_get_screen (self->reception, MDG_SIDE_PATIENT);
}

void
mdg_reception_bench_assert_scene (MdgReceptionBench *self, MdgScene staff, MdgScene patient)
{
  g_assert_cmpstr (mdg_scene_to_string (mdg_reception_bench_staff (self)->scene), ==,
                   mdg_scene_to_string (staff));
  g_assert_cmpstr (mdg_scene_to_string (mdg_reception_bench_patient (self)->scene), ==,
                   mdg_scene_to_string (patient));
}

gboolean
mdg_reception_bench_offers (const MdgScreen *screen, MdgAction action)
{
  for (guint i = 0; i < screen->n_actions; i++)
    if (screen->actions[i].action == action)
      return TRUE;
  return FALSE;
}

void
mdg_reception_bench_do (MdgReceptionBench *self, MdgAction action)
{
  g_assert_true (mdg_reception_bench_offers (mdg_reception_bench_staff (self), action) ||
                 mdg_reception_bench_offers (mdg_reception_bench_patient (self), action));
  mdg_reception_activate (self->reception, action);
}

void
mdg_reception_bench_type (MdgReceptionBench *self, const char *digits)
{
  for (const char *digit = digits; *digit != '\0'; digit++)
    {
      guint before = mdg_reception_get_pin_length (self->reception);

      g_assert_true (mdg_reception_push_digit (self->reception, *digit));
      g_assert_cmpuint (mdg_reception_get_pin_length (self->reception), ==, before + 1);
    }
}

void
mdg_reception_bench_enter (MdgReceptionBench *self, const char *digits, MdgDeskState state)
{
  mdg_reception_bench_type (self, digits);
  g_assert_true (mdg_reception_submit_pin (self->reception));
  g_assert_cmpuint (mdg_reception_get_pin_length (self->reception), ==, 0);
  mdg_desk_bench_wait (self->bench, state);
}
