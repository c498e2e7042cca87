/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTPS around the practice service. */
#pragma once

#include "mdg-practice-core.h"

G_BEGIN_DECLS

typedef struct _MdgPracticeServer MdgPracticeServer;

MdgPracticeServer *mdg_practice_server_new (MdgPracticeCore *core, guint16 port, GError **error);
void mdg_practice_server_free (MdgPracticeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeServer, mdg_practice_server_free)
guint16 mdg_practice_server_get_port (MdgPracticeServer *self);

G_END_DECLS
