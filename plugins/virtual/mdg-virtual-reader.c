/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader that a virtual card is in, as the core sees it. */
#include "config.h"

#include "mdg-virtual-reader.h"

#include <glib/gi18n-lib.h>

struct _MdgVirtualReader
{
  MdgReader parent_instance;
  MdgVirtualSlot *slot;
};

G_DEFINE_FINAL_TYPE (MdgVirtualReader, mdg_virtual_reader, MDG_TYPE_READER)

static gboolean
set_error (MdgVirtualOutcome outcome, GError **error)
{
  switch (outcome)
    {
    case MDG_VIRTUAL_OUTCOME_ANSWER:
      return TRUE;
    case MDG_VIRTUAL_OUTCOME_GONE:
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE,
                           "The virtual reader was unplugged");
      return FALSE;
    case MDG_VIRTUAL_OUTCOME_INTERRUPTED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The exchange was interrupted");
      return FALSE;
    case MDG_VIRTUAL_OUTCOME_NO_CARD:
    default:
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD,
                           "There is no card in the virtual reader");
      return FALSE;
    }
}

static gboolean
mdg_virtual_reader_connect (MdgReader *reader, GCancellable *cancellable, GError **error)
{
  return set_error (mdg_virtual_slot_connect (MDG_VIRTUAL_READER (reader)->slot), error);
}

static GBytes *
mdg_virtual_reader_transmit (MdgReader *reader,
                             GBytes *command,
                             GCancellable *cancellable,
                             GError **error)
{
  GBytes *answer = NULL;
  MdgVirtualOutcome outcome =
      mdg_virtual_slot_transmit (MDG_VIRTUAL_READER (reader)->slot, command, cancellable, &answer);

  return set_error (outcome, error) ? answer : NULL;
}

static void
mdg_virtual_reader_disconnect (MdgReader *reader, MdgDisposition disposition)
{
  if (disposition == MDG_DISPOSITION_POWER_OFF)
    mdg_virtual_slot_power_off (MDG_VIRTUAL_READER (reader)->slot);
}

static void
mdg_virtual_reader_interrupt (MdgReader *reader)
{
  mdg_virtual_slot_interrupt (MDG_VIRTUAL_READER (reader)->slot);
}

static void
mdg_virtual_reader_finalize (GObject *object)
{
  g_clear_pointer (&MDG_VIRTUAL_READER (object)->slot, mdg_virtual_slot_unref);
  G_OBJECT_CLASS (mdg_virtual_reader_parent_class)->finalize (object);
}

static void
mdg_virtual_reader_class_init (MdgVirtualReaderClass *klass)
{
  MdgReaderClass *reader_class = MDG_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_virtual_reader_finalize;
  reader_class->connect = mdg_virtual_reader_connect;
  reader_class->transmit = mdg_virtual_reader_transmit;
  reader_class->disconnect = mdg_virtual_reader_disconnect;
  reader_class->interrupt = mdg_virtual_reader_interrupt;
}

static void
mdg_virtual_reader_init (MdgVirtualReader *self)
{
}

/**
 * mdg_virtual_reader_new:
 * @slot: where its card sits
 *
 * Returns: (transfer full): a reader named in the words of the locale
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgReader *
mdg_virtual_reader_new (MdgVirtualSlot *slot)
{
  /* the name is for people, and the core hands it on as it is */
  const char *name = g_dgettext (GETTEXT_PACKAGE, N_ ("Practice reader"));
  MdgVirtualReader *self = g_object_new (MDG_TYPE_VIRTUAL_READER, "id", MDG_VIRTUAL_READER_ID,
                                         "name", name, "driver", "virtual", NULL);

  self->slot = mdg_virtual_slot_ref (slot);
  return MDG_READER (self);
}
