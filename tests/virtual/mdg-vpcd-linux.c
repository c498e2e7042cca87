/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* vpcd sends the length and the data of a message in two writes. Where the first one's
 * acknowledgement is delayed, the second waits for it: 40 ms for each exchange. */
#include "config.h"

#include "mdg-vpcd-linux.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/**
 * mdg_vpcd_send_at_once:
 * @socket: a connected socket
 *
 * Turns Nagle's algorithm off.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_vpcd_send_at_once (GSocket *socket)
{
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
}

/**
 * mdg_vpcd_acknowledge_at_once:
 * @socket: a connected socket
 *
 * Has what came acknowledged at once. The kernel forgets it after a while: call it before each
 * receive (tcp(7), TCP_QUICKACK).
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_vpcd_acknowledge_at_once (GSocket *socket)
{
  g_socket_set_option (socket, IPPROTO_TCP, TCP_QUICKACK, 1, NULL);
}
