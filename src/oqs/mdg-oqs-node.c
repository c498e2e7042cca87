/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One element of an OQS message. A tree of these keeps everything a message says, in its order,
 * whether the program knows the element or not, so that what is written again is what was read.
 * An empty element and an absent one mean the same, so an empty text is never handed out. */
#include "config.h"

#include "mdg-oqs-node.h"

#include <string.h>

struct _MdgOqsNode
{
  char *name;
  char *text;          /* NULL where there is none */
  GPtrArray *children; /* NULL until the first child */
};

G_DEFINE_BOXED_TYPE (MdgOqsNode, mdg_oqs_node, mdg_oqs_node_ref, mdg_oqs_node_unref)

static void
clear_node (gpointer data)
{
  MdgOqsNode *self = data;

  g_free (self->name);
  g_free (self->text);
  g_clear_pointer (&self->children, g_ptr_array_unref);
}

/* the first child whose name is the @length bytes at @name */
static MdgOqsNode *
find_child (MdgOqsNode *self, const char *name, gsize length)
{
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    {
      MdgOqsNode *child = self->children->pdata[i];
      if (strncmp (child->name, name, length) == 0 && child->name[length] == '\0')
        return child;
    }
  return NULL;
}

/**
 * mdg_oqs_node_new:
 * @name: the name of the element
 *
 * Makes an empty element.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the element
 */
MdgOqsNode *
mdg_oqs_node_new (const char *name)
{
  MdgOqsNode *self;

  g_return_val_if_fail (name != NULL, NULL);
  self = g_atomic_rc_box_new0 (MdgOqsNode);
  self->name = g_utf8_make_valid (name, -1);
  return self;
}

/**
 * mdg_oqs_node_ref:
 * @self: an element
 *
 * Takes a reference.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgOqsNode *
mdg_oqs_node_ref (MdgOqsNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_oqs_node_unref:
 * @self: (transfer full): an element
 *
 * Gives a reference back; the last one frees the element and its children.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_node_unref (MdgOqsNode *self)
{
  g_return_if_fail (self != NULL);
  g_atomic_rc_box_release_full (self, clear_node);
}

/**
 * mdg_oqs_node_get_name:
 * @self: an element
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the name, with its prefix where it had one
 */
const char *
mdg_oqs_node_get_name (MdgOqsNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->name;
}

/**
 * mdg_oqs_node_get_text:
 * @self: an element
 *
 * The value as it was written, blanks kept.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the text, NULL where the element has children or is empty
 */
const char *
mdg_oqs_node_get_text (MdgOqsNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->text;
}

/**
 * mdg_oqs_node_get_n_children:
 * @self: an element
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the number of children
 */
guint
mdg_oqs_node_get_n_children (MdgOqsNode *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->children != NULL ? self->children->len : 0;
}

/**
 * mdg_oqs_node_get_child:
 * @self: an element
 * @index: from 0, below mdg_oqs_node_get_n_children()
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the child
 */
MdgOqsNode *
mdg_oqs_node_get_child (MdgOqsNode *self, guint index)
{
  g_return_val_if_fail (index < mdg_oqs_node_get_n_children (self), NULL);
  return self->children->pdata[index];
}

/**
 * mdg_oqs_node_find:
 * @self: an element
 * @path: names of descendants, separated by "/"
 *
 * Looks by name and never by position, because the order of elements is not stable
 * (reference/domain.md 2.4). Where a name repeats, the first one is taken at every step.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the element
 */
MdgOqsNode *
mdg_oqs_node_find (MdgOqsNode *self, const char *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, NULL);
  while (self != NULL)
    {
      const char *slash = strchr (path, '/');
      gsize length = slash != NULL ? (gsize) (slash - path) : strlen (path);

      self = find_child (self, path, length);
      if (slash == NULL)
        return self;
      path = slash + 1;
    }
  return NULL;
}

/**
 * mdg_oqs_node_find_text:
 * @self: an element
 * @path: names of descendants, separated by "/"
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the text, NULL where it is absent, empty or has children
 */
const char *
mdg_oqs_node_find_text (MdgOqsNode *self, const char *path)
{
  MdgOqsNode *node = mdg_oqs_node_find (self, path);
  return node != NULL ? node->text : NULL;
}

/**
 * mdg_oqs_node_equal:
 * @a: an element
 * @b: another
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether both have the same names, texts and children in the same order
 */
gboolean
mdg_oqs_node_equal (MdgOqsNode *a, MdgOqsNode *b)
{
  guint count = mdg_oqs_node_get_n_children (a);

  if (count != mdg_oqs_node_get_n_children (b) || g_strcmp0 (a->name, b->name) != 0 ||
      g_strcmp0 (a->text, b->text) != 0)
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!mdg_oqs_node_equal (a->children->pdata[i], b->children->pdata[i]))
      return FALSE;
  return TRUE;
}

/**
 * mdg_oqs_node_add:
 * @self: an element that is in no message yet
 * @name: the name of the new child
 *
 * Adds an empty child at the end. A text of @self goes: an element has a text or children.
 *
 * Thread: the one that builds the tree.
 * Errors: none.
 *
 * Returns: (transfer none): the child
 */
MdgOqsNode *
mdg_oqs_node_add (MdgOqsNode *self, const char *name)
{
  g_autoptr (MdgOqsNode) child = mdg_oqs_node_new (name);

  g_return_val_if_fail (child != NULL, NULL);
  mdg_oqs_node_add_node (self, child);
  return child; /* its parent holds it */
}

/**
 * mdg_oqs_node_add_text:
 * @self: an element that is in no message yet
 * @name: the name of the new child
 * @text: (nullable): its text
 *
 * Adds a child with a text at the end.
 *
 * Thread: the one that builds the tree.
 * Errors: none.
 */
void
mdg_oqs_node_add_text (MdgOqsNode *self, const char *name, const char *text)
{
  mdg_oqs_node_set_text (mdg_oqs_node_add (self, name), text);
}

/**
 * mdg_oqs_node_add_node:
 * @self: an element that is in no message yet
 * @child: (transfer none): an element that does not hold @self
 *
 * Adds a child at the end; it may stand in other trees too.
 *
 * Thread: the one that builds the tree.
 * Errors: none.
 */
void
mdg_oqs_node_add_node (MdgOqsNode *self, MdgOqsNode *child)
{
  g_return_if_fail (self != NULL && child != NULL && self != child);
  g_clear_pointer (&self->text, g_free);
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) mdg_oqs_node_unref);
  g_ptr_array_add (self->children, mdg_oqs_node_ref (child));
}

/**
 * mdg_oqs_node_set_text:
 * @self: an element without children, in no message yet
 * @text: (nullable): its text; an empty one is none. Bytes that are not UTF-8 become U+FFFD
 *
 * Sets the text.
 *
 * Thread: the one that builds the tree.
 * Errors: none.
 */
void
mdg_oqs_node_set_text (MdgOqsNode *self, const char *text)
{
  g_return_if_fail (self != NULL && self->children == NULL);
  g_free (self->text);
  self->text = text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
}
