/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-oqs-node.h"

G_BEGIN_DECLS

#define MDG_OQS_ERROR (mdg_oqs_error_quark ())
typedef enum
{
  MDG_OQS_ERROR_MALFORMED, /* not XML, not JSON, not text */
  MDG_OQS_ERROR_NOT_OQS,   /* well-formed, but no XmlMsg */
  MDG_OQS_ERROR_TOO_LARGE, /* bytes, depth or elements over the limit */
  MDG_OQS_ERROR_ENCODING,  /* a charset we do not read, bytes that are not in it, a character CP932
                              lacks */
  MDG_OQS_ERROR_INVALID    /* a value of a field that cannot be: the message names the field */
} MdgOqsError;
GQuark mdg_oqs_error_quark (void);

#define MDG_OQS_MAX_BYTES (1024 * 1024)

/* What is too large for one message. */
typedef struct
{
  gsize bytes;
  guint depth;    /* of nested elements, XmlMsg included */
  guint elements; /* in all */
  gsize text;     /* bytes of one value */
} MdgOqsLimits;
extern const MdgOqsLimits mdg_oqs_limits_single;

typedef enum
{
  MDG_OQS_CHARSET_UTF8,
  MDG_OQS_CHARSET_CP932
} MdgOqsCharset;

/* What an answer says, first rule that fits (reference/domain.md 2.5, table 006). */
typedef enum
{
  MDG_OQS_VERDICT_ERROR,
  MDG_OQS_VERDICT_PROCESSING,
  MDG_OQS_VERDICT_VALID,
  MDG_OQS_VERDICT_INVALID,
  MDG_OQS_VERDICT_SUPERSEDED,
  MDG_OQS_VERDICT_NONE,
  MDG_OQS_VERDICT_SEVERAL,
  MDG_OQS_VERDICT_UNREGISTERED
} MdgOqsVerdict;

/* XmlMsg: the root node is "XmlMsg" with MessageHeader and MessageBody. Immutable, counted. */
typedef struct _MdgOqsMessage MdgOqsMessage;
MdgOqsMessage *mdg_oqs_message_new (MdgOqsNode *root); /* (transfer none) */
MdgOqsMessage *mdg_oqs_message_parse_xml (GBytes *bytes, GError **error);
MdgOqsMessage *mdg_oqs_message_parse_json (GBytes *bytes, GError **error); /* {"XmlMsg": …} */
/* with other limits than those of a single answer; @limits: (nullable) */
MdgOqsMessage *
mdg_oqs_message_parse_xml_full (GBytes *bytes, const MdgOqsLimits *limits, GError **error);
MdgOqsMessage *
mdg_oqs_message_parse_json_full (GBytes *bytes, const MdgOqsLimits *limits, GError **error);
GBytes *mdg_oqs_message_to_xml (MdgOqsMessage *self, MdgOqsCharset charset, GError **error);
char *mdg_oqs_message_to_json (MdgOqsMessage *self); /* {"XmlMsg": …}, one line */
MdgOqsMessage *mdg_oqs_message_ref (MdgOqsMessage *self);
void mdg_oqs_message_unref (MdgOqsMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgOqsMessage, mdg_oqs_message_unref)

MdgOqsNode *mdg_oqs_message_get_root (MdgOqsMessage *self);   /* (transfer none) */
MdgOqsNode *mdg_oqs_message_get_header (MdgOqsMessage *self); /* (transfer none) (nullable) */
MdgOqsNode *mdg_oqs_message_get_body (MdgOqsMessage *self);   /* (transfer none) (nullable) */
MdgOqsVerdict mdg_oqs_message_get_verdict (MdgOqsMessage *self);
guint mdg_oqs_message_get_n_results (MdgOqsMessage *self);
MdgOqsNode *mdg_oqs_message_get_result (MdgOqsMessage *self,
                                        guint index); /* ResultOfQualificationConfirmation */
/* a batch (BulkConfirmUnit) holds many answers and is none itself: each is taken out as a message
 */
guint mdg_oqs_message_get_n_units (MdgOqsMessage *self);
MdgOqsMessage *mdg_oqs_message_get_unit (MdgOqsMessage *self, guint index); /* (transfer full) */
const char *mdg_oqs_verdict_to_string (MdgOqsVerdict verdict); /* "valid" … as in check --json */

G_END_DECLS
