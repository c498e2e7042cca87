/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The map of the preparation: how far it is, what is next, the three parts with their steps. */
#pragma once

#include "mdg-guide.h"
#include "mdg-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Asks by the actions of mdg-preparation-page.c: "preparation.step" (s), "preparation.page" (s),
 * "preparation.export", "preparation.import", "preparation.open". */
#define MDG_TYPE_MAP_VIEW (mdg_map_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgMapView, mdg_map_view, MDG, MAP_VIEW, GtkWidget)

GtkWidget *mdg_map_view_new (void);
void mdg_map_view_set_guide (MdgMapView *self, MdgGuide *guide);     /* (nullable): not open yet */
void mdg_map_view_set_error (MdgMapView *self, const GError *error); /* why there is none */
/* what an export or an import came to; @words "": the error says it */
void mdg_map_view_tell (MdgMapView *self, const char *words, const GError *error);
/* the facts of the terminal that is registered; (nullable) */
void mdg_map_view_set_terminal (MdgMapView *self,
                                const MdgTerminal *terminal,
                                const char *name,
                                const char *code);
void mdg_map_view_offer_practice (MdgMapView *self, gboolean offer);

G_END_DECLS
