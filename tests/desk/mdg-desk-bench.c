/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mdg-desk-bench.h"

static char *keys_dir;
static MdgVirtualCardFiles *files; /* made once: RSA keys take their time */

static MdgVirtualCardFiles *
get_files (void)
{
  g_autoptr (GError) error = NULL;

  if (files == NULL)
    {
      keys_dir = g_dir_make_tmp ("mdg-desk-XXXXXX", &error);
      g_assert_no_error (error);
      files = mdg_virtual_card_files_new (keys_dir, "PRACTICE0001", FALSE, NULL, &error);
      g_assert_no_error (error);
    }
  return files;
}

static void
note_command (MdgBenchCard *self, GBytes *command)
{
  static const guint8 leave[] = { 0x00, 0xa4, 0x04, 0x0c, 0x07, 0xa0, 0x00 };
  gsize size;
  const guint8 *bytes = g_bytes_get_data (command, &size);

  if (size > 5 && bytes[1] == 0x20)
    self->verifies++;
  self->left = size >= sizeof leave && memcmp (bytes, leave, sizeof leave) == 0;
}

static GBytes *
fail_gone (MdgBenchCard *self, GError **error)
{
  mdg_fake_reader_remove (self->reader);
  g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, "pulled");
  return NULL;
}

/* On the reader's thread. */
static GBytes *
on_transmit_cb (MdgFakeReader *reader, GBytes *command, gpointer user_data, GError **error)
{
  MdgBenchCard *self = user_data;
  gboolean faulty = ++self->exchanges == self->fault_at;
  g_autoptr (GBytes) answer = NULL;

  if ((int) self->exchanges == self->error_at)
    {
      if (self->repeat_error)
        self->error_at++;
      g_set_error_literal (error, MDG_READER_ERROR, self->error_code, "as told");
      return NULL;
    }
  if (self->card == NULL || (faulty && self->fault == MDG_VIRTUAL_FAULT_REMOVE))
    return fail_gone (self, error);
  note_command (self, command);
  answer = mdg_virtual_card_transmit (self->card, command);
  if (!faulty)
    return g_steal_pointer (&answer);
  if (self->fault == MDG_VIRTUAL_FAULT_LOSE)
    return fail_gone (self, error);
  return mdg_virtual_fault_apply (self->fault, answer);
}

static void
free_card (gpointer data)
{
  MdgBenchCard *self = data;

  mdg_fake_reader_set_callback (self->reader, NULL, NULL, NULL);
  g_clear_pointer (&self->card, mdg_virtual_card_free);
  g_object_unref (self->reader);
  g_free (self);
}

static void
on_state_cb (MdgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
  MdgDeskBench *self = user_data;
  MdgDeskState state = mdg_desk_get_state (desk);

  g_string_append_printf (self->states, "%s%s", self->states->len > 0 ? " " : "",
                          mdg_desk_state_to_string (state));
  /* what a face may rely on in each state */
  g_assert_true ((mdg_desk_get_answer (desk) != NULL) == (state == MDG_DESK_STATE_SHOWING));
  if (state == MDG_DESK_STATE_PROBLEM || state == MDG_DESK_STATE_CONFIRM_LAST_TRY)
    g_assert_nonnull (mdg_desk_get_problem (desk));
}

MdgDeskBench *
mdg_desk_bench_new_stopped (guint n, MdgStore *store)
{
  MdgDeskBench *self = g_new0 (MdgDeskBench, 1);

  self->readers = mdg_fake_bench_new ();
  self->source = mdg_fake_source_new ();
  self->cards = g_ptr_array_new_with_free_func (free_card);
  self->states = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("fake:%u", i);
      MdgBenchCard *card = g_new0 (MdgBenchCard, 1);

      card->reader = mdg_fake_bench_add_reader (self->readers, id);
      mdg_fake_reader_set_callback (card->reader, on_transmit_cb, card, NULL);
      g_ptr_array_add (self->cards, card);
    }
  self->desk = mdg_desk_new (self->readers->manager, MDG_ELIGIBILITY_SOURCE (self->source), store);
  g_signal_connect (self->desk, "notify::state", G_CALLBACK (on_state_cb), self);
  return self;
}

MdgDeskBench *
mdg_desk_bench_new (guint n, MdgStore *store)
{
  MdgDeskBench *self = mdg_desk_bench_new_stopped (n, store);

  mdg_desk_start (self->desk);
  return self;
}

void
mdg_desk_bench_free (MdgDeskBench *self)
{
  gpointer desk = self->desk;

  mdg_desk_stop (self->desk);
  mdg_fake_source_set_deaf (self->source, FALSE);
  mdg_fake_source_release (self->source, FALSE);
  mdg_desk_bench_wait_idle (self);
  mdg_test_settle ();
  g_object_add_weak_pointer (G_OBJECT (self->desk), &desk);
  g_object_unref (self->desk);
  mdg_test_settle ();
  g_assert_null (desk);
  g_ptr_array_unref (self->cards);
  mdg_fake_bench_free (self->readers);
  g_assert_finalize_object (self->source);
  g_string_free (self->states, TRUE);
  g_free (self);
}

MdgBenchCard *
mdg_desk_bench_insert (MdgDeskBench *self, guint reader, const char *options)
{
  MdgBenchCard *card = g_ptr_array_index (self->cards, reader);
  g_autoptr (MdgVirtualOptions) parsed = mdg_virtual_options_new ();
  g_autoptr (GError) error = NULL;

  mdg_virtual_options_set (parsed, "forget-tries", NULL, &error);
  g_assert_no_error (error);
  if (options != NULL)
    mdg_virtual_options_parse (parsed, options, &error);
  g_assert_no_error (error);
  mdg_desk_bench_wait_idle (self);
  g_clear_pointer (&card->card, mdg_virtual_card_free);
  card->card = mdg_virtual_card_new (get_files (), parsed);
  mdg_virtual_card_power_on (card->card);
  mdg_fake_bench_insert (card->reader, "3B8080010101");
  return card;
}

void
mdg_desk_bench_remove (MdgDeskBench *self, guint reader)
{
  MdgBenchCard *card = g_ptr_array_index (self->cards, reader);

  mdg_fake_bench_remove (card->reader);
}

void
mdg_desk_bench_unplug (MdgDeskBench *self, guint reader)
{
  MdgBenchCard *card = g_ptr_array_index (self->cards, reader);
  const char *id = mdg_reader_get_id (MDG_READER (card->reader));

  mdg_reader_driver_remove_reader (MDG_READER_DRIVER (self->readers->driver), id);
  mdg_test_wait_for (mdg_reader_manager_lookup (self->readers->manager, id) == NULL);
  mdg_test_settle ();
}

MdgPin *
mdg_desk_bench_pin (const char *digits)
{
  g_autoptr (GError) error = NULL;
  MdgPin *pin = mdg_pin_new_from_text (digits, -1, &error);

  g_assert_no_error (error);
  return pin;
}

void
mdg_desk_bench_give_pin (MdgDeskBench *self, const char *digits)
{
  mdg_desk_give_pin (self->desk, mdg_desk_bench_pin (digits), FALSE);
}

void
mdg_desk_bench_wait_idle (MdgDeskBench *self)
{
  mdg_test_wait_for (!mdg_desk_get_busy (self->desk));
}

void
mdg_desk_bench_wait (MdgDeskBench *self, MdgDeskState state)
{
  mdg_test_wait_for (mdg_desk_get_state (self->desk) == state);
  mdg_desk_bench_wait_idle (self);
  g_assert_cmpstr (mdg_desk_state_to_string (mdg_desk_get_state (self->desk)), ==,
                   mdg_desk_state_to_string (state));
}

void
mdg_desk_bench_assert_states (MdgDeskBench *self, const char *expected)
{
  g_assert_cmpstr (self->states->str, ==, expected);
}

void
mdg_desk_bench_assert_closed (MdgDeskBench *self, guint reader)
{
  MdgBenchCard *card = g_ptr_array_index (self->cards, reader);
  g_autofree char *log = NULL;

  mdg_desk_bench_wait_idle (self);
  log = mdg_fake_reader_get_log (card->reader);
  g_assert_true (card->left);
  g_assert_true (g_str_has_suffix (log, "disconnect power-off\n"));
  g_assert_false (mdg_virtual_card_get_verified (card->card, MDG_VIRTUAL_PIN_AUTH));
}

void
mdg_desk_bench_assert_error (MdgDeskBench *self, GQuark domain, int code)
{
  g_assert_error (mdg_desk_get_error (self->desk), domain, code);
  g_assert_nonnull (mdg_desk_get_problem (self->desk));
}

void
mdg_desk_bench_bring_to (MdgDeskBench *self, MdgDeskState state)
{
  MdgBenchCard *card = g_ptr_array_index (self->cards, 0);
  gboolean armed = state == MDG_DESK_STATE_ARMED || state == MDG_DESK_STATE_SIGNING;
  gboolean visual = state == MDG_DESK_STATE_CONFIRM_FACE || state == MDG_DESK_STATE_ASKING;
  const char *options = state == MDG_DESK_STATE_CONFIRM_LAST_TRY ? "tries=1"
                        : state == MDG_DESK_STATE_PROBLEM        ? "no-jpki"
                                                                 : NULL;

  mdg_desk_set_method (self->desk, visual ? MDG_DESK_METHOD_VISUAL : MDG_DESK_METHOD_PIN);
  if (armed)
    mdg_desk_bench_give_pin (self, MDG_BENCH_PIN);
  if (state == MDG_DESK_STATE_WAITING || state == MDG_DESK_STATE_ARMED)
    return;
  if (state == MDG_DESK_STATE_IDENTIFYING)
    mdg_fake_reader_block_transmit (card->reader, 2);
  if (state == MDG_DESK_STATE_SIGNING)
    mdg_fake_reader_block_transmit (card->reader, 4); /* VERIFY */
  if (state == MDG_DESK_STATE_ASKING)
    mdg_fake_source_hold_answers (self->source, TRUE);
  mdg_desk_bench_insert (self, 0, options);
  switch (state)
    {
    case MDG_DESK_STATE_IDENTIFYING:
    case MDG_DESK_STATE_SIGNING:
      mdg_fake_reader_wait_blocked (card->reader);
      break;
    case MDG_DESK_STATE_ASKING:
      mdg_desk_bench_wait (self, MDG_DESK_STATE_CONFIRM_FACE);
      mdg_desk_confirm (self->desk, TRUE);
      break;
    case MDG_DESK_STATE_SHOWING:
      mdg_desk_bench_wait (self, MDG_DESK_STATE_NEED_PIN);
      mdg_desk_bench_give_pin (self, MDG_BENCH_PIN);
      mdg_desk_bench_wait (self, state);
      break;
    default:
      mdg_desk_bench_wait (self, state);
    }
  g_assert_cmpint (mdg_desk_get_state (self->desk), ==, state);
}

int
mdg_desk_bench_main (int argc, char *argv[])
{
  int status = g_test_run ();

  g_clear_pointer (&files, mdg_virtual_card_files_unref);
  if (keys_dir != NULL)
    mdg_test_remove_folder (keys_dir);
  g_clear_pointer (&keys_dir, g_free);
  return status;
}
