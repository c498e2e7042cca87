/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading papers back: from their PDFs with poppler's programs, as another program would, and as
 * pictures. */
#pragma once

#include "mdg-paper.h"

G_BEGIN_DECLS

extern char *bench_folder; /* of this run; emptied at its end */
void bench_begin (void);
void bench_end (void);

/* @variable: MDG_PDFTOTEXT, MDG_PDFINFO, MDG_PDFFONTS */
char *bench_run_program (const char *variable, const char *arguments, const char *path);
char *bench_save (MdgPaper *paper);
/* The words of one page, from 1, or of all with 0; without spaces and line ends. */
char *bench_read_page (MdgPaper *paper, guint page);
/* the same with arguments of pdftotext */
char *bench_read (MdgPaper *paper, const char *arguments);
/* (nullable): where @word stands in @contents, which may have NULs */
char *bench_find (char *contents, gsize length, const char *word);
guint bench_count_words (const char *text, const char *word);
void bench_assert_has (const char *text, const char *word);
void bench_assert_all (const char *text, const char *const *words);
/* In this order, each after the one before. */
void bench_assert_order (const char *text, const char *const *words);
void bench_assert_fonts_embedded (MdgPaper *paper);
/* Every page: white outside the margins, something inside; the mark on practice pages. */
void bench_assert_pages (MdgPaper *paper);
void bench_assert_practice (MdgPaper *paper);

G_END_DECLS
