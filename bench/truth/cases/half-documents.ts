import { makeCase, type Person, profile, staff } from '../client.ts';
import { charter, excepted, journal, membersCsv, peopleFiles } from '../documents.ts';
import { file, is, never, noPass, noPasses, says, silent } from '../model.ts';
import { connectorTable } from '../tables.ts';

const people = staff(14);
const [owner, deputy] = people as [Person, Person];

const HUBSPOT = {
  name: 'HubSpot',
  sensitivity: 'high',
  actions: { 'Search CRM': 'allow', 'Manage CRM': 'ask', '*': 'blocked' },
  justifications: { 'Search CRM': 'Approved by the board' },
  actionsClassified: '2026-09-10',
  sourceReviewed: '2026-09-08',
};

/** HubSpot is the membership system, as only the charter's `ams` says, in which one value is missing. */
function membershipSystem(name: string, ams: object, missing: RegExp) {
  return makeCase(
    'documents',
    name,
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, { connectors: [HUBSPOT], ams }),
      'connectors.csv': connectorTable([
        ['HubSpot', 'Search CRM', 'Always allow'],
        ['HubSpot', 'Manage CRM', 'Needs approval'],
        ['HubSpot', 'All other actions', 'Blocked'],
      ]),
    },
    [
      file('charter.yaml', 'document', 'the rest is read, and what is missing is named', missing),
      noPass('CON-13', 'which system holds the members is not known'),
      says('CON-13', missing, 'what is missing is said'),
      noPasses('the way to the members is not known', 'CON-22 CON-23 CON-24'),
      is('CON-09', 'pass', 'nothing is wider than the charter'),
      is('CON-07', 'pass', 'the charter is in force'),
      is('ACC-04', 'pass', 'Owners and Admins are approved'),
    ].flat(),
  );
}

/** A decision that needs two people and names only one. */
function decisionOfOne() {
  return makeCase(
    'documents',
    'a-decision-without-its-second-person',
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, {
        domainCapture: { capture: false, on: '2026-10-01', by: owner.name },
      }),
    },
    [
      is('ACC-17', 'cannot_read', 'the decision lacks the person who approved it'),
      says('ACC-17', /approvedBy/, 'what is missing is said'),
      silent('ACC-17', /does not say whether domain capture/, 'the charter does say it'),
    ],
    { profile: profile({ claudePlan: 'enterprise' }) },
  );
}

/** Each list contains an unfinished entry. */
function unfinishedEntries() {
  const private_ = { ...deputy, email: 'bruno.brenner@gmail.com' };
  const seats = people.map((one) => (one === deputy ? private_ : one));
  return makeCase(
    'documents',
    'entries-that-nobody-finished',
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(seats),
      'charter.yaml': charter(people, {
        exceptions: [
          { control: 'CLA-ACC-06', reason: '', owner: owner.name, until: '2027-01-31' },
          excepted('CLA-VIS-06', 'Next quarter', owner.name, '2027-01-31', { approvedBy: deputy.name }),
        ],
      }),
      'journal.yaml': journal(people, {
        reviews: [
          ...(JSON.parse(journal(people)) as { reviews: object[] }).reviews,
          { kind: 'monthly', on: '2026-08-10', by: '' },
        ],
        offboardings: [{ email: '', lastDay: '2026-10-30' }],
        incidents: [{ id: '', type: 'data_upload', opened: '2026-10-02' }],
        connectorRequests: [{ on: '2026-09-20', by: '', connector: 'Airtable' }],
      }),
    },
    [
      file('journal.yaml', 'document', 'the entry is named', /`email` of entry 1 of `offboardings`/),
      file('charter.yaml', 'document', 'the entry is named', /`reason` of entry 1 of `exceptions`/),
      ...noPasses('someone has left, and who is not written', 'OPS-05 OPS-10 CON-26 M365-18'),
      noPass('OPS-09', 'an incident is open'),
      says('OPS-09', /`id` of entry 1 of `incidents`/, 'what is missing is said'),
      noPass('CON-25', 'a request waits'),
      noPass('OPS-14', 'one exception has no reason'),
      never('ACC-06', ['pass', 'accepted'], 'an exception without a reason accepts nothing'),
      is('OPS-01', 'pass', 'the quarterly review was done'),
      is('OPS-03', 'pass', 'the monthly review was done'),
      is('CON-01', 'pass', 'the inventory was taken'),
    ],
  );
}

export const halfDocumentCases = [
  membershipSystem('membership-system-without-a-way', { name: 'HubSpot' }, /`methods` of `ams` is missing/),
  membershipSystem(
    'membership-system-without-a-name',
    { name: ' ', methods: ['custom_mcp'] },
    /`name` of `ams` is (?:missing|empty)/,
  ),
  unfinishedEntries(),
  decisionOfOne(),

  // The newer file is a sign-in page; the older list is still current.
  makeCase(
    'documents',
    'older-list-since-the-newer-was-refused',
    {
      ...peopleFiles(people),
      'members 2026-11-22.csv': '<!doctype html><html><head><title>Sign in - Claude</title></head></html>',
    },
    [
      file('members 2026-11-22.csv', 'malformed', 'a page is no list'),
      is('ACC-02', 'pass', 'the list of 10 November counts'),
      says(
        'ACC-02',
        'members 2026-11-22.csv is newer and was refused, so this is based on members.csv of Nov 10, 2026',
        'what it rests on is said, and what it does not rest on',
      ),
      silent('OPS-02', 'members 2026-11-22', 'what does not read it says nothing of it'),
    ],
    { saved: { 'members.csv': '2026-11-10' } },
  ),
];
