/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OQS messages in JSON, as public clients of the national web interface send and receive them
 * (reference/domain.md 2.6b): every value a string, an object per block, and an array of one-key
 * objects where elements repeat. An array under any element is read as its children, so what
 * repeats outside the known lists can be written too and nothing is lost on the way. */
#include "config.h"

#include "mdg-oqs-json.h"

#include "mdg-oqs-element.h"
#include <jansson.h>

typedef struct
{
  const MdgOqsLimits *limits;
  guint elements;
} Reader;

static gboolean
read_value (Reader *self, MdgOqsNode *node, json_t *value, guint depth, GError **error);

/* what XML could not hold must not come in here either: a message can always be written as XML */
static gboolean
is_writable (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
        return FALSE;
    }
  return TRUE;
}

static gboolean
refuse (GError **error, MdgOqsError code, const char *name, const char *why)
{
  if (mdg_oqs_element_kind (name) == MDG_OQS_ELEMENT_UNKNOWN)
    name = "an unknown element"; /* a stranger's text does not go into logs */
  g_set_error (error, MDG_OQS_ERROR, code, "%s: %s", name, why);
  return FALSE;
}

static gboolean
read_member (Reader *self,
             MdgOqsNode *parent,
             const char *name,
             json_t *value,
             guint depth,
             GError **error)
{
  if (json_is_null (value))
    return TRUE; /* absent */
  if (depth >= self->limits->depth)
    return refuse (error, MDG_OQS_ERROR_TOO_LARGE, name, "elements are nested too deep");
  if (++self->elements > self->limits->elements)
    return refuse (error, MDG_OQS_ERROR_TOO_LARGE, name, "too many elements");
  if (!mdg_oqs_element_name_is_valid (name))
    return refuse (error, MDG_OQS_ERROR_INVALID, name, "the name cannot be an element's");
  return read_value (self, mdg_oqs_node_add (parent, name), value, depth + 1, error);
}

/* [{"A": …}, {"A": …}, {"B": …}]: one child for each */
static gboolean
read_array (Reader *self, MdgOqsNode *node, json_t *array, guint depth, GError **error)
{
  const char *name = mdg_oqs_node_get_name (node);

  for (size_t i = 0; i < json_array_size (array); i++)
    {
      json_t *entry = json_array_get (array, i);
      void *member = json_object_iter (entry);

      if (json_object_size (entry) != 1)
        return refuse (error, MDG_OQS_ERROR_INVALID, name,
                       "an entry of a list is not an object with one key");
      if (!read_member (self, node, json_object_iter_key (member), json_object_iter_value (member),
                        depth, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_value (Reader *self, MdgOqsNode *node, json_t *value, guint depth, GError **error)
{
  const char *name = mdg_oqs_node_get_name (node);
  const char *key;
  json_t *member;

  if (json_is_array (value))
    return read_array (self, node, value, depth, error);
  if (json_is_object (value))
    {
      json_object_foreach (value, key, member)
      {
        if (!read_member (self, node, key, member, depth, error))
          return FALSE;
      }
      return TRUE;
    }
  /* 020 as a number has already lost its zero, and true says nothing: only strings are values */
  if (!json_is_string (value))
    return refuse (error, MDG_OQS_ERROR_INVALID, name, "the value is not a string");
  if (json_string_length (value) > self->limits->text)
    return refuse (error, MDG_OQS_ERROR_TOO_LARGE, name, "the value is too long");
  if (!is_writable (json_string_value (value)))
    return refuse (error, MDG_OQS_ERROR_INVALID, name, "a control character");
  mdg_oqs_node_set_text (node, json_string_value (value));
  return TRUE;
}

/**
 * mdg_oqs_json_read:
 * @data: (array length=size): a JSON text in UTF-8
 * @size: its bytes
 * @limits: what is too large
 * @error: return location
 *
 * Reads `{"XmlMsg": {…}}`; other members beside XmlMsg are ignored. A name that stands twice in an
 * object is refused, null means absent, and a list may be an array, a single object or absent.
 *
 * Thread: any.
 * Errors: %MDG_OQS_ERROR_MALFORMED, %MDG_OQS_ERROR_NOT_OQS, %MDG_OQS_ERROR_TOO_LARGE,
 *   %MDG_OQS_ERROR_INVALID for a value that is no string; the messages name no value.
 *
 * Returns: (transfer full): the root, NULL with @error set
 */
MdgOqsNode *
mdg_oqs_json_read (const char *data, gsize size, const MdgOqsLimits *limits, GError **error)
{
  Reader self = { .limits = limits, .elements = 1 };
  g_autoptr (MdgOqsNode) root = mdg_oqs_node_new ("XmlMsg");
  json_error_t wrong;
  json_t *json = json_loadb (data, size, JSON_REJECT_DUPLICATES, &wrong);
  json_t *message = json_object_get (json, "XmlMsg");
  gboolean done = FALSE;

  if (json == NULL)
    /* not jansson's own words: they quote the text */
    g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_MALFORMED,
                 "not JSON: line %d, column %d, error %d of jansson", wrong.line, wrong.column,
                 (int) json_error_code (&wrong));
  else if (!json_is_object (message))
    g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_NOT_OQS, "no XmlMsg in it");
  else
    done = read_value (&self, root, message, 1, error);
  json_decref (json);
  return done ? g_steal_pointer (&root) : NULL;
}

static gboolean
needs_array (MdgOqsNode *node)
{
  g_autoptr (GHashTable) seen = NULL;

  if (mdg_oqs_element_kind (mdg_oqs_node_get_name (node)) == MDG_OQS_ELEMENT_LIST)
    return mdg_oqs_node_get_text (node) == NULL;
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < mdg_oqs_node_get_n_children (node); i++)
    if (!g_hash_table_add (seen,
                           (gpointer) mdg_oqs_node_get_name (mdg_oqs_node_get_child (node, i))))
      return TRUE;
  return FALSE;
}

static json_t *
write_value (MdgOqsNode *node)
{
  const char *text = mdg_oqs_node_get_text (node);
  guint count = mdg_oqs_node_get_n_children (node);
  gboolean array = needs_array (node);
  json_t *value;

  if (text == NULL && count == 0 &&
      mdg_oqs_element_kind (mdg_oqs_node_get_name (node)) == MDG_OQS_ELEMENT_BLOCK)
    return json_object ();
  if (!array && count == 0)
    return json_string (text != NULL ? text : "");
  value = array ? json_array () : json_object ();
  for (guint i = 0; i < count; i++)
    {
      MdgOqsNode *child = mdg_oqs_node_get_child (node, i);
      json_t *target = array ? json_object () : value;

      json_object_set_new (target, mdg_oqs_node_get_name (child), write_value (child));
      if (array)
        json_array_append_new (value, target);
    }
  return value;
}

static int
on_dump_cb (const char *buffer, size_t size, void *data)
{
  g_string_append_len (data, buffer, size);
  return 0;
}

/**
 * mdg_oqs_json_write:
 * @root: the element XmlMsg
 *
 * Writes `{"XmlMsg": {…}}` on one line. The known lists are arrays even with one entry or none.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the JSON text
 */
char *
mdg_oqs_json_write (MdgOqsNode *root)
{
  json_t *json = json_object ();
  GString *out = g_string_new (NULL);

  json_object_set_new (json, mdg_oqs_node_get_name (root), write_value (root));
  json_dump_callback (json, on_dump_cb, out, JSON_COMPACT);
  json_decref (json);
  return g_string_free (out, FALSE);
}
