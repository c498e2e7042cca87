#include "config.h"
#include "mdg-call-centre.h"
#include "mdg-known-readers.h"
const char *mdg_call_centre_get_number (void) { return "0800-080-4583"; }
GPtrArray *mdg_known_readers_search (const char *text)
{ GPtrArray *a = g_ptr_array_new (); static MdgKnownReader r = { (char*)"ソニー", (char*)"RC-S300/S1", (char*)"usb", 0x54c, 0xdc8, MDG_FIT_YES, MDG_FIT_YES, (char*)"pcsc", (char*)"非接触型。", (char*)"https://example.jp/list", (char*)"20261122" };
 for (int i = 0; i < 20; i++)
 g_ptr_array_add (a, &r);
 return a; }
