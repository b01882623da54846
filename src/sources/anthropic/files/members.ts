import type { ClaudeRole, MemberRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { byCodeUnit } from '#domain/text/order.ts';
import { quoted } from '#domain/text/words.ts';
import type { Cell, ParseEnvironment } from '../../exports/file-kind.ts';
import { cellText, holdsAddress, words, yesNo } from '../../exports/table/cells.ts';
import { type Field, list, shareOf } from '../../exports/table/columns.ts';
import { dataRows } from '../../exports/table/data-rows.ts';
import type { Notes } from '../../exports/table/notes.ts';
import {
  EMAIL,
  FIRST_NAME,
  hasHeading,
  isOtherList,
  LAST_NAME,
  MONEY_OR_TOKENS,
  NAME,
  personName,
} from '../../exports/table/person-fields.ts';
import { contentKey, placeOf } from '../../exports/table/place-of.ts';
import { tableKind } from '../../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../../exports/table/view.ts';
import { inEnglish } from '../../exports/words/english.ts';
import { refuseConsole } from './console-members.ts';
import { membersJson } from './json-members.ts';

/** Labels of the console and spellings of the Admin API, normalized. */
const ROLES: Readonly<Record<string, ClaudeRole>> = {
  'primary owner': 'primary_owner',
  owner: 'owner',
  admin: 'admin',
  administrator: 'admin',
  'membership admin': 'admin',
  user: 'user',
  member: 'user',
  // Permissions come from groups with custom roles.
  managed: 'custom',
  custom: 'custom',
  developer: 'custom',
  billing: 'custom',
  'claude code user': 'custom',
  'custom role': 'custom',
};
const STATUSES: Readonly<Record<string, MemberRow['status']>> = {
  active: 'active',
  joined: 'active',
  accepted: 'active',
  enabled: 'active',
  member: 'active',
  invited: 'invited',
  pending: 'invited',
  'pending invite': 'invited',
  'invite pending': 'invited',
  'invitation sent': 'invited',
  'invite sent': 'invited',
  suspended: 'suspended',
  deactivated: 'suspended',
  disabled: 'suspended',
  inactive: 'suspended',
};
/** Seat types. A column with only these values never says that somebody has no seat. */
const SEATS = /^(?:standard|premium)(?: seat)?$/;
/** Status or sheet name that means that someone no longer has a seat. */
const REMOVED =
  /^(?:(?:seat )?(?:removed|deleted)|(?:invit(?:e|ation) )?(?:expired|declined|rejected|revoked|withdrawn|cancell?ed)|former)(?: (?:seats?|members?|users?|accounts?|people|persons?|staff))?$/;
/** Most privileged first. An unknown role may be an admin's, so it ranks above roles without privileges. */
const PRIVILEGE: readonly MemberRow['role'][] = ['primary_owner', 'owner', 'admin', null, 'custom', 'user'];

const FIELDS: readonly Field[] = [
  // The address identifies the account. If two columns differ, the other may be a private account's.
  { ...EMAIL, alone: holdsAddress },
  {
    field: 'role',
    headings: list(`role, user role, organization role, organisation role, org role, claude role, member role,
      workspace role, access level, permission level, role name, job title`),
    alone: (text) => roleOf(text) !== null,
  },
  {
    field: 'seat',
    headings:
      list(`seat tier, seat type, seat, seats, tier, license, licence, license type, licence type, plan
      seat, seat level, assigned seat, which seat, what seat, kind of seat`),
  },
  {
    field: 'status',
    headings: [
      'status',
      'member status',
      'account status',
      'user status',
      'invite status',
      'invitation status',
      'state',
    ],
    alone: (text) => statusOf(text) !== null || REMOVED.test(words(inEnglish(text))),
  },
  {
    field: 'addedOn',
    headings:
      list(`added, added on, added at, date added, joined, joined on, joined at, date joined, join date,
      created, created at, created on, invited at, invited on, accepted at`),
  },
  {
    field: 'removedOn',
    headings:
      list(`removed on, removed at, date removed, removal date, seat removed, seat removed on, seat removed
      at, deleted on, deleted at, date deleted, access removed on, removed from claude, removed from claude on`),
  },
  {
    field: 'lastActiveOn',
    headings:
      list(`last active, last active at, last active on, last active date, last seen, last seen at, last
      activity, last activity date, last login, last sign in, last used`),
  },
  {
    field: 'joinedBy',
    headings:
      list(`joined by, invite source, join method, joined via, joined through, invite method, invite type, source,
      provisioned by, provisioning, added via, added by method`),
  },
  // "Member" may also be a yes-or-no question.
  { ...NAME, headings: [...NAME.headings, 'member', 'members'], check: (text) => yesNo(text) === null },
  FIRST_NAME,
  LAST_NAME,
];

/** "Removed by", "Invited by": a person, however few distinct values there are. */
const BY_WHOM = /\bby$/;

function roleOf(text: string): ClaudeRole | null {
  const plain = words(inEnglish(text));
  return ownValue(ROLES, plain) ?? (/^custom\b/.test(plain) ? 'custom' : null);
}

/** Whether a column with an unknown heading contains Claude roles. Only a person can say that it is the current one. */
function holdsRoles(view: View, column: string): boolean {
  const at = view.table.columns.indexOf(column);
  return (
    at >= 0 &&
    shareOf(view.table, at, (text) => roleOf(text) !== null) >= 0.7 &&
    shareOf(view.table, at, (text) => roleOf(text) === 'primary_owner') > 0
  );
}

function statusOf(text: string): MemberRow['status'] {
  return ownValue(STATUSES, words(inEnglish(text))) ?? null;
}

/** The members export: who is in the Claude organization, with role and seat. Headings are not documented. */
export const members = tableKind<'members'>({
  kind: 'members',
  fields: FIELDS,
  listsNow: true,
  // Responses of the vendor's APIs have their own reader.
  json: (content) =>
    content.form === 'json' && membersJson.recognize(content, '') === 0 ? content.value : null,
  needs: { fields: ['email'], words: 'email addresses' },
  score(view, name) {
    if (!view.has('email') || isOtherList(view)) return 0;
    const role = view.columns.first('role');
    const known = role === null ? 0 : shareOf(view.table, role, (text) => roleOf(text) !== null);
    let score = 0.15;
    if (role !== null) score += known >= 0.8 ? 0.45 : -0.3;
    // Below an unknown heading, "member" alone may be a dues-paying member's; only Claude has a Primary Owner.
    else if (view.leftOver().some((column) => holdsRoles(view, column))) score += 0.45;
    if (view.has('seat')) score += 0.25;
    if (view.has('name') || view.has('firstName')) score += 0.05;
    if (view.has('lastActiveOn') || view.has('joinedBy') || view.has('addedOn')) score += 0.1;
    // An association calls its dues-paying people members, so that word in a file name says little.
    if (/seat|claude/.test(name)) score += 0.3;
    else if (/member/.test(name)) score += 0.1;
    // In some languages one word means both: "Função" above Claude roles is not a job.
    const jobs = hasHeading(view, /\bjob title\b/) && known < 0.8;
    if (jobs || hasHeading(view, /\b(hire|termination|department|employee id|last working day|employment)\b/))
      score -= 0.35;
    if (
      hasHeading(view, /\bplan\b/) ||
      hasHeading(view, MONEY_OR_TOKENS) ||
      hasHeading(view, /acknowledg|user ?type|account ?enabled/)
    )
      score -= 0.4;
    // A column with the organization suggests a list of accounts in several organizations.
    if (hasHeading(view, /\b(?:org|organi[sz]ation|workspace) (?:name|type|id|plan)\b|\bworkspace\b/))
      score -= 0.4;
    return score;
  },
  asks: [
    { field: 'name', columns: ['name', 'firstName', 'lastName'], looks: 'name' },
    { field: 'role', looks: 'category', not: BY_WHOM },
    { field: 'status', looks: 'category', not: BY_WHOM },
    { field: 'seat', looks: 'category', not: BY_WHOM, settled: (text) => SEATS.test(words(inEnglish(text))) },
    { field: 'addedOn', looks: 'day' },
    { field: 'joinedBy', looks: (text) => /\b(invite|link|sso|scim|domain)/i.test(text) },
  ],
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(
      rows.filter(({ email }) => email !== ''),
      'The members file lists no one who holds a seat.',
    );
    refuseConsole(rows);
    return { rows: onePerAddress(rows, notes) };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): MemberRow[] {
  const rows = dataRows(view, notes);
  const date = view.dates(rows, ['addedOn', 'removedOn', 'lastActiveOn'], environment);
  const isSheetOfRemoved = !view.has('status') && REMOVED.test(words(inEnglish(view.table.sheet ?? '')));
  const members: MemberRow[] = [];
  for (const row of rows) {
    const written = view.addresses(row, 'email');
    // Only one of several can be the account's, and the file does not say which.
    const email = written.length > 1 ? undefined : written[0];
    const name = personName(view, row);
    const roleText = view.text(row, 'role');
    const seatText = view.text(row, 'seat') ?? withoutSeat(view.cell(row, 'seat'));
    const statusText = view.text(row, 'status');
    const days = { added: date('addedOn', row), removed: date('removedOn', row), today: environment.today };
    if (isSheetOfRemoved || isRemoved(statusText, days)) {
      notes.add(
        {
          row: row.row,
          says: `${name ?? email ?? 'This row'} no longer holds a seat according to this list and was left out.`,
        },
        'removed from Claude, left out',
      );
      continue;
    }
    if (email === undefined) {
      const cell = view.text(row, 'email');
      // A row with a role, seat or status is an account, which rules must not overlook.
      const isAccount = roleText !== null || seatText !== null || statusText !== null;
      const what =
        cell === null
          ? 'has no email address'
          : written.length > 1
            ? `has ${written.length} email addresses (${quoted(cell.slice(0, 60))}), and which of them is the account’s is not known`
            : `has no readable email address (${quoted(cell.slice(0, 60))})`;
      notes.add(
        {
          row: row.row,
          column: view.heading('email'),
          says: `${name ?? 'This row'} ${what}${isAccount ? ', so the account cannot be compared by it' : ' and was left out'}.`,
        },
        isAccount ? 'no readable email address' : 'no email address, left out',
      );
      if (!isAccount) continue;
    }
    const role = roleText === null ? null : roleOf(roleText);
    if (roleText !== null && role === null) {
      view.noteUnknown(row, 'role', roleText, 'role');
    }
    const status = statusText === null ? null : statusOf(statusText);
    if (statusText !== null && status === null) view.noteUnknown(row, 'status', statusText, 'status');
    members.push({
      ...placeOf(row, environment),
      email: email ?? '',
      name,
      role,
      roleText,
      seat: seatOf(seatText),
      status,
      addedOn: date('addedOn', row),
      lastActiveOn: date('lastActiveOn', row),
      joinedBy: view.text(row, 'joinedBy'),
    });
  }
  return members;
}

/** A status is current; a day of removal may be that of a seat that was assigned again. */
function isRemoved(
  statusText: string | null,
  days: { readonly added: string | null; readonly removed: string | null; readonly today: string },
): boolean {
  const status = statusText === null ? null : words(inEnglish(statusText));
  if (status !== null) return REMOVED.test(status);
  const { added, removed, today } = days;
  return removed !== null && removed <= today && (added ?? '') <= removed;
}

function seatOf(text: string | null): string | null {
  if (text === null) return null;
  return NO_SEAT.test(words(text)) ? 'None' : inEnglish(text);
}

/** Words for no seat in the column of seats, in the languages of headings. */
const NO_SEAT =
  /^(?:none|no|nil|removed|revoked|(?:kein(?:e[rn]?)?|ohne|aucun|sans|ning[uú]no?|sin|geen|zonder|nenhum|sem|nessuno|senza)(?: (?:seat|sitz|platz|lizenz|siege|licence|asiento|licencia|plek|licentie|lugar|licenca|posto|licenza))?)$/;

/** The word for no seat in a cell that other columns would treat as empty; null: there is none. */
function withoutSeat(cell: Cell | undefined): string | null {
  const text = cellText(cell);
  return text !== null && NO_SEAT.test(words(text)) ? text : null;
}

/** One row per account. Of several, the most privileged one applies, since the account can do at least that. */
function onePerAddress(rows: readonly MemberRow[], notes: Notes): MemberRow[] {
  const byAddress = new Map<string, MemberRow[]>();
  for (const row of rows) {
    const key = row.email.toLowerCase() || `row ${row.row}`;
    byAddress.set(key, [...(byAddress.get(key) ?? []), row]);
  }
  return [...byAddress.values()].map((same) => {
    const [kept, ...others] = [...same].sort(
      (a, b) =>
        PRIVILEGE.indexOf(a.role) - PRIVILEGE.indexOf(b.role) ||
        byCodeUnit(fingerprint(a), fingerprint(b)) ||
        Number(a.hidden === true) - Number(b.hidden === true) ||
        a.row - b.row,
    );
    if (!kept) throw new Error('A group of rows is never empty.');
    const different = others.filter((row) => fingerprint(row) !== fingerprint(kept));
    if (different.length > 0) {
      const where = different.map((row) => row.row).join(' and ');
      notes.add({
        row: kept.row,
        says: `${kept.email} is in the file again, differently, in row ${where}. The row with the most rights, ${kept.roleText ?? 'role unknown'}, was used.`,
      });
    }
    return kept;
  });
}

function fingerprint(row: MemberRow): string {
  return contentKey(row, { email: row.email.toLowerCase() });
}
