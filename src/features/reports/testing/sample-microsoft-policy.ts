import { sampleRows } from './sample-row.ts';

/** Microsoft, operations and policy. */
export const MICROSOFT_TO_POLICY = sampleRows(`
M365-01 high pass Conditional Access is licensed
  Microsoft 365 Business Premium, in the licenses file of Nov 20, 2026, includes Entra ID P1.
M365-02 high pass The Claude sign-in app exists in Entra
  The enterprise application “Claude” exists and is switched on.
M365-03 high pass Both connector apps exist with consent
  Both apps exist; consent is recorded for both.
M365-04 high fail Assignment is required on the Claude apps
  1 of 3 Claude apps lets everyone in the tenant sign in: “M365 MCP Client”.
M365-05 high pass There is no look-alike app
  Of 88 enterprise applications, 3 name Claude and all 3 have the expected ids.
M365-06 high cannot_read Connector app scopes match the charter
  The charter does not say which scopes were meant to be granted.
M365-07 medium pass Consent came from the expected account
  Consent was given by Rafe Lindqvist, whom the charter names.
M365-09 critical pending Multi-factor sign-in is required for Claude
  Report-only until Dec 2, 2026. It would have blocked no one so far.
M365-10 high pending A compliant device is required
  Report-only until Dec 8, 2026. It would have blocked 4 people.
M365-11 medium not_licensed Sessions go through Defender for Cloud Apps
  Session control needs Defender for Cloud Apps.
M365-12 medium not_licensed Risky sign-ins are stepped up
  Risk-based access needs Entra ID P2.
M365-13 high pass Emergency access is excluded
  The group of emergency accounts is excluded from all 6 policies.
M365-15 medium not_applicable Security defaults fit the licenses
  Conditional Access is in use, so security defaults do not apply.
M365-17 critical pass Entra accounts of leavers are disabled
  All 3 leavers are disabled in the Entra users file of Nov 20, 2026.
M365-19 medium accepted Staff devices are ready for the compliance policy
  The map library workstation is accepted until Nov 30, 2026.
OPS-01 medium pass The quarterly review is done
  The journal records the review of Aug 28, 2026.
OPS-02 medium pass A governance owner and a deputy are named
  Mara Ellingsworth and Soren Vantongeren.
OPS-05 medium fail Offboarding tasks are done on time
  5 tasks in 3 offboardings are late, the oldest by 43 days.
OPS-08 medium policy_only Incident types and contacts are defined
  The incident plan is a document; no console holds it.
OPS-12 low pass Staff are trained
  61 of 61 staff stand in the training list.
POL-01 high pass The policy was published before first access
  Published on Mar 6, 2026; the first seat was given on Mar 9, 2026.
POL-03 high fail Every seat holder acknowledged the current version
  6 of 64 seat holders have not acknowledged version 3 of the policy: Bram Oyelaran, Lotte Fairweather, Kit Hargreaves and 3 more.
POL-06 high policy_only Member data stays out of unapproved AI
  No purchase changes this; the policy is the control.
POL-07 medium policy_only Credentials stay out of chats
  No purchase changes this; the policy is the control.
`);
