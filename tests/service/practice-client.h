/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small HTTP client for the tests of the practice service; bodies are written by the tests. */
#pragma once

#include "mdg-practice-service.h"

#include <jansson.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* a service in a folder of its own */
typedef struct
{
  char *dir;
  char *state_dir;
  MdgPracticeService *service;
  MdgPracticeInfo *info;
} PracticeRig;
void practice_rig_init (PracticeRig *rig);
void practice_rig_restart (PracticeRig *rig);
void practice_rig_refresh (PracticeRig *rig);
void practice_rig_fault (PracticeRig *rig, const char *fault);
char *practice_rig_write (PracticeRig *rig, const char *name, const void *data, gssize n);
void practice_rig_clear (PracticeRig *rig);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticeRig, practice_rig_clear)

typedef struct
{
  guint status; /* 0: no answer */
  char *text;
  gsize length;
  json_t *json; /* (nullable) */
  SoupMessageHeaders *headers;
  GError *error;
} PracticeReply;
void practice_reply_free (PracticeReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeReply, practice_reply_free)
const char *practice_reply_code (PracticeReply *reply);
const char *practice_reply_text (PracticeReply *reply, const char *path);
void practice_assert_error (PracticeReply *reply, guint status, const char *code);

/* one terminal: its connections, certificate, log-in */
typedef struct
{
  char *url;
  SoupSession *session;
  GTlsCertificate *certificate; /* (nullable) */
  char *chain;                  /* PEM, without the key */
  char *token;                  /* (nullable) */
  char *key;                    /* (nullable): Idempotency-Key of the next call only */
  const char *content_type;     /* of the next call only */
} PracticeClient;
PracticeClient *practice_client_new (const char *url, const char *ca_file);
void practice_client_free (PracticeClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeClient, practice_client_free)
PracticeReply *practice_call (PracticeClient *client,
                              const char *method,
                              const char *path,
                              const char *format,
                              ...) G_GNUC_PRINTF (4, 5);

char *practice_make_request (char **key_pem, const char *curve); /* PKCS#10, JSON-escaped */
void practice_client_use (PracticeClient *client, const char *chain, const char *key_pem);
PracticeReply *practice_activate (PracticeClient *client,
                                  const MdgPracticeInfo *info,
                                  const char *code,
                                  const char *password);
void practice_login (PracticeClient *client, const MdgPracticeInfo *info);
/* a terminal that is activated and logged in */
PracticeClient *practice_terminal (PracticeRig *rig);

G_END_DECLS
