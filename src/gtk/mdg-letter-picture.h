/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture of the letter ユーザ設定情報, with ① to ④ where they stand on paper (guide 2-1). */
#pragma once

#include "mdg-practice-service.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @letter: (nullable): the invented one of practice mode, whose values are in the picture; else it
 * says what each looks like; @name: (nullable): the facility's. (transfer floating) */
GtkWidget *mdg_letter_picture_new (const MdgPracticeInfo *letter, const char *name);

G_END_DECLS
