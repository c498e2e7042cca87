/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The changes of a journey. Each is checked where it is asked for, against how things will be when
 * all changes before it are written, and written by the worker in the order of the calls; then the
 * record is read back and shown. A change that failed has changed nothing. */
#include "config.h"

#include "mdg-guide-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
free_change (gpointer data)
{
  MdgGuideChange *change = data;

  g_clear_pointer (&change->step, mdg_step_record_free);
  g_clear_pointer (&change->entry, mdg_journey_entry_free);
  g_clear_pointer (&change->receipt, mdg_receipt_free);
  g_clear_pointer (&change->record, mdg_journey_record_free);
  g_clear_pointer (&change->missing, g_ptr_array_unref);
  g_clear_pointer (&change->pending, mdg_pending_unref);
  g_clear_object (&change->cancellable);
  g_clear_object (&change->file);
  g_clear_pointer (&change->fields, g_ptr_array_unref);
  g_free (change->form);
  g_free (change->path);
  g_free (change);
}

/* What is on the disk now. It was written already: where it cannot be read back the change is true
 * all the same, and shown with the next one. */
static gpointer
apply_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgGuideChange *change = data;
  gboolean good = change->apply (change, error);

  if (good)
    {
      g_autoptr (GError) local = NULL;

      change->record = mdg_journey_store_load (change->store, &local);
      if (local != NULL)
        g_debug ("not read back: %s, %d", g_quark_to_string (local->domain), local->code);
    }
  if (good && change->files)
    {
      change->missing = mdg_journey_store_get_missing (change->store);
      change->health = mdg_journey_store_get_health (change->store);
    }
  mdg_pending_end (change->pending, good);
  return good ? change : NULL;
}

/**
 * mdg_guide_count_queued:
 * @self: the guide
 *
 * How the steps will stand when all that is queued is written.
 *
 * Thread: main.
 */
void
mdg_guide_count_queued (MdgGuide *self)
{
  for (guint i = 0; i < MDG_N_STEPS; i++)
    self->queued[i] = mdg_guide_state_of (self, (MdgStepKind) i);
  for (GList *link = self->changes->head; link != NULL; link = link->next)
    {
      const MdgGuideChange *change = link->data;

      if (change->step != NULL)
        self->queued[change->kind] = change->state;
    }
}

/* The store says what is wrong for programs; here it is said for people. */
static GError *
say_refusal (const MdgGuideChange *change, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    {
      g_free (error->message);
      error->message =
          g_strdup (change->refusal != NULL ? _ (change->refusal)
                                            : _ ("This cannot be kept: it is too long, or there is "
                                                 "already too much of it."));
    }
  return error;
}

static void
on_applied_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgGuide *self = g_task_get_source_object (task);
  MdgGuideChange *change = g_task_get_task_data (task);
  GError *error = NULL;

  g_queue_remove (self->changes, change);
  if (mdg_worker_run_finish (MDG_WORKER (object), result, &error) == NULL)
    {
      mdg_guide_count_queued (self);
      g_task_return_error (task, say_refusal (change, error));
    }
  else
    {
      if (change->missing != NULL)
        {
          g_clear_pointer (&self->missing, g_ptr_array_unref);
          self->missing = g_steal_pointer (&change->missing);
          self->health = change->health;
        }
      mdg_guide_take_record (self, g_steal_pointer (&change->record));
      g_task_return_boolean (task, TRUE);
    }
  if (g_queue_is_empty (self->changes))
    mdg_guide_notify_busy (self);
}

/**
 * mdg_guide_change_queue:
 * @self: the guide
 * @change: (transfer full): what to write
 * @error: (transfer full) (nullable): why it is refused before it is begun
 * @cb: called when it is over
 * @data: for @cb
 *
 * Thread: main.
 */
void
mdg_guide_change_queue (MdgGuide *self,
                        MdgGuideChange *change,
                        GError *error,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  GTask *task = g_task_new (self, NULL, cb, data);

  g_task_set_source_tag (task, mdg_guide_change_queue);
  g_task_set_task_data (task, change, free_change);
  if (error == NULL && self->store == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "the journey is closed");
  if (error != NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  change->store = self->store;
  change->pending = mdg_pending_ref (self->pending);
  if (change->step != NULL)
    self->queued[change->kind] = change->state;
  g_queue_push_tail (self->changes, change);
  mdg_pending_begin (self->pending);
  if (g_queue_get_length (self->changes) == 1)
    mdg_guide_notify_busy (self);
  mdg_worker_run_async (self->worker, apply_on_worker, change, NULL, NULL, NULL, on_applied_cb,
                        task);
}

static gboolean
apply_step (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_save_step (change->store, change->step, error);
}

/* A step that is not its turn may be opened again or left out, but not be done. */
static gboolean
check_turn (MdgGuide *self, MdgStepKind step, MdgStepState state, GError **error)
{
  if (state == MDG_STEP_OPEN || state == MDG_STEP_SKIPPED ||
      mdg_guide_is_allowed (self->queued, step))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       mdg_guide_text (mdg_guide_map_get (step)->why_after));
  return FALSE;
}

static MdgGuideChange *
make_step_change (MdgStepKind step,
                  MdgStepState state,
                  const char *date,
                  const char *who,
                  const char *note)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  change->apply = apply_step;
  change->kind = step;
  change->state = state;
  change->step = g_new0 (MdgStepRecord, 1);
  change->step->id = g_strdup (mdg_guide_map_get (step)->id);
  change->step->state = g_strdup (mdg_guide_state_id (state));
  change->step->date = g_strdup (date != NULL ? date : "");
  change->step->who = g_strdup (who != NULL ? who : "");
  change->step->note = g_strdup (note != NULL ? note : "");
  return change;
}

/**
 * mdg_guide_set_step_async:
 * @self: the guide
 * @step: a step
 * @state: how it stands now
 * @date: (nullable): yyyyMMdd on which that came about; "" none
 * @who: (nullable): who did it
 * @note: (nullable): anything
 * @cb: called when it is written
 * @data: for @cb
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT where it is not its turn (the message says why), for a day
 *   that there is not, for control characters and what is too long; every code of #MdgStoreError.
 */
void
mdg_guide_set_step_async (MdgGuide *self,
                          MdgStepKind step,
                          MdgStepState state,
                          const char *date,
                          const char *who,
                          const char *note,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  GError *error = NULL;

  g_return_if_fail (MDG_IS_GUIDE (self) && step < MDG_N_STEPS && state <= MDG_STEP_SKIPPED);

  if (mdg_guide_check_date (date, &error) && mdg_guide_check_text (who, FALSE, &error) &&
      mdg_guide_check_text (note, TRUE, &error))
    check_turn (self, step, state, &error);
  mdg_guide_change_queue (self, make_step_change (step, state, date, who, note), error, cb, data);
}

static gboolean
apply_values (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_save_values (change->store, change->form,
                                        (const char *const *) change->fields->pdata, error);
}

/* Names come from the program, never from a person. A password is asked for when its paper is made
 * and never kept. */
static gboolean
check_name (const char *name, GError **error)
{
  gboolean good =
      name != NULL && *name != '\0' && strlen (name) <= 64 && strstr (name, "password") == NULL;

  for (const char *c = name; good && *c != '\0'; c++)
    good = g_ascii_isalnum (*c) || *c == '-' || *c == '_';
  if (!good)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("There is no such field."));
  return good;
}

/**
 * mdg_guide_set_values_async:
 * @self: the guide
 * @form: a form
 * @fields: name, value, … NULL; a value that is %NULL takes the field away
 * @cb: called when they are written, all or none
 * @data: for @cb
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for a name that can be none, for control characters and what
 *   is too long; every code of #MdgStoreError.
 */
void
mdg_guide_set_values_async (MdgGuide *self,
                            const char *form,
                            const char *const *fields,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);
  GError *error = NULL;
  gboolean good;

  g_return_if_fail (MDG_IS_GUIDE (self) && fields != NULL);

  good = check_name (form, &error);
  change->fields = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; fields[i] != NULL; i += 2)
    {
      good = good && check_name (fields[i], &error) &&
             mdg_guide_check_text (fields[i + 1], FALSE, &error);
      g_ptr_array_add (change->fields, g_strdup (fields[i]));
      g_ptr_array_add (change->fields, g_strdup (fields[i + 1]));
    }
  g_ptr_array_add (change->fields, NULL);
  change->apply = apply_values;
  change->form = g_strdup (form);
  mdg_guide_change_queue (self, change, error, cb, data);
}

static gboolean
apply_entry (MdgGuideChange *change, GError **error)
{
  change->id = mdg_journey_store_save_entry (change->store, change->entry, error);
  return change->id != 0;
}

/**
 * mdg_guide_save_entry_async:
 * @self: the guide
 * @entry: a line of a list; a new one goes to its end
 * @cb: called when it is written
 * @data: for @cb
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for no text, control characters, what is too long, a day
 *   that there is not; every code of #MdgStoreError.
 */
void
mdg_guide_save_entry_async (MdgGuide *self,
                            const MdgJourneyEntry *entry,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);
  GError *error = NULL;

  g_return_if_fail (MDG_IS_GUIDE (self) && entry != NULL);

  if (check_name (entry->list, &error) && mdg_guide_check_needed (entry->text, &error) &&
      mdg_guide_check_text (entry->who, FALSE, &error))
    mdg_guide_check_date (entry->date, &error);
  change->apply = apply_entry;
  change->entry = mdg_journey_entry_copy (entry);
  mdg_guide_change_queue (self, change, error, cb, data);
}

static gboolean
apply_entry_deletion (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_delete_entry (change->store, change->id, error);
}

/**
 * mdg_guide_delete_entry_async:
 * @self: the guide
 * @id: a line of a list
 * @cb: called when it is gone
 * @data: for @cb
 *
 * Thread: main.
 * Errors: every code of #MdgStoreError, %G_IO_ERROR_NOT_FOUND.
 */
void
mdg_guide_delete_entry_async (MdgGuide *self, gint64 id, GAsyncReadyCallback cb, gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  g_return_if_fail (MDG_IS_GUIDE (self));

  change->apply = apply_entry_deletion;
  change->id = id;
  mdg_guide_change_queue (self, change, NULL, cb, data);
}

static gboolean
apply_entry_move (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_move_entry (change->store, change->id, change->position, error);
}

/**
 * mdg_guide_move_entry_async:
 * @self: the guide
 * @id: a line of a list
 * @position: where it goes within its list, from 0
 * @cb: called when it is there
 * @data: for @cb
 *
 * Thread: main.
 * Errors: every code of #MdgStoreError, %G_IO_ERROR_NOT_FOUND.
 */
void
mdg_guide_move_entry_async (MdgGuide *self,
                            gint64 id,
                            guint position,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  g_return_if_fail (MDG_IS_GUIDE (self));

  change->apply = apply_entry_move;
  change->id = id;
  change->position = position;
  mdg_guide_change_queue (self, change, NULL, cb, data);
}

static gboolean
apply_export (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_export (change->store, change->path, error);
}

/**
 * mdg_guide_export_async:
 * @self: the guide
 * @path: the file to write
 * @cb: called when it is written
 * @data: for @cb
 *
 * The whole journey with its receipts as one file, after all changes that were asked for.
 *
 * Thread: main.
 * Errors: every code of #MdgStoreError.
 */
void
mdg_guide_export_async (MdgGuide *self, const char *path, GAsyncReadyCallback cb, gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  g_return_if_fail (MDG_IS_GUIDE (self) && path != NULL);

  change->apply = apply_export;
  change->refusal = N_ ("Please choose another folder: this one is the program’s own.");
  change->path = g_strdup (path);
  mdg_guide_change_queue (self, change, NULL, cb, data);
}

static gboolean
apply_import (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_import (change->store, change->path, error);
}

/**
 * mdg_guide_import_async:
 * @self: the guide
 * @path: a file that mdg_guide_export_async() wrote
 * @cb: called when it is in the place of this journey
 * @data: for @cb
 *
 * Thread: main.
 * Errors: every code of #MdgStoreError: %MDG_STORE_ERROR_FOREIGN where it is no such file.
 */
void
mdg_guide_import_async (MdgGuide *self, const char *path, GAsyncReadyCallback cb, gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  g_return_if_fail (MDG_IS_GUIDE (self) && path != NULL);

  change->apply = apply_import;
  change->files = TRUE;
  change->path = g_strdup (path);
  mdg_guide_change_queue (self, change, NULL, cb, data);
}

/**
 * mdg_guide_change_finish:
 * @self: the guide
 * @result: what the callback was given
 * @id: (out) (optional): the id of a new entry or receipt, or of the one it was about
 * @error: return location
 *
 * Thread: main.
 * Errors: those of the change.
 *
 * Returns: whether it is on the disk; %FALSE: nothing of it was changed
 */
gboolean
mdg_guide_change_finish (MdgGuide *self, GAsyncResult *result, gint64 *id, GError **error)
{
  const MdgGuideChange *change;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  change = g_task_get_task_data (G_TASK (result));
  if (id != NULL)
    *id = change->id;
  return TRUE;
}

/* as it will be when all that is queued is written; (nullable) */
static const MdgStepRecord *
find_latest (MdgGuide *self, MdgStepKind step)
{
  for (GList *link = self->changes->tail; link != NULL; link = link->prev)
    {
      const MdgGuideChange *change = link->data;

      if (change->step != NULL && change->kind == step)
        return change->step;
    }
  return mdg_guide_step_record (self, step);
}

/* What a person wrote about the step stays. */
static void
queue_found (MdgGuide *self, MdgStepKind step, MdgStepState state, const char *date)
{
  const MdgStepRecord *latest = find_latest (self, step);

  mdg_guide_change_queue (self,
                          make_step_change (step, state, date, latest != NULL ? latest->who : "",
                                            latest != NULL ? latest->note : ""),
                          NULL, NULL, NULL);
}

/**
 * mdg_guide_set_activated:
 * @self: the guide
 * @activated: whether this PC is a registered terminal, by what the program found
 * @date: (nullable): yyyyMMdd on which it was registered
 *
 * Marks the step as done, and an application that still waited with it: the letter comes with the
 * approval. Opens it again where the program had found a terminal that is gone; what a person
 * marked as done (a phone, a tablet) stays.
 *
 * Thread: main.
 * Errors: none: what could not be written is found again at the next start.
 */
void
mdg_guide_set_activated (MdgGuide *self, gboolean activated, const char *date)
{
  const char *fields[] = { MDG_GUIDE_FOUND, activated ? "1" : NULL, NULL, NULL };
  gboolean found;

  g_return_if_fail (MDG_IS_GUIDE (self));

  found = *mdg_guide_get_value (self, "activate", MDG_GUIDE_FOUND) != '\0';
  if (activated && self->queued[MDG_STEP_ACTIVATE] != MDG_STEP_DONE)
    {
      if (self->queued[MDG_STEP_APPLY] == MDG_STEP_WAITING)
        queue_found (self, MDG_STEP_APPLY, MDG_STEP_DONE, date);
      queue_found (self, MDG_STEP_ACTIVATE, MDG_STEP_DONE, date);
    }
  else if (!activated && found && self->queued[MDG_STEP_ACTIVATE] == MDG_STEP_DONE)
    queue_found (self, MDG_STEP_ACTIVATE, MDG_STEP_OPEN, "");
  if (activated != found)
    mdg_guide_set_values_async (self, "activate", fields, NULL, NULL);
}
