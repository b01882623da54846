import { type Person, profile, staff } from '../client.ts';
import { charter, journal } from '../documents.ts';
import {
  counts,
  file,
  is,
  lists,
  never,
  noPass,
  noPasses,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { at, first, last, onlyGiven, outsideCase } from '../outside.ts';
import { accountTable, connectorTable, memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const QUILTERS = 'quilters.example.org';

/** Twelve seats were bought and thirteen are in use, four of them by chapters with their own domains. */
function twelveSeats() {
  const people = staff(8, QUILTERS);
  const chair = { name: 'Loretta Baines', email: 'loretta.baines@gmail.com' };
  const chapters = ['ohio', 'texas', 'maine', 'utah'].map((state) => ({
    name: `President ${state}`,
    email: `president@quilters-${state}.example.net`,
  }));
  const invited = { name: 'Owen Tibbets', email: `owen.tibbets@${QUILTERS}` };
  const former = at(people, 6);
  return outsideCase('twelve-seats-and-four-chapters')(
    {
      'claude members export.csv': memberTable([
        ...people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
        [chair.name, chair.email, 'Owner', 'Standard', 'Active'],
        ...chapters.map(({ name, email }) => [name, email, 'User', 'Standard', 'Active']),
        [invited.name, invited.email, 'User', 'Standard', 'Pending'],
      ]),
      'ADP employee roster.csv': csv([
        ['Quilters Federation', '', '', '', '', ''],
        ['Employee roster as of 11/20/2026', '', '', '', '', ''],
        ['Last Name', 'First Name', 'Position Status', 'Hire Date', 'Termination Date', 'Work Email'],
        ...people.map(
          (one) =>
            cells`${last(one)}|${first(one)}|${one === former ? 'Terminated' : 'Active'}|03/04/2019|${one === former ? '10/16/2026' : ''}|${one.email}`,
        ),
        ['Tibbets', 'Owen', 'Active', '11/16/2026', '', invited.email],
        ['Record Count: 9', '', '', '', '', ''],
      ]),
      'domain report.csv': accountTable([
        ...people.map(({ email }) => [email, 'Team', 'Yes', '2026-09-15']),
        [at(people, 4).email, 'Pro', 'No', '2025-02-11'],
        [`legacy.admin@${QUILTERS}`, 'Free', 'No', '2024-12-01'],
      ]),
      'connector settings.csv': connectorTable([
        ['Salesforce', 'Search records', 'Always allow'],
        ['Salesforce', 'Update record', 'Always allow'],
        ['Salesforce', 'Delete record', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Needs approval'],
      ]),
      'charter.yaml': charter(people, {
        inviteDomains: [QUILTERS],
        ams: { name: 'Salesforce', methods: ['none'] },
      }),
      'journal.yaml': journal(people, {
        personalAccounts: [{ email: at(people, 4).email, state: 'contacted', on: '2026-11-19' }],
      }),
    },
    [
      is('ACC-02', 'fail', 'three owners in all'),
      is('ACC-04', 'fail', 'the chair is an Owner whom the charter does not approve'),
      says('ACC-04', /Loretta Baines|loretta\.baines/, 'who it is'),
      ...reported('ACC-05', 'fail', 'an Owner signs in with Gmail', chair.email),
      ...reported('ACC-06', 'fail', 'five seats are on other domains', 'quilters-ohio.example.net'),
      is('ACC-07', 'fail', 'one was terminated on 16 October'),
      lists('leavers', [former.email], 'one was terminated'),
      is('ACC-18', 'fail', 'thirteen of twelve'),
      ...reported('CON-04', 'fail', 'the charter does not approve Salesforce', 'Salesforce'),
      is('CON-09', 'fail', 'mail may be sent with approval where the charter blocks it'),
      is('CON-10', 'fail', 'sending asks and is not blocked'),
      ...reported('CON-11', 'fail', 'records are written without asking', 'Update record'),
      is('SHA-03', 'fail', 'two personal accounts are open'),
      lists('personalAccounts', [at(people, 4).email, `legacy.admin@${QUILTERS}`], 'two are outside'),
      says('SHA-04', 'legacy.admin', 'who was not asked'),
      counts('staff', 8, 'one was terminated, one has begun'),
      file('ADP employee roster.csv', 'taken', 'a roster below a title'),
      noPass('SHA-04', 'one was not asked'),
      noPass('SHA-01', 'nothing shows that new accounts are stopped'),
      noPass('ACC-08', 'four addresses are an office, not a person'),
      noPass('ACC-09', 'five people from outside hold seats and nobody decided it'),
      noPass('ACC-13', 'presidents are on no roster'),
      noPass('CON-06', 'of most actions nothing is said'),
      noPass('CON-12', 'a write is Always allow'),
      noPass('CON-13', 'the membership system can be written'),
      noPass('CON-14', 'nobody approved the states'),
      noPass('OPS-05', 'nothing was written of who was terminated'),
      noPass('OPS-10', 'nothing was written of the projects'),
      noPass('OPS-12', 'nobody was trained'),
      noPass('M365-17', 'no accounts were given'),
      unlisted('leavers', invited.email, 'who begins now has not left'),
      unlisted('leavers', chapters[0]?.email ?? '', 'a chapter is not known to have left'),
      silent('ACC-06', at(people, 3).email, 'on the domain'),
      silent('SHA-03', at(people, 2).email, 'only a Team account'),
      silent('SHA-04', at(people, 4).email, 'was asked on 19 November'),
      ...onlyGiven('members', 'states', 'domains', 'users', 'journal', 'charter'),
    ],
    { profile: profile({ domains: [QUILTERS], claudeSeats: 12, staffCount: 8 }) },
  );
}

const SURVEYORS = 'surveyors.example.org';

/** Run by a management company: its people are on the roster, and the board signed an aspirational charter. */
function managementCompany() {
  const company = 'benchmark-amc.example.com';
  const people = staff(10, company);
  const gone = at(people, 7);
  const auditor = { name: 'Priya Raman', email: 'priya.raman@auditors.example.net' };
  const seats: Pick<Person, 'name' | 'email' | 'role'>[] = [...people.slice(0, 9)];
  const [owner, deputy] = people;
  return outsideCase('run-by-a-management-company')(
    {
      'members.csv': memberTable([
        ...seats.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
        [auditor.name, auditor.email, 'User', 'Standard', 'Active'],
      ]),
      'Paycom active and termed.csv': csv([
        ['Employee_Code', 'Employee_Name', 'Work_Email', 'Employee_Status', 'Termination_Date', 'Client'],
        ...people.map(
          (one, n) =>
            cells`A0${n}|${last(one)}, ${first(one)}|${one.email}|${one === gone ? 'Terminated' : 'Active'}|${one === gone ? '11/06/2026' : ''}|Surveyors`,
        ),
      ]),
      'charter.yaml': charter(people, {
        approvedBy: [owner?.name],
        recoveryPlan: '',
        governanceDeputy: { name: 'Harlan Pruitt', email: 'hpruitt@surveyors.example.org' },
        inviteDomains: [SURVEYORS, company],
        connectors: [
          {
            name: 'Fonteva',
            isAms: true,
            sensitivity: 'high',
            holdsMemberData: true,
            actions: {
              'Find members': 'allow',
              'Update member': 'ask',
              'Delete member': 'ask',
              '*': 'allow',
            },
            effects: { 'Find members': 'read', 'Update member': 'write', 'Delete member': 'delete' },
            actionsClassified: '2024-06-01',
            sourceReviewed: '2024-06-01',
          },
          {
            name: 'Badge printer',
            kind: 'custom',
            url: 'https://badges.example.net/mcp',
            actions: { 'Print badge': 'ask', '*': 'blocked' },
            effects: { 'Print badge': 'write' },
          },
        ],
        localMcpAllowed: undefined,
        claudeInChromeAllowed: undefined,
        cowork: undefined,
        ams: {
          name: 'Fonteva',
          methods: ['custom_mcp'],
          serviceAccount: { name: 'claude-admin', readOnly: false, admin: true, reviewed: '2026-03-01' },
        },
        contentAccess: { allowed: true, approvers: [owner?.name] },
        policy: {
          version: 'v1',
          published: '2026-10-12',
          approvedBy: owner?.name,
          contact: '',
          clauses: ['purpose'],
          noticeCovers: ['usage'],
        },
        incidentPlan: { types: ['prompt_injection'], contacts: [], reviewed: '2024-02-01' },
        offboardingTemplate: { includesClaude: false, reviewed: '2026-10-01' },
        people: { guests: [] },
        exceptions: [
          {
            control: 'CLA-ACC-07',
            reason: 'The person helps out',
            owner: owner?.name,
            approvedBy: owner?.name,
            from: '2026-11-01',
            until: '2027-11-01',
          },
          {
            control: 'CLA-ACC-09',
            items: [auditor.email],
            reason: 'Annual audit',
            owner: deputy?.name,
            approvedBy: owner?.name,
            from: '2026-06-01',
            until: '2026-09-30',
          },
        ],
      }),
      'journal.yaml': journal(people, {
        lockdown: { on: '2026-09-20', by: owner?.name },
        firstInvitation: '2026-09-15',
        connectorRequests: [{ on: '2026-10-01', by: at(people, 5).name, connector: 'Slack' }],
        incidents: [
          { id: 'I-1', type: 'data_upload', opened: '2026-09-28' },
          {
            id: 'I-2',
            type: 'other',
            opened: '2026-10-02',
            closed: '2026-10-03',
            stepsDone: true,
            membersNotified: 'not_needed',
          },
        ],
        dlpTest: { on: '2026-10-10', by: owner?.name, blocked: false },
        nextReview: '2026-11-01',
      }),
    },
    [
      ...reported(
        'ACC-07',
        'fail',
        'one was terminated; who wants the exception cannot approve it',
        gone.name,
      ),
      lists('leavers', [gone.email], 'one was terminated on 6 November'),
      ...reported('ACC-09', 'fail', 'the auditor’s exception ran out in September', auditor.email),
      is('OPS-14', 'fail', 'an exception has run out'),
      is('CON-03', 'fail', 'locked down five days after the first invitation'),
      is('CON-08', 'fail', 'writing to a membership system, without a reason'),
      is('CON-22', 'fail', 'the service account is an administrator’s'),
      is('CON-21', ['fail', 'cannot_read'], 'the badge printer was reviewed by nobody'),
      ...reported('CON-25', 'fail', 'a request waits since 1 October', 'Slack'),
      is('OPS-06', 'fail', 'the offboarding list says nothing of Claude'),
      is('OPS-07', 'fail', 'the next review was to be on 1 November'),
      is('OPS-08', 'fail', 'one of five kinds, nobody to call, two years old'),
      ...reported('OPS-09', 'fail', 'an incident is open for eight weeks', 'I-1'),
      silent('OPS-09', 'I-2', 'this one was resolved'),
      is('OPS-13', 'fail', 'the lockdown came after the first invitation'),
      is('POL-01', 'fail', 'the policy came after the first invitation'),
      is('POL-02', 'fail', 'clauses are missing'),
      is('POL-04', 'cannot_read', 'an empty text is none'),
      is('VIS-13', 'fail', 'one approver where two are needed'),
      is('M365-20', 'fail', 'the fake file was not blocked, whatever is licensed'),
      counts('members', 10, 'ten seats'),
      counts('staff', 9, 'one was terminated'),
      noPass('ACC-03', 'nobody wrote how the account is regained'),
      noPass('ACC-06', 'the auditor is on a domain of her own'),
      says('OPS-02', 'is not on the roster', 'the deputy is not on the roster'),
      noPass('CON-02', 'classified two years ago'),
      says('CON-07', 'the file’s own statement', 'nobody signed in to approve it'),
      noPass('CON-16', 'local servers were not decided on'),
      noPass('CON-19', 'Cowork was not decided on'),
      noPass('CON-23', 'the vendor was not asked'),
      noPass('CON-28', 'Chrome was not decided on'),
      noPass('CON-29', 'the rights were last reviewed in 2024'),
      noPass('CON-32', 'the policy is silent on exports'),
      noPass('POL-05', 'connectors and sign-ins are not in the notice'),
      noPass('OPS-05', 'nothing was written of who was terminated'),
      noPass('CON-26', 'connectors were not removed'),
      never('ACC-07', ['accepted', 'pass'], 'an exception by oneself is none'),
      never('ACC-09', ['accepted', 'pass'], 'an exception from before is none'),
      unlisted('leavers', auditor.email, 'the auditor is nobody’s leaver'),
      ...onlyGiven('members', 'users', 'journal', 'charter'),
      ...noPasses('nobody was told or trained', 'OPS-12 CON-31'),
      silent('CON-25', 'Fonteva', 'nobody asked for it in the journal'),
    ],
    { profile: profile({ domains: [SURVEYORS, company], staffCount: 9 }) },
  );
}

export const outsideChapters = [twelveSeats(), managementCompany()];
