/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One reader: its name, whether it can be used, what it can do. Follows the reader's properties. */
#include "config.h"

#include "mdg-reader-row.h"

#include <glib/gi18n-lib.h>

struct _MdgReaderRow
{
  MdgStateRow parent_instance;

  MdgReader *reader;
};

G_DEFINE_FINAL_TYPE (MdgReaderRow, mdg_reader_row, MDG_TYPE_STATE_ROW)

static const char *
describe_extended (MdgExtended extended)
{
  switch (extended)
    {
    case MDG_EXTENDED_YES:
      return _ ("Extended APDU: yes");
    case MDG_EXTENDED_NO:
      return _ ("Extended APDU: no");
    case MDG_EXTENDED_UNKNOWN:
    default:
      return _ ("Extended APDU: not known yet");
    }
}

static void
show_facts (MdgReaderRow *self)
{
  MdgReaderFeatures features = mdg_reader_get_features (self->reader);
  const char *facts[] = {
    mdg_reader_get_present (self->reader) ? _ ("Card: there") : _ ("Card: none"),
    describe_extended (mdg_reader_get_extended (self->reader)),
    (features & MDG_READER_FEATURE_PIN_PAD) != 0 ? _ ("PIN pad: yes") : _ ("PIN pad: no"),
    (features & MDG_READER_FEATURE_CONTACTLESS) != 0 ? _ ("Contactless: yes")
                                                     : _ ("Contactless: no"),
    NULL,
  };

  mdg_state_row_set_facts (MDG_STATE_ROW (self), facts);
}

static void
show_reader (MdgReaderRow *self)
{
  MdgStateRow *row = MDG_STATE_ROW (self);
  const GError *problem = mdg_reader_get_problem (self->reader);

  if (problem != NULL)
    mdg_state_row_set_state (row, MDG_CHIP_BAD, _ ("Cannot be used"));
  else if (mdg_reader_get_busy (self->reader))
    mdg_state_row_set_state (row, MDG_CHIP_BUSY, _ ("In use"));
  else
    mdg_state_row_set_state (row, MDG_CHIP_GOOD, _ ("Can be used"));
  mdg_state_row_set_problem (row, problem);
  show_facts (self);
}

static void
on_reader_cb (MdgReaderRow *self)
{
  show_reader (self);
}

static void
mdg_reader_row_dispose (GObject *object)
{
  g_clear_object (&MDG_READER_ROW (object)->reader);
  G_OBJECT_CLASS (mdg_reader_row_parent_class)->dispose (object);
}

static void
mdg_reader_row_class_init (MdgReaderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_reader_row_dispose;
}

static void
mdg_reader_row_init (MdgReaderRow *self)
{
}

/**
 * mdg_reader_row_new:
 * @reader: a reader
 * @driver_name: (nullable): the name of its driver, for people
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
mdg_reader_row_new (MdgReader *reader, const char *driver_name)
{
  MdgReaderRow *self = g_object_new (MDG_TYPE_READER_ROW, NULL);
  g_autofree char *subtitle = NULL;

  self->reader = g_object_ref (reader);
  if (driver_name != NULL)
    /* Translators: %s is the name of a driver */
    subtitle = g_strdup_printf (_ ("Driver: %s"), driver_name);
  mdg_state_row_set_title (MDG_STATE_ROW (self), mdg_reader_get_name (reader), subtitle);
  mdg_state_row_set_button (MDG_STATE_ROW (self), _ ("Test This Reader"));
  g_signal_connect_object (reader, "notify", G_CALLBACK (on_reader_cb), self, G_CONNECT_SWAPPED);
  show_reader (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_reader_row_get_reader:
 * @self: a row
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the reader it shows
 */
MdgReader *
mdg_reader_row_get_reader (MdgReaderRow *self)
{
  return self->reader;
}
