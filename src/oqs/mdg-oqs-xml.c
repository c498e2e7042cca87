/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML in and out. The reader takes libxml2's SAX events, so nothing is built that the limits do not
 * allow, no entity is expanded, no file or address is opened, and a document type declaration ends
 * it at once. Attributes, comments and processing instructions say nothing in OQS and are dropped;
 * CDATA is text. A namespace prefix stays a part of the name: "x:Name" is an unknown element. */
#include "config.h"

#include "mdg-oqs-xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <string.h>

#include "mdg-oqs-element.h"

typedef struct
{
  const MdgOqsLimits *limits;
  xmlParserCtxtPtr context;
  GError *error;
  MdgOqsNode *root; /* owned */
  GPtrArray *open;  /* MdgOqsNode, borrowed: from the root to where the parser is */
  GPtrArray *texts; /* GString, one for each of them */
  guint elements;
} Reader;

static void
stop (Reader *self, MdgOqsError code, const char *message)
{
  if (self->error == NULL)
    g_set_error_literal (&self->error, MDG_OQS_ERROR, code, message);
  xmlStopParser (self->context);
}

static void
free_text (gpointer data)
{
  g_string_free (data, TRUE);
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
is_in_unknown (Reader *self)
{
  for (guint i = 0; i < self->open->len; i++)
    if (mdg_oqs_element_kind (mdg_oqs_node_get_name (self->open->pdata[i])) ==
        MDG_OQS_ELEMENT_UNKNOWN)
      return TRUE;
  return FALSE;
}

static void
on_doctype_cb (void *data,
               const xmlChar *name G_GNUC_UNUSED,
               const xmlChar *external G_GNUC_UNUSED,
               const xmlChar *system_id G_GNUC_UNUSED)
{
  stop (data, MDG_OQS_ERROR_MALFORMED, "a document type declaration is not allowed");
}

static void
on_start_cb (void *data,
             const xmlChar *name,
             const xmlChar *prefix,
             const xmlChar *uri G_GNUC_UNUSED,
             int n_namespaces G_GNUC_UNUSED,
             const xmlChar **namespaces G_GNUC_UNUSED,
             int n_attributes G_GNUC_UNUSED,
             int n_defaulted G_GNUC_UNUSED,
             const xmlChar **attributes G_GNUC_UNUSED)
{
  Reader *self = data;
  g_autofree char *full = prefix != NULL
                              ? g_strconcat ((const char *) prefix, ":", (const char *) name, NULL)
                              : g_strdup ((const char *) name);

  if (self->error != NULL)
    return;
  if (self->open->len >= self->limits->depth)
    stop (self, MDG_OQS_ERROR_TOO_LARGE, "elements are nested too deep");
  else if (++self->elements > self->limits->elements)
    stop (self, MDG_OQS_ERROR_TOO_LARGE, "too many elements");
  else if (!mdg_oqs_element_name_is_valid (full))
    stop (self, MDG_OQS_ERROR_INVALID, "the name of an element is too long or not qualified");
  else if (self->open->len == 0 && !g_str_equal (full, "XmlMsg"))
    stop (self, MDG_OQS_ERROR_NOT_OQS, "the root is not XmlMsg");
  if (self->error != NULL)
    return;
  if (self->root == NULL)
    g_ptr_array_add (self->open, self->root = mdg_oqs_node_new (full));
  else
    g_ptr_array_add (self->open, mdg_oqs_node_add (self->open->pdata[self->open->len - 1], full));
  g_ptr_array_add (self->texts, g_string_new (NULL));
}

static void
on_text_cb (void *data, const xmlChar *text, int length)
{
  Reader *self = data;
  GString *collected;

  if (self->error != NULL || self->texts->len == 0 || length <= 0)
    return;
  collected = self->texts->pdata[self->texts->len - 1];
  if (collected->len + (gsize) length > self->limits->text)
    stop (self, MDG_OQS_ERROR_TOO_LARGE, "a value is too long");
  else
    g_string_append_len (collected, (const char *) text, length);
}

static void
on_end_cb (void *data,
           const xmlChar *name G_GNUC_UNUSED,
           const xmlChar *prefix G_GNUC_UNUSED,
           const xmlChar *uri G_GNUC_UNUSED)
{
  Reader *self = data;
  MdgOqsNode *node;
  const char *text;
  MdgOqsElementKind kind;
  gboolean block;

  if (self->error != NULL || self->open->len == 0)
    return;
  node = self->open->pdata[self->open->len - 1];
  text = ((GString *) self->texts->pdata[self->texts->len - 1])->str;
  kind = mdg_oqs_element_kind (mdg_oqs_node_get_name (node));
  block = kind == MDG_OQS_ELEMENT_BLOCK || kind == MDG_OQS_ELEMENT_LIST;
  /* what stands between the elements of a known block is indentation or nothing we may guess at;
   * an unknown block may hold what it likes, and keeps its elements */
  if (block && !is_blank (text) && !is_in_unknown (self))
    stop (self, MDG_OQS_ERROR_INVALID, "loose text between elements");
  else if (mdg_oqs_node_get_n_children (node) == 0 && !(block && is_blank (text)))
    mdg_oqs_node_set_text (node, text);
  g_ptr_array_set_size (self->open, self->open->len - 1);
  g_ptr_array_set_size (self->texts, self->texts->len - 1);
}

/* libxml2 would print on standard error; what is wrong is asked of the context afterwards */
static void
on_error_cb (void *data G_GNUC_UNUSED, xmlErrorPtr error G_GNUC_UNUSED)
{
}

/* the library's own guard is not safe when two threads are the first */
static gpointer
init_library (gpointer data)
{
  xmlInitParser ();
  return NULL;
}

static void
set_up (Reader *self)
{
  xmlSAXHandler *sax = self->context->sax;

  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  memset (sax, 0, sizeof *sax);
  sax->initialized = XML_SAX2_MAGIC;
  sax->internalSubset = on_doctype_cb;
  sax->startElementNs = on_start_cb;
  sax->endElementNs = on_end_cb;
  sax->characters = on_text_cb;
  sax->ignorableWhitespace = on_text_cb;
  sax->cdataBlock = on_text_cb;
  sax->serror = (xmlStructuredErrorFunc) on_error_cb;
  self->context->userData = self;
}

/**
 * mdg_oqs_xml_read:
 * @text: (array length=length): a document in UTF-8
 * @length: its bytes
 * @limits: what is too large
 * @error: return location
 *
 * Reads a document whose root is XmlMsg. Whatever its declaration says of the charset is ignored.
 *
 * Thread: any; no state of libxml2 is shared.
 * Errors: %MDG_OQS_ERROR_MALFORMED, %MDG_OQS_ERROR_NOT_OQS, %MDG_OQS_ERROR_TOO_LARGE,
 *   %MDG_OQS_ERROR_INVALID; the messages name no value.
 *
 * Returns: (transfer full): the root, NULL with @error set
 */
MdgOqsNode *
mdg_oqs_xml_read (const char *text, gsize length, const MdgOqsLimits *limits, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  Reader self = { .limits = limits };

  g_once (&once, init_library, NULL);
  self.context =
      length > 0 && length <= G_MAXINT ? xmlCreateMemoryParserCtxt (text, (int) length) : NULL;
  if (self.context == NULL)
    {
      g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_MALFORMED, "nothing to read");
      return NULL;
    }
  self.open = g_ptr_array_new ();
  self.texts = g_ptr_array_new_with_free_func (free_text);
  set_up (&self);
  xmlParseDocument (self.context);
  if (self.error == NULL && (!self.context->wellFormed || self.root == NULL))
    g_set_error (&self.error, MDG_OQS_ERROR, MDG_OQS_ERROR_MALFORMED,
                 "not well-formed XML: line %d, error %d of libxml2", self.context->lastError.line,
                 self.context->errNo);
  if (self.context->myDoc != NULL)
    xmlFreeDoc (self.context->myDoc);
  xmlFreeParserCtxt (self.context);
  g_ptr_array_unref (self.open);
  g_ptr_array_unref (self.texts);
  if (self.error != NULL)
    {
      g_clear_pointer (&self.root, mdg_oqs_node_unref);
      g_propagate_error (error, self.error);
    }
  return self.root;
}

/* XML 1.0 2.2 */
static gboolean
is_xml_char (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xd800) ||
         (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

static gboolean
write_text (GString *out, const char *name, const char *text, GError **error)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_xml_char (c))
        {
          g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_INVALID,
                       "%s: U+%04X cannot stand in XML", name, c);
          return FALSE;
        }
      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '\r') /* a reader would make a line feed of it: XML 1.0 2.11 */
        g_string_append (out, "&#13;");
      else
        g_string_append_unichar (out, c);
    }
  return TRUE;
}

static gboolean
write_node (GString *out, MdgOqsNode *node, GError **error)
{
  const char *name = mdg_oqs_node_get_name (node);
  const char *text = mdg_oqs_node_get_text (node);
  guint count = mdg_oqs_node_get_n_children (node);

  if (!mdg_oqs_element_name_is_valid (name))
    {
      g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_INVALID,
                           "an element has a name that XML cannot write");
      return FALSE;
    }
  if (text == NULL && count == 0)
    {
      g_string_append_printf (out, "<%s/>", name);
      return TRUE;
    }
  g_string_append_printf (out, "<%s>", name);
  if (text != NULL && !write_text (out, name, text, error))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!write_node (out, mdg_oqs_node_get_child (node, i), error))
      return FALSE;
  g_string_append_printf (out, "</%s>", name);
  return TRUE;
}

/**
 * mdg_oqs_xml_write:
 * @root: the element XmlMsg
 * @charset: what the declaration shall say
 * @error: return location
 *
 * Writes a document on one line after its declaration, without indentation: blanks are values.
 *
 * Thread: any.
 * Errors: %MDG_OQS_ERROR_INVALID for a name or a character that XML cannot hold.
 *
 * Returns: (transfer full): the document in UTF-8, NULL with @error set
 */
char *
mdg_oqs_xml_write (MdgOqsNode *root, const char *charset, GError **error)
{
  GString *out = g_string_new (NULL);
  gboolean done;

  g_string_append_printf (out, "<?xml version=\"1.0\" encoding=\"%s\" standalone=\"no\"?>\n",
                          charset);
  done = write_node (out, root, error);
  g_string_append_c (out, '\n');
  return g_string_free (out, !done);
}
