/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The options of a virtual card: one table that names, checks, explains and stores each of them, so
 * that the program, the socket and the plugin know the same ones. */
#include "config.h"

#include "mdg-virtual-options.h"

#include <gio/gio.h>
#include <string.h>

typedef enum
{
  OPTION_SWITCH,
  OPTION_TEXT,
  OPTION_DIGITS,
  OPTION_NUMBER,
  OPTION_HEX
} OptionKind;

typedef struct
{
  MdgVirtualOptionInfo info;
  OptionKind kind;
  gsize offset;
  gint64 low; /* of a number; of the length of a text */
  gint64 high;
} OptionRow;

#define AT(field) G_STRUCT_OFFSET (MdgVirtualOptions, field)

static const OptionRow rows[] = {
  { { "pin", "DIGITS", "user-authentication PIN" }, OPTION_DIGITS, AT (pin), 4, 4 },
  { { "sign-pin", "TEXT", "signature password" }, OPTION_TEXT, AT (sign_pin), 6, 16 },
  { { "helper-pin", "DIGITS", "input-helper PIN" }, OPTION_DIGITS, AT (helper_pin), 4, 4 },
  { { "name", "TEXT", "the holder's invented name" }, OPTION_TEXT, AT (name), 1, 120 },
  { { "address", "TEXT", "the holder's invented address" }, OPTION_TEXT, AT (address), 1, 240 },
  { { "birth", "YYYYMMDD", "birth date" }, OPTION_DIGITS, AT (birth), 8, 8 },
  { { "sex", "DIGIT", "sex as the card codes it" }, OPTION_DIGITS, AT (sex), 1, 1 },
  { { "tries", "N", "tries left at insertion (0: blocked)" }, OPTION_NUMBER, AT (tries), 0, 3 },
  { { "ef-size", "BYTES", "size of a certificate's file" },
    OPTION_NUMBER,
    AT (ef_size),
    2000,
    32767 },
  { { "blocked-sw", "HEX", "status word of a blocked PIN: 6984 or 6983" },
    OPTION_HEX,
    AT (blocked_sw),
    0x6983,
    0x6984 },
  { { "contact", NULL, "the contact ATR" }, OPTION_SWITCH, AT (contact) },
  { { "no-jpki", NULL, "a card without the JPKI application" }, OPTION_SWITCH, AT (no_jpki) },
  { { "no-extended", NULL, "extended length is refused (6700)" }, OPTION_SWITCH, AT (no_extended) },
  { { "get-response", NULL, "61xx and GET RESPONSE, as with T=0" },
    OPTION_SWITCH,
    AT (get_response) },
  { { "wrong-le", NULL, "6Cxx where Le is more than there is" }, OPTION_SWITCH, AT (wrong_le) },
  { { "no-sfi", NULL, "short file ids are refused (6A82)" }, OPTION_SWITCH, AT (no_sfi) },
  { { "phone", NULL, "the certificate is readable after the PIN only" },
    OPTION_SWITCH,
    AT (phone) },
  { { "first-6f00", NULL, "6F00 to the first command after power-up" },
    OPTION_SWITCH,
    AT (first_6f00) },
  { { "eof-6282", NULL, "6282 with the last, short block of a file" },
    OPTION_SWITCH,
    AT (eof_6282) },
  { { "verified-9000", NULL, "9000 when asked for tries after the PIN" },
    OPTION_SWITCH,
    AT (verified_9000) },
  { { "expired", NULL, "the certificates have ended" }, OPTION_SWITCH, AT (expired) },
  { { "forget-tries", NULL, "tries do not outlive the program" },
    OPTION_SWITCH,
    AT (forget_tries) },
};

static const OptionRow *
find_row (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].info.name, name))
      return &rows[i];
  return NULL;
}

/* The value itself stays out of the message: it may be a PIN. */
static gboolean
refuse_value (const OptionRow *row, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "option %s: wrong value",
               row->info.name);
  return FALSE;
}

static gboolean
set_text (MdgVirtualOptions *self, const OptionRow *row, const char *value, GError **error)
{
  char **field = G_STRUCT_MEMBER_P (self, row->offset);
  gsize length = strlen (value);

  if (length < (gsize) row->low || length > (gsize) row->high)
    return refuse_value (row, error);
  if (row->kind == OPTION_DIGITS && strspn (value, "0123456789") != length)
    return refuse_value (row, error);
  if (!g_utf8_validate (value, -1, NULL))
    return refuse_value (row, error);
  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

static gboolean
set_number (MdgVirtualOptions *self, const OptionRow *row, const char *value, GError **error)
{
  guint base = row->kind == OPTION_HEX ? 16 : 10;
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (value, base, (guint64) row->low, (guint64) row->high, &number,
                                   NULL))
    return refuse_value (row, error);
  /* int and guint have one representation for these ranges */
  *(guint *) G_STRUCT_MEMBER_P (self, row->offset) = (guint) number;
  return TRUE;
}

/**
 * mdg_virtual_options_new:
 *
 * Returns: (transfer full): the options of a plain, contactless card with all its tries
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualOptions *
mdg_virtual_options_new (void)
{
  MdgVirtualOptions *self = g_new0 (MdgVirtualOptions, 1);

  self->pin = g_strdup ("1234");
  self->sign_pin = g_strdup ("ABC123");
  self->helper_pin = g_strdup ("1234");
  self->name = g_strdup ("練習　太郎");
  self->address = g_strdup ("東京都架空区練習町一丁目２番３号");
  self->birth = g_strdup ("19600401");
  self->sex = g_strdup ("1");
  self->tries = -1;
  self->ef_size = 2048;
  self->blocked_sw = 0x6984;
  return self;
}

/**
 * mdg_virtual_options_copy:
 * @self: options
 *
 * Returns: (transfer full): the same options
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualOptions *
mdg_virtual_options_copy (const MdgVirtualOptions *self)
{
  MdgVirtualOptions *copy = g_memdup2 (self, sizeof *self);

  copy->pin = g_strdup (self->pin);
  copy->sign_pin = g_strdup (self->sign_pin);
  copy->helper_pin = g_strdup (self->helper_pin);
  copy->name = g_strdup (self->name);
  copy->address = g_strdup (self->address);
  copy->birth = g_strdup (self->birth);
  copy->sex = g_strdup (self->sex);
  return copy;
}

/**
 * mdg_virtual_options_free:
 * @self: (transfer full) (nullable): options
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_options_free (MdgVirtualOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->pin);
  g_free (self->sign_pin);
  g_free (self->helper_pin);
  g_free (self->name);
  g_free (self->address);
  g_free (self->birth);
  g_free (self->sex);
  g_free (self);
}

/**
 * mdg_virtual_options_set:
 * @self: options
 * @name: an option's name
 * @value: (nullable): its value; NULL for a switch, which "no" turns off again
 *
 * Sets one option. Nothing changes when it fails.
 *
 * Returns: whether it was set
 *
 * Thread: any, one at a time.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for an unknown name or a value that cannot be; the message
 * never has the value.
 */
gboolean
mdg_virtual_options_set (MdgVirtualOptions *self,
                         const char *name,
                         const char *value,
                         GError **error)
{
  const OptionRow *row = find_row (name);

  if (row == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "unknown option");
      return FALSE;
    }
  if (row->kind == OPTION_SWITCH)
    {
      if (value != NULL && !g_str_equal (value, "yes") && !g_str_equal (value, "no"))
        return refuse_value (row, error);
      *(gboolean *) G_STRUCT_MEMBER_P (self, row->offset) = g_strcmp0 (value, "no") != 0;
      return TRUE;
    }
  if (value == NULL)
    return refuse_value (row, error);
  if (row->kind == OPTION_TEXT || row->kind == OPTION_DIGITS)
    return set_text (self, row, value, error);
  return set_number (self, row, value, error);
}

/**
 * mdg_virtual_options_parse:
 * @self: options
 * @text: words "name" or "name=value" with spaces between
 *
 * Sets each option of @text in turn; those before a wrong one stay set.
 *
 * Returns: whether all were set
 *
 * Thread: any, one at a time.
 *
 * Errors: as mdg_virtual_options_set().
 */
gboolean
mdg_virtual_options_parse (MdgVirtualOptions *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      char *equals = strchr (*word, '=');

      if (**word == '\0')
        continue;
      if (equals != NULL)
        *equals = '\0';
      if (!mdg_virtual_options_set (self, *word, equals != NULL ? equals + 1 : NULL, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mdg_virtual_options_list:
 * @index: which one
 *
 * Returns: (transfer none) (nullable): the name and explanation of option @index, NULL past the
 * last one
 *
 * Thread: any.
 *
 * Errors: none.
 */
const MdgVirtualOptionInfo *
mdg_virtual_options_list (gsize index)
{
  return index < G_N_ELEMENTS (rows) ? &rows[index].info : NULL;
}
