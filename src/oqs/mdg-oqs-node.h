/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An element of an OQS message: a name, and a text or children. Unknown elements are kept, in
 * order. Immutable once it is in a message. Boxed, counted. */
#define MDG_TYPE_OQS_NODE (mdg_oqs_node_get_type ())
typedef struct _MdgOqsNode MdgOqsNode;
GType mdg_oqs_node_get_type (void);

MdgOqsNode *mdg_oqs_node_new (const char *name);
MdgOqsNode *mdg_oqs_node_ref (MdgOqsNode *self);
void mdg_oqs_node_unref (MdgOqsNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgOqsNode, mdg_oqs_node_unref)

const char *mdg_oqs_node_get_name (MdgOqsNode *self);
const char *mdg_oqs_node_get_text (MdgOqsNode *self); /* (nullable): NULL with children or empty */
guint mdg_oqs_node_get_n_children (MdgOqsNode *self);
MdgOqsNode *mdg_oqs_node_get_child (MdgOqsNode *self, guint index); /* (transfer none) */
MdgOqsNode *
mdg_oqs_node_find (MdgOqsNode *self, const char *path); /* "A/B"; (transfer none) (nullable) */
const char *
mdg_oqs_node_find_text (MdgOqsNode *self, const char *path); /* (nullable); an empty text is NULL */
gboolean mdg_oqs_node_equal (MdgOqsNode *a, MdgOqsNode *b);
/* building */
MdgOqsNode *mdg_oqs_node_add (MdgOqsNode *self, const char *name); /* (transfer none) */
void mdg_oqs_node_add_text (MdgOqsNode *self, const char *name, const char *text);
void mdg_oqs_node_add_node (MdgOqsNode *self, MdgOqsNode *child);
void mdg_oqs_node_set_text (MdgOqsNode *self, const char *text);

G_END_DECLS
