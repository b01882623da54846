import { AS_OF } from '../client.ts';
import { entraUsers, rosterCsv } from '../documents.ts';
import { applications, grants, policies, policy } from '../microsoft.ts';
import {
  counts,
  file,
  is,
  lists,
  never,
  noPass,
  noPasses,
  nowhere,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
import { memberTable } from '../tables.ts';

const OLD = 'sedge.example.org';
const NEW = 'sedgemeadow.example.org';
const client = association('Sedge Association', OLD);
const { people } = client;
const moved = people.map((one, n) => (n % 2 === 1 ? { ...one, email: one.email.replace(OLD, NEW) } : one));

export const outsideMoving = [
  // In the middle of a migration: both Entra tenants were read on one day, and seats are at either domain.
  outsideCase('a-client-between-two-entra-tenants')(
    client.files({
      'members.csv': memberTable(
        moved.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
      ),
      'charter.yaml': client.charter({
        inviteDomains: [OLD, NEW],
        owners: [at(moved, 0).email, at(moved, 1).email],
        governanceDeputy: { name: at(moved, 1).name, email: at(moved, 1).email },
      }),
      'users old tenant.json': entraUsers(people),
      'users new tenant.json': entraUsers(
        people.slice(0, 9).map((one) => ({ ...one, email: one.email.replace(OLD, NEW) })),
        [at(people, 3).email.replace(OLD, NEW)],
      ),
      'policies old tenant.json': policies([policy()]),
      'policies new tenant.json': policies([policy({ state: 'enabledForReportingButNotEnforced' })]),
      'txt.txt': [
        '; <<>> DiG 9.18.28 <<>> TXT check.sedgemeadow.example.org',
        ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4182',
        ';; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1',
        '',
        ';; QUESTION SECTION:',
        `;check.${NEW}.          IN      TXT`,
        '',
        ';; ANSWER SECTION:',
        `check.${NEW}.   3600    IN      TXT     "anthropic-domain-verification-a1b2c3=0123456789abcdef"`,
        '',
        ';; WHEN: Mon Nov 23 10:00:00 EST 2026',
      ].join('\n'),
    }),
    [
      counts('members', 12, 'a seat at the new domain is one seat'),
      counts('staff', 12, 'the roster lists twelve'),
      lists('leavers', [], 'nobody left'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'both domains are ours'),
      is('ACC-04', 'pass', 'the charter names them at the addresses of their seats'),
      is('CON-07', 'pass', 'the charter is in force'),
      is('M365-09', 'cannot_read', 'two tenants answered on one day'),
      is('M365-13', 'cannot_read', 'two tenants answered on one day'),
      is('M365-17', ['cannot_read', 'pass'], 'nobody has left, and two lists of one day differ'),
      is('M365-21', 'cannot_read', 'the one holds a policy in report-only, the other none'),
      is('ACC-10', ['cannot_read', 'fail'], 'a name below the domain proves nothing of the domain'),
      file('txt.txt', ['taken', 'malformed'], 'an answer of DNS'),
      file('users new tenant.json', ['taken', 'replaced'], 'a list of users'),
      says('M365-09', /polic/i, 'which files are in conflict'),
      noPass('ACC-10', 'a wildcard answers for every name but the domain itself'),
      noPass('SHA-02', 'no report was given'),
      never('ACC-07', ['fail'], 'each seat is a person of staff at a domain of ours'),
      never('ACC-09', ['fail'], 'nobody is a guest'),
      never('ACC-21', ['fail'], 'both domains are ours'),
      never('M365-09', ['pass', 'fail'], 'which tenant staff sign in to is not known'),
      never('M365-10', ['pass'], 'no policy asks for a device in either'),
      never('M365-17', ['fail'], 'nobody has left'),
      never('M365-21', ['pass'], 'one of the two has a policy in report-only without a day'),
      noPasses('two tenants answered on one day', 'M365-11 M365-12 M365-13 M365-14'),
      ...moved.map(({ email }) => unlisted('notOnRoster', email, 'on the roster at one of the two domains')),
      ...moved.map(({ email }) => unlisted('leavers', email, 'works here')),
      ...moved.map(({ email }) => unlisted('guests', email, 'is staff')),
      unlisted('shared', at(moved, 0).email, 'a person'),
      silent('OPS-05', at(people, 3).email, 'disabled in the new tenant, where the mailbox is not yet'),
      nowhere(/Dimitri Dufour has left/, 'an account that is off is no departure'),
      ...onlyGiven('members', 'policies', 'users', 'journal', 'charter'),
    ].flat(),
    { profile: client.profile({ domains: [OLD, NEW] }) },
  ),
  // Consent was revoked and granted again within a day; both responses were saved.
  outsideCase('consent-revoked-and-given-again-on-one-day')(
    client.files({
      'staff.csv': rosterCsv(people, { [at(people, 9).email]: AS_OF }),
      'applications.json': applications(),
      'grants 0900.json': grants('Mail.Read User.Read').replace(/\{\s*"id": "grant-1"[^}]*\},/, ''),
      'grants 1700.json': grants('Mail.Read Mail.Send User.Read'),
    }),
    [
      is('M365-03', 'cannot_read', 'one answer has the consent and the other does not'),
      is('M365-06', ['cannot_read', 'fail'], 'one of the two has Mail.Send'),
      is('M365-02', 'pass', 'the sign-in application is there'),
      is('M365-04', 'pass', 'assignment is required on all three'),
      is('M365-05', 'pass', 'no application imitates Claude'),
      is('ACC-07', 'pass', 'who leaves today still works here today'),
      never('M365-03', ['pass', 'fail'], 'the two answers of the day differ'),
      noPass('M365-06', 'sending mail was granted in one of the two'),
      noPass('SHA-05', 'the two answers of the day differ'),
      never('OPS-05', ['fail'], 'the last day is today'),
      unlisted('leavers', at(people, 8).email, 'works here'),
      ...onlyGiven('members', 'applications', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
];
