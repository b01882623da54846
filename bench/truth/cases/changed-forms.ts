import { AS_OF, type Person } from '../client.ts';
import { rosterCsv } from '../documents.ts';
import { event, feed } from '../enterprise.ts';
import { GRAPH_PRINCIPAL } from '../microsoft.ts';
import { is, never, noPass, noPasses, reported, type Statement, says, unlisted } from '../model.ts';
import { outsideCase } from '../outside.ts';
import { workbook } from '../packed.ts';
import { csv } from '../text.ts';
import { DOMAIN, FILES, PROFILE, people } from './changed-data.ts';

/** The client of `changed-data.ts` with files in other forms: refused, cut off, duplicated, or with values as text. */

const gone = people[6] as Person;
const given = (name: string) => FILES[name] ?? '';
const client =
  (name: string) =>
  (changed: Readonly<Record<string, string | Uint8Array>>, statements: readonly Statement[]) =>
    outsideCase(name)({ ...FILES, ...changed }, statements, { profile: PROFILE });

const listOf = (name: string) => (JSON.parse(given(name)) as { value: Record<string, unknown>[] }).value;
const withList = (name: string, value: readonly object[]) =>
  JSON.stringify({ ...JSON.parse(given(name)), value });
/** A list that repeats each entry with other values, before or after the entry. */
const listedAgain = (name: string, other: object, place: 'before' | 'after') => {
  const [list, again] = [listOf(name), listOf(name).map((one) => ({ ...one, ...other }))];
  return withList(name, place === 'before' ? [...again, ...list] : [...list, ...again]);
};
const left = rosterCsv(people, { [gone.email]: '2026-11-06' });
const lines = left.trimEnd().split('\n');

const refused = [
  client('roster-of-headings-beside-directory-sync')({ 'staff.csv': `${lines[0]}\n` }, [
    noPass('ACC-15', 'the roster that may name who left was refused'),
  ]),
  client('roster-that-breaks-off-beside-directory-sync')({ 'staff.csv': left.slice(0, -12) }, [
    noPass('ACC-15', 'the roster breaks off'),
  ]),
  client('half-of-the-roster')(
    { 'staff.csv': `${lines.slice(0, 5).join('\n')}\n` },
    [noPasses('the profile counts eight and the roster lists four', 'ACC-15 OPS-05 OPS-10')].flat(),
  ),
  client('feed-refused-beside-an-audit-log')(
    {
      'feed.json': feed([
        event('a01', '2026-11-20T15:00:00Z', 'org_data_export_started', {}, people[0]?.email),
      ]).replace('2026-11-20T15:00:00Z', '11/20/2026 3:00 PM'),
    },
    noPasses('the events of the feed cannot be read', 'VIS-13 VIS-16'),
  ),
  client('applications-refused-beside-a-late-consent')({ 'apps.json': given('apps.json').slice(0, 400) }, [
    noPass('M365-22', 'the consent that Entra logged cannot be placed'),
  ]),
  client('audits-refused-beside-a-review-of-scopes')({ 'audits.json': given('audits.json').slice(0, 200) }, [
    noPass('M365-22', 'what was consented to after the review is in a file that cannot be read'),
  ]),
];

const cut = [
  client('applications-without-those-that-grants-name')(
    {
      'apps.json': withList(
        'apps.json',
        listOf('apps.json').filter(
          ({ id, displayName }) => id === GRAPH_PRINCIPAL || displayName === 'Claude',
        ),
      ),
    },
    [
      noPass('M365-04', 'two applications that hold grants are not in the list'),
      is('M365-03', 'cannot_read', 'they are in Entra, as the grants of the day show'),
    ],
  ),
  client('grants-that-do-not-say-for-what')(
    {
      'grants.json': withList(
        'grants.json',
        listOf('grants.json').map(({ resourceId: _, ...one }) => one),
      ),
    },
    [is('M365-03', 'cannot_read', 'somebody consented, to what is not said')],
  ),
  client('licenses-of-an-empty-answer')({ 'skus.json': withList('skus.json', []) }, [
    is('M365-10', 'cannot_read', 'the profile states a license and the answer is empty'),
  ]),
  client('license-in-a-state-that-is-not-documented')(
    { 'skus.json': given('skus.json').replace('"Enabled"', '"unknownFutureValue"') },
    [is('M365-10', 'cannot_read', 'whether the license runs is not known')],
  ),
  client('leaver-without-a-last-day')(
    {
      'staff.csv': csv([
        ['Full name', 'Work email', 'Status'],
        ...people.map((one) => [one.name, one.email, one === gone ? 'Left' : 'Active']),
      ]),
    },
    [is('OPS-10', 'cannot_read', 'since when projects are to be handed over is not known')],
  ),
];

const twice = [
  client('applications-twice-with-another-state')(
    {
      'apps.json': listedAgain(
        'apps.json',
        { accountEnabled: false, appRoleAssignmentRequired: false },
        'before',
      ),
    },
    ['M365-02', 'M365-03', 'M365-04'].map((control) =>
      is(control, 'cannot_read', 'which entry holds is not said'),
    ),
  ),
  client('open-assignment-behind-a-closed-one')(
    { 'apps.json': listedAgain('apps.json', { appRoleAssignmentRequired: false }, 'after') },
    [noPass('M365-04', 'each application is listed as open to everyone too')],
  ),
  client('accounts-twice-with-another-state')(
    { 'users.json': listedAgain('users.json', { accountEnabled: false }, 'after') },
    [never('M365-13', ['fail'], 'whether the emergency accounts are enabled is not known')],
  ),
  client('an-alert-twice-with-another-state')(
    { 'alerts.json': listedAgain('alerts.json', { status: 'new', classification: null }, 'before') },
    [noPass('VIS-11', 'whether the alert is closed is not known')],
  ),
];

const asText = [
  client('settings-with-booleans-as-text')(
    { 'settings.json': given('settings.json').replaceAll(/: (true|false)/g, ': "$1"') },
    [is('CON-17', 'cannot_read', 'a text is neither on nor off')],
  ),
];

/** Sign-in accounts as a table with two columns of the same heading for whether an account is enabled. */
const enabledTwice = (first: string, second: string) =>
  csv([
    ['userPrincipalName', 'displayName', 'userType', first, second],
    ...[...people, { name: 'Emergency 1', email: `emergency1@${DOMAIN}` }].map((one) => [
      one.email,
      one.name,
      'Member',
      one === gone ? 'FALSE' : 'TRUE',
      'TRUE',
    ]),
  ]);
const { 'users.json': _users, 'staff.csv': _staff, ...others } = FILES;
const of = (
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  statements: readonly Statement[],
) => outsideCase(name)({ ...others, ...files }, statements, { profile: PROFILE });

const twoColumns = [
  of(
    'whether-enabled-in-two-columns',
    { 'users.csv': enabledTwice('accountEnabled', 'Account enabled'), 'staff.csv': left },
    [is('M365-17', 'cannot_read', 'one column says that the account of who left is disabled, the other not')],
  ),
  of(
    'whether-employed-in-two-columns',
    {
      'users.json': given('users.json'),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Employment status', 'Status'],
        ...people.map((one) => [one.name, one.email, 'Active', one === gone ? 'Terminated' : 'Active']),
      ]),
    },
    noPasses('by one of two columns somebody has left', 'ACC-07 ACC-15 OPS-05 OPS-10'),
  ),
  of(
    'whether-employed-in-a-column-of-yes-and-no',
    {
      'users.json': given('users.json'),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Employment status', 'Currently employed'],
        ...people.map((one) => [one.name, one.email, 'Active', one === gone ? 'No' : 'Yes']),
      ]),
    },
    noPasses('by one of two columns somebody has left', 'ACC-07 ACC-15 OPS-05 OPS-10'),
  ),
  of(
    'kind-of-work-beside-who-left',
    {
      'users.json': given('users.json'),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Status', 'Position status'],
        ...people.map((one) => [one.name, one.email, one === gone ? 'Terminated' : 'Active', 'Full time']),
      ]),
    },
    [is('ACC-07', 'fail', 'who left holds a seat, however they were employed')],
  ),
];

const use = (more: readonly (readonly (string | number)[])[] = []): (string | number)[][] => [
  ['User email', 'Product', 'Model', 'total_requests', 'total_net_spend_usd', 'Start date', 'End date'],
  ...people.map(({ email }, n) => [
    email,
    'Chat',
    'claude-sonnet-5',
    100 + n,
    10,
    '2026-10-25',
    '2026-11-22',
  ]),
  ...more.map((row) => [...row]),
];
const ofTheMonth = [
  says('VIS-08', /\b8 lines\b/, 'eight people, each once'),
  says('VIS-01', /\b8 lines\b/, 'nothing counts twice'),
];
const figures = [
  client('use-with-a-copy-of-its-sheet')({ 'usage.xlsx': workbook({ Use: use(), Copy: use() }) }, ofTheMonth),
  client('use-with-a-last-line-that-adds-up')(
    { 'usage.csv': csv(use([['', '', '', 828, 80, '', '']])) },
    ofTheMonth,
  ),
];

const days = [
  of(
    'last-day-that-a-program-wrote-at-midnight',
    {
      'users.json': given('users.json'),
      'staff.csv': left.replace('Left', 'Active').replace('2026-11-06', `${AS_OF}T00:00:00Z`),
    },
    [
      unlisted('leavers', gone.email, 'works today, the last day'),
      never('ACC-07', ['fail'], 'nobody has left'),
    ],
  ),
  of(
    'last-day-behind-an-apostrophe',
    { 'users.json': given('users.json'), 'staff.csv': left.replace('2026-11-06', "'2026-11-06") },
    [...reported('OPS-10', 'fail', 'left on 6 November', /4 days late/)],
  ),
];

export const changedForms = [...twoColumns, ...figures, ...days, ...refused, ...cut, ...twice, ...asText];
