/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An OQS message: its tree, how it is read and written, and what it holds. What is read is kept
 * whole, unknown elements included; what cannot be (a value that stands twice, elements inside a
 * value) is refused rather than guessed at, so that no wrong person or validity comes out. */
#include "config.h"

#include "mdg-oqs-message.h"

#include <string.h>

#include "mdg-oqs-charset.h"
#include "mdg-oqs-element.h"
#include "mdg-oqs-json.h"
#include "mdg-oqs-xml.h"

#define RESULT "ResultOfQualificationConfirmation"

struct _MdgOqsMessage
{
  MdgOqsNode *root;
  GPtrArray *results; /* MdgOqsNode, borrowed from the root */
  GPtrArray *units;   /* the same */
};

const MdgOqsLimits mdg_oqs_limits_single = { .bytes = MDG_OQS_MAX_BYTES,
                                             .depth = 32,
                                             .elements = 20000,
                                             .text = 64 * 1024 };

G_DEFINE_QUARK (mdg - oqs - error - quark, mdg_oqs_error)

static void
clear_message (gpointer data)
{
  MdgOqsMessage *self = data;

  g_ptr_array_unref (self->results);
  g_ptr_array_unref (self->units);
  mdg_oqs_node_unref (self->root);
}

static void
collect (GPtrArray *found, MdgOqsNode *parent, const char *name)
{
  for (guint i = 0; parent != NULL && i < mdg_oqs_node_get_n_children (parent); i++)
    {
      MdgOqsNode *child = mdg_oqs_node_get_child (parent, i);
      if (g_str_equal (mdg_oqs_node_get_name (child), name))
        g_ptr_array_add (found, child);
    }
}

/* A known element must be what it can be, and stand once unless it may repeat: two birth dates or
 * two validities cannot both be meant, not even when they are the same today. Inside an unknown
 * element anything goes, because nothing there is ever used. */
static gboolean
check_tree (MdgOqsNode *node, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *name = mdg_oqs_node_get_name (node);
  MdgOqsElementKind kind = mdg_oqs_element_kind (name);
  guint count = mdg_oqs_node_get_n_children (node);

  if (kind == MDG_OQS_ELEMENT_UNKNOWN)
    return TRUE;
  if (kind == MDG_OQS_ELEMENT_LEAF && count > 0)
    {
      g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_INVALID, "%s: elements in a value", name);
      return FALSE;
    }
  if (kind != MDG_OQS_ELEMENT_LEAF && mdg_oqs_node_get_text (node) != NULL)
    {
      g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_INVALID, "%s: a text in a block", name);
      return FALSE;
    }
  for (guint i = 0; i < count; i++)
    {
      MdgOqsNode *child = mdg_oqs_node_get_child (node, i);
      const char *inner = mdg_oqs_node_get_name (child);

      if (!mdg_oqs_element_repeats (inner) && !g_hash_table_add (seen, (gpointer) inner))
        {
          g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_INVALID, "%s stands twice", inner);
          return FALSE;
        }
      if (!check_tree (child, error))
        return FALSE;
    }
  return TRUE;
}

static MdgOqsMessage *
take_tree (MdgOqsNode *root, GError **error)
{
  g_autoptr (MdgOqsNode) owned = root;

  return owned != NULL && check_tree (owned, error) ? mdg_oqs_message_new (owned) : NULL;
}

static gboolean
check_size (gsize size, const MdgOqsLimits *limits, GError **error)
{
  if (size <= limits->bytes)
    return TRUE;
  g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_TOO_LARGE,
               "%" G_GSIZE_FORMAT " bytes, more than %" G_GSIZE_FORMAT, size, limits->bytes);
  return FALSE;
}

/**
 * mdg_oqs_message_new:
 * @root: (transfer none): the element XmlMsg; not to be changed from now on
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the message
 */
MdgOqsMessage *
mdg_oqs_message_new (MdgOqsNode *root)
{
  MdgOqsMessage *self;
  MdgOqsNode *body;

  g_return_val_if_fail (root != NULL, NULL);
  self = g_atomic_rc_box_new0 (MdgOqsMessage);
  self->root = mdg_oqs_node_ref (root);
  self->results = g_ptr_array_new ();
  self->units = g_ptr_array_new ();
  body = mdg_oqs_node_find (root, "MessageBody");
  if (body != NULL)
    {
      collect (self->results, mdg_oqs_node_find (body, "ResultList"), RESULT);
      /* one implementer's batches hold them without a list */
      collect (self->results, body, RESULT);
      collect (self->units, body, "BulkConfirmUnit");
    }
  return self;
}

/**
 * mdg_oqs_message_parse_xml_full:
 * @bytes: a document as mdg_oqs_message_parse_xml() takes it
 * @limits: (nullable): what is too large; NULL for the limits of a single answer
 * @error: return location
 *
 * Thread: any.
 * Errors: as mdg_oqs_message_parse_xml().
 *
 * Returns: (transfer full): the message, NULL with @error set
 */
MdgOqsMessage *
mdg_oqs_message_parse_xml_full (GBytes *bytes, const MdgOqsLimits *limits, GError **error)
{
  gsize size, length;
  const char *data;
  g_autofree char *text = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  data = g_bytes_get_data (bytes, &size);
  limits = limits != NULL ? limits : &mdg_oqs_limits_single;
  if (!check_size (size, limits, error))
    return NULL;
  text = mdg_oqs_charset_decode (data != NULL ? data : "", size, &length, error);
  return text != NULL ? take_tree (mdg_oqs_xml_read (text, length, limits, error), error) : NULL;
}

/**
 * mdg_oqs_message_parse_xml:
 * @bytes: an XML document, at most %MDG_OQS_MAX_BYTES, in UTF-8 or CP932 as its declaration says
 * @error: return location
 *
 * Reads a message. A document type declaration is refused before anything in it is used.
 *
 * Thread: any.
 * Errors: any of %MDG_OQS_ERROR; the messages carry no personal data.
 *
 * Returns: (transfer full): the message, NULL with @error set
 */
MdgOqsMessage *
mdg_oqs_message_parse_xml (GBytes *bytes, GError **error)
{
  return mdg_oqs_message_parse_xml_full (bytes, NULL, error);
}

/**
 * mdg_oqs_message_parse_json_full:
 * @bytes: a text as mdg_oqs_message_parse_json() takes it
 * @limits: (nullable): what is too large; NULL for the limits of a single answer
 * @error: return location
 *
 * Thread: any.
 * Errors: as mdg_oqs_message_parse_json().
 *
 * Returns: (transfer full): the message, NULL with @error set
 */
MdgOqsMessage *
mdg_oqs_message_parse_json_full (GBytes *bytes, const MdgOqsLimits *limits, GError **error)
{
  gsize size;
  const char *data;

  g_return_val_if_fail (bytes != NULL, NULL);
  data = g_bytes_get_data (bytes, &size);
  limits = limits != NULL ? limits : &mdg_oqs_limits_single;
  if (!check_size (size, limits, error))
    return NULL;
  return take_tree (mdg_oqs_json_read (data != NULL ? data : "", size, limits, error), error);
}

/**
 * mdg_oqs_message_parse_json:
 * @bytes: `{"XmlMsg": {…}}` in UTF-8, at most %MDG_OQS_MAX_BYTES
 * @error: return location
 *
 * Reads a message. Every value must be a string; null counts as absent.
 *
 * Thread: any.
 * Errors: any of %MDG_OQS_ERROR but ENCODING; the messages carry no personal data.
 *
 * Returns: (transfer full): the message, NULL with @error set
 */
MdgOqsMessage *
mdg_oqs_message_parse_json (GBytes *bytes, GError **error)
{
  return mdg_oqs_message_parse_json_full (bytes, NULL, error);
}

/**
 * mdg_oqs_message_to_xml:
 * @self: a message
 * @charset: the charset of the bytes and of the declaration; CharacterCodeIdentifier, which is a
 *   value of the message, is left as it is
 * @error: return location
 *
 * Writes everything the message holds.
 *
 * Thread: any.
 * Errors: %MDG_OQS_ERROR_ENCODING for a character that CP932 lacks, named and never replaced;
 *   %MDG_OQS_ERROR_INVALID for what XML cannot hold.
 *
 * Returns: (transfer full): the document, NULL with @error set
 */
GBytes *
mdg_oqs_message_to_xml (MdgOqsMessage *self, MdgOqsCharset charset, GError **error)
{
  gboolean cp932 = charset == MDG_OQS_CHARSET_CP932;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  text = mdg_oqs_xml_write (self->root, cp932 ? "Shift_JIS" : "UTF-8", error);
  if (text == NULL)
    return NULL;
  if (cp932)
    return mdg_oqs_charset_encode_cp932 (text, error);
  length = strlen (text);
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * mdg_oqs_message_to_json:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): `{"XmlMsg": {…}}` on one line
 */
char *
mdg_oqs_message_to_json (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return mdg_oqs_json_write (self->root);
}

/**
 * mdg_oqs_message_ref:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgOqsMessage *
mdg_oqs_message_ref (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_oqs_message_unref:
 * @self: (transfer full): a message
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_message_unref (MdgOqsMessage *self)
{
  g_return_if_fail (self != NULL);
  g_atomic_rc_box_release_full (self, clear_message);
}

/**
 * mdg_oqs_message_get_root:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): XmlMsg
 */
MdgOqsNode *
mdg_oqs_message_get_root (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->root;
}

/**
 * mdg_oqs_message_get_header:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): MessageHeader
 */
MdgOqsNode *
mdg_oqs_message_get_header (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return mdg_oqs_node_find (self->root, "MessageHeader");
}

/**
 * mdg_oqs_message_get_body:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): MessageBody
 */
MdgOqsNode *
mdg_oqs_message_get_body (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return mdg_oqs_node_find (self->root, "MessageBody");
}

/**
 * mdg_oqs_message_get_n_results:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: how many ResultOfQualificationConfirmation the body holds; those of a batch's units
 *   count with the units
 */
guint
mdg_oqs_message_get_n_results (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->results->len;
}

/**
 * mdg_oqs_message_get_result:
 * @self: a message
 * @index: from 0, below mdg_oqs_message_get_n_results()
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the element ResultOfQualificationConfirmation
 */
MdgOqsNode *
mdg_oqs_message_get_result (MdgOqsMessage *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->results->len, NULL);
  return self->results->pdata[index];
}

/**
 * mdg_oqs_message_get_n_units:
 * @self: a message
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: how many BulkConfirmUnit it holds: 0 but for a batch
 */
guint
mdg_oqs_message_get_n_units (MdgOqsMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->units->len;
}

/**
 * mdg_oqs_message_get_unit:
 * @self: a message
 * @index: from 0, below mdg_oqs_message_get_n_units()
 *
 * Takes one person's answer out of a batch: the header of the batch with that unit as its body.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the answer as a message of its own
 */
MdgOqsMessage *
mdg_oqs_message_get_unit (MdgOqsMessage *self, guint index)
{
  g_autoptr (MdgOqsNode) root = mdg_oqs_node_new ("XmlMsg");
  MdgOqsNode *header, *body, *unit;

  g_return_val_if_fail (self != NULL && index < self->units->len, NULL);
  header = mdg_oqs_message_get_header (self);
  if (header != NULL)
    mdg_oqs_node_add_node (root, header);
  unit = self->units->pdata[index];
  body = mdg_oqs_node_add (root, "MessageBody");
  for (guint i = 0; i < mdg_oqs_node_get_n_children (unit); i++)
    mdg_oqs_node_add_node (body, mdg_oqs_node_get_child (unit, i));
  return mdg_oqs_message_new (root);
}
