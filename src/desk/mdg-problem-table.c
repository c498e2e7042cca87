/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every error that can reach a person, one row each: the code that is read out to the call centre,
 * the kind (the command line's exit code), what a face may offer, and the sentences. A code once
 * given to an error is never given to another. */
#include "config.h"

#include "mdg-problem-table.h"

#include <glib/gi18n-lib.h>

#include "mdg-card-error.h"
#include "mdg-errors.h"
#include "mdg-oqs-message.h"
#include "mdg-receipt-error.h"
#include "mdg-service-error.h"
#include "mdg-store.h"

/* One row, one place: clang-format would join and split them. */
/* clang-format off */
#define PLUGIN(Code) mdg_plugin_error_quark, MDG_PLUGIN_ERROR_##Code
#define READER(Code) mdg_reader_error_quark, MDG_READER_ERROR_##Code
#define CARD(Code) mdg_card_error_quark, MDG_CARD_ERROR_##Code
#define SERVICE(Code) mdg_service_error_quark, MDG_SERVICE_ERROR_##Code
#define STORE(Code) mdg_store_error_quark, MDG_STORE_ERROR_##Code
#define RECEIPT(Code) mdg_receipt_error_quark, MDG_RECEIPT_ERROR_##Code
#define OQS(Code) mdg_oqs_error_quark, MDG_OQS_ERROR_##Code
#define IO(Code) g_io_error_quark, G_IO_ERROR_##Code
#define TLS(Code) g_tls_error_quark, G_TLS_ERROR_##Code
#define IS(Kind, Action) MDG_PROBLEM_KIND_##Kind, MDG_PROBLEM_ACTION_##Action

/* Sentences of several rows. "Meanwhile check in this order" is the order that insurers and the
 * ministry give for the case that eligibility cannot be confirmed. */
#define TITLE_PLUGIN N_ ("A reader driver cannot be used")
#define TITLE_REGISTRATION N_ ("The registration was refused")
#define TITLE_STORE N_ ("The program's data cannot be used")
#define TITLE_RECEIPT N_ ("This file cannot be kept as a receipt")
#define TITLE_MESSAGE N_ ("The eligibility message cannot be read")
#define TITLE_UNREACHED N_ ("The service cannot be reached")
#define TITLE_UNPROVEN N_ ("The service could not prove itself")
#define TITLE_FULL N_ ("The disk is full")
#define TITLE_TERMINAL N_ ("This PC's registration is not valid")
#define CAUSE_DAMAGED N_ ("The data are damaged.")
#define CAUSE_FULL N_ ("There is no room to save the data. What was saved before is kept.")
#define CAUSE_SLOW \
  N_ ("The line or the service is slow. Nothing was found out about the insurance.")
#define CAUSE_TERMINAL \
  N_ ("The terminal's certificate has expired, was revoked or is not accepted.")
#define CAUSE_OTHER_SIDE \
  N_ ("The other side's certificate is not the expected one. Nothing was sent.")
#define CAUSE_FORM N_ ("A value has the wrong form.")
#define CAUSE_NO_SECURE N_ ("No secure connection could be agreed on.")
#define CAUSE_INSECURE N_ ("The secure connection failed.")
#define ADVICE_NETWORK \
  N_ ("Check the network cable and the router, then try again. Meanwhile check in this order: " \
      "the Mynaportal screen, its PDF, the notice of eligibility together with the card, the " \
      "certificate of eligibility, a written declaration.")
#define ADVICE_LATER \
  N_ ("Try again in a few minutes. Meanwhile check in this order: the Mynaportal screen, its " \
      "PDF, the notice of eligibility together with the card, the certificate of eligibility, a " \
      "written declaration.")
#define ADVICE_CARD_AGAIN N_ ("Put the card on the reader again and do not move it until the end.")
#define ADVICE_CALL N_ ("Try again. If it happens again, tell the support desk this code.")
#define ADVICE_REINSTALL \
  N_ ("Install the program again. If that does not help, tell the support desk this code.")
#define ADVICE_TYPE_AGAIN \
  N_ ("Check the values on the notice with the user settings and type them again.")
#define ADVICE_UNPROVEN \
  N_ ("Check the network and this PC's date. If it happens again, tell the support desk this " \
      "code.")
#define ADVICE_ISOLATE \
  N_ ("Put the card again. Try another card to see whether the card or the reader is the cause.")
#define ADVICE_CLOSE_OTHERS \
  N_ ("Close programs that use a My Number Card, then put the card again.")
#define ADVICE_ADMINISTRATOR N_ ("Ask the person who looks after the PC.")
#define ADVICE_CERTIFICATE \
  N_ ("Put the card again. If it happens again, check with a certificate of eligibility.")
#define ADVICE_REGISTER_AGAIN N_ ("Register the terminal again, or ask the support desk.")
#define ADVICE_DRIVER \
  N_ ("Unplug the reader and plug it in again, then start the program again. If it happens " \
      "again, tell the support desk this code.")
#define ADVICE_COARSER \
  N_ ("Scan the receipt again with fewer dots (200 dpi is enough), or photograph it again, and " \
      "add that file.")
#define ADVICE_FULL N_ ("Delete what is not needed and try again.")

static const MdgProblemRow rows[] = {
  { PLUGIN (OPEN), "P-01", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("Its file or a library that it needs is missing or damaged."),
    ADVICE_REINSTALL },
  { PLUGIN (NOT_A_PLUGIN), "P-02", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("A file in the drivers' folder is not a driver of this program."),
    ADVICE_REINSTALL },
  { PLUGIN (ABI), "P-03", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("It was made for another version of this program."),
    N_ ("Install the driver of the same version as the program.") },
  { PLUGIN (NAME), "P-04", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("Its name is not the name of its file."),
    ADVICE_REINSTALL },
  { PLUGIN (DUPLICATE), "P-05", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("The same driver is installed twice; the first is used."),
    N_ ("Remove one of the two.") },
  { PLUGIN (TYPE), "P-06", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("The file contains something other than a reader driver."),
    ADVICE_REINSTALL },
  { PLUGIN (START), "P-07", IS (OTHER, CALL_SUPPORT),
    TITLE_PLUGIN,
    N_ ("It could not start: the reader or a part of the system that it needs did not answer."),
    ADVICE_DRIVER },
  { PLUGIN (QUARANTINED), "P-08", IS (OTHER, RETRY),
    N_ ("A reader driver was set aside"),
    N_ ("The program ended last time while it was loading this driver."),
    N_ ("Try it again. If the program ends again, tell the support desk this code.") },
  { PLUGIN (STOPPED), "P-09", IS (NO_READER, CHECK_READER),
    N_ ("A reader driver has stopped"),
    N_ ("It failed three times in a row, so that the program does not use it any more."),
    ADVICE_DRIVER },

  { READER (FAILED), "R-01", IS (OTHER, CHECK_READER),
    N_ ("The reader did not work as it should"),
    N_ ("The reader or its driver did not do what it should."),
    N_ ("Unplug the reader, plug it in again and put the card on it again.") },
  { READER (NO_SERVICE), "R-02", IS (NO_READER, START_SERVICE),
    N_ ("The reader service is not running"),
    N_ ("The smart card service of this PC has not been started."),
    N_ ("Start the PC again. If that does not help, tell the person who looks after the PC that the "
        "smart card service (pcscd on Linux) is not running.") },
  { READER (NO_ACCESS), "R-03", IS (NO_READER, CALL_SUPPORT),
    N_ ("The reader may not be used"),
    N_ ("This user is not allowed to use the reader."),
    ADVICE_ADMINISTRATOR },
  { READER (GONE), "R-04", IS (NO_READER, CHECK_READER),
    N_ ("No reader is found"),
    N_ ("No reader is connected, or it was unplugged."),
    N_ ("Connect the reader. If it is connected, unplug it and plug it in again.") },
  { READER (NO_CARD), "R-05", IS (NO_CARD, INSERT_CARD),
    N_ ("There is no card"),
    N_ ("No card lies on the reader."),
    N_ ("Put the My Number Card on the reader.") },
  { READER (CHANGED), "R-06", IS (NO_CARD, INSERT_CARD),
    N_ ("The card was changed"),
    N_ ("The card on the reader is not the one from before."),
    ADVICE_CARD_AGAIN },
  { READER (MUTE), "R-07", IS (OTHER, INSERT_CARD),
    N_ ("The card does not answer"),
    N_ ("The card lies askew, upside down or on metal, or it is damaged."),
    ADVICE_ISOLATE },
  { READER (IN_USE), "R-08", IS (OTHER, RETRY),
    N_ ("Another program is using the reader"),
    N_ ("A program that uses cards, such as one for receipts, tax or Mynaportal, has the reader or the "
        "card to itself."),
    ADVICE_CLOSE_OTHERS },
  { READER (RESET), "R-09", IS (OTHER, INSERT_CARD),
    N_ ("The exchange with the card was interrupted"),
    N_ ("Another program started the card anew."),
    ADVICE_CLOSE_OTHERS },
  { READER (TIMED_OUT), "R-10", IS (OTHER, INSERT_CARD),
    N_ ("The card did not finish in time"),
    N_ ("The card or the reader answers too slowly or not at all."),
    ADVICE_CARD_AGAIN },
  { READER (PROTOCOL), "R-11", IS (OTHER, INSERT_CARD),
    N_ ("The card's answer was damaged"),
    N_ ("What the reader passed on cannot be an answer of a card."),
    ADVICE_ISOLATE },
  { READER (NOT_SUPPORTED), "R-12", IS (OTHER, CALL_SUPPORT),
    N_ ("The reader cannot do this"),
    N_ ("The reader lacks a function that a My Number Card needs."),
    N_ ("Use another reader that supports My Number Cards.") },
  { READER (REMOVED), "R-13", IS (NO_CARD, INSERT_CARD),
    N_ ("The card left the reader"),
    N_ ("The card was lifted or moved before the check was done. Nothing was found out about the "
        "insurance."),
    ADVICE_CARD_AGAIN },

  { CARD (FAILED), "C-01", IS (OTHER, INSERT_CARD),
    N_ ("The card could not be read"),
    N_ ("The card answered something unexpected."),
    ADVICE_CARD_AGAIN },
  { CARD (UNKNOWN_CARD), "C-02", IS (OTHER_CARD, INSERT_CARD),
    N_ ("This is not a My Number Card"),
    N_ ("The card on the reader is of another kind, or two cards lie on it."),
    N_ ("Take the My Number Card out of its case or purse and put it alone on the reader.") },
  { CARD (NOT_FOUND), "C-03", IS (OTHER, MUNICIPALITY),
    N_ ("The card holds no electronic certificate"),
    N_ ("The certificate for user authentication was not issued or was removed."),
    N_ ("Check with a certificate of eligibility. The certificate is issued by the "
        "municipality's office.") },
  { CARD (PIN_REQUIRED), "C-04", IS (OTHER, RETRY),
    N_ ("A phone needs its PIN first"),
    N_ ("A phone gives its certificate only after the PIN, so that it cannot be checked "
        "visually."),
    N_ ("Ask the patient for the PIN, or for the My Number Card itself.") },
  { CARD (PIN_WRONG), "C-05", IS (PIN_WRONG, RETRY),
    N_ ("The PIN is wrong"),
    N_ ("The PIN is wrong."),
    N_ ("Ask the patient to enter it again, or use the visual check. After three wrong ones the "
        "PIN is locked and the municipality's office must reset it.") },
  { CARD (PIN_BLOCKED), "C-06", IS (PIN_BLOCKED, MUNICIPALITY),
    N_ ("The PIN is locked"),
    N_ ("The PIN was entered wrongly three times, or the card has no PIN (a card for face "
        "authentication)."),
    N_ ("Use the visual check now: a card without a PIN always needs it. A locked PIN is reset "
        "at the municipality's office.") },
  { CARD (PIN_UNKNOWN), "C-07", IS (OTHER, INSERT_CARD),
    N_ ("It is not known whether the PIN was checked"),
    N_ ("The card left the reader, or its answer was lost, while the PIN was being checked. It "
        "was not sent again."),
    N_ ("Put the card again: the tries left are checked first.") },
  { CARD (LAST_TRY), "C-08", IS (LAST_TRY, RETRY),
    N_ ("Only one try is left"),
    N_ ("One more wrong PIN locks the card. The PIN was not sent."),
    N_ ("Confirm that the patient is sure of the PIN, or use the visual check. A locked PIN is "
        "reset at the municipality's office.") },
  { CARD (SECURITY), "C-09", IS (OTHER, INSERT_CARD),
    N_ ("The card forgot the PIN check"),
    N_ ("The card was moved or started anew after the PIN was checked. The PIN is not sent "
        "again by itself."),
    N_ ("Put the card again and enter the PIN again.") },
  { CARD (MALFORMED), "C-10", IS (OTHER, INSERT_CARD),
    N_ ("The card's data cannot be read"),
    N_ ("The data on the card are damaged or arrived damaged."),
    ADVICE_ISOLATE },
  { CARD (SIGNATURE), "C-11", IS (OTHER, INSERT_CARD),
    N_ ("The card could not be proven"),
    N_ ("The card's signature does not fit its certificate: it was changed or damaged."),
    ADVICE_CERTIFICATE },
  { CARD (TEST_CARD), "C-12", IS (OTHER_CARD, INSERT_CARD),
    N_ ("This is a test card"),
    N_ ("A test card cannot be used with the real service."),
    N_ ("Put the patient's My Number Card, or use practice mode.") },

  { SERVICE (FAILED), "S-01", IS (OTHER, RETRY),
    N_ ("The check failed"),
    N_ ("The question to the service could not be carried out."),
    ADVICE_CALL },
  { SERVICE (UNREACHABLE), "S-02", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The Internet connection is cut, or the service does not answer. Nothing was found out "
        "about the insurance."),
    ADVICE_NETWORK },
  { SERVICE (TIMED_OUT), "S-03", IS (UNREACHED, RETRY),
    N_ ("The service did not answer in time"),
    CAUSE_SLOW,
    ADVICE_LATER },
  { SERVICE (TLS), "S-04", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    CAUSE_OTHER_SIDE,
    ADVICE_UNPROVEN },
  { SERVICE (UNAVAILABLE), "S-05", IS (UNREACHED, RETRY),
    N_ ("The service is out of order"),
    N_ ("The service has a disturbance. Nothing was found out about the insurance."),
    ADVICE_LATER },
  { SERVICE (MAINTENANCE), "S-06", IS (UNREACHED, NONE),
    N_ ("The service is under maintenance"),
    N_ ("The service cannot be used at the moment. Nothing was found out about the insurance."),
    N_ ("Try again after the maintenance. Meanwhile check in this order: the Mynaportal screen, "
        "its PDF, the notice of eligibility together with the card, the certificate of "
        "eligibility, a written declaration.") },
  { SERVICE (BAD_ANSWER), "S-07", IS (OTHER, CALL_SUPPORT),
    N_ ("The service's answer cannot be used"),
    N_ ("The answer was damaged, incomplete or about another person, and was thrown away."),
    ADVICE_CALL },
  { SERVICE (NOT_ACTIVATED), "S-08", IS (NOT_ACTIVATED, ACTIVATE),
    N_ ("This PC is not registered"),
    N_ ("The terminal has not been activated with the activation code yet."),
    N_ ("Register the terminal with the values on the notice with the user settings.") },
  { SERVICE (TERMINAL), "S-09", IS (NOT_ACTIVATED, ACTIVATE),
    TITLE_TERMINAL,
    CAUSE_TERMINAL,
    ADVICE_REGISTER_AGAIN },
  { SERVICE (LOGIN), "S-10", IS (REFUSED, LOG_IN),
    N_ ("Could not log in"),
    N_ ("The user ID or the password is wrong."),
    N_ ("Check the user ID and the password and enter them again.") },
  { SERVICE (LOCKED), "S-11", IS (REFUSED, CALL_SUPPORT),
    N_ ("The log-in is locked"),
    N_ ("There were too many wrong entries."),
    N_ ("Wait for a while and try again with the right values, or ask the support desk.") },
  { SERVICE (NO_PASSWORD), "S-12", IS (REFUSED, LOG_IN),
    N_ ("The password is needed"),
    N_ ("The password is not kept on this PC and none was entered."),
    N_ ("Enter the password.") },
  { SERVICE (PASSWORD_FORM), "S-13", IS (REFUSED, LOG_IN),
    N_ ("The new password is not accepted"),
    N_ ("A password needs 8 to 100 characters."),
    N_ ("Choose another password.") },
  { SERVICE (ACTIVATION_FORM), "S-14", IS (REFUSED, ACTIVATE),
    TITLE_REGISTRATION,
    CAUSE_FORM,
    ADVICE_TYPE_AGAIN },
  { SERVICE (ACTIVATION_LOGIN), "S-15", IS (REFUSED, ACTIVATE),
    TITLE_REGISTRATION,
    N_ ("The institution code, the user ID or the password is wrong."),
    ADVICE_TYPE_AGAIN },
  { SERVICE (ACTIVATION_CODE), "S-16", IS (REFUSED, ACTIVATE),
    N_ ("The activation code is refused"),
    N_ ("The activation code is wrong or has been used. Five wrong ones lock the registration "
        "for a while."),
    ADVICE_TYPE_AGAIN },
  { SERVICE (TERMINAL_LIMIT), "S-17", IS (REFUSED, CALL_SUPPORT),
    N_ ("No more PCs can be registered"),
    N_ ("The limit of terminals for this institution is reached."),
    N_ ("Cancel the registration of a PC that is no longer used, or ask the support desk.") },
  { SERVICE (TERMINAL_REVOKED), "S-18", IS (REFUSED, ACTIVATE),
    N_ ("This PC's registration was withdrawn"),
    N_ ("The terminal's certificate was revoked and cannot be renewed."),
    ADVICE_REGISTER_AGAIN },
  { SERVICE (CARD_FORM), "S-19", IS (REFUSED, RETRY),
    N_ ("The service refused the question"),
    N_ ("The service cannot read the question."),
    ADVICE_CALL },
  { SERVICE (CHALLENGE), "S-20", IS (REFUSED, INSERT_CARD),
    N_ ("The check took too long"),
    N_ ("The service's challenge has expired or was used already."),
    ADVICE_CARD_AGAIN },
  { SERVICE (CARD_SIGNATURE), "S-21", IS (REFUSED, INSERT_CARD),
    N_ ("The service refused the card's signature"),
    N_ ("The service could not verify the card's signature."),
    ADVICE_CERTIFICATE },
  { SERVICE (CARD_TRUST), "S-22", IS (REFUSED, CALL_SUPPORT),
    N_ ("The service does not trust the card"),
    N_ ("The card's certificate was not issued by an authority that the service accepts."),
    N_ ("Check with a certificate of eligibility, and tell the support desk this code.") },
  { SERVICE (CARD_EXPIRED), "S-23", IS (REFUSED, MUNICIPALITY),
    N_ ("The card's electronic certificate has expired or was revoked"),
    N_ ("The certificate in the card is valid until the fifth birthday after it was issued, and may "
        "end before the card itself. An expired one can be used for eligibility until three months "
        "after the end of the month of expiry."),
    N_ ("Check with a certificate of eligibility. The electronic certificate is renewed at the "
        "municipality's office.") },
  { SERVICE (VISUAL_REFUSED), "S-24", IS (REFUSED, RETRY),
    N_ ("The visual check is not accepted"),
    N_ ("The service does not accept a visual check here."),
    N_ ("Ask the patient for the PIN, or check with a certificate of eligibility.") },
  { SERVICE (SEARCH_FORM), "S-25", IS (REFUSED, RETRY),
    N_ ("The service refused the search"),
    N_ ("A value of the search has the wrong form."),
    N_ ("Check the values and search again.") },
  { SERVICE (REFUSED), "S-26", IS (REFUSED, CALL_SUPPORT),
    N_ ("The service refused"),
    N_ ("The service refused the question."),
    ADVICE_CALL },
  { SERVICE (CLOCK), "S-27", IS (OTHER, CALL_SUPPORT),
    N_ ("This PC's clock is wrong"),
    N_ ("The time of this PC differs too much from the service's."),
    N_ ("Set the date and the time of the PC, then try again.") },

  { STORE (FAILED), "D-01", IS (OTHER, CALL_SUPPORT),
    TITLE_STORE,
    N_ ("Data could not be read or written."),
    ADVICE_CALL },
  { STORE (FULL), "D-02", IS (OTHER, NONE),
    TITLE_FULL,
    CAUSE_FULL,
    ADVICE_FULL },
  { STORE (CORRUPT), "D-03", IS (OTHER, CALL_SUPPORT),
    TITLE_STORE,
    N_ ("The data file is damaged. It was kept aside unchanged."),
    N_ ("Tell the support desk this code.") },
  { STORE (NEWER), "D-04", IS (OTHER, CALL_SUPPORT),
    TITLE_STORE,
    N_ ("The data were written by a newer version of this program."),
    N_ ("Install the newest version of this program.") },
  { STORE (LOCKED), "D-05", IS (OTHER, RETRY),
    TITLE_STORE,
    N_ ("Another program is using the data."),
    N_ ("Close the other window of this program and try again.") },
  { STORE (ACCESS), "D-06", IS (OTHER, CALL_SUPPORT),
    TITLE_STORE,
    N_ ("This user may not write to the data folder."),
    ADVICE_ADMINISTRATOR },
  { STORE (FOREIGN), "D-07", IS (USAGE, NONE),
    N_ ("The file cannot be taken in"),
    N_ ("It is not a file of the preparation that this program wrote, or it is damaged. Nothing was "
        "changed."),
    N_ ("Choose the right file. If it is the right one, write it once more on the other PC.") },

  { RECEIPT (KIND), "F-01", IS (OTHER, NONE),
    TITLE_RECEIPT,
    N_ ("It is neither a PDF nor a picture of the kind PNG or JPEG."),
    N_ ("Choose the receipt as a PDF, or a scan or photograph of it as PNG or JPEG.") },
  { RECEIPT (LARGE), "F-02", IS (OTHER, NONE),
    TITLE_RECEIPT,
    N_ ("It is larger than 20 MB."),
    ADVICE_COARSER },
  { RECEIPT (SIDES), "F-03", IS (OTHER, NONE),
    TITLE_RECEIPT,
    N_ ("The picture has more than 50 million dots, or a side of more than 20,000."),
    ADVICE_COARSER },
  { RECEIPT (BROKEN), "F-04", IS (OTHER, NONE),
    TITLE_RECEIPT,
    N_ ("The file is damaged, or only a part of it is there."),
    N_ ("Open the file with another program to see whether it is whole. Save or scan it again, and "
        "add that file.") },
  { RECEIPT (LOCKED), "F-05", IS (OTHER, NONE),
    TITLE_RECEIPT,
    N_ ("The PDF can be opened with a password only."),
    N_ ("Open it with its password in another program, print it or save it without a password, and "
        "add that.") },
  { RECEIPT (HEAVY), "F-06", IS (OTHER, NONE),
    N_ ("The pages of this PDF cannot be shown"),
    N_ ("Drawing them takes too much time or memory."),
    N_ ("Print it from another program, scan the paper, and add that file.") },

  { OQS (MALFORMED), "M-01", IS (OTHER, CALL_SUPPORT),
    TITLE_MESSAGE,
    CAUSE_DAMAGED,
    ADVICE_CALL },
  { OQS (NOT_OQS), "M-02", IS (OTHER, CALL_SUPPORT),
    TITLE_MESSAGE,
    N_ ("The data are not an eligibility message."),
    ADVICE_CALL },
  { OQS (TOO_LARGE), "M-03", IS (OTHER, CALL_SUPPORT),
    TITLE_MESSAGE,
    N_ ("The data are larger than they can be."),
    ADVICE_CALL },
  { OQS (ENCODING), "M-04", IS (OTHER, CALL_SUPPORT),
    TITLE_MESSAGE,
    N_ ("The data contain characters that cannot be read."),
    ADVICE_CALL },
  { OQS (INVALID), "M-05", IS (OTHER, CALL_SUPPORT),
    TITLE_MESSAGE,
    N_ ("The data contain a value that cannot be."),
    ADVICE_CALL },

  { IO (HOST_NOT_FOUND), "N-01", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The name of the service is not found: the Internet connection is cut or the address is "
        "wrong."),
    ADVICE_NETWORK },
  { IO (HOST_UNREACHABLE), "N-02", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("There is no way to the service."),
    ADVICE_NETWORK },
  { IO (NETWORK_UNREACHABLE), "N-03", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("This PC is not connected to the Internet."),
    ADVICE_NETWORK },
  { IO (CONNECTION_REFUSED), "N-04", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The service does not accept connections."),
    ADVICE_NETWORK },
  { IO (CONNECTION_CLOSED), "N-05", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The connection was cut."),
    ADVICE_NETWORK },
  { IO (NOT_CONNECTED), "N-06", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("There is no connection."),
    ADVICE_NETWORK },
  { IO (PARTIAL_INPUT), "N-07", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The answer ended too early."),
    ADVICE_NETWORK },
  { IO (PROXY_FAILED), "N-08", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The proxy cannot be reached."),
    ADVICE_NETWORK },
  { IO (PROXY_AUTH_FAILED), "N-09", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The proxy refused the log-in."),
    ADVICE_NETWORK },
  { IO (PROXY_NEED_AUTH), "N-10", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The proxy asks for a log-in."),
    ADVICE_NETWORK },
  { IO (PROXY_NOT_ALLOWED), "N-11", IS (UNREACHED, CHECK_NETWORK),
    TITLE_UNREACHED,
    N_ ("The proxy does not allow the connection."),
    ADVICE_NETWORK },
  { IO (TIMED_OUT), "N-12", IS (UNREACHED, RETRY),
    N_ ("The answer did not come in time"),
    CAUSE_SLOW,
    ADVICE_LATER },
  { IO (CANCELLED), "N-13", IS (OTHER, NONE),
    N_ ("Stopped"),
    N_ ("It was stopped before the end."),
    N_ ("Start again when you are ready.") },
  { IO (INVALID_ARGUMENT), "N-14", IS (USAGE, NONE),
    N_ ("A value is not right"),
    CAUSE_FORM,
    N_ ("Check the value and enter it again.") },
  { IO (NO_SPACE), "N-15", IS (OTHER, NONE),
    TITLE_FULL,
    CAUSE_FULL,
    ADVICE_FULL },
  { IO (PERMISSION_DENIED), "N-16", IS (OTHER, CALL_SUPPORT),
    N_ ("A file or a device may not be used"),
    N_ ("This user may not use a file or a device that is needed."),
    ADVICE_ADMINISTRATOR },
  { IO (NOT_FOUND), "N-17", IS (OTHER, CALL_SUPPORT),
    N_ ("A file is missing"),
    N_ ("A file that is needed was not found."),
    ADVICE_CALL },
  { IO (INVALID_DATA), "N-18", IS (OTHER, CALL_SUPPORT),
    N_ ("Data cannot be read"),
    CAUSE_DAMAGED,
    ADVICE_CALL },
  { IO (NOT_SUPPORTED), "N-19", IS (OTHER, CALL_SUPPORT),
    N_ ("This PC cannot do this yet"),
    N_ ("A program that is needed for it is not installed; PDF files are shown by poppler."),
    N_ ("Ask the person who looks after the PC to install it (poppler-utils). What was saved is "
        "kept, and can be opened and printed with other programs.") },
  { IO (EXISTS), "N-20", IS (USAGE, NONE),
    N_ ("It is there already"),
    N_ ("The same file was added before."),
    N_ ("Nothing needs to be done. To add another one, choose another file.") },

  { TLS (UNAVAILABLE), "T-01", IS (UNREACHED, CALL_SUPPORT),
    N_ ("Secure connections are not possible"),
    N_ ("A part for secure connections is missing on this PC."),
    ADVICE_REINSTALL },
  { TLS (MISC), "T-02", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    CAUSE_INSECURE,
    ADVICE_UNPROVEN },
  { TLS (BAD_CERTIFICATE), "T-03", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    CAUSE_OTHER_SIDE,
    ADVICE_UNPROVEN },
  { TLS (NOT_TLS), "T-04", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    N_ ("The other side does not speak a secure protocol. Nothing was sent."),
    ADVICE_UNPROVEN },
  { TLS (HANDSHAKE), "T-05", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    CAUSE_NO_SECURE,
    ADVICE_UNPROVEN },
  { TLS (CERTIFICATE_REQUIRED), "T-06", IS (NOT_ACTIVATED, ACTIVATE),
    TITLE_TERMINAL,
    CAUSE_TERMINAL,
    ADVICE_REGISTER_AGAIN },
  { TLS (EOF), "T-07", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    N_ ("The secure connection was cut."),
    ADVICE_UNPROVEN },
  { TLS (INAPPROPRIATE_FALLBACK), "T-08", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    CAUSE_NO_SECURE,
    ADVICE_UNPROVEN },
  { TLS (BAD_CERTIFICATE_PASSWORD), "T-09", IS (UNREACHED, CALL_SUPPORT),
    TITLE_UNPROVEN,
    CAUSE_INSECURE,
    ADVICE_UNPROVEN },
};

static const MdgProblemRow catch_all = {
  NULL, 0, "X-01", IS (OTHER, CALL_SUPPORT),
    N_ ("The program could not go on"),
    N_ ("Something happened that the program does not expect."),
    ADVICE_CALL
};
/* clang-format on */

/**
 * mdg_problem_table_get:
 * @n_rows: (out): how many rows there are
 *
 * All rows but the catch-all, for the test that proves the table whole.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (array length=n_rows): the rows
 */
const MdgProblemRow *
mdg_problem_table_get (guint *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);
  return rows;
}

/**
 * mdg_problem_table_lookup:
 * @domain: an error's domain
 * @code: its code
 *
 * The row of an error; the catch-all's where it has none.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the row
 */
const MdgProblemRow *
mdg_problem_table_lookup (GQuark domain, int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].code == code && rows[i].domain () == domain)
      return &rows[i];
  return &catch_all;
}
