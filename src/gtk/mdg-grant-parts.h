/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the pages of the grant are put together from. */
#pragma once

#include "mdg-grant-form.h"
#include "mdg-guide.h"
#include "mdg-navigator.h"

G_BEGIN_DECLS

/* the amounts ① to ④ with where each comes from, the rule, its deadline */
#define MDG_TYPE_AMOUNTS_BOX (mdg_amounts_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgAmountsBox, mdg_amounts_box, MDG, AMOUNTS_BOX, GtkWidget)
GtkWidget *mdg_amounts_box_new (MdgGuide *guide);

/* the fields of 助成金交付申請書 */
#define MDG_TYPE_GRANT_FIELDS_BOX (mdg_grant_fields_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgGrantFieldsBox, mdg_grant_fields_box, MDG, GRANT_FIELDS_BOX, GtkWidget)
GtkWidget *mdg_grant_fields_box_new (MdgGuide *guide);
GtkWidget *mdg_grant_fields_box_get_field (MdgGrantFieldsBox *self, MdgGrantField field);

/* what would send the packet back, and the packet */
#define MDG_TYPE_PACKET_BOX (mdg_packet_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgPacketBox, mdg_packet_box, MDG, PACKET_BOX, GtkWidget)
GtkWidget *mdg_packet_box_new (MdgGuide *guide, MdgNavigator *navigator);

G_END_DECLS
