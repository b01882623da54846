import { profile, staff } from '../client.ts';
import { charter, journal, membersCsv, offboarded, peopleFiles, rosterCsv } from '../documents.ts';
import { apiKey, ENTERPRISE, SETTINGS } from '../enterprise.ts';
import { noPass, noPasses, reported, says, silent } from '../model.ts';
import { at, first, outsideCase } from '../outside.ts';
import { acknowledgementTable, connectorTable } from '../tables.ts';
import { csv } from '../text.ts';

const answer = (id: string, keys: readonly object[]) =>
  JSON.stringify({
    type: 'effective_organization_settings',
    organization_id: id,
    settings: Object.entries(SETTINGS).map(([name, value]) => ({
      name,
      type:
        typeof value === 'string' ? 'provisioning_mode' : Array.isArray(value) ? 'string_list' : 'boolean',
      value,
    })),
    api_keys: keys,
  });

/** Settings of two organizations, read on two days; the later one has no keys. */
function keysOfTwoDays() {
  const people = staff(12);
  return outsideCase('api-keys-of-two-organizations-and-days')(
    {
      ...peopleFiles(people),
      'settings of the main organization 2026-11-20.json': answer('11112222-3333-4444-8555-666677778888', [
        apiKey('apikey_01old', 'Spreadsheet sync'),
      ]),
      'settings of the lab 2026-11-23.json': answer('99992222-3333-4444-8555-666677778888', []),
    },
    [
      ...reported(
        'VIS-17',
        'fail',
        'the main organization has a key that nobody approved',
        /Spreadsheet sync/,
      ),
    ],
    ENTERPRISE,
  );
}

/** Someone who was removed under a former address, and is still listed under the current one. */
function removedUnderFormerAddress() {
  const people = staff(12);
  const gone = at(people, 9);
  const before = `olive.before@${gone.email.split('@')[1]}`;
  return outsideCase('removed-under-a-former-address')(
    {
      'members.csv': membersCsv(people),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Previous email', 'Department', 'Status', 'Last day'],
        ...people.map((one) => [
          one.name,
          one.email,
          one === gone ? before : '',
          one.department,
          one === gone ? 'Left' : 'Active',
          one === gone ? '2026-10-30' : '',
        ]),
      ]),
      'charter.yaml': charter(people, { admins: [`carla.before@${gone.email.split('@')[1]}`] }),
      'journal.yaml': journal(people, { offboardings: [offboarded(before, '2026-10-30')] }),
    },
    [
      ...reported(
        'OPS-05',
        'fail',
        'the seat is held still, whatever the journal says',
        gone.name,
        /still lists/,
      ),
      ...reported(
        'ACC-04',
        'fail',
        'an address that is in no row of hers approves nobody',
        at(people, 2).name,
      ),
    ],
    { profile: profile({ staffCount: 11 }) },
  );
}

/** The charter allows only exports of the membership system; an unknown server is on. */
function unknownServer() {
  const people = staff(12);
  return outsideCase('unknown-server-beside-manual-exports')(
    {
      'members.csv': membersCsv(people),
      'staff.csv': rosterCsv(people),
      'charter.yaml': charter(people, { ams: { name: 'iMIS', methods: ['manual_upload'] } }),
      'journal.yaml': journal(people),
      'connectors.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
        ['Rhythm', 'update_profile', 'Needs approval'],
      ]),
    },
    [noPass('CON-13', 'Rhythm may be a membership system'), says('CON-13', /Rhythm/, 'it is named')],
  );
}

/** Approvers are named, except for placeholders to be filled in later. */
function toBeFilledIn() {
  const people = staff(12);
  return outsideCase('charter-with-places-to-fill-in')(
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, {
        owners: [at(people, 0).email, 'TBD', at(people, 1).email],
        governanceDeputy: { name: 'TBD', email: 'tbd' },
        chatRetentionDays: 'to be decided',
        incidentPlan: { types: ['data_upload'], contacts: [at(people, 0).name], reviewed: 'pending' },
      }),
    },
    [
      ...reported('ACC-04', ['pass', 'cannot_read'], 'those who hold a role are named'),
      ...reported('OPS-02', ['fail', 'cannot_read'], 'there is no deputy'),
      noPass('OPS-08', 'the plan was never reviewed'),
      noPass('VIS-14', 'nothing is decided'),
    ],
  );
}

/** A list that was truncated in September, and again at the same point long after the last complete one. */
function cutTwice() {
  const people = staff(20);
  const half = people.slice(0, 10);
  return outsideCase('cut-short-again-after-months')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(half),
      'before/members 2026-07-01.csv': membersCsv(people),
      'before/members 2026-09-20.csv': membersCsv(half.slice(0, 9)),
    },
    [...noPasses('half of the members are missing', 'ACC-02 ACC-05 ACC-06 ACC-13 ACC-18')],
  );
}

/** Two addresses in one cell of a signature list; the account has the second one. */
function signedUnderTwo() {
  const people = staff(12);
  const two = at(people, 6);
  return outsideCase('signed-under-two-addresses')(
    {
      ...peopleFiles(people),
      'acknowledgements.csv': acknowledgementTable(
        people.map((one) => [
          '',
          one === two ? `${first(two)}@home.example.net; ${one.email}` : one.email,
          'Claude policy v3',
          '2026-09-20',
        ]),
      ),
    },
    [...reported('POL-03', 'pass', 'everybody has signed'), silent('POL-03', two.email, 'so has she')],
  );
}

export const outsideTwoTimes = [
  cutTwice(),
  signedUnderTwo(),
  keysOfTwoDays(),
  removedUnderFormerAddress(),
  unknownServer(),
  toBeFilledIn(),
];
