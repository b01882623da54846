import { profile } from '../client.ts';
import {
  anywhere,
  counts,
  file,
  is,
  noPass,
  noPasses,
  nowhere,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { outsideCase } from '../outside.ts';
import { CA, claudeFiles, D } from '../two-parents-claude.ts';
import { entraFiles } from '../two-parents-entra.ts';

function twoOrganizations() {
  return outsideCase('two-claude-organizations-one-bill')(
    { ...claudeFiles, ...entraFiles },
    [
      counts('staff', 12, '14 less the two whose employment ended'),
      ...reported(
        'ACC-07',
        ['fail', 'cannot_read'],
        'leavers hold seats in one organization each',
        /lachance/i,
      ),
      says('ACC-07', /park/i, 'he holds a seat in the second organization'),
      silent('ACC-07', /ouellet/i, 'maternity leave'),
      silent('ACC-07', /tremblay/i, 'he leaves in December'),
      noPass('ACC-02', 'two organizations, a page is missing'),
      noPass('ACC-04', 'the second organization has another Primary Owner, who is not approved'),
      noPass('ACC-18', 'the second list is a part'),
      ...reported('ACC-11', 'fail', 'the second organization lets gmail.com in', /gmail\.com/),
      ...reported('ACC-14', 'fail', 'the second organization does not require it'),
      ...reported('ACC-15', 'fail', 'the second organization has no sync'),
      ...reported('CON-17', 'fail', 'the second organization starts tools at Always allow'),
      ...reported('CON-15', 'fail', 'the second has no allowlist'),
      ...reported('VIS-14', 'fail', 'the second keeps chats without end'),
      ...reported('VIS-17', 'fail', 'one key is not in the charter', /AWS billing sync/),
      silent('VIS-17', /SIEM reader.*not/i, 'approved'),
      ...reported('CON-18', 'fail', 'it was switched on in November'),
      ...reported('VIS-16', 'fail', 'an export nobody expected', /pelletier/i),
      noPass('VIS-04', 'the feed leaves the second organization out'),
      ...noPasses('the feed leaves the second organization out', 'CON-20 ACC-12 VIS-05'),
      noPass('CON-09', 'no connectors table'),
      noPass('CON-04', 'no connectors table'),
      // Conditional Access
      ...reported('M365-09', 'fail', 'Canada is left out of MFA', /canada/i),
      ...reported('M365-10', 'fail', 'only Windows', /windows/i),
      ...reported('M365-12', 'fail', 'only high risk, medium is wanted', /high/i),
      ...reported('M365-04', 'fail', 'assignment is not required on the connector'),
      ...reported('M365-05', 'fail', 'an application imitates Claude', /Claude for Outlook/),
      ...reported('M365-06', 'fail', 'two scopes beyond the charter', /Mail\.Send/, /Files\.Read\.All/),
      ...reported('M365-07', 'fail', 'consent came from another account', /pelletier/i),
      ...reported('M365-08', 'fail', 'the audit was after consent'),
      ...reported('M365-17', 'fail', 'a leaver can sign in', /lachance/i),
      silent('M365-17', /park/i, 'disabled'),
      noPass('M365-18', 'nothing recorded for either'),
      noPass('M365-19', 'few devices, one not compliant'),
      is('M365-15', 'pass', 'security defaults are off beside Conditional Access'),
      is('M365-01', 'pass', 'E5'),
      noPass('M365-16', 'no sign-ins'),
      // policy
      ...reported('POL-03', ['fail', 'cannot_read'], 'three did not sign', /wren/i, /corrigan/i, /siddiqui/i),
      silent('POL-03', /nair/i, 'she signed'),
      silent('POL-03', /must confirm/i, 'an envelope that was voided is no signature'),
      noPass('POL-02', 'one clause'),
      ...noPasses('an invoice is no use', 'VIS-01 VIS-03 VIS-08'),
      file(
        'AWS/consolidated-billing-2026-10.csv',
        ['not_placed', 'malformed', 'ignored'],
        'an invoice of a cloud provider',
      ),
      file('RH/Employés.csv', 'taken', 'the roster in French'),
      file('DocuSign envelope report.csv', 'taken', 'who signed'),
      ...reported(
        'OPS-05',
        'fail',
        'offboarding is open; of the others the members do not tell',
        /park/i,
        /Only part of/,
      ),
      noPass('OPS-01', 'no quarterly review'),
      noPass('CON-27', 'an empty list of groups shows no scoping'),
      noPass('CON-13', 'no table'),
      anywhere(/part|page/i, 'a page of users is missing'),
      nowhere(/\b0 (staff|people) (work|hold)/i, 'no zero'),
      unlisted('leavers', `maude.ouellet@${CA}`, 'on leave'),
    ],
    {
      profile: profile({
        name: 'Boreal Wildlife Trust',
        domains: [D, CA],
        claudePlan: 'enterprise',
        claudeSeats: 20,
        m365: 'e5',
        siem: 'sentinel',
        deviceManagement: 'intune',
        staffCount: 12,
        timezone: 'America/Toronto',
      }),
    },
  );
}

export const outsideTwoParents = [twoOrganizations()];
