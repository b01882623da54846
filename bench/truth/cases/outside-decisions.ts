import { DOMAIN, type Person, profile, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraUsers,
  excepted,
  journal,
  membersCsv,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { counts, file, is, lists, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { acknowledgementTable, connectorTable, usageTable } from '../tables.ts';
import { cells, csv, yaml } from '../text.ts';

/** A charter in which every value is allowed and most make a control meaningless. */
function generousCharter() {
  const people = staff(15);
  const [owner, deputy] = [at(people, 0), at(people, 1)];
  const nine = people
    .slice(0, 9)
    .map((one, n) => ({ ...one, role: n === 0 ? 'Primary Owner' : 'Owner' }) as Person);
  return outsideCase('charter-of-wide-values')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv([...nine, ...people.slice(9)]),
      'charter.yaml': charter(people, {
        maxOwners: 50,
        owners: nine.map(({ email }) => email),
        admins: [],
        inviteDomains: [DOMAIN, 'gmail.com'],
        usageFactor: 1000,
        reviewDays: { monthly: 3650, quarterly: 3650, scopes: 3650 },
        approvedBy: [owner.name, owner.name],
        governanceDeputy: { name: owner.name, email: owner.email },
        localMcpAllowed: true,
        claudeInChromeAllowed: true,
        cowork: { enabled: true, runInCloud: true, automaticApproval: true, alwaysAllow: true },
        auditRetentionDays: 1,
        contentAccess: { allowed: true, approvers: [] },
        chatRetentionDays: 36500,
        policy: {
          version: 'v3',
          published: '2027-01-04',
          approvedBy: owner.name,
          contact: 'n/a',
          clauses: [],
          noticeCovers: [],
          targetShare: 0,
        },
        incidentPlan: { types: [], contacts: [], reviewed: '2026-11-01' },
        offboardingTemplate: { includesClaude: false, reviewed: '2026-11-01' },
        connectors: [
          {
            name: 'Microsoft 365 (Outlook)',
            sensitivity: 'low',
            actions: { '*': 'allow' },
            justifications: { '*': '-' },
            actionsClassified: '2027-02-01',
            sourceReviewed: '2027-02-01',
          },
        ],
        exceptions: [
          excepted('CLA-ACC-02', 'Move', owner.name, '2026-10-31', { approvedBy: deputy.name }),
          excepted('CLA-ACC-18', 'Budget', owner.name, '2027-03-31', {
            from: '2026-12-15',
            approvedBy: deputy.name,
          }),
          excepted('CLA-OPS-03', 'Staffing', owner.name, '2027-03-31', { approvedBy: owner.name }),
        ],
      }),
      'journal.yaml': journal(people, { reviews: [], nextReview: '2036-01-01' }),
      'acknowledgements.csv': acknowledgementsCsv(people.slice(0, 1)),
    },
    [
      says(
        'ACC-02',
        /\b9 owners\b.*allows at most 50/,
        'how many there are, and that the charter allows them',
      ),
      is('ACC-18', 'fail', 'the exception begins in December'),
      noPass('OPS-14', 'an exception has run out'),
      noPass('OPS-02', 'one person is owner and deputy'),
      noPass('CON-08', 'everything is always allowed without a reason'),
      noPass('CON-02', 'a classification in February is none yet'),
      noPass('CON-29', 'a review in February is none yet'),
      noPass('POL-01', 'the policy comes out in January'),
      noPass('POL-02', 'the policy has no clauses'),
      noPass('POL-03', 'one of fifteen has acknowledged'),
      noPass('POL-04', 'n/a is no contact'),
      noPass('POL-05', 'the notice covers nothing'),
      ...noPasses('no review was done', 'OPS-01 OPS-03 OPS-04'),
      noPass('OPS-06', 'the template does not include Claude'),
      says('OPS-07', /Jan 1, 2036.*3,650 days/, 'that the charter allows ten years is said'),
      noPass('OPS-08', 'no types and no contacts'),
      noPass('VIS-02', 'no review was done'),
      noPass('VIS-13', 'content may be opened and nobody approves it'),
      says('VIS-15', /180 days.*requires 1\b/, 'Microsoft keeps longer than the charter asks'),
      noPass('CON-18', 'Always allow is decided, and nothing shows it off'),
    ],
    { profile: profile({ claudeSeats: 10 }) },
  );
}

/** Attestations that expired, are by the wrong people, dated tomorrow, or contradictory. */
function spentStatements() {
  const people = staff(16);
  const [owner, deputy] = [at(people, 0).name, at(people, 1).name];
  const gone = at(people, 12);
  const said = (control: string, seen: string, by: string, more: object = {}) => ({
    control: `CLA-${control}`,
    holds: true,
    seen,
    by,
    ...more,
  });
  return outsideCase('statements-that-no-longer-hold')(
    {
      ...peopleFiles(people),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-10-09' }),
      'members.csv': membersCsv(people.filter((one) => one !== gone)),
      'attestations.yaml': yaml({
        attestations: [
          said('ACC-12', '2026-11-02', owner, { expires: '2026-11-20' }),
          said('ACC-14', '2026-08-20', owner),
          said('ACC-11', '2026-11-02', gone.name),
          said('ACC-19', '2026-11-25', owner),
          said('CON-16', '2026-11-02', gone.name),
          said('CON-15', '2026-11-12', owner),
          said('CON-15', '2026-11-19', deputy, { holds: false, note: 'Off again since Tuesday' }),
          said('SHA-01', '2026-11-19', owner, { holds: false }),
          said('SHA-01', '2026-11-12', owner),
          said('VIS-11', '2026-11-02', owner, {
            holds: false,
            note: 'Alerts on Claude are suppressed by a tuning rule',
          }),
          said('VIS-12', '2026-07-02', owner),
          said('CON-17', '2025-11-19', owner),
          said('ACC-10', '2026-11-19', owner, { expires: '2026-11-10' }),
          said('CON-18', '2026-11-19', '-'),
          said('CON-20', '2026-11-19', 'TBD'),
          said('POL-09', '2026-11-19', owner),
          said('ACC-06', '2026-11-19', owner, { note: 'All seats are ours' }),
        ],
      }),
    },
    [
      noPass('ACC-12', 'the statement ended on 20 November'),
      noPass('ACC-14', 'August is more than 90 days ago'),
      noPass('ACC-11', 'who says so left in October'),
      noPass('ACC-19', 'nobody has seen tomorrow'),
      noPass('CON-16', 'who says so left in October'),
      is('CON-15', ['fail', 'not_licensed', 'cannot_read'], 'the later statement says that it is off'),
      noPass('CON-15', 'the later statement says that it is off'),
      is('SHA-01', ['fail', 'not_licensed'], 'the later statement says no'),
      noPass('SHA-01', 'the later statement says no'),
      is('VIS-11', 'fail', 'alerts are suppressed'),
      noPass('VIS-12', 'July is more than 92 days ago'),
      noPass('CON-17', 'last year says nothing today'),
      noPass('ACC-10', 'the statement ended before it was made'),
      noPass('CON-18', 'a dash is nobody'),
      noPass('CON-20', 'somebody to be determined is nobody'),
      is('POL-09', 'pass', 'a statement of five days ago'),
      noPass('M365-20', 'nobody tested the rule'),
      noPass('SHA-09', 'nobody has seen it'),
      is('ACC-07', 'pass', 'the leaver holds no seat'),
      lists('leavers', [], 'the leaver holds no seat'),
      counts('staff', 15, 'one has left'),
      silent('ACC-07', gone.email, 'the leaver holds no seat'),
      is('M365-17', 'fail', 'the account of the leaver is enabled'),
    ],
    { profile: profile({ m365: 'e5' }) },
  );
}

/** Around midnight in Auckland, with dates of tomorrow and later. */
function aroundMidnight() {
  const people = staff(15);
  const [today, yesterday, tomorrow, future] = [
    at(people, 9),
    at(people, 10),
    at(people, 11),
    at(people, 12),
  ];
  return outsideCase('midnight-in-auckland')(
    {
      ...peopleFiles(people),
      'users.json': entraUsers(people),
      'staff.csv': rosterCsv(people, {
        [today.email]: '2026-11-24',
        [yesterday.email]: '2026-11-23T23:30:00+13:00',
        [tomorrow.email]: '2026-11-25',
        [future.email]: '3026-11-01',
      }),
      'acknowledgements.csv': acknowledgementTable([
        ...people.map(
          (one, n) =>
            cells`${one.name}|${one.email}|Claude policy v3|${n === 5 ? '2026-12-20' : n === 6 ? '2062-09-20' : '2026-09-20T23:59:00+13:00'}`,
        ),
      ]),
      'connectors 2026-12-05.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'domain-memberships.csv': csv([
        ['Email', 'Plan', 'In organization', 'Created', 'Exported at'],
        ...people.map((one) => [one.email, 'Team', 'Yes', '2026-09-15', '2026-12-01']),
      ]),
      'usage.csv': usageTable([
        ...people.map((one) => [one.email, 'Chat', 'claude-sonnet-5', 90, '2026-12-01', '2026-12-31']),
      ]),
      'journal.yaml': journal(people, {
        reviews: [{ kind: 'quarterly', on: '2026-12-01', by: at(people, 0).name }],
        connectorInventory: { on: '2026-12-01', by: at(people, 0).name },
        sharePointAudit: { on: '2026-12-01', by: at(people, 0).name },
        dlpTest: { on: '2026-12-01', by: at(people, 0).name, blocked: true },
        siemTest: { on: '2026-12-01', by: at(people, 0).name, arrived: true },
        explainedToLeadership: { on: '2026-12-01', by: at(people, 0).name },
        discoveryReview: { on: '2026-12-01', by: at(people, 0).name },
        trainings: [{ on: '2026-12-01', topic: 'Claude', attended: people.map(({ email }) => email) }],
      }),
    },
    [
      ...reported('ACC-07', 'fail', 'one left yesterday', new RegExp(`${yesterday.name}|${yesterday.email}`)),
      unlisted('leavers', today.email, 'who leaves today works here today'),
      unlisted('leavers', tomorrow.email, 'who leaves tomorrow works here today'),
      silent('ACC-07', today.email, 'who leaves today is not accused'),
      lists('leavers', [yesterday.email], 'one has left'),
      is('POL-03', ['fail', 'cannot_read'], 'two have days that have not come'),
      says('POL-03', new RegExp(`${at(people, 5).name}|${at(people, 5).email}`), 'one of them is named'),
      silent('POL-03', at(people, 7).name, 'who acknowledged before midnight is not accused'),
      ...noPasses('a table of December was not seen yet', 'CON-09 CON-10 CON-04'),
      ...noPasses('a report of December was not made yet', 'SHA-02 SHA-03'),
      ...noPasses('use of December has not happened', 'VIS-01 VIS-03'),
      noPass('VIS-08', 'spend of December has not happened'),
      ...noPasses('a review of December is none yet', 'OPS-01 OPS-04'),
      noPass('OPS-12', 'a training of December is none yet'),
      ...noPasses('a test of December is none yet', 'M365-20 VIS-07'),
      noPass('CON-01', 'an inventory of December is none yet'),
      noPass('CON-31', 'what is explained in December is not explained yet'),
      noPass('SHA-12', 'a review of December is none yet'),
      noPass('M365-08', 'an audit of December is none yet'),
      file('connectors 2026-12-05.csv', ['taken', 'malformed', 'not_placed'], 'the file is accounted for'),
    ],
    { profile: profile({ timezone: 'Pacific/Auckland', m365: 'e5' }) },
  );
}

export const outsideDecisions = [generousCharter(), spentStatements(), aroundMidnight()];
