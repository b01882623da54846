import type { Person } from '../client.ts';
import { event, feed, ORGANIZATION } from '../enterprise.ts';
import { is, lists, never, noPass, says, unlisted } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { memberTable } from '../tables.ts';
import { csv, plus } from '../text.ts';

/** One office's own headings, duplicates, and lists that another source corrects. */

const { people, profile, charter, files } = association('Larkspur Institute', 'larkspur.example.org', 11);
const leaver = at(people, 6);
const heading = ['Name', 'Email', 'Department', 'Termination Date'];
const disposed = (column: string, word: (one: Person) => string, below: string = '') =>
  csv([[...heading, column], ...people.map((one) => [one.name, one.email, one.department, '', word(one)])]) +
  below;
const says11 = (one: Person) => (one === leaver ? 'Retired' : 'Active');
const code11 = (one: Person) => (one === leaver ? 'R' : 'A');
const KEY = '\r\nDisp: A = Active; L = Leave (FMLA); R = Retired; T = Terminated\r\n';

export const outsideLabels = [
  outsideCase('a-status-under-an-unknown-heading')(
    files({ 'staff.csv': disposed('Disp', says11) }),
    [
      noPass('ACC-07', 'the roster calls one of them retired'),
      says('ACC-07', leaver.name, 'who it is'),
      noPass('OPS-05', 'whether someone left is open'),
    ],
    { profile: profile() },
  ),
  outsideCase('codes-under-an-unknown-heading')(
    files({ 'staff.csv': disposed('Disp', code11, KEY) }),
    [
      noPass('ACC-07', 'the key says retired'),
      is('ACC-21', 'pass', 'the key is no person without an address'),
    ],
    { profile: profile() },
  ),
  outsideCase('codes-under-a-short-heading')(
    files({ 'staff.csv': disposed('Sts', code11, KEY.replace('Disp', 'Sts')) }),
    [
      is('ACC-07', 'fail', 'one has left'),
      lists('leavers', [leaver.email], 'the one that the key calls retired'),
    ],
    { profile: profile() },
  ),
  outsideCase('members-of-others-beside-three-owners')(
    files({
      'members.csv': memberTable(
        people.map(({ name, email, role }, n) => [
          name,
          email,
          n === 8 ? 'Owner' : role,
          'Standard',
          'Active',
        ]),
      ),
      'members (2).csv': memberTable(
        ['Ida', 'Jon', 'Kay', 'Lou'].map((name, n) => [
          `${name} Vale`,
          `${name.toLowerCase()}@yarrow.example.net`,
          n === 0 ? 'Primary Owner' : 'Member',
          'Standard',
          'Active',
        ]),
      ),
    }),
    [
      is('ACC-02', 'fail', 'our own list shows three owners'),
      never('ACC-02', ['pass'], 'one owner of others is not ours'),
    ],
    { profile: profile(), saved: { 'members.csv': '2026-11-20' } },
  ),
  outsideCase('a-seat-that-ended-after-the-list')(
    files({
      'charter.yaml': charter({ claudeOrganization: ORGANIZATION }),
      'staff.csv': csv([
        [...heading, 'Status'],
        ...people.map((one) =>
          one === leaver
            ? [one.name, one.email, one.department, '2026-11-19', 'Terminated']
            : [one.name, one.email, one.department, '', 'Active'],
        ),
      ]),
      'feed.json': feed([
        ...Array.from({ length: 34 }, (_, n) =>
          event(`s${n}`, plus('2026-10-21', n), 'sso_login_succeeded', {}, at(people, n % 6).email),
        ),
        event(
          'gone',
          '2026-11-21',
          'org_user_deleted',
          { deleted_user_email: leaver.email },
          at(people, 0).email,
        ),
      ]),
    }),
    [
      is('ACC-07', 'pass', 'the seat ended the day after the list'),
      unlisted('leavers', at(people, 7).email, 'who has not left'),
    ],
    { profile: profile({ claudePlan: 'enterprise', m365: 'e5' }), saved: { 'members.csv': '2026-11-20' } },
  ),
];
