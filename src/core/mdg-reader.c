/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of one reader: names, card, problem. Promises: everything a driver reports from
 * whatever thread takes effect in the reader's own context, in the order it was reported, and every
 * property is notified there. The reports are in mdg-reader-report.c, the runs in
 * mdg-reader-run.c. */
#include "config.h"

#include "mdg-reader.h"

#include "mdg-reader-private.h"

#define DEADLINE_DEFAULT_MS 10000

/**
 * mdg_extended_get_type:
 *
 * The enumeration #MdgExtended as a #GType.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the type
 */
G_DEFINE_ENUM_TYPE (MdgExtended,
                    mdg_extended,
                    G_DEFINE_ENUM_VALUE (MDG_EXTENDED_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (MDG_EXTENDED_NO, "no"),
                    G_DEFINE_ENUM_VALUE (MDG_EXTENDED_YES, "yes"))

/**
 * mdg_reader_features_get_type:
 *
 * The flags #MdgReaderFeatures as a #GType.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the type
 */
G_DEFINE_FLAGS_TYPE (MdgReaderFeatures,
                     mdg_reader_features,
                     G_DEFINE_ENUM_VALUE (MDG_READER_FEATURE_PIN_PAD, "pin-pad"),
                     G_DEFINE_ENUM_VALUE (MDG_READER_FEATURE_CONTACTLESS, "contactless"),
                     G_DEFINE_ENUM_VALUE (MDG_READER_FEATURE_VIRTUAL, "virtual"))

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MdgReader, mdg_reader, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_DRIVER,
  PROP_PRESENT,
  PROP_ATR,
  PROP_CARD_SERIAL,
  PROP_BUSY,
  PROP_EXTENDED,
  PROP_FEATURES,
  PROP_PROBLEM,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

#define PRIV(self) ((MdgReaderPrivate *) mdg_reader_get_instance_private (self))

static void
mdg_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgReader *self = MDG_READER (object);
  MdgReaderPrivate *priv = PRIV (self);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, priv->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, priv->name);
      break;
    case PROP_DRIVER:
      g_value_set_string (value, priv->driver);
      break;
    case PROP_PRESENT:
      g_value_set_boolean (value, priv->present);
      break;
    case PROP_ATR:
      g_value_set_boxed (value, priv->atr);
      break;
    case PROP_CARD_SERIAL:
      g_value_set_uint (value, priv->serial);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    case PROP_EXTENDED:
      g_value_set_enum (value, mdg_reader_get_extended (self));
      break;
    case PROP_FEATURES:
      g_value_set_flags (value, priv->features);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, mdg_reader_get_problem (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_reader_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgReaderPrivate *priv = PRIV (MDG_READER (object));

  switch (id)
    {
    case PROP_ID:
      priv->id = g_value_dup_string (value);
      break;
    case PROP_NAME:
      priv->name = g_value_dup_string (value);
      break;
    case PROP_DRIVER:
      priv->driver = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_reader_finalize (GObject *object)
{
  MdgReaderPrivate *priv = PRIV (MDG_READER (object));

  g_clear_pointer (&priv->runs, mdg_runs_free);
  g_clear_pointer (&priv->atr, g_bytes_unref);
  g_clear_pointer (&priv->context, g_main_context_unref);
  g_clear_object (&priv->recorder);
  g_clear_error (&priv->reported);
  g_clear_error (&priv->broken);
  g_free (priv->id);
  g_free (priv->name);
  g_free (priv->driver);
  g_mutex_clear (&priv->lock);
  G_OBJECT_CLASS (mdg_reader_parent_class)->finalize (object);
}

static void
mdg_reader_class_init (MdgReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mdg_reader_get_property;
  object_class->set_property = mdg_reader_set_property;
  object_class->finalize = mdg_reader_finalize;
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, construct);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, construct);
  properties[PROP_DRIVER] = g_param_spec_string ("driver", NULL, NULL, NULL, construct);
  properties[PROP_PRESENT] = g_param_spec_boolean ("present", NULL, NULL, FALSE, readable);
  properties[PROP_ATR] = g_param_spec_boxed ("atr", NULL, NULL, G_TYPE_BYTES, readable);
  properties[PROP_CARD_SERIAL] =
      g_param_spec_uint ("card-serial", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_EXTENDED] =
      g_param_spec_enum ("extended", NULL, NULL, MDG_TYPE_EXTENDED, MDG_EXTENDED_UNKNOWN, readable);
  properties[PROP_FEATURES] = g_param_spec_flags ("features", NULL, NULL, MDG_TYPE_READER_FEATURES,
                                                  MDG_READER_FEATURE_NONE, readable);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_reader_init (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);

  g_mutex_init (&priv->lock);
  priv->context = g_main_context_ref_thread_default ();
  priv->deadline = DEADLINE_DEFAULT_MS;
  priv->runs = mdg_runs_new (self);
}

MdgReaderPrivate *
mdg_reader_get_private (MdgReader *self)
{
  return PRIV (self);
}

MdgRuns *
mdg_reader_get_runs (MdgReader *self)
{
  return PRIV (self)->runs;
}

GMainContext *
mdg_reader_dup_context (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->lock);

  return g_main_context_ref (priv->context);
}

/* A driver makes readers on its monitor thread, whose context nobody iterates: the reader moves
 * to the driver's when it is added. */
void
mdg_reader_set_context (MdgReader *self, GMainContext *value)
{
  MdgReaderPrivate *priv = PRIV (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->lock);

  g_main_context_ref (value);
  g_main_context_unref (priv->context);
  priv->context = value;
}

MdgRecorder *
mdg_reader_dup_recorder (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->lock);

  return priv->recorder != NULL ? g_object_ref (priv->recorder) : NULL;
}

GBytes *
mdg_reader_dup_atr (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->lock);

  return priv->atr != NULL ? g_bytes_ref (priv->atr) : NULL;
}

guint
mdg_reader_peek_card (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);

  /* nothing more goes to a card that was pulled, however busy the reader's context is */
  if (g_atomic_int_get (&priv->pulls) != 0)
    return 0;
  return (guint) g_atomic_int_get (&priv->card);
}

gboolean
mdg_reader_is_gone (MdgReader *self)
{
  return g_atomic_int_get (&PRIV (self)->gone);
}

guint
mdg_reader_get_deadline (MdgReader *self)
{
  return PRIV (self)->deadline;
}

void
mdg_reader_set_busy (MdgReader *self, gboolean busy)
{
  MdgReaderPrivate *priv = PRIV (self);

  if (priv->busy == busy)
    return;
  priv->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
mdg_reader_set_broken (MdgReader *self, const GError *error)
{
  MdgReaderPrivate *priv = PRIV (self);

  g_clear_error (&priv->broken);
  priv->broken = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

const GError *
mdg_reader_get_broken (MdgReader *self)
{
  return PRIV (self)->broken;
}

/**
 * mdg_reader_get_id:
 * @self: a reader
 *
 * What names this reader among all readers, the same after replugging where the driver can do it.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the id
 */
const char *
mdg_reader_get_id (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), NULL);

  return PRIV (self)->id;
}

/**
 * mdg_reader_get_name:
 * @self: a reader
 *
 * What people call this reader; its id where the driver gave no name.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the name
 */
const char *
mdg_reader_get_name (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), NULL);

  return PRIV (self)->name != NULL ? PRIV (self)->name : PRIV (self)->id;
}

/**
 * mdg_reader_get_driver:
 * @self: a reader
 *
 * The id of the plugin the reader comes from.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (nullable): the id
 */
const char *
mdg_reader_get_driver (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), NULL);

  return PRIV (self)->driver;
}

/**
 * mdg_reader_get_present:
 * @self: a reader
 *
 * Whether a card is on or in the reader.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 *
 * Returns: %TRUE when there is one
 */
gboolean
mdg_reader_get_present (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), FALSE);

  return PRIV (self)->present;
}

/**
 * mdg_reader_get_atr:
 * @self: a reader
 *
 * The answer to reset of the card that is there, at most 33 bytes (ISO/IEC 7816-3 8.1); for a
 * contactless card the one PC/SC part 3 makes up.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the bytes, %NULL when they are not known
 */
GBytes *
mdg_reader_get_atr (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), NULL);

  return PRIV (self)->atr;
}

/**
 * mdg_reader_get_card_serial:
 * @self: a reader
 *
 * Counts the insertions: give it to mdg_reader_run_async() to mean this card and no other. It
 * keeps its value when the card is taken out, and is 0 before the first card.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 *
 * Returns: the number of the last insertion
 */
guint
mdg_reader_get_card_serial (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), 0);

  return PRIV (self)->serial;
}

/**
 * mdg_reader_get_busy:
 * @self: a reader
 *
 * Whether a run is going on or waiting.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 *
 * Returns: %TRUE when it is
 */
gboolean
mdg_reader_get_busy (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), FALSE);

  return PRIV (self)->busy;
}

/**
 * mdg_reader_get_features:
 * @self: a reader
 *
 * What the reader is and can do.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 *
 * Returns: the features
 */
MdgReaderFeatures
mdg_reader_get_features (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), MDG_READER_FEATURE_NONE);

  return PRIV (self)->features;
}

/**
 * mdg_reader_get_problem:
 * @self: a reader
 *
 * Why the reader cannot be used now: it does not answer, it was unplugged, or what its driver says.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the problem, %NULL when there is none
 */
const GError *
mdg_reader_get_problem (MdgReader *self)
{
  MdgReaderPrivate *priv;

  g_return_val_if_fail (MDG_IS_READER (self), NULL);

  priv = PRIV (self);
  return priv->broken != NULL ? priv->broken : priv->reported;
}

/**
 * mdg_reader_get_extended:
 * @self: a reader
 *
 * What is known of extended-length commands with this reader (ISO/IEC 7816-4 5.1).
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: what is known
 */
MdgExtended
mdg_reader_get_extended (MdgReader *self)
{
  g_return_val_if_fail (MDG_IS_READER (self), MDG_EXTENDED_UNKNOWN);

  return (MdgExtended) g_atomic_int_get (&PRIV (self)->extended);
}

/**
 * mdg_reader_set_deadline:
 * @self: a reader
 * @milliseconds: how long a run may take, more than 0
 *
 * Sets how long a run may take from when its turn has come, for those that have not begun. Without
 * this call it is ten seconds.
 *
 * Thread: the reader's own.
 *
 * Errors: none.
 */
void
mdg_reader_set_deadline (MdgReader *self, guint milliseconds)
{
  g_return_if_fail (MDG_IS_READER (self));
  g_return_if_fail (milliseconds > 0);

  PRIV (self)->deadline = milliseconds;
}

/**
 * mdg_reader_set_recorder:
 * @self: a reader
 * @recorder: (nullable): where to write, %NULL for nowhere
 *
 * Records every run that begins from now on.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_reader_set_recorder (MdgReader *self, MdgRecorder *recorder)
{
  MdgReaderPrivate *priv;
  g_autoptr (MdgRecorder) old = NULL;
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (MDG_IS_READER (self));
  g_return_if_fail (recorder == NULL || MDG_IS_RECORDER (recorder));

  priv = PRIV (self);
  locker = g_mutex_locker_new (&priv->lock);
  old = g_steal_pointer (&priv->recorder);
  priv->recorder = recorder != NULL ? g_object_ref (recorder) : NULL;
}
