/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the practice service does wrong on request (service-protocol.md, "--fault"), so that every
 * bad hour of a real service can be rehearsed. Settings that are not faults but that tests and
 * trainers need (the terminal limit, the life of a log-in) go the same way.
 */
#include "config.h"

#include "mdg-practice-fault.h"

#include <string.h>

typedef enum
{
  KIND_NUMBER,
  KIND_SWITCH,
  KIND_TEXT
} Kind;

typedef struct
{
  const char *name;
  Kind kind;
  gsize offset;
  gint64 min;
  gint64 max;
} Knob;

#define KNOB(name, kind, field, min, max)                                                          \
  {                                                                                                \
    name, kind, G_STRUCT_OFFSET (MdgPracticeFault, field), min, max                                \
  }

static const Knob KNOBS[] = {
  KNOB ("latency-ms", KIND_NUMBER, latency_ms, 0, 600000),
  KNOB ("status", KIND_NUMBER, status, 400, 599),
  KNOB ("retry-after", KIND_NUMBER, retry_after, 0, 86400),
  KNOB ("cut-after", KIND_NUMBER, cut_after, 0, G_MAXINT32),
  KNOB ("cut-at", KIND_NUMBER, cut_at, 0, G_MAXINT32),
  KNOB ("slow-body", KIND_NUMBER, slow_body_ms, 1, 600000),
  KNOB ("abrupt", KIND_SWITCH, abrupt, 0, 1),
  KNOB ("garbage", KIND_SWITCH, garbage, 0, 1),
  KNOB ("wrong-patient", KIND_SWITCH, wrong_patient, 0, 1),
  KNOB ("refuse-visual", KIND_SWITCH, refuse_visual, 0, 1),
  KNOB ("maintenance", KIND_SWITCH, maintenance, 0, 1),
  KNOB ("expiry-grace", KIND_SWITCH, expiry_grace, 0, 1),
  KNOB ("clock-skew", KIND_NUMBER, clock_skew, -G_MAXINT32, G_MAXINT32),
  KNOB ("token-seconds", KIND_NUMBER, token_seconds, 1, 86400),
  KNOB ("terminal-limit", KIND_NUMBER, terminal_limit, 0, 10000),
  KNOB ("revoke-card", KIND_TEXT, revoke_card, 1, 64),
  KNOB ("only", KIND_TEXT, only, 1, 64),
  KNOB ("times", KIND_NUMBER, times, 0, G_MAXINT32),
};

static const Knob *
find_knob (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (KNOBS); i++)
    if (strcmp (KNOBS[i].name, name) == 0)
      return &KNOBS[i];
  return NULL;
}

static gboolean
turn_knob (MdgPracticeFault *self, const Knob *knob, const char *value)
{
  gint64 number = 0;

  if (knob->kind == KIND_TEXT)
    {
      char **text = G_STRUCT_MEMBER_P (self, knob->offset);

      if (*value == '\0' || strlen (value) > (gsize) knob->max)
        return FALSE;
      g_free (*text);
      *text = g_strdup (value);
      return TRUE;
    }
  if (knob->kind == KIND_SWITCH && *value == '\0')
    value = "1";
  if (!g_ascii_string_to_signed (value, 10, knob->min, knob->max, &number, NULL))
    return FALSE;
  if (knob->kind == KIND_SWITCH)
    G_STRUCT_MEMBER (gboolean, self, knob->offset) = number != 0;
  else
    G_STRUCT_MEMBER (gint64, self, knob->offset) = number;
  return TRUE;
}

/**
 * mdg_practice_fault_init:
 * @self: (out caller-allocates): the faults
 *
 * No fault; the settings as they are without one.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_fault_init (MdgPracticeFault *self)
{
  *self = (MdgPracticeFault){
    .cut_after = -1, .cut_at = -1, .times = -1, .token_seconds = 3600, .terminal_limit = 5
  };
}

/**
 * mdg_practice_fault_clear:
 * @self: the faults
 *
 * Back to no fault.
 *
 * Thread: one at a time.
 * Errors: none.
 */
void
mdg_practice_fault_clear (MdgPracticeFault *self)
{
  g_free (self->revoke_card);
  g_free (self->only);
  mdg_practice_fault_init (self);
}

/**
 * mdg_practice_fault_set:
 * @self: the faults
 * @name_and_value: "status=503"; a switch may go without its value; "clear" takes all back
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 * Returns: whether there is such a fault with such a value
 */
gboolean
mdg_practice_fault_set (MdgPracticeFault *self, const char *name_and_value, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (name_and_value, "=", 2);
  const Knob *knob = parts[0] != NULL ? find_knob (parts[0]) : NULL;

  if (parts[0] != NULL && parts[1] == NULL && strcmp (parts[0], "clear") == 0)
    {
      mdg_practice_fault_clear (self);
      return TRUE;
    }
  if (knob == NULL || !turn_knob (self, knob, parts[1] != NULL ? parts[1] : ""))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "no such fault, or not with that value: %s", name_and_value);
      return FALSE;
    }
  return TRUE;
}

/**
 * mdg_practice_fault_take:
 * @self: the faults
 * @call: "card-eligibility" and the like
 *
 * Asks whether the next answer to @call is to be a faulty one, and counts it.
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: whether it is
 */
gboolean
mdg_practice_fault_take (MdgPracticeFault *self, const char *call)
{
  if (self->only != NULL && strcmp (self->only, call) != 0)
    return FALSE;
  if (self->times == 0)
    return FALSE;
  if (self->times > 0)
    self->times--;
  return TRUE;
}

/**
 * mdg_practice_fault_list:
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer none): the names, %NULL-terminated, for a command's help
 */
const char *const *
mdg_practice_fault_list (void)
{
  static const char *names[G_N_ELEMENTS (KNOBS) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (KNOBS); i++)
    names[i] = KNOBS[i].name;
  return names;
}
