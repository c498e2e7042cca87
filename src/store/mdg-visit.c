/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One check in the list. It never changes once made, so that a worker may make it and the main
 * thread show it. */
#include "config.h"

#include "mdg-visit.h"

#include "mdg-visit-private.h"

struct _MdgVisit
{
  GObject parent_instance;

  gint64 id;
  GDateTime *time; /* local */
  char *verdict;
  char *initials;
  char *code;
  char *method;
  gboolean practice;
};

G_DEFINE_FINAL_TYPE (MdgVisit, mdg_visit, G_TYPE_OBJECT)

static void
mdg_visit_finalize (GObject *object)
{
  MdgVisit *self = MDG_VISIT (object);

  g_clear_pointer (&self->time, g_date_time_unref);
  g_free (self->verdict);
  g_free (self->initials);
  g_free (self->code);
  g_free (self->method);
  G_OBJECT_CLASS (mdg_visit_parent_class)->finalize (object);
}

static void
mdg_visit_class_init (MdgVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_visit_finalize;
}

static void
mdg_visit_init (MdgVisit *self)
{
}

static char *
copy_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * mdg_visit_new:
 * @id: its id in the log
 * @record: what is known; the detail is left out
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a visit
 */
MdgVisit *
mdg_visit_new (gint64 id, const MdgVisitRecord *record)
{
  MdgVisit *self = g_object_new (MDG_TYPE_VISIT, NULL);

  self->id = id;
  self->time = g_date_time_to_local (record->time);
  self->verdict = copy_text (record->verdict);
  self->initials = copy_text (record->initials);
  self->code = copy_text (record->code);
  self->method = copy_text (record->method);
  self->practice = record->practice;
  return self;
}

/**
 * mdg_visit_get_id:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: its id in the log, never 0
 */
gint64
mdg_visit_get_id (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), 0);

  return self->id;
}

/**
 * mdg_visit_get_time:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): when it was made, local time
 */
GDateTime *
mdg_visit_get_time (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), NULL);

  return self->time;
}

/**
 * mdg_visit_get_verdict:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): "valid" and so on, or "problem"
 */
const char *
mdg_visit_get_verdict (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), NULL);

  return self->verdict;
}

/**
 * mdg_visit_get_initials:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the initials, "" where there is no name
 */
const char *
mdg_visit_get_initials (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), NULL);

  return self->initials;
}

/**
 * mdg_visit_get_code:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the code of a problem, "" else
 */
const char *
mdg_visit_get_code (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), NULL);

  return self->code;
}

/**
 * mdg_visit_get_method:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): "pin" or "visual"
 */
const char *
mdg_visit_get_method (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), NULL);

  return self->method;
}

/**
 * mdg_visit_get_practice:
 * @self: a visit
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether it was made in practice mode
 */
gboolean
mdg_visit_get_practice (MdgVisit *self)
{
  g_return_val_if_fail (MDG_IS_VISIT (self), FALSE);

  return self->practice;
}
