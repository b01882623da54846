import { profile, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraUsers,
  journal,
  peopleFiles,
  probed,
  reviewed,
} from '../documents.ts';
import { is, noPass, noPasses } from '../model.ts';
import { outsideCase } from '../outside.ts';
import { workbook } from '../packed.ts';
import { cells } from '../text.ts';

/** A charter and a journal that were filled in for form's sake. */
function placeholders() {
  const people = staff(13);
  const by = 'TBD';
  return outsideCase('filled-in-with-placeholders')(
    {
      ...peopleFiles(people),
      'acknowledgements.csv': acknowledgementsCsv(people),
      'users.json': entraUsers(people),
      'charter.yaml': charter(people, {
        recoveryPlan: 'TBD',
        incidentPlan: {
          types: cells`data_upload|unauthorized_access|prompt_injection|credential_exposed|agent_action`,
          contacts: ['TBD'],
          reviewed: '2026-09-01',
        },
        ams: {
          name: 'iMIS',
          methods: ['custom_mcp'],
          vendorConsulted: { on: '2026-09-01', contact: 'TBD', outcome: 'TBD' },
          serviceAccount: { name: 'TBD', readOnly: true, admin: false, reviewed: '2026-09-01' },
        },
        contentAccess: { allowed: true, approvers: ['TBD', 'N/A'] },
        domainCapture: { capture: false, on: '2026-09-01', by: '?', approvedBy: 'unknown' },
        policy: {
          version: 'v3',
          published: '2026-09-12',
          approvedBy: 'pending',
          contact: 'TBD',
          clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
          noticeCovers: ['usage', 'connectors', 'sign-ins'],
        },
      }),
      'journal.yaml': journal(people, {
        connectorInventory: { on: '2026-09-09', by },
        defaultConnectorsRemoved: { on: '2026-09-14', by: 'n/a' },
        explainedToLeadership: { on: '2026-09-14', by: 'to be confirmed' },
        sharePointAudit: { on: '2026-09-08', by: 'unknown' },
        dlpTest: { on: '2026-11-10', by, blocked: true },
        siemTest: { on: '2026-11-10', by: '???', arrived: true },
        discoveryReview: { on: '2026-11-10', by: '-' },
        tenantRestrictionProbe: probed('2026-11-10', 'none', 'refused', 'allowed'),
        reviews: [reviewed('quarterly', '2026-10-28', 'TBC')],
        announcements: [{ on: '2026-09-12', by: 'xxx', about: 'organization_accounts', recipients: 13 }],
      }),
      'connector settings.xlsx': workbook({
        Current: [
          ['Connector', 'Action', 'Permission'],
          ['Microsoft 365 (Outlook)', 'Send email', 'Always allow'],
          ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
        ],
        Proposed: [
          ['Connector', 'Action', 'Permission'],
          ['Microsoft 365 (Outlook)', 'Send email', 'Blocked'],
          ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
        ],
      }),
    },
    [
      noPass('ACC-03', 'no way to regain the account is written down'),
      noPass('ACC-17', 'nobody decided'),
      noPass('CON-01', 'nobody listed them'),
      noPass('CON-05', 'nobody looked'),
      noPass('CON-22', 'the account has no name'),
      noPass('CON-23', 'nobody was asked'),
      noPass('CON-31', 'nobody told leadership'),
      noPass('M365-08', 'nobody audited'),
      noPass('M365-20', 'nobody tested'),
      ...noPasses('nobody reviewed', 'M365-22 OPS-01 OPS-04'),
      ...noPasses('there is no contact', 'OPS-08 POL-04'),
      noPass('SHA-06', 'nobody tested'),
      noPass('SHA-11', 'nobody told staff'),
      noPass('SHA-12', 'nobody looked'),
      noPass('VIS-07', 'nobody tested'),
      noPass('VIS-13', 'nobody may approve'),
      is('CON-10', 'fail', 'sending is always allowed by the sheet of what is'),
      is('ACC-07', 'pass', 'everyone with a seat is staff'),
      is('POL-03', 'pass', 'everyone has acknowledged'),
    ],
    { profile: profile({ m365: 'e5', swg: 'netskope', siem: 'sentinel', staffCount: 13 }) },
  );
}

export const outsidePlaceholders = [placeholders()];
