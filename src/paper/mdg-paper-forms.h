/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The official forms of the onboarding, in their own layout, from plain data. Japanese whatever the
 * locale is: offices read them. Every text is (nullable) and may be of any length: it is made
 * smaller, then broken into lines, never cut. */
#pragma once

#include "mdg-paper.h"

G_BEGIN_DECLS

/* 「オンライン資格確認（資格確認限定型）利用に関する申請書」, one page (guide 2-1) */
typedef struct
{
  const char *date; /* yyyyMMdd, drawn as 西暦 年 月 日 */
  gboolean kinds[3];
  const char *person;
  const char *prefecture, *points_table, *code; /* 2, 1 and 7 digits */
  const char *name;
  const char *founder;
  const char *phone;
  const char *mail;
  GBytes *password; /* drawn only */
  const char *account;
  const char *staff;
  const char *devices;
  const char *end_date; /* yyyyMMdd */
  gboolean withdraw, change;
} MdgApplicationFields;
MdgPaper *mdg_paper_new_application (const MdgApplicationFields *fields, gboolean practice);

/* 別紙様式1(7) 助成金交付申請書, one page (guide 3) */
typedef struct
{
  const char *date;
  const char *prefecture, *points_table, *code;
  const char *name, *founder, *postal_code, *address, *phone;
  gint64 total, three_quarters, grant; /* yen; -1: left empty */
} MdgGrantFields;

typedef struct
{
  guint receipt; /* its number in the packet, from 1 */
  const char *date, *vendor, *name, *kind;
  guint quantity;
  gint64 price; /* yen with tax, of one */
  gboolean fundable;
} MdgBreakdownRow;

typedef struct
{
  const char *name;   /* what it is */
  const char *detail; /* how many pages, or "to be put in by hand" */
} MdgCoverRow;

typedef struct
{
  const char *caption; /* 領収書（写）1 … */
  GPtrArray *pages;    /* (element-type GBytes): PNG; empty: a page that says to put it in */
} MdgCopy;

typedef struct
{
  const char *postal_code, *address, *addressee, *honorific; /* 御中 */
  const char *sender_postal_code, *sender_address, *sender_name;
  const char *mark; /* 在中 in red: 「利用申請書 在中」 */
} MdgLabelFields;
MdgPaper *mdg_paper_new_label (const MdgLabelFields *fields, gboolean practice);

/* All NULL or 0 parts are left out. */
typedef struct
{
  const MdgCoverRow *cover;
  gsize n_cover;
  const MdgGrantFields *grant;
  const MdgBreakdownRow *rows; /* 領収書内訳書, as many pages as it takes */
  gsize n_rows;
  const char *completed; /* 事業完了日, yyyyMMdd: オンライン資格確認等事業完了報告書 */
  const MdgCopy *copies;
  gsize n_copies;
  const MdgLabelFields *label;
} MdgPacketFields;
MdgPaper *mdg_paper_new_packet (const MdgPacketFields *fields, gboolean practice);

/* for the counter's wall: what patients are asked to do */
MdgPaper *mdg_paper_new_poster (const char *institution_name, gboolean practice);

G_END_DECLS
