/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A session with the JPKI application: SELECT, SIGN and the way out. It promises that a signature
 * fits the certificate, that the two forms of naming files are found out before a PIN is sent and
 * never after, and that the card is sent to another application whenever it is still there to hear
 * it. */
#include "config.h"

#include "mdg-jpki-private.h"

#include "mdg-apdu.h"
#include "mdg-certificate.h"

#define INS_SIGN     0x2a
#define DIGEST_BYTES 32
#define SIGN_LE      256

static const guint8 aid_jpki[] = { 0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 };
/* the issuer's domain: selecting it is the clean way to leave an application (card.md 1.2, 1.8) */
static const guint8 aid_issuer[] = { 0xa0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00 };
/* DigestInfo of SHA-256, without the digest: RFC 8017 9.2, note 1 */
static const guint8 digest_info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                      0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

/**
 * mdg_jpki_fail_status:
 * @code: what it means here
 * @sw: what the card answered
 * @what: what was tried, for logs
 * @error: return location for an error
 *
 * An error that tells the status word.
 *
 * Thread: the reader's, inside a run. Errors: none besides.
 *
 * Returns: %FALSE, always
 */
gboolean
mdg_jpki_fail_status (MdgCardError code, guint16 sw, const char *what, GError **error)
{
  g_propagate_error (error,
                     mdg_card_error_new (code, -1, sw, "%s: the card answered %04X", what, sw));
  return FALSE;
}

/**
 * mdg_jpki_note_error:
 * @self: a session
 * @error: what a transmission said
 *
 * Notes whether there is anybody left to talk to: nothing is sent to a card that is away.
 *
 * Thread: the reader's, inside a run. Errors: none.
 */
void
mdg_jpki_note_error (MdgJpki *self, const GError *error)
{
  if (g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD) ||
      g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE) ||
      g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT))
    self->lost = TRUE;
}

/**
 * mdg_jpki_exchange:
 * @self: a session
 * @command: a command APDU
 * @flags: how it is recorded
 * @error: return location for an error
 *
 * mdg_iso7816_exchange() with mdg_jpki_note_error().
 *
 * Thread: the reader's, inside a run. Errors: those of mdg_iso7816_exchange().
 *
 * Returns: (transfer full): the answer, or %NULL with an error
 */
GBytes *
mdg_jpki_exchange (MdgJpki *self, GBytes *command, MdgTransmitFlags flags, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GBytes *answer = mdg_iso7816_exchange (self->card, command, flags, &local_error);

  if (answer == NULL)
    {
      mdg_jpki_note_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return answer;
}

/**
 * mdg_jpki_transmit:
 * @self: a session
 * @command: a command APDU
 * @flags: how it is recorded
 * @error: return location for an error
 *
 * mdg_iso7816_transmit() with mdg_jpki_note_error().
 *
 * Thread: the reader's, inside a run. Errors: those of mdg_iso7816_transmit().
 *
 * Returns: (transfer full): the answer, or %NULL with an error
 */
GBytes *
mdg_jpki_transmit (MdgJpki *self, GBytes *command, MdgTransmitFlags flags, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GBytes *answer = mdg_iso7816_transmit (self->card, command, flags, &local_error);

  if (answer == NULL)
    {
      mdg_jpki_note_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return answer;
}

static guint16
select_application (MdgJpki *self, const guint8 *aid, gsize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint16 sw = 0;

  self->current_file = 0;
  sw = mdg_iso7816_select_aid (self->card, aid, length, &local_error);
  if (sw == 0)
    {
      mdg_jpki_note_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return sw;
}

/**
 * mdg_jpki_select_file:
 * @self: a session
 * @file: an EF of the application
 * @error: return location for an error
 *
 * Makes @file current, without a command where it is current already.
 *
 * Thread: the reader's, inside a run. Errors: those of mdg_iso7816_select_file().
 *
 * Returns: the status word; 0 with an error where there was no answer
 */
guint16
mdg_jpki_select_file (MdgJpki *self, guint file, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint16 sw = 0;

  if (self->current_file == file)
    return MDG_SW_OK;
  self->current_file = 0;
  sw = mdg_iso7816_select_file (self->card, (guint16) file, &local_error);
  if (sw == 0)
    {
      mdg_jpki_note_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  if (sw == MDG_SW_OK)
    self->current_file = file;
  return sw;
}

/* The words of reference/card.md 1.7 for "not in this form" and "reselect". Once a VERIFY was sent
 * nothing is tried in a second form: what the card then knows is not worth a guess. */
/**
 * mdg_jpki_may_fall_back:
 * @self: a session
 * @sw: what the card answered to a short id
 *
 * Whether it may mean "not in this form" or "reselect", and the classic form may still be tried.
 * Once a VERIFY was sent it may not: what the card then knows is not worth a guess.
 *
 * Source: reference/card.md 1.7.
 *
 * Thread: the reader's, inside a run. Errors: none.
 *
 * Returns: %TRUE if so
 */
gboolean
mdg_jpki_may_fall_back (MdgJpki *self, guint16 sw)
{
  static const guint16 words[] = { 0x6700, 0x6981, 0x6985, 0x6986, 0x6a81, 0x6a82,
                                   0x6a86, 0x6a88, 0x6b00, 0x6d00, 0x6e00 };

  if (self->pin_sent || self->form == MDG_JPKI_FORM_CLASSIC)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] == sw)
      return TRUE;
  return FALSE;
}

/**
 * mdg_jpki_name_file:
 * @self: a session
 * @file: an EF of the application
 * @what: what is tried, for logs
 * @error: return location for an error
 *
 * P2 that names @file in the form of the session; in the classic form it is made current first.
 *
 * Source: reference/card.md 1.5.
 *
 * Thread: the reader's, inside a run. Errors: %MDG_CARD_ERROR_FAILED; those of
 * mdg_iso7816_select_file().
 *
 * Returns: P2; 0 with an error
 */
guint8
mdg_jpki_name_file (MdgJpki *self, guint file, const char *what, GError **error)
{
  guint16 sw = 0;

  if (self->form != MDG_JPKI_FORM_CLASSIC)
    {
      self->current_file = 0; /* the short id makes its file current, on some cards */
      return (guint8) (MDG_JPKI_P2_CURRENT | file);
    }
  sw = mdg_jpki_select_file (self, file, error);
  if (sw == MDG_SW_OK)
    return MDG_JPKI_P2_CURRENT;
  if (sw != 0)
    mdg_jpki_fail_status (MDG_CARD_ERROR_FAILED, sw, what, error);
  return 0;
}

/**
 * mdg_jpki_leave_and_return:
 * @self: a session
 * @error: return location for an error
 *
 * Selects another application and this one again: a PIN that somebody verified is forgotten.
 *
 * Source: reference/card.md 1.8.
 *
 * Thread: the reader's, inside a run. Errors: %MDG_CARD_ERROR_FAILED; those of
 * mdg_iso7816_select_aid().
 *
 * Returns: %TRUE when the application is selected again
 */
gboolean
mdg_jpki_leave_and_return (MdgJpki *self, GError **error)
{
  guint16 sw = select_application (self, aid_issuer, sizeof aid_issuer, error);

  if (sw == 0)
    return FALSE;
  sw = select_application (self, aid_jpki, sizeof aid_jpki, error);
  if (sw == 0)
    return FALSE;
  if (sw != MDG_SW_OK)
    return mdg_jpki_fail_status (MDG_CARD_ERROR_FAILED, sw, "selecting the JPKI application again",
                                 error);
  return TRUE;
}

/**
 * mdg_jpki_open:
 * @card: the open card of this run; it has to outlive the session
 * @form: what an earlier run on the same insertion found out, or %MDG_JPKI_FORM_UNKNOWN
 * @error: return location for an error
 *
 * SELECT of the JPKI application. Cards that answer 6F00 to the first command after power-up get it
 * a second time. A card that does not know the application is asked what else it is:
 * mdg_card_error_get_profile().
 *
 * Source: reference/card.md 1.1, 1.2, 1.6.
 * Thread: the reader's, inside a run.
 * Errors: %MDG_CARD_ERROR_UNKNOWN_CARD, %MDG_CARD_ERROR_FAILED; those of the reader.
 *
 * Returns: (transfer full): the session, for mdg_jpki_close() or mdg_jpki_suspend(); %NULL with an
 *   error
 */
MdgJpki *
mdg_jpki_open (MdgCard *card, MdgJpkiForm form, GError **error)
{
  MdgJpki *self = NULL;
  guint16 sw = 0;

  g_return_val_if_fail (card != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (MdgJpki, 1);
  self->card = card;
  self->form = form;
  self->extended = mdg_card_get_extended (card);
  sw = select_application (self, aid_jpki, sizeof aid_jpki, error);
  if (sw == MDG_SW_INTERNAL)
    sw = select_application (self, aid_jpki, sizeof aid_jpki, error);
  if (sw == MDG_SW_OK)
    return self;
  if (sw == MDG_SW_NOT_FOUND)
    {
      g_propagate_error (error, mdg_card_error_new_unknown_card (mdg_card_profile_identify (card)));
      g_free (self);
      return NULL;
    }
  if (sw != 0)
    mdg_jpki_fail_status (MDG_CARD_ERROR_FAILED, sw, "selecting the JPKI application", error);
  /* where the answer was lost the application may be selected all the same */
  mdg_jpki_close (self);
  return NULL;
}

/**
 * mdg_jpki_get_form:
 * @self: a session
 *
 * Thread: the reader's, inside a run. Errors: none.
 *
 * Returns: the form that the card was found to understand, for the next run on this insertion
 */
MdgJpkiForm
mdg_jpki_get_form (MdgJpki *self)
{
  g_return_val_if_fail (self != NULL, MDG_JPKI_FORM_UNKNOWN);

  return self->form;
}

/**
 * mdg_jpki_sign:
 * @self: a session whose PIN was accepted
 * @digest: (array fixed-size=32): SHA-256 of the message
 * @certificate: the user-authentication certificate of this holder, DER
 * @error: return location for an error
 *
 * RSASSA-PKCS1-v1_5 with SHA-256. The answer is checked against @certificate, so that a card that
 * was exchanged between two runs is noticed.
 *
 * Source: reference/card.md 1.5 (P1 = 00 and a DigestInfo: the form that every card is known for).
 * Thread: the reader's, inside a run.
 * Errors: %MDG_CARD_ERROR_SECURITY, %MDG_CARD_ERROR_SIGNATURE, %MDG_CARD_ERROR_MALFORMED,
 *   %MDG_CARD_ERROR_FAILED; those of the reader.
 *
 * Returns: (transfer full): the signature, or %NULL with an error
 */
GBytes *
mdg_jpki_sign (MdgJpki *self, const guint8 digest[32], GBytes *certificate, GError **error)
{
  g_autoptr (MdgCertificate) holder = NULL;
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_autoptr (GBytes) command = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GBytes) signature = NULL;
  guint16 sw = 0;
  guint8 p2 = 0;

  g_return_val_if_fail (self != NULL && digest != NULL && certificate != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  holder = mdg_certificate_new (certificate, error);
  if (holder == NULL || mdg_certificate_get_signature_size (holder, error) == 0)
    return NULL;
  p2 = mdg_jpki_name_file (self, MDG_JPKI_EF_KEY, "selecting the key", error);
  if (p2 == 0)
    return NULL;
  g_byte_array_append (info, digest_info, sizeof digest_info);
  g_byte_array_append (info, digest, DIGEST_BYTES);
  command = mdg_apdu_new (0x80, INS_SIGN, 0x00, p2, info->data, info->len, SIGN_LE);
  answer = mdg_jpki_transmit (self, command, MDG_TRANSMIT_PERSONAL, error);
  if (answer == NULL)
    return NULL;
  sw = mdg_response_get_sw (answer);
  if (sw != MDG_SW_OK)
    {
      mdg_jpki_fail_status (sw == MDG_SW_SECURITY ? MDG_CARD_ERROR_SECURITY : MDG_CARD_ERROR_FAILED,
                            sw, "signing", error);
      return NULL;
    }
  signature = mdg_response_get_data (answer);
  if (!mdg_certificate_verify (holder, digest, signature, error))
    return NULL;
  return g_steal_pointer (&signature);
}

/**
 * mdg_jpki_close:
 * @self: (transfer full) (nullable): a session
 *
 * Selects the issuer's domain, so that the PIN does not stand verified for the next program, and
 * frees. It is said once, and not at all to a card that is away; that it failed is no error of the
 * session, because the card is powered off besides.
 *
 * Source: reference/card.md 1.8.
 * Thread: the reader's, inside a run. Errors: none.
 */
void
mdg_jpki_close (MdgJpki *self)
{
  if (self == NULL)
    return;
  if (!self->lost)
    {
      g_autoptr (GError) error = NULL;

      if (select_application (self, aid_issuer, sizeof aid_issuer, &error) == 0)
        g_debug ("leaving the application: %s", error->message);
    }
  g_free (self);
}

/**
 * mdg_jpki_suspend:
 * @self: (transfer full) (nullable): a session
 *
 * Frees without a word to the card: the next run on the same insertion opens it again. Whether the
 * card stays powered until then is the caller's to say (mdg_card_keep_power()). Where a PIN was
 * sent it closes instead.
 *
 * Thread: the reader's, inside a run. Errors: none.
 */
void
mdg_jpki_suspend (MdgJpki *self)
{
  if (self != NULL && self->pin_sent)
    mdg_jpki_close (self);
  else
    g_free (self);
}
