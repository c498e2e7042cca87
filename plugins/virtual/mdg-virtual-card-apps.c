/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on the card: its applications and their files, as reference/card.md 1.2, 1.3 and 1.9 list
 * them. The input helper's EF 0001 (the My Number) is left out on purpose: nothing of ours may read
 * it, so there is nothing to read. */
#include "config.h"

#include "mdg-virtual-card-private.h"

#include <string.h>

static const guint8 aid_jpki[] = { 0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 };
static const guint8 aid_helper[] = { 0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08 };
static const guint8 aid_issuer[] = { 0xa0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00 };

#define HELPER_FILE_SIZE  512
#define TOKEN_LABEL_SIZE  32
#define TOKEN_MODEL_SIZE  16
#define TOKEN_REST_SIZE   64
#define TOKEN_DESCRIPTION 160

static void
append_padded (GByteArray *array, const char *text, gsize size, guint8 fill)
{
  gsize length = MIN (strlen (text), size);

  g_byte_array_append (array, (const guint8 *) text, (guint) length);
  for (gsize i = length; i < size; i++)
    g_byte_array_append (array, &fill, 1);
}

/* BER-TLV with a two-byte tag and the shortest length form (ISO/IEC 7816-4 5.2.2). */
static void
append_tlv (GByteArray *array, guint16 tag, const guint8 *value, gsize length)
{
  const guint8 head[] = { tag >> 8, tag & 0xff };
  const guint8 long_form[] = { 0x82, (guint8) (length >> 8), (guint8) (length & 0xff) };

  g_byte_array_append (array, head, 2);
  if (length < 0x80)
    g_byte_array_append (array, &long_form[2], 1);
  else if (length < 0x100)
    {
      g_byte_array_append (array, (const guint8 *) "\x81", 1);
      g_byte_array_append (array, &long_form[2], 1);
    }
  else
    g_byte_array_append (array, long_form, 3);
  g_byte_array_append (array, value, (guint) length);
}

/* An EF is larger than what is in it; the rest is filler, as on the card (1.5, 1.9). */
static GBytes *
pad_file (GBytes *content, gsize size)
{
  GByteArray *array = g_bytes_unref_to_array (content);
  const guint8 filler = 0xff;

  while (array->len < size)
    g_byte_array_append (array, &filler, 1);
  return g_byte_array_free_to_bytes (array);
}

/* EF 0006: CK_TOKEN_INFO, big-endian (1.3). */
static GBytes *
make_token_info (gboolean phone)
{
  GByteArray *array = g_byte_array_new ();

  append_padded (array, phone ? "JPKIAPGPSETOKEN" : "JPKIAPICCTOKEN2", TOKEN_LABEL_SIZE, ' ');
  append_padded (array, "JPKI PRACTICE", TOKEN_LABEL_SIZE, ' ');
  append_padded (array, "PRACTICE", TOKEN_MODEL_SIZE, ' ');
  append_padded (array, "0000000000000000", TOKEN_MODEL_SIZE, ' ');
  append_padded (array, "", TOKEN_REST_SIZE, 0);
  g_assert (array->len == TOKEN_DESCRIPTION);
  return g_byte_array_free_to_bytes (array);
}

/* EF 0002 of the input helper: offsets of the objects from the start of the file, then the objects
 * (1.9). */
static GBytes *
make_attributes (const MdgVirtualOptions *options)
{
  const char *values[] = { options->name, options->address, options->birth, options->sex };
  g_autoptr (GByteArray) objects = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();
  guint8 offsets[8];
  gsize starts[4];
  gsize head;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      starts[i] = objects->len;
      append_tlv (objects, 0xdf22 + i, (const guint8 *) values[i], strlen (values[i]));
    }
  /* tag and length of the whole, then DF21 08 and its eight bytes */
  head = 2 + (objects->len + 11 < 0x80 ? 1 : objects->len + 11 < 0x100 ? 2 : 3) + 11;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      offsets[2 * i] = (guint8) ((head + starts[i]) >> 8);
      offsets[2 * i + 1] = (guint8) ((head + starts[i]) & 0xff);
    }
  {
    g_autoptr (GByteArray) inner = g_byte_array_new ();

    append_tlv (inner, 0xdf21, offsets, sizeof offsets);
    g_byte_array_append (inner, objects->data, objects->len);
    append_tlv (file, 0xff20, inner->data, inner->len);
  }
  return pad_file (g_byte_array_free_to_bytes (file), HELPER_FILE_SIZE);
}

static void
clear_file (gpointer data)
{
  g_clear_pointer (&((VirtualFile *) data)->content, g_bytes_unref);
}

static void
add_file (VirtualApp *app, guint16 id, VirtualFileKind kind, GBytes *content, int pin)
{
  const VirtualFile file = { id, kind, content, pin };

  g_array_append_val (app->files, file);
}

static void
build_jpki (MdgVirtualCard *self, VirtualApp *app)
{
  const MdgVirtualOptions *options = self->options;
  gsize size = options->ef_size;

  add_file (app, 0x0001, FILE_DATA, pad_file (g_bytes_ref (self->files->sign_certificate), size),
            MDG_VIRTUAL_PIN_SIGN);
  add_file (app, 0x0002, FILE_DATA, pad_file (g_bytes_ref (self->files->sign_ca), size), -1);
  add_file (app, 0x0006, FILE_DATA, make_token_info (options->phone), -1);
  add_file (app, 0x0008, FILE_DATA, g_bytes_new_static ("\x8f\x8f\x00", 3), -1);
  add_file (app, 0x000a, FILE_DATA, pad_file (g_bytes_ref (self->files->auth_certificate), size),
            options->phone ? MDG_VIRTUAL_PIN_AUTH : -1);
  add_file (app, 0x000b, FILE_DATA, pad_file (g_bytes_ref (self->files->auth_ca), size), -1);
  add_file (app, 0x0017, FILE_KEY, NULL, MDG_VIRTUAL_PIN_AUTH);
  add_file (app, 0x0018, FILE_PIN, NULL, MDG_VIRTUAL_PIN_AUTH);
  add_file (app, 0x001a, FILE_KEY, NULL, MDG_VIRTUAL_PIN_SIGN);
  add_file (app, 0x001b, FILE_PIN, NULL, MDG_VIRTUAL_PIN_SIGN);
}

/* Fills in the applications of a new card. */
void
mdg_virtual_card_build_apps (MdgVirtualCard *self)
{
  self->apps[APP_JPKI] = (VirtualApp){ aid_jpki, sizeof aid_jpki, NULL };
  self->apps[APP_HELPER] = (VirtualApp){ aid_helper, sizeof aid_helper, NULL };
  self->apps[APP_ISSUER] = (VirtualApp){ aid_issuer, sizeof aid_issuer, NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (self->apps); i++)
    {
      self->apps[i].files = g_array_new (FALSE, FALSE, sizeof (VirtualFile));
      g_array_set_clear_func (self->apps[i].files, clear_file);
    }
  if (self->options->no_jpki)
    {
      self->apps[APP_JPKI].aid_length = 0;
      self->apps[APP_HELPER].aid_length = 0;
      return;
    }
  build_jpki (self, &self->apps[APP_JPKI]);
  add_file (&self->apps[APP_HELPER], 0x0002, FILE_DATA, make_attributes (self->options),
            MDG_VIRTUAL_PIN_HELPER);
  add_file (&self->apps[APP_HELPER], 0x0011, FILE_PIN, NULL, MDG_VIRTUAL_PIN_HELPER);
}

/* Frees what mdg_virtual_card_build_apps() made. */
void
mdg_virtual_card_clear_apps (MdgVirtualCard *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->apps); i++)
    g_clear_pointer (&self->apps[i].files, g_array_unref);
}

/* Returns: (transfer none) (nullable): the file @id of @app */
VirtualFile *
mdg_virtual_card_find_file (VirtualApp *app, guint id)
{
  for (guint i = 0; app != NULL && i < app->files->len; i++)
    {
      VirtualFile *file = &g_array_index (app->files, VirtualFile, i);

      if (file->id == id)
        return file;
    }
  return NULL;
}

/* Returns: (transfer none): the application that @pin belongs to */
VirtualApp *
mdg_virtual_card_pin_app (MdgVirtualCard *self, MdgVirtualPin pin)
{
  return &self->apps[pin == MDG_VIRTUAL_PIN_HELPER ? APP_HELPER : APP_JPKI];
}
