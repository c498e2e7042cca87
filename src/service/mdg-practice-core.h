/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service without its network: what it has, and one request to one reply. */
#pragma once

#include "mdg-practice-card.h"
#include "mdg-practice-fault.h"
#include "mdg-practice-login.h"
#include "mdg-practice-memory.h"
#include "mdg-practice-people.h"
#include "mdg-practice-reply.h"
#include "mdg-practice-terminals.h"

G_BEGIN_DECLS

typedef struct
{
  MdgPracticePki *pki;
  MdgPracticeState *state;
  MdgPracticeLogin *login;
  MdgPracticeMemory *memory;
  MdgPracticePeople *people;
  MdgPracticeTrust *trust;
  MdgPracticeFault fault;
  guint8 mark_key[MDG_PRACTICE_DIGEST_SIZE];
} MdgPracticeCore;

MdgPracticeCore *mdg_practice_core_new (const char *state_dir, GError **error);
void mdg_practice_core_free (MdgPracticeCore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeCore, mdg_practice_core_free)
gint64 mdg_practice_core_now (MdgPracticeCore *self);
gint64 mdg_practice_core_uptime (MdgPracticeCore *self);

typedef struct
{
  /* as it came */
  const char *method;
  const char *call;            /* the path without its slash */
  const char *content_type;    /* (nullable) */
  const char *authorization;   /* (nullable) */
  const char *idempotency_key; /* (nullable) */
  GBytes *certificate;         /* (nullable): DER, its key proven by TLS */
  GBytes *body;
  /* as it was found to be */
  gboolean faulty;
  guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE];
  guint8 body_mark[MDG_PRACTICE_DIGEST_SIZE];
  MdgPracticeTerminal *terminal;
  char *user_id;
  json_t *json;
} MdgPracticeRequest;

void mdg_practice_request_clear (MdgPracticeRequest *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MdgPracticeRequest, mdg_practice_request_clear)
gboolean mdg_practice_core_keep_answer (MdgPracticeCore *self,
                                        MdgPracticeRequest *request,
                                        const char *scope,
                                        MdgPracticeReply *reply,
                                        GError **error);
MdgPracticeReply *mdg_practice_core_answer (MdgPracticeCore *self, MdgPracticeRequest *request);

/* the calls, one function each */
typedef MdgPracticeReply *(*MdgPracticeCall) (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_status (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_activation (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_renewal (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_terminal (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_auth (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_password (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_challenge (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_card (MdgPracticeCore *self, MdgPracticeRequest *request);
MdgPracticeReply *mdg_practice_call_search (MdgPracticeCore *self, MdgPracticeRequest *request);

G_END_DECLS
