/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can go wrong between a reader and a card, and how long things take when it does not. */
#include "config.h"

#include "mdg-virtual-faults.h"

#include <string.h>

#define MAX_FAULTS  64
#define GARBLE_MASK 0xa5
#define BITS_A_BYTE 10 /* start, 8 data, stop: a type B link, ISO/IEC 14443-3 7.1.1 */
#define MAX_LATENCY 60000000.0

typedef struct
{
  MdgVirtualFault kind;
  guint exchange;
} Row;

struct _MdgVirtualFaults
{
  GArray *rows; /* of Row */
};

static const struct
{
  const char *name;
  MdgVirtualFault kind;
} kinds[] = {
  { "remove", MDG_VIRTUAL_FAULT_REMOVE }, { "lose", MDG_VIRTUAL_FAULT_LOSE },
  { "garble", MDG_VIRTUAL_FAULT_GARBLE }, { "truncate", MDG_VIRTUAL_FAULT_TRUNCATE },
  { "cut", MDG_VIRTUAL_FAULT_CUT },       { "hang", MDG_VIRTUAL_FAULT_HANG },
};

/* reference/card.md 4.3. Only slow-nfc was measured (4.2), where VERIFY takes 60 ms in all and a
 * byte counts in READ BINARY alone; the others are arithmetic. */
static const struct
{
  const char *name;
  MdgVirtualLatency latency;
} profiles[] = {
  { "none", { 0 } },
  { "slow-nfc", { 35000, 0, 0, 750, 25000, 665000 } },
  { "fast-nfc", { 8000, 30, 30, 0, 12000, 150000 } },
  { "contact-9600", { 10000, 1100, 1100, 0, 0, 700000 } },
  { "contact-38400", { 10000, 270, 270, 0, 0, 700000 } },
};

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", what);
  return FALSE;
}

/**
 * mdg_virtual_faults_new:
 *
 * Returns: (transfer full): a plan without a fault
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualFaults *
mdg_virtual_faults_new (void)
{
  MdgVirtualFaults *self = g_new0 (MdgVirtualFaults, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  return self;
}

/**
 * mdg_virtual_faults_free:
 * @self: (transfer full) (nullable): a plan
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_faults_free (MdgVirtualFaults *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_free (self);
}

/**
 * mdg_virtual_faults_add:
 * @self: a plan
 * @text: `KIND@N` for the Nth exchange since the card came, `KIND@+N` for the Nth from now, `none`
 *   to forget every fault. KIND is remove, lose, garble, truncate, cut or hang
 * @done: how many exchanges there were since the card came
 * @error: (nullable): an error
 *
 * Returns: whether @text was understood; nothing changes when not
 *
 * Thread: one at a time.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 */
gboolean
mdg_virtual_faults_add (MdgVirtualFaults *self, const char *text, guint done, GError **error)
{
  const char *at = strchr (text, '@');
  Row row = { MDG_VIRTUAL_FAULT_NONE, 0 };
  gboolean relative;
  guint64 number = 0;

  if (g_str_equal (text, "none"))
    {
      g_array_set_size (self->rows, 0);
      return TRUE;
    }
  if (at == NULL)
    return refuse (error, "a fault is KIND@N");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strlen (kinds[i].name) == (gsize) (at - text) &&
        strncmp (kinds[i].name, text, (gsize) (at - text)) == 0)
      row.kind = kinds[i].kind;
  if (row.kind == MDG_VIRTUAL_FAULT_NONE)
    return refuse (error, "unknown fault");
  relative = at[1] == '+';
  if (!g_ascii_string_to_unsigned (at + 1 + relative, 10, 1, 1000000, &number, NULL))
    return refuse (error, "the exchange of a fault is a number from 1 on");
  if (self->rows->len >= MAX_FAULTS)
    return refuse (error, "too many faults");
  row.exchange = (guint) number + (relative ? done : 0);
  g_array_append_val (self->rows, row);
  return TRUE;
}

/**
 * mdg_virtual_faults_take:
 * @self: a plan
 * @exchange: the number of an exchange, from 1 on
 *
 * Returns: the fault of that exchange, which is then spent
 *
 * Thread: one at a time.
 *
 * Errors: none.
 */
MdgVirtualFault
mdg_virtual_faults_take (MdgVirtualFaults *self, guint exchange)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row row = g_array_index (self->rows, Row, i);

      if (row.exchange != exchange)
        continue;
      g_array_remove_index (self->rows, i);
      return row.kind;
    }
  return MDG_VIRTUAL_FAULT_NONE;
}

/**
 * mdg_virtual_fault_apply:
 * @fault: a fault
 * @answer: the answer of a card
 *
 * Returns: (transfer full): what arrives of it
 *
 * Thread: any.
 *
 * Errors: none.
 */
GBytes *
mdg_virtual_fault_apply (MdgVirtualFault fault, GBytes *answer)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);
  GByteArray *garbled;

  switch (fault)
    {
    case MDG_VIRTUAL_FAULT_GARBLE:
      garbled = g_byte_array_new ();
      g_byte_array_append (garbled, bytes, (guint) length);
      for (gsize i = 0; i < length; i++)
        garbled->data[i] ^= GARBLE_MASK;
      return g_byte_array_free_to_bytes (garbled);
    case MDG_VIRTUAL_FAULT_TRUNCATE:
      return g_bytes_new_from_bytes (answer, 0, MIN (length, 1));
    case MDG_VIRTUAL_FAULT_CUT:
      return g_bytes_new_from_bytes (answer, 0, length / 2);
    case MDG_VIRTUAL_FAULT_NONE:
    case MDG_VIRTUAL_FAULT_REMOVE:
    case MDG_VIRTUAL_FAULT_LOSE:
    case MDG_VIRTUAL_FAULT_HANG:
    default:
      return g_bytes_ref (answer);
    }
}

static gboolean
parse_number (const char *text, double high, double *number)
{
  char *end = NULL;

  *number = g_ascii_strtod (text, &end);
  /* written so that NaN is refused, too */
  return end != text && *end == '\0' && *number >= 0 && *number <= high;
}

static gboolean
parse_pair (const char *word, MdgVirtualLatency *latency)
{
  g_auto (GStrv) pair = g_strsplit (word, "=", 2);
  double number;

  if (g_strv_length (pair) != 2 || !parse_number (pair[1], 1e9, &number))
    return FALSE;
  if (g_str_equal (pair[0], "bitrate"))
    {
      latency->sent_byte = number > 0 ? BITS_A_BYTE * 1e6 / number : 0;
      latency->answer_byte = latency->sent_byte;
      return latency->sent_byte <= MAX_LATENCY;
    }
  if (number > MAX_LATENCY / 1000)
    return FALSE;
  if (g_str_equal (pair[0], "ms"))
    latency->command = number * 1000;
  else if (g_str_equal (pair[0], "sign"))
    latency->sign = number * 1000;
  else if (g_str_equal (pair[0], "verify"))
    latency->verify = number * 1000;
  else
    return FALSE;
  return TRUE;
}

/**
 * mdg_virtual_latency_parse:
 * @text: a profile of reference/card.md 4.3 (slow-nfc, fast-nfc, contact-9600, contact-38400),
 *   `none`, or pairs such as `ms=8,sign=150,verify=20,bitrate=424000`; both: profile first
 * @latency: (out): what it means; untouched on failure
 * @error: (nullable): an error
 *
 * Returns: whether @text was understood
 *
 * Thread: any.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 */
gboolean
mdg_virtual_latency_parse (const char *text, MdgVirtualLatency *latency, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  MdgVirtualLatency result = { 0 };

  if (words[0] == NULL)
    return refuse (error, "the latency is empty");
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean known = FALSE;

      for (gsize k = 0; i == 0 && k < G_N_ELEMENTS (profiles); k++)
        if (g_str_equal (words[i], profiles[k].name))
          {
            result = profiles[k].latency;
            known = TRUE;
          }
      if (!known && !parse_pair (words[i], &result))
        return refuse (error, "a latency is a profile or ms=N,sign=N,verify=N,bitrate=N");
    }
  *latency = result;
  return TRUE;
}

/**
 * mdg_virtual_latency_get:
 * @self: how long things take
 * @command: a command APDU
 * @answer: its answer
 *
 * Returns: microseconds from the command's first byte to the answer's last
 *
 * Thread: any.
 *
 * Errors: none.
 */
gint64
mdg_virtual_latency_get (const MdgVirtualLatency *self, GBytes *command, GBytes *answer)
{
  gsize sent;
  gsize received;
  const guint8 *bytes = g_bytes_get_data (command, &sent);
  const guint8 *reply = g_bytes_get_data (answer, &received);
  double total =
      self->command + self->sent_byte * (double) sent + self->answer_byte * (double) received;
  gboolean done = received >= 2 && (reply[received - 2] == 0x90 || reply[received - 2] == 0x61);

  if (sent >= 4 && bytes[1] == 0xb0)
    total += self->read_byte * (double) received;
  if (sent > 5 && bytes[1] == 0x20)
    total += self->verify;
  if (sent > 5 && bytes[1] == 0x2a && done)
    total += self->sign;
  return (gint64) total;
}
