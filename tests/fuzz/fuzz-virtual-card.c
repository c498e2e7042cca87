/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any commands to the virtual card: it answers each of them, signs for nobody without the PIN, and
 * gives tries back for nothing but the right PIN.
 *
 * The input: three bytes of options, then commands: two bytes of length and as many bytes; FFF0 is
 * a reset instead, FFF1 power off and on, FFF2 tries that cannot be stored from then on. */
#include "config.h"

#include "fuzz-input.h"
#include "mdg-virtual-card-private.h"
#include "mdg-virtual-test.h"

#define ANSWER_BYTES_MAX 65538

static const char *const pins[MDG_VIRTUAL_N_PINS] = { "1234", "ABC123", "4321" };

typedef struct
{
  MdgVirtualCard *card;
  gboolean verified[MDG_VIRTUAL_N_PINS]; /* the right PIN came since power-up */
  guint tries[MDG_VIRTUAL_N_PINS];
  gboolean cannot_store;
} Run;

/* Keys are made once: they cost. The folder is gone before the first command. */
static MdgVirtualCardFiles *
get_files (void)
{
  static MdgVirtualCardFiles *files = NULL;

  if (files == NULL)
    {
      files = mdg_virtual_card_files_ref (mdg_virtual_test_get_files ());
      mdg_virtual_test_finish ();
    }
  return files;
}

static MdgVirtualOptions *
make_options (guint bits)
{
  MdgVirtualOptions *options = mdg_virtual_options_new ();

  g_free (options->pin);
  g_free (options->sign_pin);
  g_free (options->helper_pin);
  options->pin = g_strdup (pins[MDG_VIRTUAL_PIN_AUTH]);
  options->sign_pin = g_strdup (pins[MDG_VIRTUAL_PIN_SIGN]);
  options->helper_pin = g_strdup (pins[MDG_VIRTUAL_PIN_HELPER]);
  options->tries = (int) (bits & 3);
  options->contact = (bits & 1 << 2) != 0;
  options->no_jpki = (bits & 1 << 3) != 0;
  options->no_extended = (bits & 1 << 4) != 0;
  options->get_response = (bits & 1 << 5) != 0;
  options->wrong_le = (bits & 1 << 6) != 0;
  options->no_sfi = (bits & 1 << 7) != 0;
  options->phone = (bits & 1 << 8) != 0;
  options->first_6f00 = (bits & 1 << 9) != 0;
  options->eof_6282 = (bits & 1 << 10) != 0;
  options->verified_9000 = (bits & 1 << 11) != 0;
  options->ef_size = (bits & 1 << 12) != 0 ? 32767 : 2000;
  options->blocked_sw = (bits & 1 << 13) != 0 ? 0x6983 : 0x6984;
  return options;
}

static gboolean
on_tries_cb (const guint tries[MDG_VIRTUAL_N_PINS], gpointer user_data)
{
  Run *run = user_data;

  return !run->cannot_store;
}

/* Which PIN @command gives rightly, or -1: found without the card's own parser. */
static int
find_right_pin (const guint8 *bytes, gsize size)
{
  gsize start = size > 4 && bytes[4] == 0 ? 7 : 5;

  if (size <= start || bytes[0] != 0x00 || bytes[1] != 0x20)
    return -1;
  for (int i = 0; i < MDG_VIRTUAL_N_PINS; i++)
    if (size >= start + strlen (pins[i]) && memcmp (bytes + start, pins[i], strlen (pins[i])) == 0)
      return i;
  return -1;
}

static gboolean
has_guess (const guint8 *bytes, gsize size)
{
  return size > 5 && bytes[1] == 0x20 && (bytes[4] != 0 || size > 7);
}

static void
check_pins (Run *run, const guint8 *bytes, gsize size, guint sw)
{
  int right = find_right_pin (bytes, size);
  guint lost = 0;

  for (int i = 0; i < MDG_VIRTUAL_N_PINS; i++)
    {
      guint now = mdg_virtual_card_get_tries (run->card, (MdgVirtualPin) i);
      gboolean verified = mdg_virtual_card_get_verified (run->card, (MdgVirtualPin) i);

      g_assert_cmpuint (now, <=, mdg_virtual_card_get_max_tries ((MdgVirtualPin) i));
      if (now > run->tries[i])
        g_assert_true (i == right && sw == SW_OK);
      if (verified && !run->verified[i])
        g_assert_true (i == right && sw == SW_OK);
      g_assert_true (!verified || now > 0);
      g_assert_true (!verified || run->card->app == NULL ||
                     run->card->app == mdg_virtual_card_pin_app (run->card, (MdgVirtualPin) i));
      lost += now < run->tries[i] ? run->tries[i] - now : 0;
      run->tries[i] = now;
      run->verified[i] = verified;
    }
  /* a guess costs one try, and nothing else does */
  g_assert_cmpuint (lost, <=, has_guess (bytes, size) ? 1 : 0);
  g_assert_true (lost == 1 || sw >> 4 != SW_TRIES >> 4 || !has_guess (bytes, size));
}

static void
send (Run *run, GBytes *command)
{
  gsize size = 0, length = 0;
  const guint8 *bytes = g_bytes_get_data (command, &size);
  gboolean may_sign[MDG_VIRTUAL_N_PINS];
  g_autoptr (GBytes) answer = NULL;
  const guint8 *answered;
  guint sw;

  for (guint i = 0; i < MDG_VIRTUAL_N_PINS; i++)
    may_sign[i] = run->verified[i];
  answer = mdg_virtual_card_transmit (run->card, command);
  answered = g_bytes_get_data (answer, &length);
  g_assert_cmpuint (length, >=, 2);
  g_assert_cmpuint (length, <=, ANSWER_BYTES_MAX);
  sw = (guint) answered[length - 2] << 8 | answered[length - 1];
  g_assert_true (sw >> 12 == 6 || sw == SW_OK);
  g_assert_true (length == 2 || sw == SW_OK || sw == SW_END_OF_FILE || sw >> 8 == 0x61);
  if (size > 1 && bytes[1] == 0x2a && (sw == SW_OK || sw >> 8 == 0x61))
    {
      VirtualFile *file = run->card->file;

      g_assert_true (file != NULL && file->kind == FILE_KEY && file->pin >= 0);
      g_assert_true (may_sign[file->pin]);
    }
  check_pins (run, bytes, size, sw);
}

static gboolean
step (Run *run, FuzzInput *input)
{
  guint length;
  g_autoptr (GBytes) command = NULL;

  if (input->size < 2)
    return FALSE;
  length = fuzz_input_take_16 (input);
  if (length == 0xfff0)
    {
      mdg_virtual_card_reset (run->card);
    }
  else if (length == 0xfff1)
    {
      mdg_virtual_card_power_off (run->card);
      mdg_virtual_card_power_on (run->card);
      for (guint i = 0; i < MDG_VIRTUAL_N_PINS; i++)
        run->verified[i] = FALSE;
    }
  else if (length == 0xfff2)
    {
      run->cannot_store = TRUE;
    }
  else
    {
      command = fuzz_input_take_block (input, length);
      send (run, command);
    }
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  guint bits = fuzz_input_take_16 (&input) << 8;
  g_autoptr (MdgVirtualOptions) options = make_options (bits | fuzz_input_take_byte (&input));
  g_autoptr (MdgVirtualCard) card = mdg_virtual_card_new (get_files (), options);
  Run run = { .card = card };

  mdg_virtual_card_set_tries_func (card, on_tries_cb, &run);
  mdg_virtual_card_power_on (card);
  for (guint i = 0; i < MDG_VIRTUAL_N_PINS; i++)
    run.tries[i] = mdg_virtual_card_get_tries (card, (MdgVirtualPin) i);
  while (step (&run, &input))
    continue;
  return 0;
}
