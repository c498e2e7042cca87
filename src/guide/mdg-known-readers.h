/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Known readers with what is known of them, each fact with its source and date
 * (data/guide/readers.tsv). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_FIT_YES,
  MDG_FIT_NO,
  MDG_FIT_UNKNOWN /* to be found out by the reader test */
} MdgFit;

typedef struct
{
  char *vendor;
  char *model;
  char *connection;              /* "usb", "bluetooth", "usb+bluetooth" */
  guint usb_vendor, usb_product; /* 0: none or unknown */
  MdgFit extended_apdu;          /* 拡張Lc/Le */
  MdgFit contactless;            /* takes a card laid on it */
  char *drivers;                 /* ids of our plugins: "pcsc", "ccid", "bluetooth", with spaces */
  char *note;                    /* Japanese; "" */
  char *source;
  char *checked; /* yyyyMMdd */
} MdgKnownReader;

/* @bytes: like data/guide/readers.tsv; read strictly: INVALID_DATA of G_IO_ERROR. (transfer full)
 * (element-type MdgKnownReader) */
GPtrArray *mdg_known_readers_parse (GBytes *bytes, GError **error);
/* those of the program. A GListModel is made of it by the face; (transfer none) (element-type
 * MdgKnownReader) */
GPtrArray *mdg_known_readers_get (void);
/* every word of @text somewhere in vendor, model, note, in any width and case; (transfer container)
 */
GPtrArray *mdg_known_readers_search (const char *text);
const MdgKnownReader *mdg_known_readers_find_usb (guint vendor, guint product); /* (nullable) */

G_END_DECLS
