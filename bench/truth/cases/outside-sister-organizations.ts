import { rosterCsv } from '../documents.ts';
import { is, never, noPasses, reported, says } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { memberTable } from '../tables.ts';

const DOMAIN = 'tansy.example.org';
const client = association('Tansy Institute', DOMAIN, 14);
const { people } = client;
const gone = at(people, 5);
const roster = rosterCsv(people, { [gone.email]: '2026-10-30' });

/** A members file of some people. `owner` is the Primary Owner, `suspended` are suspended accounts; all are indexes. */
function members(who: readonly number[], owner: number, suspended: readonly number[] = []): string {
  return memberTable(
    who.map((n) => {
      const { name, email } = at(people, n);
      const role = n === owner ? 'Primary Owner' : n === 1 ? 'Owner' : 'User';
      return [name, email, role, 'Standard', suspended.includes(n) ? 'Suspended' : 'Active'];
    }),
  );
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const EARLIER = { 'foundation.csv': '2026-11-16' };

/** An institute and its foundation share a domain and a payroll, and have separate Claude organizations. */
function sisters(name: string, ours: string, theirs: string, saved: Record<string, string>) {
  return outsideCase(name)(
    client.files({ 'staff.csv': roster, 'members.csv': ours, 'foundation.csv': theirs }),
    [
      ...reported('ACC-07', 'fail', 'has left and holds a seat at the foundation', gone.name),
      says('OPS-05', 'seat', 'the seat at the foundation was not removed'),
      ...noPasses('two organizations, and nothing says which of them is this client', 'ACC-02 ACC-04 ACC-20'),
      never('ACC-02', ['fail'], 'each organization has one Primary Owner'),
      never('ACC-04', ['fail'], 'nobody of the foundation is an admin of the institute'),
    ],
    { profile: client.profile(), saved },
  );
}

/** One organization whose Primary Owner changed between two lists. */
function handedOver(name: string, now: string, then: string) {
  return outsideCase(name)(
    client.files({
      'staff.csv': roster,
      'members.csv': now,
      'foundation.csv': then,
      'charter.yaml': client.charter(),
    }),
    [is('ACC-07', 'pass', 'the one who left is suspended, and all others work here')],
    { profile: client.profile(), saved: EARLIER },
  );
}

export const outsideSisterOrganizations = [
  sisters(
    'suspended-in-one-organization-and-active-in-the-other',
    members(from(0, 9), 0, [5]),
    members([5, ...from(10, 13)], 10),
    {},
  ),
  sisters(
    'active-in-the-earlier-list-of-the-other-organization',
    members(from(0, 9), 0, [5]),
    members([5, ...from(10, 13)], 10),
    EARLIER,
  ),
  sisters(
    'removed-here-and-active-in-the-other-organization',
    members([...from(0, 4), ...from(6, 9)], 0),
    members([5, ...from(10, 13)], 10),
    EARLIER,
  ),
  // Half of the people work for both, so the lists look like two states of one organization.
  sisters(
    'two-organizations-with-many-people-in-common',
    members(from(0, 9), 0, [5]),
    members([...from(3, 9), ...from(10, 13)], 10),
    EARLIER,
  ),
  handedOver('primary-owner-hands-over', members(from(0, 13), 0, [5]), members(from(0, 13), 3)),
  handedOver(
    'primary-owner-hands-over-and-new-people-join',
    members(from(0, 13), 0, [5]),
    members(from(0, 8), 3),
  ),
];
