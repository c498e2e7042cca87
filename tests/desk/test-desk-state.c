/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every state × every event against a table written out here, by hand and in another form. */
#include "config.h"

#include "mdg-desk-state.h"

/* One row a state, one word an event, in the order of the enumerations; "-" is not handled. */
static const char *const expected[MDG_DESK_N_STATES] = {
  /* READY   LOST      IN          OUT     IDENT    VISUAL       LAST_TRY
   * PIN_GIVEN   CONFIRMED REFUSED SIGNED WRONG   ANSWERED FAILED  DISMISSED TIMEOUT */
  /* NO_READER */
  "waiting - - - - - - "
  "no-reader - - - - - - no-reader no-reader",
  /* WAITING */
  "- no-reader identifying - - - - "
  "armed - - - - - problem - -",
  /* ARMED */
  "- no-reader signing - - - - "
  "armed - - - - - problem waiting waiting",
  /* IDENTIFYING */
  "- no-reader - problem need-pin confirm-face confirm-last-try "
  "identifying - - - - - problem waiting -",
  /* NEED_PIN */
  "- no-reader - waiting - confirm-face confirm-last-try "
  "signing - - - - - problem waiting waiting",
  /* CONFIRM_LAST_TRY */
  "- no-reader - waiting - confirm-face - "
  "- need-pin waiting - - - problem waiting waiting",
  /* CONFIRM_FACE */
  "- confirm-face identifying confirm-face - - - "
  "- asking waiting - - - problem waiting waiting",
  /* SIGNING */
  "- signing - signing - - confirm-last-try "
  "- - - asking need-pin - problem - -",
  /* ASKING */
  "- asking - asking - - - "
  "- - - - - showing problem waiting waiting",
  /* SHOWING */
  "- showing identifying showing - - - "
  "- - - - - - - waiting waiting",
  /* PROBLEM */
  "- problem identifying problem - - - "
  "- - - - - - - waiting waiting",
};

static void
test_every_cell (void)
{
  for (guint state = 0; state < MDG_DESK_N_STATES; state++)
    {
      g_auto (GStrv) row = g_strsplit (expected[state], " ", -1);

      g_assert_cmpuint (g_strv_length (row), ==, MDG_DESK_N_EVENTS);
      for (guint event = 0; event < MDG_DESK_N_EVENTS; event++)
        {
          gboolean handled = !g_str_equal (row[event], "-");
          const char *name = mdg_desk_state_to_string (state);
          const char *next = mdg_desk_state_to_string (mdg_desk_state_next (state, event));

          g_test_message ("%s, %s", name, mdg_desk_event_to_string (event));
          g_assert_cmpint (mdg_desk_state_handles (state, event), ==, handled);
          g_assert_cmpstr (next, ==, handled ? row[event] : name);
        }
    }
}

/* What must hold whatever the table says. */
static void
test_safety (void)
{
  for (guint state = 0; state < MDG_DESK_N_STATES; state++)
    {
      gboolean way_out = mdg_desk_state_next (state, MDG_DESK_EVENT_DISMISSED) != state ||
                         mdg_desk_state_next (state, MDG_DESK_EVENT_FAILED) != state;

      for (guint event = 0; event < MDG_DESK_N_EVENTS; event++)
        {
          MdgDeskState next = mdg_desk_state_next (state, event);

          /* a PIN is sent only after somebody gave one */
          if (next == MDG_DESK_STATE_SIGNING && state != MDG_DESK_STATE_SIGNING)
            g_assert_true (event == MDG_DESK_EVENT_PIN_GIVEN || state == MDG_DESK_STATE_ARMED);
          /* an answer is shown only where one was asked for */
          if (next == MDG_DESK_STATE_SHOWING && state != MDG_DESK_STATE_SHOWING)
            g_assert_true (state == MDG_DESK_STATE_ASKING && event == MDG_DESK_EVENT_ANSWERED);
          /* nobody is asked without a signature or the staff's word */
          if (next == MDG_DESK_STATE_ASKING && state != MDG_DESK_STATE_ASKING)
            g_assert_true (event == MDG_DESK_EVENT_SIGNED || state == MDG_DESK_STATE_CONFIRM_FACE);
        }
      if (state != MDG_DESK_STATE_NO_READER)
        g_assert_true (way_out);
    }
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint state = 0; state < MDG_DESK_N_STATES; state++)
    g_assert_true (g_hash_table_add (seen, (gpointer) mdg_desk_state_to_string (state)));
  for (guint event = 0; event < MDG_DESK_N_EVENTS; event++)
    g_assert_true (g_hash_table_add (seen, (gpointer) mdg_desk_event_to_string (event)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-state/every-cell", test_every_cell);
  g_test_add_func ("/desk-state/safety", test_safety);
  g_test_add_func ("/desk-state/names", test_names);
  return g_test_run ();
}
