/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a result of PC/SC means to the rest of the program: decided here and nowhere else.
 *
 * The numbers are those of pcsclite.h and of Microsoft's "Smart Card Return Values"; the small ones
 * are Windows system errors, which WinSCard and readers' drivers let through. */
#include "config.h"

#include "mdg-pcsc-api.h"

/* Windows: WinSCard lets the system's own errors through, and those of readers' drivers. */
static MdgReaderError
system_code_to_error (MdgPcscCode code)
{
  switch (code)
    {
    case 109: /* ERROR_BROKEN_PIPE: the remote desktop's line broke */
      return MDG_READER_ERROR_NO_SERVICE;
    case 5: /* ERROR_ACCESS_DENIED */
      return MDG_READER_ERROR_NO_ACCESS;
    case 6:    /* ERROR_INVALID_HANDLE */
    case 22:   /* ERROR_BAD_COMMAND: the device does not recognize the command: unplugged */
    case 995:  /* ERROR_OPERATION_ABORTED */
    case 1167: /* ERROR_DEVICE_NOT_CONNECTED */
    case 1617: /* ERROR_DEVICE_REMOVED */
      return MDG_READER_ERROR_GONE;
    case 1112: /* ERROR_NO_MEDIA_IN_DRIVE */
      return MDG_READER_ERROR_NO_CARD;
    case 21:  /* ERROR_NOT_READY */
    case 121: /* ERROR_SEM_TIMEOUT: no answer */
      return MDG_READER_ERROR_MUTE;
    case 32:  /* ERROR_SHARING_VIOLATION */
    case 170: /* ERROR_BUSY */
      return MDG_READER_ERROR_IN_USE;
    case 23:   /* ERROR_CRC */
    case 31:   /* ERROR_GEN_FAILURE */
    case 1117: /* ERROR_IO_DEVICE */
      return MDG_READER_ERROR_PROTOCOL;
    case 1:  /* ERROR_INVALID_FUNCTION */
    case 50: /* ERROR_NOT_SUPPORTED */
      return MDG_READER_ERROR_NOT_SUPPORTED;
    default:
      return MDG_READER_ERROR_FAILED;
    }
}

/**
 * mdg_pcsc_code_to_error:
 * @code: a result that is not %MDG_PCSC_OK
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the error to report
 */
MdgReaderError
mdg_pcsc_code_to_error (MdgPcscCode code)
{
  switch (code)
    {
    case 0x80100013: /* F_COMM_ERROR: the line to the service broke */
    case 0x80100018: /* P_SHUTDOWN */
    case 0x8010001D: /* E_NO_SERVICE */
    case 0x8010001E: /* E_SERVICE_STOPPED */
    case 0x80100012: /* E_SYSTEM_CANCELLED: log-off, shutdown */
    case 0x80100031: /* E_SERVER_TOO_BUSY */
      return MDG_READER_ERROR_NO_SERVICE;

    case 0x80100027: /* E_NO_ACCESS */
    case 0x8010006A: /* W_SECURITY_VIOLATION: the system's policy says no */
      return MDG_READER_ERROR_NO_ACCESS;

    case 0x80100003: /* E_INVALID_HANDLE: the reader or the service went and took it along */
    case 0x80100009: /* E_UNKNOWN_READER */
    case 0x80100017: /* E_READER_UNAVAILABLE */
    case 0x8010002E: /* E_NO_READERS_AVAILABLE */
      return MDG_READER_ERROR_GONE;

    case 0x8010000C: /* E_NO_SMARTCARD */
    case 0x80100069: /* W_REMOVED_CARD */
      return MDG_READER_ERROR_NO_CARD;

    case 0x80100010: /* E_NOT_READY */
    case 0x80100066: /* W_UNRESPONSIVE_CARD */
    case 0x80100067: /* W_UNPOWERED_CARD */
      return MDG_READER_ERROR_MUTE;

    case 0x8010000B: /* E_SHARING_VIOLATION */
      return MDG_READER_ERROR_IN_USE;

    case 0x80100068: /* W_RESET_CARD */
      return MDG_READER_ERROR_RESET;

    case 0x8010000A: /* E_TIMEOUT */
    case 0x80100007: /* F_WAITED_TOO_LONG */
      return MDG_READER_ERROR_TIMED_OUT;

    case 0x80100008: /* E_INSUFFICIENT_BUFFER: an answer longer than any can be */
    case 0x80100015: /* E_INVALID_ATR */
#ifdef G_OS_WIN32
    case 0x8010001F: /* E_UNEXPECTED; the same number is another code in pcsc-lite */
#endif
    case 0x80100016: /* E_NOT_TRANSACTED: the exchange with the card failed */
    case 0x80100019: /* E_PCI_TOO_SMALL */
    case 0x8010002F: /* E_COMM_DATA_LOST */
      return MDG_READER_ERROR_PROTOCOL;

    case 0x8010000F: /* E_PROTO_MISMATCH */
    case 0x8010001A: /* E_READER_UNSUPPORTED */
    case 0x8010001C: /* E_CARD_UNSUPPORTED */
#ifdef G_OS_WIN32
    case 0x80100022: /* E_UNSUPPORTED_FEATURE */
#else
    case 0x8010001F: /* E_UNSUPPORTED_FEATURE */
#endif
    case 0x80100065: /* W_UNSUPPORTED_CARD */
      return MDG_READER_ERROR_NOT_SUPPORTED;

    default:
      return system_code_to_error (code);
    }
}

/**
 * mdg_pcsc_code_is_service_lost:
 * @code: a result
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: whether the context that gave it is of no use any more
 */
gboolean
mdg_pcsc_code_is_service_lost (MdgPcscCode code)
{
  return code == MDG_PCSC_E_INVALID_HANDLE || code == 6 /* ERROR_INVALID_HANDLE */ ||
         (code != MDG_PCSC_OK && mdg_pcsc_code_to_error (code) == MDG_READER_ERROR_NO_SERVICE);
}

/**
 * mdg_pcsc_error_set:
 * @error: return location for a #GError
 * @step: what was being done, for the log
 * @code: a result that is not %MDG_PCSC_OK
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_error_set (GError **error, const char *step, MdgPcscCode code)
{
  g_set_error (error, MDG_READER_ERROR, (int) mdg_pcsc_code_to_error (code),
               "%s: PC/SC says 0x%08X", step, code);
}
