/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One OQS response document of an invented person, from XML to the JSON of service-protocol.md
 * ("OQS messages in JSON"). Written apart from the program's own reader on purpose: a
 * misunderstanding of one side must not pass because the other shares it. Documents come from
 * files, so they are hostile: UTF-8 only, no document type, bounded in size, depth and number.
 */
#include "config.h"

#include "mdg-practice-document.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define MAX_BYTES       (1024 * 1024)
#define MAX_DEPTH       12
#define MAX_ELEMENTS    5000
#define MAX_TEXT        4000
#define MAX_DESCRIPTION 200

typedef struct
{
  const char *name;
  guint elements;
  GError **error;
} Walk;

static void
free_document (xmlDocPtr document)
{
  xmlFreeDoc (document);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, free_document)

static json_t *
refuse (Walk *walk, const char *why)
{
  g_set_error (walk->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", walk->name, why);
  return NULL;
}

static void
ignore_message_cb (void *data, const char *format, ...)
{
}

static gboolean
has_element_child (const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      return TRUE;
  return FALSE;
}

static json_t *
read_text (Walk *walk, const xmlNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        g_string_append (text, (const char *) child->content);
      else if (child->type != XML_COMMENT_NODE)
        return refuse (walk, "something other than text in a value");
    }
  if (text->len > MAX_TEXT)
    return refuse (walk, "a value is too long");
  return json_stringn (text->str, text->len);
}

static gboolean
is_blank (const xmlNode *node)
{
  const char *text = (const char *) node->content;

  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static json_t *read_element (Walk *walk, const xmlNode *node, guint depth);

/* children of one element: an array of one-key objects for a …List, else an object */
static gboolean
read_child (Walk *walk, json_t *into, const xmlNode *child, guint depth)
{
  const char *name = (const char *) child->name;
  g_autoptr (json_t) value = NULL;

  if (child->type == XML_COMMENT_NODE)
    return TRUE;
  if (child->type == XML_TEXT_NODE && is_blank (child))
    return TRUE;
  if (child->type != XML_ELEMENT_NODE)
    return refuse (walk, "text or instructions between elements") != NULL;
  value = read_element (walk, child, depth + 1);
  if (value == NULL)
    return FALSE;
  if (json_is_array (into))
    return json_array_append_new (into, json_pack ("{sO}", name, value)) == 0;
  if (json_object_get (into, name) != NULL)
    return refuse (walk, "an element comes twice") != NULL;
  return json_object_set (into, name, value) == 0;
}

static json_t *
read_element (Walk *walk, const xmlNode *node, guint depth)
{
  g_autoptr (json_t) value = NULL;
  gboolean list = g_str_has_suffix ((const char *) node->name, "List");

  if (depth > MAX_DEPTH || ++walk->elements > MAX_ELEMENTS)
    return refuse (walk, "too deep or too many elements");
  if (node->properties != NULL || node->nsDef != NULL || node->ns != NULL)
    return refuse (walk, "attributes and namespaces are not of this format");
  if (!list && !has_element_child (node))
    return read_text (walk, node);
  value = list ? json_array () : json_object ();
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (!read_child (walk, value, child, depth))
      return NULL;
  return g_steal_pointer (&value);
}

static gboolean
is_utf8_document (const xmlDoc *document, GBytes *bytes)
{
  gsize n = 0;
  const char *text = g_bytes_get_data (bytes, &n);

  return g_utf8_validate (text, (gssize) n, NULL) &&
         (document->encoding == NULL ||
          g_ascii_strcasecmp ((const char *) document->encoding, "UTF-8") == 0);
}

static char *
find_description (const xmlDoc *document)
{
  for (const xmlNode *node = document->children; node != NULL; node = node->next)
    if (node->type == XML_COMMENT_NODE && node->content != NULL &&
        strlen ((const char *) node->content) <= MAX_DESCRIPTION)
      return g_strstrip (g_strdup ((const char *) node->content));
  return NULL;
}

static json_t *
read_body (Walk *walk, xmlDoc *document)
{
  const xmlNode *root = xmlDocGetRootElement (document);
  g_autoptr (json_t) message = NULL;
  json_t *body;

  if (root == NULL || strcmp ((const char *) root->name, "XmlMsg") != 0)
    return refuse (walk, "not an OQS message");
  message = read_element (walk, root, 0);
  if (message == NULL)
    return NULL;
  body = json_object_get (message, "MessageBody");
  if (!json_is_object (body) || !json_is_string (json_object_get (body, "QualificationValidity")))
    return refuse (walk, "no MessageBody with a QualificationValidity");
  return json_incref (body);
}

/**
 * mdg_practice_document_read:
 * @name: the file's name, for errors
 * @bytes: the XML, in UTF-8
 * @description: (out) (transfer full) (nullable) (optional): the comment before the root element
 * @error: return location
 *
 * Reads a response document strictly. The header is not kept: the service fills in its own.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_DATA, with @name and the reason.
 * Returns: (transfer full) (nullable): the MessageBody
 */
json_t *
mdg_practice_document_read (const char *name, GBytes *bytes, char **description, GError **error)
{
  Walk walk = { name, 0, error };
  xmlParserCtxtPtr parser;
  g_autoptr (xmlDoc) document = NULL;
  json_t *body;
  gsize n = 0;
  const char *text = g_bytes_get_data (bytes, &n);

  if (n == 0 || n > MAX_BYTES)
    return refuse (&walk, "empty or larger than 1 MiB");
  parser = xmlNewParserCtxt ();
  parser->sax->error = ignore_message_cb;
  parser->sax->warning = ignore_message_cb;
  /* No entity is ever expanded and nothing is fetched: a document type is refused below. */
  document = xmlCtxtReadMemory (parser, text, (int) n, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlFreeParserCtxt (parser);
  if (document == NULL)
    return refuse (&walk, "not well-formed XML");
  if (document->intSubset != NULL || document->extSubset != NULL)
    return refuse (&walk, "a document type is not allowed");
  if (!is_utf8_document (document, bytes))
    return refuse (&walk, "not in UTF-8");
  body = read_body (&walk, document);
  if (body != NULL && description != NULL)
    *description = find_description (document);
  return body;
}
