import { sampleRows } from './sample-row.ts';

/** Connectors. */
export const CONNECTORS = sampleRows(`
CON-01 medium pass Wanted connectors are inventoried
  The charter lists 6 connectors, each with who asked and why.
CON-02 high pass Actions of each approved connector are classified
  All 41 actions of 6 approved connectors have an effect.
CON-03 high pass The catalogue was locked down before the first invitation
  Locked down on Mar 3, 2026; the first invitation went out on Mar 9, 2026.
CON-04 high fail Only chartered connectors are enabled
  Taskline is enabled and is not in charter v6.
CON-05 medium pass Connectors enabled by default were removed
  None of the connectors that come enabled stands in the connectors table.
CON-06 medium cannot_read Every action of every enabled connector has a state
  4 of 41 actions have an empty state in the connectors table, so whether they are blocked is not known.
CON-07 high pass A charter is approved and in force
  Charter v6 was approved on Sep 14, 2026 by Mara Ellingsworth.
CON-08 medium pass The charter is no looser than the baseline without a reason
  Two entries are looser than the baseline and both give a reason.
CON-09 critical fail No action is wider than the charter
  SharePoint “Delete item” is Needs approval; charter v6 says Blocked.
CON-10 critical fail Delete, send and admin actions are blocked
  2 of 9 delete, send and admin actions are not blocked: SharePoint “Delete item” and Outlook “Send mail”.
CON-11 high pass Write actions ask for approval
  All 12 write actions of enabled connectors are Needs approval or Blocked.
CON-12 medium accepted Always allow is only for reads on low-sensitivity systems
  Asana “Update task” is Always allow, accepted until Feb 28, 2027.
CON-13 high not_applicable The membership system is read only
  No connector to the membership system is enabled or chartered.
CON-14 high fail Permission changes since the last review were approved
  1 of 7 changes since Aug 28, 2026 has no approval in the journal: “Delete item” on Nov 17, 2026.
CON-15 high cannot_read Desktop extensions are on an allowlist
  The settings file is from Sep 8, 2026, 77 days old. It is valid for 60 days.
CON-16 high cannot_read Local tool servers are off or decided
  The settings file is from Sep 8, 2026, 77 days old. It is valid for 60 days.
CON-17 medium pass New connector tools do not start at Always allow
  Dana Whitlock saw “Needs approval” as the default on Nov 20, 2026.
CON-18 high pass Cowork has no Always allow for connector tools
  None of 41 actions is Always allow in Cowork.
CON-19 medium pass Cowork defaults are decided
  The charter decides all four Cowork defaults.
CON-20 high not_licensed Connector domain restriction is on
  The domain restriction needs Claude Enterprise.
CON-21 high pass Custom connectors passed a security review
  One custom connector, Parcel Lookup, was reviewed on Jun 2, 2026.
CON-25 low pass Connector requests are answered
  All 5 requests of the journal have an answer.
CON-26 high pending Connectors of leavers are removed
  Due with the offboarding of Tobin Achterberg on Nov 27, 2026.
CON-27 medium not_licensed Connector access is scoped by group
  Scoping by group needs Claude Enterprise.
CON-28 medium pass A decision on Claude in Chrome is on record
  The charter says off; Dana Whitlock saw it off on Nov 20, 2026.
CON-29 high pass Source systems had their own permission review
  SharePoint and Outlook were reviewed on Mar 2, 2026.
CON-31 medium pass Leadership knows what Claude can reach
  The board minute of Aug 28, 2026 records the list of 6 connectors.
CON-32 medium policy_only Manual exports to Claude follow the policy
  No technology can see what a person copies by hand. Policy v3 covers it; 58 of 64 have acknowledged it.
`);
