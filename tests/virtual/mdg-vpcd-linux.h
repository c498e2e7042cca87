/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void mdg_vpcd_send_at_once (GSocket *socket);
void mdg_vpcd_acknowledge_at_once (GSocket *socket);

G_END_DECLS
