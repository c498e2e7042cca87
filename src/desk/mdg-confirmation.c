/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words for what was confirmed and for what was not. What was not looked at is told as not
 * done, never as good or bad (reference/card.md 3.1: revocation is the service's to know). */
#include "config.h"

#include "mdg-confirmation.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word;
  const char *done;
  const char *not_done;
} words[] = {
  { "pin", N_ ("the PIN (by the card)"), N_ ("whether the PIN is right") },
  { "key-possession", N_ ("the card holds the certificate's key"),
    N_ ("whether the card holds the certificate's key") },
  { "service-trust", N_ ("the service accepts the certificate"),
    N_ ("whether the service accepts the certificate") },
  { "staff-face", N_ ("the face (by staff)"), N_ ("the face") },
  { "revocation", N_ ("the certificate was not revoked"),
    N_ ("whether the certificate was revoked") },
};

/**
 * mdg_confirmation_describe:
 * @word: a word of MdgDeskAnswer
 * @confirmed: whether it was confirmed, or was not looked at
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the words, translated; @word itself where it is unknown
 */
const char *
mdg_confirmation_describe (const char *word, gboolean confirmed)
{
  g_return_val_if_fail (word != NULL, "");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return _ (confirmed ? words[i].done : words[i].not_done);
  return word;
}
