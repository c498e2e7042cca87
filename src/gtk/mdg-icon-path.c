/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Path data of SVG 1.1, 8.3, as the pictures of data/icons have it: lines, cubic curves and arcs of
 * circles, absolute and relative. What it does not know it refuses, and a test draws every picture.
 */
#include "config.h"

#include "mdg-icon-path.h"

#include <math.h>
#include <string.h>

typedef struct
{
  cairo_t *cr;
  const char *at; /* what is not read yet */
  double x, y;    /* the current point */
} Pen;

/* how many numbers a command takes */
static int
count_numbers (char command)
{
  static const char commands[] = "MLHVCAZ";
  static const int counts[] = { 2, 2, 1, 1, 6, 7, 0 };
  const char *found = strchr (commands, g_ascii_toupper (command));

  return command != '\0' && found != NULL ? counts[found - commands] : -1;
}

static void
skip_space (Pen *pen)
{
  while (g_ascii_isspace (*pen->at) || *pen->at == ',')
    pen->at++;
}

static gboolean
read_number (Pen *pen, double *number)
{
  char *end;

  skip_space (pen);
  *number = g_ascii_strtod (pen->at, &end);
  if (end == pen->at || !isfinite (*number))
    return FALSE;
  pen->at = end;
  return TRUE;
}

/* The flags of an arc may stand without a space: SVG 1.1, 8.3.9. */
static gboolean
read_flag (Pen *pen, double *flag)
{
  skip_space (pen);
  if (*pen->at != '0' && *pen->at != '1')
    return FALSE;
  *flag = *pen->at++ - '0';
  return TRUE;
}

/* SVG 1.1, F.6.5, for a circle. */
static void
draw_arc (Pen *pen, double radius, gboolean large, gboolean sweep, double x, double y)
{
  double dx = x - pen->x, dy = y - pen->y, chord = hypot (dx, dy), height, cx, cy, from, to;

  if (chord <= 0 || radius <= 0)
    return;
  radius = MAX (radius, chord / 2);
  height = sqrt (MAX (radius * radius - chord * chord / 4, 0)) * (large == sweep ? -1 : 1);
  cx = (pen->x + x) / 2 - dy / chord * height;
  cy = (pen->y + y) / 2 + dx / chord * height;
  from = atan2 (pen->y - cy, pen->x - cx);
  to = atan2 (y - cy, x - cx);
  if (sweep)
    cairo_arc (pen->cr, cx, cy, radius, from, to);
  else
    cairo_arc_negative (pen->cr, cx, cy, radius, from, to);
}

static void
go_to (Pen *pen, double x, double y)
{
  pen->x = x;
  pen->y = y;
}

static gboolean
draw_command (Pen *pen, char command, const double *n)
{
  gboolean relative = g_ascii_islower (command);
  double x = relative ? pen->x : 0, y = relative ? pen->y : 0;

  switch (g_ascii_toupper (command))
    {
    case 'M':
      go_to (pen, x + n[0], y + n[1]);
      cairo_move_to (pen->cr, pen->x, pen->y);
      break;
    case 'L':
      go_to (pen, x + n[0], y + n[1]);
      cairo_line_to (pen->cr, pen->x, pen->y);
      break;
    case 'H':
      go_to (pen, x + n[0], pen->y);
      cairo_line_to (pen->cr, pen->x, pen->y);
      break;
    case 'V':
      go_to (pen, pen->x, y + n[0]);
      cairo_line_to (pen->cr, pen->x, pen->y);
      break;
    case 'C':
      cairo_curve_to (pen->cr, x + n[0], y + n[1], x + n[2], y + n[3], x + n[4], y + n[5]);
      go_to (pen, x + n[4], y + n[5]);
      break;
    case 'A':
      if (fabs (n[0] - n[1]) > 1e-6)
        return FALSE;
      draw_arc (pen, n[0], n[3] > 0, n[4] > 0, x + n[5], y + n[6]);
      go_to (pen, x + n[5], y + n[6]);
      break;
    default: /* Z */
      cairo_close_path (pen->cr);
      cairo_get_current_point (pen->cr, &pen->x, &pen->y);
      break;
    }
  return TRUE;
}

static gboolean
read_numbers (Pen *pen, char command, int count, double *numbers)
{
  gboolean arc = g_ascii_toupper (command) == 'A';

  for (int i = 0; i < count; i++)
    if (!(arc && (i == 3 || i == 4) ? read_flag (pen, &numbers[i])
                                    : read_number (pen, &numbers[i])))
      return FALSE;
  return TRUE;
}

static gboolean
begins_number (const char *p)
{
  return g_ascii_isdigit (*p) || *p == '-' || *p == '+' || *p == '.';
}

/**
 * mdg_icon_path_draw:
 * @cr: where to; its path is added to
 * @data: what stands in the attribute d of a path
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether all of @data was understood
 */
gboolean
mdg_icon_path_draw (cairo_t *cr, const char *data)
{
  Pen pen = { cr, data, 0, 0 };
  char command = '\0';

  for (skip_space (&pen); *pen.at != '\0'; skip_space (&pen))
    {
      double numbers[7];
      int count;

      if (!begins_number (pen.at))
        command = *pen.at++;
      else if (g_ascii_toupper (command) == 'M')
        command = command == 'M' ? 'L' : 'l'; /* more points after the first: 8.3.2 */
      else if (g_ascii_toupper (command) == 'Z')
        return FALSE;
      count = count_numbers (command);
      if (count < 0 || !read_numbers (&pen, command, count, numbers) ||
          !draw_command (&pen, command, numbers))
        return FALSE;
    }
  return TRUE;
}
