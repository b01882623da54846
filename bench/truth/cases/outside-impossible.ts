import { profile, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraUsers,
  excepted,
  journal,
  membersCsv,
  offboarded,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { is, noPass, noPasses, reported, says, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { connectorTable, memberTable, usageTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const ACCOUNTS = ['Email address', 'Organization', 'Plan type', 'In organization', 'Created at'];

/** Everything is recorded as done, on future or impossible dates. */
function daysThatCannotBe() {
  const people = staff(16);
  const by = at(people, 0).name;
  const [gone, newcomer, personal, heavy] = [at(people, 13), at(people, 15), at(people, 6), at(people, 7)];
  return outsideCase('days-that-cannot-be')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(people.filter((one) => one !== gone && one !== newcomer)),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Department', 'Status', 'First day', 'Last day'],
        ...people.map(
          (one) =>
            cells`${one.name}|${one.email}|${one.department}|${one === gone ? 'Left' : 'Active'}|${one === newcomer ? '2026-10-05' : '2021-03-01'}|${one === gone ? '2026-11-03' : ''}`,
        ),
      ]),
      'users.json': entraUsers(people),
      'acknowledgements.csv': acknowledgementsCsv(people.filter((one) => one !== newcomer && one !== gone)),
      'charter.yaml': charter(people, {
        seatsFor: 'everyone',
        incidentPlan: {
          types: ['data_upload', 'unauthorized_access'],
          contacts: [by],
          reviewed: '2027-02-01',
        },
        offboardingTemplate: { includesClaude: true, reviewed: '2027-02-01' },
        ams: {
          name: 'iMIS',
          methods: ['custom_mcp'],
          vendorConsulted: { on: '2027-01-05', contact: 'Account manager', outcome: 'Agreed' },
          serviceAccount: { name: 'svc-claude', readOnly: true, admin: false, reviewed: '2027-01-05' },
          privateNetwork: true,
          egressAllowlisted: '2027-01-05',
        },
        exceptions: [
          excepted('CLA-ACC-20', 'Onboarding is under way', by, '2027-01-31', {
            from: '2026-12-01',
            approvedBy: at(people, 1).name,
          }),
        ],
      }),
      'journal.yaml': journal(people, {
        offboardings: [offboarded(gone.email, '2026-11-03', '2026-12-03')],
        onboardings: [
          {
            email: newcomer.email,
            start: '2026-10-05',
            seatGiven: '2026-10-06',
            policySent: '2026-10-06',
            connectorsExplained: '2026-10-06',
            personalAccountAsked: '2026-10-06',
          },
        ],
        personalAccounts: [{ email: personal.email, state: 'closed', on: '2026-12-01' }],
        incidents: [
          {
            id: 'INC-3',
            type: 'data_upload',
            opened: '2026-09-01',
            closed: '2026-12-15',
            stepsDone: true,
            membersNotified: 'not_needed',
          },
          {
            id: 'INC-4',
            type: 'data_upload',
            opened: '2026-09-20',
            closed: '2026-08-20',
            stepsDone: true,
            membersNotified: 'not_needed',
          },
        ],
        explainedUsage: [{ email: heavy.email, on: '2026-06-10', by, reason: 'The annual report of June' }],
        trainings: [{ on: '2026-12-01', topic: 'Claude', everyone: true }],
        approvedChanges: [
          {
            on: '2026-12-20',
            connector: 'Microsoft 365 (Outlook)',
            action: 'Send email',
            to: 'ask',
            approvedBy: by,
          },
        ],
      }),
      'usage.csv': usageTable([
        ...people
          .slice(0, 13)
          .map(
            (one) =>
              cells`${one.email}|Chat|claude-sonnet-5|${one === heavy ? 2100 : 90}|2026-10-24|2026-11-22`,
          ),
      ]),
      'domain memberships.csv': csv([
        ACCOUNTS,
        ...people.map(({ email }) => [email, 'Teasel Guild', 'team', 'Yes', '2026-09-15']),
        [personal.email, 'Personal', 'free', 'No', '2025-02-02'],
      ]),
      'connectors 2026-10-20.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Send email', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'connectors 2026-11-22.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Send email', 'Needs approval'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
    },
    [
      is('M365-17', 'fail', 'the account is enabled'),
      noPass('M365-18', 'nothing was revoked yet'),
      is('OPS-05', 'fail', 'nothing was done yet'),
      noPass('OPS-10', 'nothing was handed over yet'),
      noPass('CON-26', 'nothing was removed yet'),
      ...noPasses('a review of February is none yet', 'OPS-06 OPS-08'),
      noPass('OPS-09', 'an incident is not closed on a day to come, and none before it was opened'),
      says('OPS-09', 'INC-3', 'the incident that is open is named'),
      noPass('OPS-11', 'the newcomer has neither a seat nor acknowledged'),
      noPass('OPS-12', 'nobody was trained yet'),
      is('ACC-20', 'fail', 'the newcomer has no seat, whatever was written down'),
      says('ACC-20', new RegExp(`${newcomer.name}|${newcomer.email}`), 'who has no seat is named'),
      noPass('CON-22', 'a review of January is none yet'),
      noPass('CON-23', 'an agreement of January is none yet'),
      noPass('CON-24', 'nothing was let in yet'),
      noPass('CON-14', 'the change was approved after it was made'),
      is('CON-10', 'fail', 'sending is not blocked'),
      is('SHA-03', 'fail', 'the account is in the report'),
      says('SHA-03', new RegExp(`${personal.name}|${personal.email}`), 'whose account it is'),
      noPass('SHA-04', 'nobody was written to'),
      ...reported('VIS-03', 'fail', 'June explains no November', new RegExp(`${heavy.name}|${heavy.email}`)),
      unlisted('leavers', gone.email, 'the leaver holds no seat'),
      is('ACC-07', 'pass', 'everyone with a seat is staff'),
    ],
    { profile: profile({ staffCount: 15 }) },
  );
}

/** One person wherever two are required, named twice; owners who never accepted. */
function onePersonTwice() {
  const people = staff(15);
  const [owner, deputy, admin, leaver] = [at(people, 0), at(people, 1), at(people, 2), at(people, 12)];
  const status = (n: number) => (n === 1 || n === 12 || n === 13 ? 'Pending' : 'Active');
  return outsideCase('one-person-twice')(
    {
      ...peopleFiles(people),
      'members.csv': memberTable([
        ...people.map((one, n) => [one.name, one.email, one.role, 'Standard', status(n)]),
      ]),
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-11-03' }),
      'charter.yaml': charter(people, {
        accountOwner: deputy.email,
        governanceOwner: { name: owner.name, email: owner.email },
        governanceDeputy: { name: 'Abbott, Adele', email: `a.abbott@${owner.email.split('@')[1]}` },
        contentAccess: { allowed: true, approvers: [owner.name, owner.email] },
        domainCapture: { capture: true, on: '2026-10-01', by: admin.name, approvedBy: admin.email },
        exceptions: [
          excepted('CLA-ACC-07', 'Handover until the year ends', deputy.name, '2026-12-31', {
            approvedBy: deputy.email,
          }),
        ],
      }),
      'journal.yaml': journal(people, { nextReview: '2028-01-15' }),
    },
    [
      is('ACC-01', 'fail', 'the Primary Owner is not the account owner of the charter'),
      noPass('ACC-03', 'the second owner never accepted'),
      is('ACC-07', 'fail', 'a leaver is invited, and one person alone excepted it'),
      says('ACC-07', new RegExp(`${leaver.name}|${leaver.email}`), 'the leaver is named'),
      noPass('ACC-17', 'one person decided'),
      ...reported('ACC-18', 'fail', 'fifteen with the invitations, thirteen were bought', /15|3/),
      noPass('OPS-02', 'owner and deputy are one person'),
      noPass('OPS-07', 'a review in 2028 is no quarterly one'),
      noPass('VIS-13', 'both who may open conversations are one person'),
      noPass('OPS-05', 'nothing was done for the leaver'),
      noPass('POL-03', 'nobody has acknowledged'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
    ],
    { profile: profile({ claudeSeats: 13, staffCount: 14 }) },
  );
}

export const outsideImpossible = [daysThatCannotBe(), onePersonTwice()];
