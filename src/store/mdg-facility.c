/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facility and its terminal as plain data: copies and frees. */
#include "config.h"

#include "mdg-store.h"

/**
 * mdg_facility_copy:
 * @self: (nullable): a facility
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): a deep copy; %NULL of %NULL
 */
MdgFacility *
mdg_facility_copy (const MdgFacility *self)
{
  MdgFacility *copy;

  if (self == NULL)
    return NULL;

  copy = g_new0 (MdgFacility, 1);
  copy->service_url = g_strdup (self->service_url);
  copy->ca_pem = g_strdup (self->ca_pem);
  copy->institution_code = g_strdup (self->institution_code);
  copy->institution_name = g_strdup (self->institution_name);
  copy->user_id = g_strdup (self->user_id);
  return copy;
}

/**
 * mdg_facility_free:
 * @self: (transfer full) (nullable): a facility
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_facility_free (MdgFacility *self)
{
  if (self == NULL)
    return;

  g_free (self->service_url);
  g_free (self->ca_pem);
  g_free (self->institution_code);
  g_free (self->institution_name);
  g_free (self->user_id);
  g_free (self);
}

/**
 * mdg_terminal_copy:
 * @self: (nullable): a terminal
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): a deep copy; %NULL of %NULL
 */
MdgTerminal *
mdg_terminal_copy (const MdgTerminal *self)
{
  MdgTerminal *copy;

  if (self == NULL)
    return NULL;

  copy = g_new0 (MdgTerminal, 1);
  copy->terminal_id = g_strdup (self->terminal_id);
  copy->name = g_strdup (self->name);
  copy->certificate_pem = g_strdup (self->certificate_pem);
  copy->not_after = self->not_after != NULL ? g_date_time_ref (self->not_after) : NULL;
  copy->terminal_limit = self->terminal_limit;
  copy->terminal_count = self->terminal_count;
  copy->activated_at = self->activated_at != NULL ? g_date_time_ref (self->activated_at) : NULL;
  return copy;
}

/**
 * mdg_terminal_free:
 * @self: (transfer full) (nullable): a terminal
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_terminal_free (MdgTerminal *self)
{
  if (self == NULL)
    return;

  g_free (self->terminal_id);
  g_free (self->name);
  g_free (self->certificate_pem);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_clear_pointer (&self->activated_at, g_date_time_unref);
  g_free (self);
}
