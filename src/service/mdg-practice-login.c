/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people type to try the practice service: user, password, activation codes. They must be
 * shown again at each start, so they are kept, apart from the database, in a file of mode 0600 that
 * is sealed with a key derived from the CA's: no text of them is on the disk. A code that was used
 * leaves the file, and a set of new ones is made when none is left.
 */
#include "config.h"

#include "mdg-practice-document.h"
#include "mdg-practice-login.h"

#include "mdg-practice-reply.h"

#include <openssl/crypto.h>
#include <string.h>

#define CODES           10
#define CODE_DIGITS     12
#define PASSWORD_LENGTH 16
/* nothing that can be read as something else */
#define PASSWORD_ALPHABET "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"

struct _MdgPracticeLogin
{
  char *file;
  guint8 key[MDG_PRACTICE_DIGEST_SIZE];
  MdgPracticeState *state; /* (unowned) */
  char *password;
  GPtrArray *codes;
};

static gboolean
save (MdgPracticeLogin *self, GError **error)
{
  g_autoptr (json_t) codes = json_array ();
  g_autoptr (json_t) object = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) sealed = NULL;
  char *text;

  for (guint i = 0; i < self->codes->len; i++)
    json_array_append_new (codes, json_string (g_ptr_array_index (self->codes, i)));
  object = json_pack ("{sssO}", "password", self->password, "codes", codes);
  text = json_dumps (object, JSON_COMPACT);
  plain = g_bytes_new_static (text, strlen (text)); /* gone before text is */
  sealed = mdg_practice_seal (self->key, plain, error);
  OPENSSL_cleanse (text, strlen (text));
  mdg_practice_json_free_text (text);
  return sealed != NULL &&
         g_file_set_contents_full (
             self->file, g_bytes_get_data (sealed, NULL), (gssize) g_bytes_get_size (sealed),
             G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static gboolean
parse (MdgPracticeLogin *self, GBytes *plain, GError **error)
{
  gsize n = 0;
  const char *text = g_bytes_get_data (plain, &n);
  g_autoptr (json_t) object = json_loadb (text, n, 0, NULL);
  const char *password = json_string_value (json_object_get (object, "password"));
  size_t index;
  json_t *code;

  if (password == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is damaged", self->file);
      return FALSE;
    }
  self->password = g_strdup (password);
  json_array_foreach (json_object_get (object, "codes"), index, code)
  {
    if (json_is_string (code))
      g_ptr_array_add (self->codes, g_strdup (json_string_value (code)));
  }
  return TRUE;
}

static gboolean
load (MdgPracticeLogin *self, GError **error)
{
  g_autofree char *data = NULL;
  gsize n = 0;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) plain = NULL;
  gboolean good;

  if (!g_file_get_contents (self->file, &data, &n, error))
    return FALSE;
  sealed = g_bytes_new_take (g_steal_pointer (&data), n);
  plain = mdg_practice_unseal (self->key, sealed, error);
  if (plain == NULL)
    return FALSE;
  good = parse (self, plain, error);
  OPENSSL_cleanse ((guint8 *) g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  return good;
}

/* The database first: a code that is shown must be one that works. */
static gboolean
make_codes (MdgPracticeLogin *self, GError **error)
{
  gboolean done = mdg_practice_state_begin (self->state, error);

  for (guint i = 0; done && i < CODES; i++)
    {
      char *code = mdg_practice_random_text ("0123456789", CODE_DIGITS, error);

      done = code != NULL && mdg_practice_state_add_code (self->state, code, error);
      if (done)
        g_ptr_array_add (self->codes, code);
      else
        mdg_practice_wipe_text (code);
    }
  return mdg_practice_state_end (self->state, done, done ? error : NULL) && done &&
         save (self, error);
}

static gboolean
make (MdgPracticeLogin *self, GError **error)
{
  self->password = mdg_practice_random_text (PASSWORD_ALPHABET, PASSWORD_LENGTH, error);
  return self->password != NULL &&
         mdg_practice_state_set_password (self->state, MDG_PRACTICE_USER, self->password, error) &&
         make_codes (self, error);
}

/**
 * mdg_practice_login_open:
 * @state_dir: an existing folder
 * @pki: the CA, whose key seals the file
 * @state: (unowned): where the hashes are; must outlive the result
 * @error: return location
 *
 * Opens what was kept, or makes user, password and codes where there is nothing.
 *
 * Thread: any; then one at a time.
 * Errors: %G_IO_ERROR_INVALID_DATA, %G_IO_ERROR_FAILED, #GFileError.
 * Returns: (transfer full) (nullable): the log-in
 */
MdgPracticeLogin *
mdg_practice_login_open (const char *state_dir,
                         MdgPracticePki *pki,
                         MdgPracticeState *state,
                         GError **error)
{
  g_autoptr (MdgPracticeLogin) self = g_new0 (MdgPracticeLogin, 1);

  self->file = g_build_filename (state_dir, "login.sealed", NULL);
  self->state = state;
  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify) mdg_practice_wipe_text);
  mdg_practice_pki_derive_key (pki, "practice-login", self->key);
  if (g_file_test (self->file, G_FILE_TEST_EXISTS))
    {
      if (!load (self, error))
        return NULL;
    }
  else if (!make (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_practice_login_free:
 * @self: (nullable) (transfer full): the log-in
 *
 * Erases and frees it.
 *
 * Thread: any, when nobody uses it.
 * Errors: none.
 */
void
mdg_practice_login_free (MdgPracticeLogin *self)
{
  if (self == NULL)
    return;
  OPENSSL_cleanse (self->key, sizeof self->key);
  mdg_practice_wipe_text (self->password);
  g_ptr_array_unref (self->codes);
  g_free (self->file);
  g_free (self);
}

/**
 * mdg_practice_login_get_password:
 * @self: the log-in
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer none): the password that is good now
 */
const char *
mdg_practice_login_get_password (MdgPracticeLogin *self)
{
  return self->password;
}

/**
 * mdg_practice_login_get_code:
 * @self: the log-in
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED, #GFileError.
 * Returns: (transfer none) (nullable): an activation code that nobody has used
 */
const char *
mdg_practice_login_get_code (MdgPracticeLogin *self, GError **error)
{
  if (self->codes->len == 0 && !make_codes (self, error))
    return NULL;
  return g_ptr_array_index (self->codes, 0);
}

/**
 * mdg_practice_login_set_password:
 * @self: the log-in
 * @password: the one that the user chose
 * @error: return location
 *
 * Keeps it, so that the next start shows one that works.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED, #GFileError.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_login_set_password (MdgPracticeLogin *self, const char *password, GError **error)
{
  mdg_practice_wipe_text (self->password);
  self->password = g_strdup (password);
  return save (self, error);
}

/**
 * mdg_practice_login_drop_code:
 * @self: the log-in
 * @code: one that was used
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED, #GFileError.
 * Returns: whether the file no longer has it
 */
gboolean
mdg_practice_login_drop_code (MdgPracticeLogin *self, const char *code, GError **error)
{
  for (guint i = 0; i < self->codes->len; i++)
    if (strcmp (g_ptr_array_index (self->codes, i), code) == 0)
      {
        g_ptr_array_remove_index (self->codes, i);
        return save (self, error);
      }
  return TRUE;
}
