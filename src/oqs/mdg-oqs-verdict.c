/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an answer says, in one word. One function holds the rules; everything that is not plainly
 * an answer is an error, and validity is never claimed without exactly one insurance. */
#include "config.h"

#include "mdg-oqs-message.h"

static const struct
{
  const char *validity; /* OQSCD006 */
  MdgOqsVerdict verdict;
} validities[] = {
  { "1", MDG_OQS_VERDICT_VALID },      { "2", MDG_OQS_VERDICT_INVALID },
  { "3", MDG_OQS_VERDICT_SUPERSEDED }, { "4", MDG_OQS_VERDICT_NONE },
  { "5", MDG_OQS_VERDICT_SEVERAL },    { "6", MDG_OQS_VERDICT_UNREGISTERED },
};

static MdgOqsVerdict
read_validity (const char *validity)
{
  for (gsize i = 0; i < G_N_ELEMENTS (validities); i++)
    if (g_strcmp0 (validity, validities[i].validity) == 0)
      return validities[i].verdict;
  return MDG_OQS_VERDICT_ERROR;
}

/* results that are not 医療扶助 (A1 of OQSCD010), which stands beside an insurance */
static guint
count_insurances (MdgOqsMessage *self)
{
  guint count = 0;

  for (guint i = 0; i < mdg_oqs_message_get_n_results (self); i++)
    if (g_strcmp0 (mdg_oqs_node_find_text (mdg_oqs_message_get_result (self, i),
                                           "InsuredCardClassification"),
                   "A1") != 0)
      count++;
  return count;
}

/* the answer to a batch request: it was taken and has a number, and nothing else yet */
static gboolean
is_reception (MdgOqsNode *header, MdgOqsNode *body)
{
  return mdg_oqs_node_find_text (header, "ReceptionNumber") != NULL &&
         (body == NULL || mdg_oqs_node_get_n_children (body) == 0);
}

/**
 * mdg_oqs_message_get_verdict:
 * @self: a message
 *
 * The first rule that fits (OQS 別紙5-1 OQSCD003, 004, 006; reference/domain.md 2.4 and 2.5):
 * 1. SegmentOfResult 2 is processing; anything but 1, also none, is an error.
 * 2. A ReceptionNumber without a body is processing.
 * 3. ProcessingResultStatus anything but 1 is an error.
 * 4. QualificationValidity 1 is valid with one result, or with one insurance beside 医療扶助;
 *    several with more; an error with none. 6 without a result is an error. An unknown or missing
 *    one is an error.
 * A batch is no answer and comes out as an error: ask its units.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the verdict
 */
MdgOqsVerdict
mdg_oqs_message_get_verdict (MdgOqsMessage *self)
{
  MdgOqsNode *header, *body;
  const char *segment;
  MdgOqsVerdict verdict;
  guint results;

  g_return_val_if_fail (self != NULL, MDG_OQS_VERDICT_ERROR);
  header = mdg_oqs_message_get_header (self);
  body = mdg_oqs_message_get_body (self);
  segment = header != NULL ? mdg_oqs_node_find_text (header, "SegmentOfResult") : NULL;
  if (g_strcmp0 (segment, "2") == 0)
    return MDG_OQS_VERDICT_PROCESSING;
  if (g_strcmp0 (segment, "1") != 0)
    return MDG_OQS_VERDICT_ERROR;
  if (is_reception (header, body))
    return MDG_OQS_VERDICT_PROCESSING;
  if (body == NULL || mdg_oqs_message_get_n_units (self) > 0 ||
      g_strcmp0 (mdg_oqs_node_find_text (body, "ProcessingResultStatus"), "1") != 0)
    return MDG_OQS_VERDICT_ERROR;
  verdict = read_validity (mdg_oqs_node_find_text (body, "QualificationValidity"));
  results = mdg_oqs_message_get_n_results (self);
  if (verdict == MDG_OQS_VERDICT_UNREGISTERED && results == 0)
    return MDG_OQS_VERDICT_ERROR;
  if (verdict != MDG_OQS_VERDICT_VALID || results == 1)
    return verdict;
  if (results == 0)
    return MDG_OQS_VERDICT_ERROR;
  return count_insurances (self) <= 1 ? MDG_OQS_VERDICT_VALID : MDG_OQS_VERDICT_SEVERAL;
}

/**
 * mdg_oqs_verdict_to_string:
 * @verdict: a verdict
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the word for programs, as `check --json` has it
 */
const char *
mdg_oqs_verdict_to_string (MdgOqsVerdict verdict)
{
  static const char *const words[] = {
    [MDG_OQS_VERDICT_ERROR] = "error",           [MDG_OQS_VERDICT_PROCESSING] = "processing",
    [MDG_OQS_VERDICT_VALID] = "valid",           [MDG_OQS_VERDICT_INVALID] = "invalid",
    [MDG_OQS_VERDICT_SUPERSEDED] = "superseded", [MDG_OQS_VERDICT_NONE] = "none",
    [MDG_OQS_VERDICT_SEVERAL] = "several",       [MDG_OQS_VERDICT_UNREGISTERED] = "unregistered",
  };

  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (words), "error");
  return words[verdict];
}
