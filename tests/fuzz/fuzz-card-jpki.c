/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A whole session with a card that answers whatever the input says: no crash, no second VERIFY, no
 * VERIFY before the card has told that a try is left, an end in bounded commands and time.
 *
 * The input: two bytes of options, then answers: two bytes of length and as many bytes; a length of
 * FFxx is the reader's error xx instead. Behind the last one the card is away, or, as an option,
 * all begins again: a card that never stops answering. There is no thread: the run's card is made
 * here, from what core keeps to itself. */
#include "config.h"

#include "fuzz-input.h"
#include "mdg-card-error.h"
#include "mdg-certificate.h"
#include "mdg-jpki.h"
#include "mdg-reader-private.h"

#define COMMANDS_MAX 2000
#define SECONDS_MAX  10

typedef struct
{
  /* options of the input */
  MdgJpkiForm form;
  MdgExtended extended;
  gboolean confirmed_last_try;
  gboolean suspend;
  gboolean endless;
  gboolean go_on; /* after errors, as no caller should */
  gboolean skip_tries;
  gboolean ask_twice;
  gboolean read_after_pin; /* as phones need it */
  /* the card's answers */
  FuzzInput all;
  FuzzInput left;
  /* what was seen */
  guint commands;
  guint verifies;
  int told;         /* tries, by the last answer to the question; 0: none, or it was no number */
  gboolean leaving; /* the last command is SELECT of an application */
  gboolean away;
} Session;

static Session *session;

struct _FuzzReader
{
  MdgReader parent_instance;
};

#define FUZZ_TYPE_READER (fuzz_reader_get_type ())
G_DECLARE_FINAL_TYPE (FuzzReader, fuzz_reader, FUZZ, READER, MdgReader)
G_DEFINE_FINAL_TYPE (FuzzReader, fuzz_reader, MDG_TYPE_READER)

static GBytes *
take_answer (GError **error)
{
  guint length;

  if (session->left.size < 2 && session->endless)
    session->left = session->all;
  if (session->left.size < 2)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, "fuzz: away");
      return NULL;
    }
  length = fuzz_input_take_16 (&session->left);
  if (length >> 8 == 0xff)
    {
      g_set_error (error, MDG_READER_ERROR, (int) (length & 0x0f), "fuzz: error");
      return NULL;
    }
  return fuzz_input_take_block (&session->left, length);
}

/* The one command that may cost the holder a try. */
static void
note_verify (const guint8 *bytes, gsize size)
{
  g_assert_cmpuint (size, ==, 9);
  g_assert_cmpuint (bytes[4], ==, 4);
  g_assert_cmpmem (bytes + 5, 4, "7098", 4);
  g_assert_cmpuint (++session->verifies, ==, 1);
  g_assert_cmpint (session->told, >=, session->confirmed_last_try ? 1 : 2);
}

static void
note_question (GBytes *answer)
{
  gsize size = 0;
  const guint8 *bytes = answer != NULL ? g_bytes_get_data (answer, &size) : NULL;

  session->told = 0;
  if (size != 2 || bytes[0] != 0x63)
    return;
  if (bytes[1] > 0xc0 && bytes[1] <= 0xcf)
    session->told = bytes[1] & 0xf;
  else if (bytes[1] == 0x00) /* no limit is kept */
    session->told = 15;
}

static gboolean
is_away (const GError *error)
{
  return g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD) ||
         g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE) ||
         g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
}

static GBytes *
fuzz_reader_transmit (MdgReader *reader, GBytes *command, GCancellable *cancellable, GError **error)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (command, &size);
  g_autoptr (GError) failure = NULL;
  GBytes *answer = take_answer (&failure);

  g_assert_cmpuint (size, >=, 4);
  g_assert_cmpuint (++session->commands, <, COMMANDS_MAX);
  g_assert_cmpuint (bytes[0] & 0x7f, ==, 0);
  /* GET RESPONSE belongs to what was sent before it */
  if (bytes[1] != 0xc0)
    session->leaving = bytes[1] == 0xa4 && bytes[2] == 0x04;
  if (bytes[1] == 0x20 && size > 4)
    note_verify (bytes, size);
  else if (bytes[1] == 0x20)
    note_question (answer);
  if (is_away (failure))
    session->away = TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return answer;
}

static void
fuzz_reader_class_init (FuzzReaderClass *klass)
{
  MDG_READER_CLASS (klass)->transmit = fuzz_reader_transmit;
}

static void
fuzz_reader_init (FuzzReader *self)
{
}

/* Whether the step's value and error fit together, and whether the next step is taken. */
static gboolean
check_step (gboolean good, GError **error)
{
  g_assert_true (good == (*error == NULL));
  g_clear_error (error);
  return good || session->go_on;
}

static void
check_certificate (GBytes *certificate)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (certificate, &size);

  g_assert_cmpuint (size, >=, 2);
  g_assert_cmpuint (size, <=, 8192);
  g_assert_cmpuint (bytes[0], ==, 0x30);
}

static gboolean
read_certificate (MdgJpki *jpki, GBytes **certificate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) found = mdg_jpki_read_certificate (jpki, &error);

  if (found != NULL)
    {
      check_certificate (found);
      g_clear_pointer (certificate, g_bytes_unref);
      *certificate = g_bytes_ref (found);
    }
  return check_step (found != NULL, &error);
}

static gboolean
ask_tries (MdgJpki *jpki)
{
  g_autoptr (GError) error = NULL;
  int tries = mdg_jpki_get_tries_left (jpki, &error);

  g_assert_true (tries == -1 || (tries >= 1 && tries <= 15));
  g_assert_true (tries == -1 || tries == session->told);
  return check_step (tries > 0, &error);
}

static gboolean
verify (MdgJpki *jpki)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text ("7098", -1, NULL);
  guint before = session->verifies;
  gboolean ok = mdg_jpki_verify (jpki, pin, session->confirmed_last_try, &error);

  g_assert_true (mdg_pin_is_used (pin));
  g_assert_true (!ok || session->verifies == before + 1);
  g_assert_cmpint (mdg_jpki_pin_was_sent (jpki), ==, session->verifies > 0);
  /* it told once, for one VERIFY */
  if (session->verifies > before)
    session->told = 0;
  return check_step (ok, &error);
}

/* A second one is refused, because the card has not told the tries again. */
static void
verify_again (MdgJpki *jpki)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text ("7098", -1, NULL);

  g_assert_false (mdg_jpki_verify (jpki, pin, TRUE, &error));
  g_assert_true (g_error_matches (error, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED));
}

static void
sign (MdgJpki *jpki, GBytes *certificate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (MdgCertificate) holder = NULL;
  guint8 digest[32];

  for (guint8 i = 0; i < sizeof digest; i++)
    digest[i] = i;
  signature = mdg_jpki_sign (jpki, digest, certificate, &error);
  check_step (signature != NULL, &error);
  if (signature == NULL)
    return;
  holder = mdg_certificate_new (certificate, NULL);
  g_assert_true (mdg_certificate_verify (holder, digest, signature, NULL));
}

static void
take_steps (MdgJpki *jpki)
{
  g_autoptr (GBytes) certificate = NULL;

  if (!session->read_after_pin && !read_certificate (jpki, &certificate))
    return;
  if (!session->skip_tries && !ask_tries (jpki))
    return;
  if (session->ask_twice && !ask_tries (jpki))
    return;
  if (!verify (jpki))
    return;
  if (session->go_on && session->verifies > 0)
    verify_again (jpki);
  if (session->read_after_pin && !read_certificate (jpki, &certificate))
    return;
  if (certificate != NULL)
    sign (jpki, certificate);
}

static void
run (MdgCard *card)
{
  g_autoptr (GError) error = NULL;
  MdgJpki *jpki = mdg_jpki_open (card, session->form, &error);
  guint before;

  check_step (jpki != NULL, &error);
  if (jpki == NULL)
    {
      g_assert_cmpuint (session->verifies, ==, 0);
      return;
    }
  take_steps (jpki);
  session->form = mdg_jpki_get_form (jpki);
  before = session->commands;
  if (session->suspend)
    mdg_jpki_suspend (jpki);
  else
    mdg_jpki_close (jpki);
  if (session->suspend && session->verifies == 0)
    g_assert_cmpuint (session->commands, ==, before);
  else
    g_assert_true (session->leaving || session->away);
}

/* With a card in it, for as long as the program lives. */
static MdgReader *
get_reader (void)
{
  static MdgReader *reader = NULL;

  if (reader != NULL)
    return reader;
  reader = g_object_new (FUZZ_TYPE_READER, "id", "fuzz", "name", "Fuzz", "driver", "test", NULL);
  mdg_reader_report_card (reader, TRUE, NULL);
  while (!mdg_reader_get_present (reader))
    g_main_context_iteration (NULL, TRUE);
  return reader;
}

static void
read_options (Session *self, FuzzInput *input)
{
  guint first = fuzz_input_take_byte (input);
  guint second = fuzz_input_take_byte (input);

  self->form = (MdgJpkiForm) ((first & 3) % 3);
  self->extended = (MdgExtended) ((first >> 2 & 3) % 3);
  self->confirmed_last_try = (first & 0x10) != 0;
  self->suspend = (first & 0x20) != 0;
  self->endless = (first & 0x40) != 0;
  self->go_on = (first & 0x80) != 0;
  self->skip_tries = (second & 1) != 0;
  self->ask_twice = (second & 2) != 0;
  self->read_after_pin = (second & 4) != 0;
  self->all = self->left = *input;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  Session current = { 0 };
  MdgReader *reader = get_reader ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MdgCard card = { .reader = reader, .cancellable = cancellable };
  gint64 begin = g_get_monotonic_time ();

  read_options (&current, &input);
  session = &current;
  card.serial = mdg_reader_get_card_serial (reader);
  card.deadline = begin + 2 * SECONDS_MAX * G_USEC_PER_SEC;
  mdg_reader_set_extended (reader, current.extended);
  run (&card);
  g_assert_cmpint (card.secret, ==, current.verifies > 0);
  g_assert_cmpuint (card.exchange.apdus, ==, current.commands);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, SECONDS_MAX * G_USEC_PER_SEC);
  session = NULL;
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  return 0;
}
