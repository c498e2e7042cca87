/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the card engine share, and nobody else sees. */
#pragma once

#include "mdg-virtual-card.h"

G_BEGIN_DECLS

#define SW_OK                0x9000u
#define SW_MORE              0x6100u
#define SW_END_OF_FILE       0x6282u
#define SW_TRIES             0x63c0u
#define SW_MEMORY            0x6581u
#define SW_WRONG_LENGTH      0x6700u
#define SW_NO_CHANNEL        0x6881u
#define SW_NO_SECURE         0x6882u
#define SW_NO_CHAINING       0x6884u
#define SW_WRONG_FILE_KIND   0x6981u
#define SW_SECURITY          0x6982u
#define SW_CONDITIONS        0x6985u
#define SW_NO_CURRENT_FILE   0x6986u
#define SW_WRONG_DATA        0x6a80u
#define SW_NOT_FOUND         0x6a82u
#define SW_WRONG_P1P2        0x6a86u
#define SW_WRONG_OFFSET      0x6b00u
#define SW_WRONG_LE          0x6c00u
#define SW_WRONG_INSTRUCTION 0x6d00u
#define SW_WRONG_CLASS       0x6e00u
#define SW_INTERNAL          0x6f00u

/* A command APDU taken apart; @data points into the command. */
typedef struct
{
  guint8 cla;
  guint8 ins;
  guint8 p1;
  guint8 p2;
  const guint8 *data;
  gsize length;
  guint le; /* 1 to 65536, 0 when absent */
  gboolean extended;
} VirtualCommand;

typedef enum
{
  FILE_DATA, /* transparent, READ BINARY */
  FILE_PIN,
  FILE_KEY
} VirtualFileKind;

typedef struct
{
  guint16 id; /* its short id is the same number, reference/card.md 1.3 */
  VirtualFileKind kind;
  GBytes *content; /* (nullable) */
  int pin;         /* which PIN it is, or which one it asks for; -1: none */
} VirtualFile;

typedef struct
{
  const guint8 *aid;
  gsize aid_length;
  GArray *files; /* of VirtualFile */
} VirtualApp;

typedef struct
{
  guint tries;
  gboolean verified;
} VirtualPinState;

struct _MdgVirtualCard
{
  MdgVirtualCardFiles *files;
  MdgVirtualOptions *options;
  VirtualApp apps[3];
  VirtualPinState pins[MDG_VIRTUAL_N_PINS];
  MdgVirtualTriesFunc tries_func;
  gpointer tries_data;
  VirtualApp *app;    /* (nullable): selected */
  VirtualFile *file;  /* (nullable): current */
  GByteArray *answer; /* of the command at work */
  GByteArray *pending;
  gboolean first; /* no command since power-up */
};

typedef enum
{
  APP_JPKI,
  APP_HELPER,
  APP_ISSUER
} VirtualAppId;

void mdg_virtual_card_build_apps (MdgVirtualCard *self);
void mdg_virtual_card_clear_apps (MdgVirtualCard *self);
VirtualFile *mdg_virtual_card_find_file (VirtualApp *app, guint id);
VirtualApp *mdg_virtual_card_pin_app (MdgVirtualCard *self, MdgVirtualPin pin);

gboolean mdg_virtual_command_parse (const guint8 *bytes, gsize length, VirtualCommand *command);

guint mdg_virtual_card_select (MdgVirtualCard *self, const VirtualCommand *command);
guint mdg_virtual_card_read_binary (MdgVirtualCard *self, const VirtualCommand *command);
guint mdg_virtual_card_verify (MdgVirtualCard *self, const VirtualCommand *command);
guint mdg_virtual_card_sign (MdgVirtualCard *self, const VirtualCommand *command);
guint mdg_virtual_card_get_challenge (MdgVirtualCard *self, const VirtualCommand *command);

G_END_DECLS
