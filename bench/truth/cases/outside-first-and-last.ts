import { profile, staff } from '../client.ts';
import { charter, journal, membersCsv, reviewed, rosterCsv } from '../documents.ts';
import {
  counts,
  file,
  is,
  lists,
  never,
  noPass,
  noPasses,
  notCalledAbsent,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { at, onlyGiven, outsideCase, without } from '../outside.ts';
import { accountTable, connectorTable, memberTable, usageTable } from '../tables.ts';

const LEFT = 'lepidopterists.example.org';

/** Claude was discontinued in October: the files are older, and the last members list is empty. */
function leftClaude() {
  const people = staff(9, LEFT);
  const still = [at(people, 3), at(people, 6)];
  return outsideCase('left-claude-in-october')(
    {
      'september/members.csv': membersCsv(people),
      'november/members.csv': memberTable([]),
      'staff.csv': rosterCsv(people),
      'september/connectors.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'november/domain-memberships.csv': accountTable([
        ...still.map(({ email }) => [email, 'Free', 'No', '2026-11-03']),
      ]),
      'september/usage.csv': usageTable([
        ...people.map(({ email }) => [email, 'Chat', 'claude-sonnet-5', 40, '2026-09-01', '2026-09-30']),
      ]),
      'charter.yaml': charter(people, { inviteDomains: [LEFT] }),
      'journal.yaml': journal(people, {
        reviews: [reviewed('quarterly', '2026-07-14', at(people, 0).name)],
        nextReview: '2026-10-14',
        trainings: [{ on: '2025-09-30', topic: 'AI and member data', everyone: true }],
      }),
    },
    [
      is('OPS-01', 'fail', 'the last quarterly review was in July'),
      is('OPS-03', 'fail', 'no monthly review since'),
      is('OPS-07', 'fail', 'the review of October was not held'),
      is('SHA-03', 'fail', 'two went on with accounts of their own'),
      lists(
        'personalAccounts',
        still.map(({ email }) => email),
        'two went on with accounts of their own',
      ),
      says('SHA-03', at(people, 3).email, 'who'),
      is('SHA-04', 'cannot_read', 'whether somebody asked them is not written down'),
      is('OPS-02', 'pass', 'owner and deputy work here'),
      is('ACC-21', 'pass', 'all staff have an address on the domain'),
      counts('staff', 9, 'nobody has left the society'),
      file('november/members.csv', ['malformed', 'not_placed'], 'a list of nobody is no list'),
      notCalledAbsent('members', 'one was given and refused, one is from September'),
      noPass('ACC-02', 'nobody is known to be an owner now'),
      noPass('ACC-03', 'there is no owner to lose'),
      noPass('ACC-04', 'nothing of November names an admin'),
      noPass('ACC-05', 'nothing of November names an owner'),
      noPass('ACC-06', 'nobody holds a seat'),
      noPass('ACC-07', 'the list of September is no evidence of November'),
      ...noPasses('the list of September is no evidence of November', 'ACC-08 ACC-13 ACC-18'),
      noPass('ACC-20', 'nobody has a seat'),
      ...noPasses('the table is of September', 'CON-04 CON-09 CON-10 CON-11 CON-12'),
      noPass('CON-30', 'what was used in September says nothing of November'),
      noPass('VIS-01', 'figures of September'),
      noPass('VIS-02', 'nobody looked since July'),
      noPass('VIS-03', 'figures of September'),
      noPass('VIS-08', 'no spend in any file'),
      noPass('OPS-04', 'connectors were last reviewed in July'),
      noPass('OPS-12', 'the training is older than a year'),
      noPass('SHA-01', 'two accounts were opened in November'),
      noPass('VIS-10', 'no sign-ins were given'),
      unlisted('personalAccounts', at(people, 0).email, 'has no account anymore'),
      unlisted('leavers', at(people, 3).email, 'works here'),
      silent('SHA-03', at(people, 5).email, 'has no account anymore'),
      ...without('settings', 'events', 'policies', 'applications', 'acknowledgments', 'statements'),
    ],
    {
      profile: profile({ domains: [LEFT], claudeSeats: 0, staffCount: 9 }),
      saved: {
        'september/members.csv': '2026-09-28',
        'september/connectors.csv': '2026-09-28',
        'september/usage.csv': '2026-10-01',
        'november/members.csv': '2026-11-20',
        'november/domain-memberships.csv': '2026-11-20',
      },
    },
  );
}

const NEW = 'glassblowers.example.org';

/** Claude was introduced on Friday: three people have seats, the policy is a draft, and everything else is planned. */
function newThisWeek() {
  const people = staff(14, NEW);
  const [owner, deputy, admin] = people;
  return outsideCase('new-this-week')(
    {
      'members.csv': memberTable([
        [owner?.name ?? '', owner?.email ?? '', 'Primary Owner', 'Standard', 'Active'],
        [deputy?.name ?? '', deputy?.email ?? '', 'Owner', 'Standard', 'Active'],
        [admin?.name ?? '', admin?.email ?? '', 'Admin', 'Standard', 'Active'],
        [at(people, 3).name, at(people, 3).email, 'User', 'Standard', 'Pending'],
      ]),
      'staff.csv': rosterCsv(people, { [at(people, 13).email]: '2026-11-30' }),
      'connectors - proposed.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'charter.yaml': charter(people, {
        inForceSince: '2026-12-01',
        approvedBy: [],
        inviteDomains: [NEW],
        seatsFor: 'everyone',
        connectors: [],
        policy: {
          version: 'v1',
          published: '2026-12-01',
          approvedBy: '',
          contact: `help@${NEW}`,
          clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
          noticeCovers: [],
        },
      }),
      'journal.yaml': journal(people, {
        connectorInventory: undefined,
        lockdown: { on: '2026-11-22', by: owner?.name },
        defaultConnectorsRemoved: undefined,
        firstInvitation: '2026-12-02',
        announcements: [],
        sharePointAudit: undefined,
        connectorConsent: undefined,
        reviews: [],
        nextReview: '2027-02-22',
      }),
    },
    [
      counts('members', 4, 'three are in and one is invited'),
      counts('staff', 14, 'one has a last day that is to come'),
      lists('leavers', [], 'nobody has left yet'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('ACC-18', 'pass', 'four of sixty'),
      is('ACC-21', 'pass', 'all have an address on the domain'),
      is('CON-07', ['fail', 'cannot_read', 'pending'], 'the charter is not in force and nobody approved it'),
      is('OPS-07', 'pass', 'the next review is set within ninety days'),
      file('connectors - proposed.csv', 'not_placed', 'a plan is no record'),
      never('OPS-01', ['fail'], 'no quarter has passed'),
      never('POL-03', ['fail'], 'there is no policy yet that could be acknowledged'),
      never('OPS-13', ['pass'], 'inventory and announcement are missing'),
      noPass('CON-01', 'nobody listed the connectors'),
      noPass('CON-03', 'the first invitation is to come, and one was sent already'),
      noPass('CON-05', 'nobody looked'),
      noPass('CON-07', 'nobody approved the charter'),
      noPass('CON-31', 'leadership was not told'),
      noPass('POL-01', 'the policy is to come and people are in'),
      noPass('POL-03', 'nobody acknowledged'),
      noPass('POL-05', 'the notice names nothing'),
      noPass('SHA-11', 'staff were not told'),
      noPass('M365-07', 'nobody consented'),
      noPass('M365-08', 'nothing was audited'),
      ...noPasses('no review was held', 'OPS-01 OPS-03 OPS-04'),
      noPass('OPS-12', 'nobody was trained'),
      noPass('VIS-02', 'no review was held'),
      noPass('ACC-20', 'ten of staff have no seat'),
      ...noPasses('the table is a plan', 'CON-14 CON-13'),
      unlisted('leavers', at(people, 13).email, 'the last day is to come'),
      silent('ACC-07', at(people, 13).name, 'works here and holds no seat'),
      silent('ACC-07', at(people, 3).name, 'is on the roster'),
      ...onlyGiven('members', 'users', 'acknowledgments', 'journal', 'charter'),
    ],
    { profile: profile({ domains: [NEW], staffCount: 14 }) },
  );
}

export const outsideFirstAndLast = [leftClaude(), newThisWeek()];
