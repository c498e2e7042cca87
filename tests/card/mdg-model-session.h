/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-jpki.h"
#include "mdg-model-reader.h"

G_BEGIN_DECLS

/* What the desk does with a card, step by step, and how each step ended. */
typedef struct
{
  /* in */
  const char *pin; /* NULL: the right one */
  MdgJpkiForm form;
  gboolean confirmed_last_try;
  gboolean skip_tries;
  gboolean tries_only;
  gboolean suspend;
  /* out */
  GError *error;
  int tries_left;
  GBytes *certificate;
  GBytes *signature;
  MdgJpkiForm form_out;
  gboolean pin_sent;
  MdgExchange exchange;
} MdgModelSession;

void mdg_model_session_run (MdgModelSession *self, MdgModelReader *reader);
void mdg_model_session_clear (MdgModelSession *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MdgModelSession, mdg_model_session_clear)

guint mdg_model_session_count_verify (MdgModelReader *reader);
/* the rules that hold whatever the card does; aborts where one is broken */
void mdg_model_session_check (MdgModelSession *self, MdgModelReader *reader);

G_END_DECLS
