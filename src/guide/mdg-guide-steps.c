/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The steps of the official guide, in its order, with its check lists and notes. The msgids say in
 * English what the guide says; the Japanese translation is the guide's own wording. What has no
 * words there (練習, the sentences on what to do next) is ours. */
#include "config.h"

#include "mdg-guide-private.h"

#include <glib/gi18n-lib.h>

#define MODELS_NOTE                                                                                 \
  N_ ("For the models, see the notice below: “(Updated) [Notice] Equipment needed to use the My " \
      "Number eligibility app” (portal site).")

static const char *const none[] = { NULL };
static const MdgStepKind free_step[] = { MDG_N_STEPS };

static const char *const select_checks[] = { N_ ("Terminal chosen"), NULL };
static const char *const select_notes[] = {
  N_ ("Each facility needs equipment as shown here. Please choose equipment that can do the "
      "online check."),
  N_ ("Needed to do the online check: PC (Windows) + wired generic card reader, or smartphone, or "
      "tablet + Bluetooth generic card reader"),
  N_ ("Some PCs (Windows 10, Windows 11) that are in use at work now can be used."),
  N_ ("To read My Number Cards, one of these is needed: (1) PC + generic card reader, (2) "
      "smartphone, (3) tablet + generic card reader."),
  N_ ("To use the My Number eligibility app, a generic card reader with extended Lc/Le (extended "
      "APDU) is needed."),
  N_ ("To use the My Number eligibility app on a smartphone alone, it must have NFC and extended "
      "Lc/Le (extended APDU)."),
  N_ ("To use the My Number eligibility app on a tablet, a Bluetooth generic card reader with "
      "extended Lc/Le (extended APDU) is needed."),
  MODELS_NOTE,
  NULL,
};

static const char *const purchase_checks[] = { N_ ("Terminal bought"), NULL };
static const char *const purchase_notes[] = {
  N_ ("Please buy the chosen terminal and other equipment."),
  N_ ("The receipt of the purchase is needed for the application for the subsidy. Please keep it "
      "carefully."),
  N_ ("Some terminals that are in use at work can be used for both."),
  MODELS_NOTE,
  NULL,
};

static const char *const apply_checks[] = { N_ ("Usage application for the online check posted"),
                                            NULL };
static const char *const apply_notes[] = {
  N_ ("The application form can also be downloaded with the QR code."),
  N_ ("To use the My Number eligibility app, one applies under the “Terms of use of the online "
      "eligibility system, limited to eligibility” and agrees to them."),
  N_ ("The “Terms of use of the online eligibility system, limited to eligibility” are on the "
      "portal site for medical institutions."),
  NULL,
};

static const char *const activate_checks[] = { N_ ("Terminal set up, such as downloading the app"),
                                               NULL };
static const char *const activate_notes[] = {
  N_ ("Set-up of the equipment: downloading the app, first settings and others"),
  N_ ("On the equipment for the online check, please download the “My Number eligibility app” from "
      "the ordinary app store and set the equipment up as told in “Set-up and use of the My Number "
      "eligibility app”."),
  N_ ("The letter has important information. Please handle it with care and keep it safe."),
  N_ ("The My Number eligibility app uses an activation code (12 digits) to limit the terminals "
      "that use it. Only terminals that were authenticated with the activation code can use the "
      "app."),
  N_ ("Please look at the manual for the operating system of your terminal."),
  NULL,
};

static const char *const reception_checks[] = { N_ ("Changes of the reception confirmed"), NULL };
static const char *const reception_notes[] = {
  N_ ("Understanding the work after the introduction (by each facility): The operation manual of the My Number eligibility app is published. Please see there how "
      "the app is used."),
  N_ ("Operation manual: "
      "https://iryohokenjyoho.service-now.com/"
      "csm?id=kb_article_view&sysparm_article=KB0010157"),
  N_ ("Confirming what changes in your own facility (by each facility): Please confirm what changes "
      "at the reception when the online check (limited to eligibility) "
      "is introduced."),
  N_ ("Example of the work: Imagine how staff and patients move in your facility, and confirm the work at the reception "
      "after the introduction of the online check."),
  NULL,
};

static const char *const practise_notes[] = {
  N_ ("Practice mode has invented patients and a reader of its own: nothing of it reaches the "
      "service."),
  NULL,
};

static const char *const start_notes[] = {
  N_ ("To use the My Number eligibility app, a “(planned) first day of operation” has to be "
      "registered; the day on which the implementing organisation registers it is taken as the "
      "“(planned) first day of operation”."),
  NULL,
};

static const char *const documents_checks[] = {
  N_ ("Needed documents prepared (receipts and others)"), NULL
};
static const char *const documents_notes[] = {
  N_ ("Equipment that is supported: generic card reader connected to a PC or the like; smartphone; "
      "tablet"),
  N_ ("Documents to enclose: receipts (copies); statement of the receipts; application for the "
      "grant; report on the completion of the online check project"),
  MODELS_NOTE,
  NULL,
};

static const char *const grant_checks[] = {
  N_ ("Application for the subsidy for the online check posted"), NULL
};
static const char *const grant_notes[] = {
  N_ ("Look at what the portal site and others say. Please apply for the subsidy on the portal site "
      "or by post."),
  N_ ("The application form can be downloaded from the page below or with the QR code: “My Number "
      "eligibility app (for medical institutions) – On the grant for institutions outside the "
      "obligation (claiming on paper and others) (My Number eligibility app) that introduce the "
      "online check”."),
  N_ ("Receipts are needed to apply for the grant."),
  N_ ("Where the amounts or contents differ from the receipts, the application may be sent back to "
      "be clarified."),
  N_ ("For the codes of prefectures and points tables, see the separate list."),
  N_ ("Less than 1 yen is cut off (②). Less than 1,000 yen is cut off (④). Amounts are with tax."),
  NULL,
};

static const MdgStepKind after_apply[] = { MDG_STEP_APPLY, MDG_N_STEPS };
static const MdgStepKind after_all[] = { MDG_STEP_SELECT,    MDG_STEP_PURCHASE,  MDG_STEP_APPLY,
                                         MDG_STEP_ACTIVATE,  MDG_STEP_RECEPTION, MDG_STEP_START,
                                         MDG_STEP_DOCUMENTS, MDG_N_STEPS };

const MdgStepInfo mdg_guide_steps[MDG_N_STEPS] = {
  [MDG_STEP_SELECT] = { "select", MDG_PART_EQUIPMENT, N_ ("Choice of the terminal"),
                        N_ ("In the medical institution or pharmacy, please choose a terminal and other equipment that "
                            "can do the online check."),
                        select_checks, select_notes,
                        N_ ("Choose a terminal and a reader, and test the reader."), "", "1-1",
                        free_step, "" },
  [MDG_STEP_PURCHASE] = { "purchase", MDG_PART_EQUIPMENT, N_ ("Purchase"),
                          N_ ("Please buy the chosen terminal and keep the receipt of the purchase."),
                          purchase_checks, purchase_notes,
                          N_ ("Buy the chosen equipment and keep its receipt here."), "", "1-2",
                          free_step, "" },
  [MDG_STEP_APPLY] = { "apply", MDG_PART_PREPARATION, N_ ("Usage application for the online check"),
                       N_ ("Please apply for the use of the online check and set the equipment up. Please fill in the "
                           "“Application on the use of the online check (limited to eligibility)”, "
                           "which the Health Insurance Claims Review & Reimbursement Services have been posting since "
                           "mid-June 2024, and post it to the address below."),
                       apply_checks, apply_notes, N_ ("Fill in the usage application and post it."),
                       N_ ("The application is being reviewed. When the “User settings” arrive, enter them and "
                           "register the terminal."),
                       "2-1", free_step, "" },
  [MDG_STEP_ACTIVATE] = { "activate", MDG_PART_PREPARATION,
                          N_ ("Set-up of the equipment, such as downloading the app"),
                          N_ ("When the usage application has been approved, the “User settings of the My Number "
                              "eligibility app” are posted to you."),
                          activate_checks, activate_notes,
                          N_ ("Enter the “User settings” that have arrived and register the terminal."),
                          "", "2-1", after_apply,
                          N_ ("The “User settings” are posted when the usage application has been approved. Post the "
                              "application first.") },
  [MDG_STEP_RECEPTION] = { "reception", MDG_PART_PREPARATION,
                           N_ ("Confirming what changes at the reception"),
                           N_ ("Please confirm what changes at the reception after the introduction of the online check, "
                               "and prepare for the start of operation."),
                           reception_checks, reception_notes,
                           N_ ("Go through the changes at the reception, one by one."), "", "2-2",
                           free_step, "" },
  [MDG_STEP_PRACTISE] = { "practise", MDG_PART_PREPARATION,
                          N_ ("Explaining to the staff and practice"),
                          N_ ("Please explain this to the staff and prepare for the start of operation."),
                          none, practise_notes,
                          N_ ("Explain the changes to the staff and let each of them practise."),
                          "", "2-2", free_step, "" },
  [MDG_STEP_START] = { "start", MDG_PART_PREPARATION, N_ ("(Planned) first day of operation"),
                       N_ ("Please decide on the day on which the online check begins at the reception."),
                       none, start_notes, N_ ("Decide on the first day of operation and enter it."),
                       "", "2-1", free_step, "" },
  [MDG_STEP_DOCUMENTS] = { "documents", MDG_PART_GRANT,
                           N_ ("Preparing the needed documents (receipts and others)"),
                           N_ ("Please keep the receipts carefully that are needed for the application for the subsidy, "
                               "and prepare the documents of the application. The equipment named below is supported "
                               "financially."),
                           documents_checks, documents_notes,
                           N_ ("Prepare the documents for the subsidy: the items of the receipts and the form."),
                           "", "3-1", free_step, "" },
  [MDG_STEP_GRANT] = { "grant", MDG_PART_GRANT, N_ ("Application for the subsidy"),
                       N_ ("After the environment for using the online check is in place, please fill in the "
                           "application and post it to the address below."),
                       grant_checks, grant_notes,
                       N_ ("Print the papers of the subsidy and post them."),
                       N_ ("The subsidy has been applied for. Wait for the result."), "3-1",
                       after_all,
                       N_ ("The subsidy is applied for when the introduction is complete: every step from the choice "
                           "of the terminal to the first day of operation, and the documents.") },
};
