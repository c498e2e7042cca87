/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The own content of the pages of the preparation, each made when its page is opened. A new one is
 * a line of a table in mdg-step-content.c. */
#pragma once

#include "mdg-guide.h"
#include "mdg-navigator.h"
#include "mdg-session.h"

G_BEGIN_DECLS

/* @session: (nullable): none in a test; @navigator: where a page of it may open another;
 * outlives what is made. (transfer floating) */
typedef GtkWidget *(*MdgMakeContent) (MdgGuide *guide,
                                      MdgSession *session,
                                      MdgNavigator *navigator);

/* (nullable) (transfer floating): what a step has of its own between its purpose and its state */
GtkWidget *mdg_step_content_new (MdgStepKind kind,
                                 MdgGuide *guide,
                                 MdgSession *session,
                                 MdgNavigator *navigator);

/* a page that belongs to no step, with its row at the foot of the map */
typedef struct
{
  const char *id;
  const char *title; /* msgid */
  const char *words; /* msgid */
  MdgMakeContent make;
} MdgExtraPage;
const MdgExtraPage *mdg_extra_pages_get (gsize *n);

/* the contents */
GtkWidget *mdg_select_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_receipts_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_documents_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_grant_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_application_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_activate_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_changes_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_practise_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_manuals_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
GtkWidget *mdg_contact_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);

G_END_DECLS
