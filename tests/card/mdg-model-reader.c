/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reader with a card in it that behaves as reference/card.md says, option by option, and goes
 * wrong at one exchange when told to. It keeps every exchange, so that tests can say what was sent.
 */
#include "config.h"

#include "mdg-model-reader.h"

#include "mdg-test-certificate.h"

#define EF_BYTES 2048u

static const guint8 aid_jpki[] = { 0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 };
static const guint8 aid_issuer[] = { 0xa0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00 };
static const guint8 aid_licence[] = { 0xa0, 0x00, 0x00, 0x02, 0x31, 0x01 };

typedef struct
{
  guint8 cla, ins, p1, p2;
  const guint8 *data;
  gsize length;
  gsize le; /* 0: none */
  gboolean extended;
} Command;

struct _MdgModelReader
{
  MdgReader parent_instance;
  MdgModelOptions options;
  GBytes *certificate;
  GByteArray *file;
  GByteArray *pending;
  GArray *exchanges;
  gboolean in_jpki;
  guint current;
  gboolean verified;
  int tries;
  guint away;   /* error code, from then on */
  guint8 stuck; /* instruction of an endless 6Cxx */
  gboolean endless;
};

G_DEFINE_FINAL_TYPE (MdgModelReader, mdg_model_reader, MDG_TYPE_READER)

static gboolean
parse (GBytes *command, Command *c)
{
  gsize size = 0;
  const guint8 *b = g_bytes_get_data (command, &size);

  if (size < 4)
    return FALSE;
  c->cla = b[0], c->ins = b[1], c->p1 = b[2], c->p2 = b[3];
  if (size == 4)
    return TRUE;
  if (size == 5)
    {
      c->le = b[4] ? b[4] : 256;
      return TRUE;
    }
  if (b[4] != 0)
    {
      c->length = b[4];
      c->data = b + 5;
      if (size == 6 + c->length)
        c->le = b[size - 1] ? b[size - 1] : 256;
      return size == 5 + c->length || size == 6 + c->length;
    }
  c->extended = TRUE;
  c->le = (gsize) (b[5] << 8 | b[6]);
  c->le = c->le ? c->le : 65536;
  return size == 7;
}

static guint16
select_by_name (MdgModelReader *self, const Command *c)
{
  gboolean jpki = c->length == sizeof aid_jpki && memcmp (c->data, aid_jpki, c->length) == 0;
  gboolean issuer = c->length == sizeof aid_issuer && memcmp (c->data, aid_issuer, c->length) == 0;
  gboolean licence = self->options.no_jpki && c->length > sizeof aid_licence &&
                     memcmp (c->data, aid_licence, sizeof aid_licence) == 0;

  if (self->options.no_jpki)
    jpki = FALSE;
  if (!jpki && !issuer && !licence)
    return 0x6a82;
  if (!jpki && !self->options.always_verified)
    self->verified = FALSE;
  self->in_jpki = jpki;
  self->current = 0;
  return 0x9000;
}

static guint16
select_file (MdgModelReader *self, const Command *c)
{
  guint file = c->length == 2 ? (guint) (c->data[0] << 8 | c->data[1]) : 0;

  if (!self->in_jpki || (file != 0x000a && file != 0x0017 && file != 0x0018))
    return 0x6a82;
  self->current = file;
  return 0x9000;
}

/* A short id in @p makes its file current. 0: it may go on */
static guint16
use_short_id (MdgModelReader *self, guint8 p)
{
  guint file = p & 0x1f;

  if (file == 0)
    return 0;
  if (!self->in_jpki || self->options.no_sfi || (file != 0x0a && file != 0x17 && file != 0x18))
    return 0x6a82;
  self->current = file;
  return 0;
}

static guint16
verify (MdgModelReader *self, const Command *c)
{
  guint16 sw = use_short_id (self, c->p2);
  guint16 blocked = (guint16) (self->options.blocked_sw ? self->options.blocked_sw : 0x6984);

  if (sw != 0)
    return sw;
  if (self->current != 0x18)
    return 0x6986;
  if (self->tries <= 0)
    return blocked;
  if (c->length == 0 && self->verified)
    return 0x9000;
  if (c->length == 0)
    return self->options.unlimited ? 0x6300 : (guint16) (0x63c0 | self->tries);
  if (c->length != 4 || memcmp (c->data, MDG_MODEL_PIN, 4) != 0)
    {
      self->verified = FALSE;
      return (guint16) (0x63c0 | --self->tries);
    }
  self->tries = 3;
  self->verified = TRUE;
  return 0x9000;
}

static guint16
read_binary (MdgModelReader *self, const Command *c, GByteArray *answer)
{
  guint16 sw = c->p1 & 0x80 ? use_short_id (self, c->p1) : 0;
  gsize offset = c->p1 & 0x80 ? c->p2 : (gsize) (c->p1 << 8 | c->p2);

  if (sw != 0)
    return sw;
  if (self->current != 0x0a)
    return 0x6986;
  if (self->options.phone && !self->verified)
    return 0x6982;
  if (offset >= self->file->len)
    return 0x6b00;
  g_byte_array_append (answer, self->file->data + offset,
                       (guint) MIN (c->le, self->file->len - offset));
  return 0x9000;
}

static guint16
sign (MdgModelReader *self, const Command *c, GByteArray *answer)
{
  guint16 sw = use_short_id (self, c->p2);
  g_autoptr (GBytes) signature = NULL;
  gsize size = 0;
  const guint8 *bytes = NULL;

  if (sw != 0)
    return sw;
  if (self->current != 0x17)
    return 0x6985;
  if (!self->verified)
    return 0x6982;
  signature = mdg_test_sign_raw (
      self->options.wrong_key ? mdg_test_key_other () : mdg_test_key_rsa (), c->data, c->length);
  bytes = g_bytes_get_data (signature, &size);
  g_byte_array_append (answer, bytes, (guint) size);
  return 0x9000;
}

static guint16
dispatch (MdgModelReader *self, const Command *c, GByteArray *answer)
{
  if (c->cla == 0x00 && c->ins == 0xc0)
    {
      g_byte_array_append (answer, self->pending->data, self->pending->len);
      return 0x9000;
    }
  if (c->cla == 0x00 && c->ins == 0xa4)
    return c->p1 == 0x04 ? select_by_name (self, c) : select_file (self, c);
  if (c->cla == 0x00 && c->ins == 0x20)
    return verify (self, c);
  if (c->cla == 0x00 && c->ins == 0xb0)
    return read_binary (self, c, answer);
  if (c->cla == 0x80 && c->ins == 0x2a)
    return sign (self, c, answer);
  return 0x6d00;
}

static void
append_sw (GByteArray *answer, guint sw)
{
  const guint8 bytes[] = { (guint8) (sw >> 8), (guint8) sw };

  g_byte_array_append (answer, bytes, 2);
}

static GByteArray *
answer_command (MdgModelReader *self, GBytes *command)
{
  Command c = { 0 };
  GByteArray *answer = g_byte_array_new ();
  guint sw = 0;
  gsize most = 0;

  if (!parse (command, &c) || (c.extended && self->options.no_extended))
    sw = 0x6700;
  else if (self->exchanges->len == 0 && self->options.first_6f00)
    sw = 0x6f00;
  else
    sw = dispatch (self, &c, answer);
  most = self->options.block ? MIN (self->options.block, c.le) : c.le;
  g_byte_array_set_size (self->pending, 0);
  if (answer->len > most)
    {
      if (self->options.get_response)
        {
          guint left = (guint) (answer->len - most);

          g_byte_array_append (self->pending, answer->data + most, left);
          sw = 0x6100 | (left > 255 ? 0 : left);
        }
      g_byte_array_set_size (answer, (guint) most);
    }
  append_sw (answer, sw);
  return answer;
}

static gboolean
is_endless (MdgModelReader *self, guint8 ins, guint *sw)
{
  if (self->endless && ins == 0xc0)
    *sw = 0x6110;
  else if (self->stuck != 0 && ins == self->stuck)
    *sw = 0x6c10;
  else
    return FALSE;
  return TRUE;
}

/* What goes wrong with this answer. FALSE: an error instead of one */
static gboolean
spoil (MdgModelReader *self, guint8 ins, GByteArray *answer, GError **error)
{
  switch (self->options.fault)
    {
    case MDG_MODEL_FAULT_REMOVE:
      self->away = MDG_READER_ERROR_NO_CARD + 1;
      return FALSE;
    case MDG_MODEL_FAULT_UNPLUG:
      self->away = MDG_READER_ERROR_GONE + 1;
      return FALSE;
    case MDG_MODEL_FAULT_TIMEOUT:
      self->away = MDG_READER_ERROR_TIMED_OUT + 1;
      return FALSE;
    case MDG_MODEL_FAULT_RESET:
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_RESET, "model: reset");
      return FALSE;
    case MDG_MODEL_FAULT_GARBLE:
      for (guint i = 0; i < answer->len; i++)
        answer->data[i] ^= 0xa5;
      return TRUE;
    case MDG_MODEL_FAULT_CUT_0:
      g_byte_array_set_size (answer, 0);
      return TRUE;
    case MDG_MODEL_FAULT_CUT_1:
      g_byte_array_set_size (answer, 1);
      return TRUE;
    case MDG_MODEL_FAULT_CUT_HALF:
      g_byte_array_set_size (answer, answer->len / 2);
      /* by chance it may end with a status word, 61xx and 6Cxx once in 128: no damage to be seen */
      if (answer->len >= 2)
        answer->data[answer->len - 2] &= 0x0f;
      return TRUE;
    case MDG_MODEL_FAULT_ENDLESS_61:
      self->endless = TRUE;
      g_byte_array_set_size (answer, 0);
      append_sw (answer, 0x6110);
      return TRUE;
    case MDG_MODEL_FAULT_ENDLESS_6C:
      self->stuck = ins;
      g_byte_array_set_size (answer, 0);
      append_sw (answer, 0x6c10);
      return TRUE;
    case MDG_MODEL_FAULT_SW:
      g_byte_array_set_size (answer, 0);
      append_sw (answer, self->options.fault_sw);
      return TRUE;
    case MDG_MODEL_FAULT_NONE:
    default:
      return TRUE;
    }
}

static gboolean
mdg_model_reader_connect (MdgReader *reader, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
mdg_model_reader_disconnect (MdgReader *reader, MdgDisposition disposition)
{
}

static void
mdg_model_reader_interrupt (MdgReader *reader)
{
}

static GBytes *
mdg_model_reader_transmit (MdgReader *reader,
                           GBytes *command,
                           GCancellable *cancellable,
                           GError **error)
{
  MdgModelReader *self = MDG_MODEL_READER (reader);
  MdgModelExchange exchange = {
    g_bytes_new (g_bytes_get_data (command, NULL), g_bytes_get_size (command)), NULL
  };
  guint8 ins = ((const guint8 *) g_bytes_get_data (command, NULL))[1];
  g_autoptr (GByteArray) answer = NULL;
  g_autoptr (GError) failure = NULL;
  guint sw = 0;

  if (self->options.extended_error && g_bytes_get_size (command) == 7 &&
      self->exchanges->len + 1 != self->options.fault_at)
    {
      g_set_error (&failure, MDG_READER_ERROR, MDG_READER_ERROR_NOT_SUPPORTED, "model: extended");
    }
  else if (self->away == 0)
    {
      answer = answer_command (self, command);
      if (is_endless (self, ins, &sw))
        {
          g_byte_array_set_size (answer, 0);
          append_sw (answer, sw);
        }
      if (self->exchanges->len + 1 == self->options.fault_at &&
          !spoil (self, ins, answer, &failure))
        g_clear_pointer (&answer, g_byte_array_unref);
    }
  if (self->away != 0)
    g_set_error (&failure, MDG_READER_ERROR, (int) self->away - 1, "model: away");
  if (answer != NULL)
    exchange.answer = g_bytes_new (answer->data, answer->len);
  g_array_append_val (self->exchanges, exchange);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_bytes_ref (exchange.answer);
}

static void
on_exchange_clear_cb (gpointer data)
{
  MdgModelExchange *exchange = data;

  g_clear_pointer (&exchange->command, g_bytes_unref);
  g_clear_pointer (&exchange->answer, g_bytes_unref);
}

static void
mdg_model_reader_finalize (GObject *object)
{
  MdgModelReader *self = MDG_MODEL_READER (object);

  g_bytes_unref (self->certificate);
  g_byte_array_unref (self->file);
  g_byte_array_unref (self->pending);
  g_array_unref (self->exchanges);
  G_OBJECT_CLASS (mdg_model_reader_parent_class)->finalize (object);
}

static void
mdg_model_reader_class_init (MdgModelReaderClass *klass)
{
  MdgReaderClass *reader_class = MDG_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_model_reader_finalize;
  reader_class->connect = mdg_model_reader_connect;
  reader_class->transmit = mdg_model_reader_transmit;
  reader_class->disconnect = mdg_model_reader_disconnect;
  reader_class->interrupt = mdg_model_reader_interrupt;
}

static void
mdg_model_reader_init (MdgModelReader *self)
{
  self->file = g_byte_array_new ();
  self->pending = g_byte_array_new ();
  self->exchanges = g_array_new (FALSE, FALSE, sizeof (MdgModelExchange));
  g_array_set_clear_func (self->exchanges, on_exchange_clear_cb);
}

/* Made once for each size: a certificate costs a signature. */
static GBytes *
get_certificate (gsize size)
{
  static GHashTable *made = NULL;
  MdgTestCertificate what = { .organisation = "練習", .size = size };
  GBytes *bytes = NULL;

  if (made == NULL)
    made = g_hash_table_new (NULL, NULL);
  bytes = g_hash_table_lookup (made, GSIZE_TO_POINTER (size));
  if (bytes == NULL)
    {
      bytes = mdg_test_certificate_new (&what, mdg_test_key_rsa ());
      g_hash_table_insert (made, GSIZE_TO_POINTER (size), bytes);
    }
  return g_bytes_ref (bytes);
}

MdgModelReader *
mdg_model_reader_new (const MdgModelOptions *options)
{
  static const guint8 filler[EF_BYTES] = { 0 };
  MdgModelReader *self = g_object_new (MDG_TYPE_MODEL_READER, "id", "model", "name", "Model reader",
                                       "driver", "test", NULL);
  gsize size = options->certificate_size ? options->certificate_size : 1588;

  self->options = *options;
  self->certificate = get_certificate (size);
  if (!options->empty)
    g_byte_array_append (self->file, g_bytes_get_data (self->certificate, NULL), (guint) size);
  g_byte_array_append (self->file, filler, EF_BYTES);
  self->tries = options->tries == 0 ? 3 : MAX (options->tries, 0);
  self->verified = options->verified || options->always_verified;
  mdg_reader_report_card (MDG_READER (self), TRUE, NULL);
  while (!mdg_reader_get_present (MDG_READER (self)))
    g_main_context_iteration (NULL, TRUE);
  return self;
}

GBytes *
mdg_model_reader_get_certificate (MdgModelReader *self)
{
  return self->certificate;
}

guint
mdg_model_reader_get_count (MdgModelReader *self)
{
  return self->exchanges->len;
}

const MdgModelExchange *
mdg_model_reader_get_exchange (MdgModelReader *self, guint index)
{
  g_assert_cmpuint (index, <, self->exchanges->len);
  return &g_array_index (self->exchanges, MdgModelExchange, index);
}

char *
mdg_model_reader_print (MdgModelReader *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->exchanges->len; i++)
    {
      gsize size = 0;
      const guint8 *bytes =
          g_bytes_get_data (mdg_model_reader_get_exchange (self, i)->command, &size);

      for (gsize k = 0; k < size; k++)
        if (bytes[1] == 0x20 && k >= 5)
          g_string_append (text, "**");
        else if (bytes[1] == 0x2a && k >= 5 + 19 && k < size - 1)
          g_string_append (text, k == 5 + 19 ? "<digest>" : "");
        else
          g_string_append_printf (text, "%02X", bytes[k]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

gpointer
mdg_model_reader_run (MdgModelReader *self, MdgCardFunc func, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_reader_run_async (MDG_READER (self), 0, func, data, NULL, NULL, NULL, on_run_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return mdg_reader_run_finish (MDG_READER (self), result, error);
}
