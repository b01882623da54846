import { sampleRows } from './sample-row.ts';

/** Personal accounts and visibility. */
export const PERSONAL_AND_VISIBILITY = sampleRows(`
SHA-01 high pass No one can open a new personal account on our domain
  Dana Whitlock saw the restriction switched on on Nov 20, 2026.
SHA-02 medium pass The Domain memberships report is run every month
  The report of Nov 20, 2026 is 4 days old; the one before is of Oct 21, 2026.
SHA-03 high fail Personal accounts on our domain are closed
  3 of 7 accounts found are still open; two people were contacted.
SHA-04 medium fail People with personal accounts were contacted
  1 of 3 people has not been contacted: Odalys Brennan.
SHA-05 high pass Microsoft 365 is linked to Claude only by seat holders
  All 22 people with a grant hold a seat.
SHA-06 high cannot_read Personal accounts on managed networks are refused
  Whether the gateway inserts the restriction header cannot be seen in any file that was given.
SHA-07 high policy_only Personal accounts on personal devices
  No technology can stop personal use on a personal device. 58 of 64 have acknowledged the policy.
SHA-08 medium pass The desktop app signs in only to our organization
  The device policy names the organization on all 61 managed devices.
SHA-09 high not_licensed Uploads of member data to personal sessions are caught
  Endpoint data loss prevention needs Purview Suite for Business Premium.
SHA-10 medium not_applicable A network block has an allowlist and is proven
  No network block is planned.
SHA-11 low pass Staff know that organization accounts replace personal ones
  The notice of Mar 9, 2026 says so.
SHA-12 low not_licensed Use of AI tools on the network is looked at
  Cloud discovery needs Defender for Cloud Apps.
VIS-01 medium pass Usage can be read
  The usage file of Nov 23, 2026 covers 64 people.
VIS-02 medium pass Usage is reviewed every month
  The journal records a review on Nov 4, 2026.
VIS-03 medium pass No one is far above average without an explanation
  No one of 64 is above five times the average.
VIS-04 high not_licensed The Compliance API records
  The Compliance API needs Claude Enterprise.
VIS-05 high pass The audit log is kept before it expires
  The audit log of Nov 23, 2026 covers 180 days without a gap.
VIS-06 medium not_licensed Cowork telemetry is sent
  Telemetry of Cowork needs Claude Enterprise.
VIS-07 medium not_applicable The SIEM receives Claude events
  The client has no SIEM.
VIS-08 low cannot_read Spend is read every month
  The newest spend file covers August 2026. It counts for 45 days.
VIS-10 high pending Sign-ins outside normal hours are looked at
  The first look is planned for Nov 30, 2026.
VIS-13 high pass Conversation content is reachable only by rule
  The policy names who may ask and who decides.
VIS-14 medium pass Chat retention is decided
  The charter keeps chats; the reason is recorded.
VIS-15 medium pass Microsoft audit retention is long enough
  180 days are kept and the charter asks for 180.
VIS-16 high pass Exports of organization data were expected
  One export in the audit log, on Nov 2, 2026, stands in the journal.
VIS-17 high pass Every API key is known
  The list of Nov 20, 2026 has 2 keys and the charter names both.
VIS-18 low not_licensed Inline prompt checks are decided
  Inline prompt checks need Claude Enterprise.
`);
