/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the practice service answers: a status, and JSON for it. */
#pragma once

#include "mdg-practice-document.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_PRACTICE_ERROR_ACT_FORM,
  MDG_PRACTICE_ERROR_ACT_LOGIN,
  MDG_PRACTICE_ERROR_ACT_CODE,
  MDG_PRACTICE_ERROR_ACT_LOCKED,
  MDG_PRACTICE_ERROR_ACT_LIMIT,
  MDG_PRACTICE_ERROR_ACT_REVOKED,
  MDG_PRACTICE_ERROR_ACT_UNKNOWN,
  MDG_PRACTICE_ERROR_AUTH_LOGIN,
  MDG_PRACTICE_ERROR_AUTH_LOCKED,
  MDG_PRACTICE_ERROR_AUTH_PASSWORD,
  MDG_PRACTICE_ERROR_AUTH_TOKEN,
  MDG_PRACTICE_ERROR_CARD_FORM,
  MDG_PRACTICE_ERROR_CARD_CHALLENGE,
  MDG_PRACTICE_ERROR_CARD_SIGNATURE,
  MDG_PRACTICE_ERROR_CARD_TRUST,
  MDG_PRACTICE_ERROR_CARD_EXPIRED,
  MDG_PRACTICE_ERROR_CARD_VISUAL,
  MDG_PRACTICE_ERROR_SEARCH_FORM,
  MDG_PRACTICE_ERROR_REQUEST,
  MDG_PRACTICE_ERROR_KEY_REUSED,
  MDG_PRACTICE_ERROR_NO_CALL,
  MDG_PRACTICE_ERROR_METHOD,
  MDG_PRACTICE_ERROR_TOO_LARGE,
  MDG_PRACTICE_ERROR_MEDIA_TYPE,
  MDG_PRACTICE_ERROR_FAULT,
  MDG_PRACTICE_ERROR_MAINTENANCE,
  MDG_PRACTICE_ERROR_INTERNAL,
  MDG_PRACTICE_N_ERRORS
} MdgPracticeError;

typedef struct
{
  guint status;
  GBytes *body; /* (nullable): JSON */
  guint retry_after;
  gboolean lasting; /* a repeat gets it again; not so for a lock, a fault, a log-in that ended */
} MdgPracticeReply;

void mdg_practice_json_free_text (gpointer text);
MdgPracticeReply *mdg_practice_reply_new (guint status, json_t *body);
MdgPracticeReply *mdg_practice_reply_new_bytes (guint status, GBytes *body);
MdgPracticeReply *mdg_practice_reply_new_error (MdgPracticeError error, const char *field);
MdgPracticeReply *
mdg_practice_reply_new_wait (MdgPracticeError error, guint status, gint64 seconds);
void mdg_practice_reply_free (MdgPracticeReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeReply, mdg_practice_reply_free)
const char *mdg_practice_status_phrase (guint status);

G_END_DECLS
