import type { EntraUserRow } from '#domain/model/kinds.ts';
import type { Cell, ParseEnvironment } from '../exports/file-kind.ts';
import { addresses, words, yesNo } from '../exports/table/cells.ts';
import { type Field, list, sampleOf, shareOf } from '../exports/table/columns.ts';
import { dataRows } from '../exports/table/data-rows.ts';
import type { Notes } from '../exports/table/notes.ts';
import { FIRST_NAME, hasHeading, LAST_NAME, NAME, personName } from '../exports/table/person-fields.ts';
import { eachOnce, placeOf } from '../exports/table/place-of.ts';
import { tableKind } from '../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../exports/table/view.ts';
import { inEnglish } from '../exports/words/english.ts';
import { ASKED, isAddress } from './by-content.ts';

const FIELDS: readonly Field[] = [
  { field: 'upn', headings: ['userPrincipalName', 'user principal name', 'upn', 'sign in name', 'username'] },
  {
    field: 'mail',
    headings: [
      'mail',
      'email',
      'email address',
      'primary smtp address',
      'primarysmtpaddress',
      'windowsemailaddress',
    ],
  },
  {
    field: 'aliases',
    many: true,
    headings: list(`proxyAddresses, proxy addresses, emailaddresses, email addresses, otherMails, other mails,
      alternateEmailAddress, alternate email address, alternate email addresses, aliases`),
  },
  { field: 'id', headings: ['object id', 'objectId', 'externaldirectoryobjectid', 'id', 'user id'] },
  { field: 'employeeId', headings: ['employeeId', 'employee id', 'employee number'] },
  { field: 'enabled', headings: ['accountEnabled', 'account enabled', 'enabled', 'sign in allowed'] },
  {
    field: 'blocked',
    headings: [
      'block credential',
      'blockcredential',
      'sign in blocked',
      'account disabled',
      'accountdisabled',
    ],
  },
  { field: 'signInStatus', headings: ['sign in status', 'account status'] },
  { field: 'userType', headings: ['userType', 'user type'] },
  {
    field: 'deletedOn',
    headings: list(
      'deletedDateTime, deleted date time, deletion date time, deleted on, soft deletion time stamp',
    ),
  },
  {
    field: 'licenses',
    headings: ['assignedLicenses', 'assigned licenses', 'sku ids', 'licenses', 'licences'],
  },
  NAME,
  FIRST_NAME,
  LAST_NAME,
];

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Headings of other columns in the export of active users that could be taken for the user type. */
const NO_USER_TYPE =
  /\b(licen[cs]\w*|lizenz\w*|licenci\w*|sync\w*|expires?|required|release|preferred|usage|language|service|departamento|abteilung|affichage|anzeige\w*|mostrar)\b/;

/** List of users as CSV from the Entra portal ("Download users"), the Microsoft 365 admin center or PowerShell. */
export const entraUsersTable = tableKind<'entra_users'>({
  kind: 'entra_users',
  fields: FIELDS,
  needs: { fields: ['upn', 'mail'], words: 'user principal names' },
  score(view, name) {
    if (!view.has('upn') || !hasHeading(view, /userprincipalname|user principal name|\bupn\b/)) return 0;
    // A sheet for creating accounts may omit the domain; Entra never does.
    const upn = view.columns.first('upn');
    if (upn !== null && sampleOf(view.table).length > 0 && shareOf(view.table, upn, isAddress) < 0.5)
      return ASKED;
    let score = 0.35;
    if (view.has('enabled') || view.has('blocked') || view.has('signInStatus')) score += 0.25;
    if (view.has('userType')) score += 0.2;
    if (view.has('aliases')) score += 0.1;
    if (
      hasHeading(
        view,
        /\bobject ?id\b|creation ?type|directory ?synced|invitation ?state|usage ?location|on ?premises|assigned ?licen[cs]es|dirsync/,
      )
    )
      score += 0.2;
    if (view.has('id')) score += 0.05;
    if (/entra|azure|aad|users|exportusers|m365|o365/.test(name)) score += 0.1;
    if (
      hasHeading(
        view,
        /\b(termination date|last working day|hire date|employment status|seat tier|event|policy version)\b/,
      )
    )
      score -= 0.3;
    return score;
  },
  asks: [
    { field: 'name', columns: ['name', 'firstName', 'lastName'], looks: 'name' },
    { field: 'enabled', columns: ['enabled', 'blocked', 'signInStatus'], looks: 'category' },
    { field: 'userType', looks: 'category', not: NO_USER_TYPE },
  ],
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The list of Entra users names no one.');
    notes.add({
      says: `This is a list of accounts, not of staff: it holds guests, shared mailboxes and people who left. To use it as the staff roster as well, add --map entra_users=${environment.file} and --map roster=${environment.file}.`,
    });
    return { rows: eachOnce(rows) };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): EntraUserRow[] {
  const users: EntraUserRow[] = [];
  for (const row of dataRows(view, notes)) {
    const upn = view.account(row, 'upn');
    const [mail = null, ...more] = view.addresses(row, 'mail');
    if (upn === null && mail === null) {
      notes.add(
        {
          row: row.row,
          says: 'This row has neither a user principal name nor an email address and was left out.',
        },
        'no account name, left out',
      );
      continue;
    }
    if (view.text(row, 'deletedOn') !== null) {
      notes.add(
        { row: row.row, says: `The account ${upn ?? mail} was deleted in Entra and was left out.` },
        'deleted accounts were left out',
      );
      continue;
    }
    const own = new Set([upn?.toLowerCase(), mail?.toLowerCase()]);
    const guest = words(inEnglish(view.text(row, 'userType') ?? ''));
    users.push({
      ...placeOf(row, environment),
      id: view.text(row, 'id'),
      upn,
      mail,
      aliases: [...more, ...view.addresses(row, 'aliases')].filter(
        (address) => !own.has(address.toLowerCase()),
      ),
      name: personName(view, row),
      employeeId: view.text(row, 'employeeId'),
      enabled: enabled(view, row),
      userType:
        guest === 'guest' ? 'Guest' : guest === 'member' ? 'Member' : isGuestName(upn) ? 'Guest' : null,
      skuIds: [...(view.text(row, 'licenses') ?? '').matchAll(GUID)].map((match) => match[0].toLowerCase()),
    });
  }
  return users;
}

/** Entra names guests `name_domain#EXT#@tenant`. */
function isGuestName(upn: string | null): boolean {
  return upn?.includes('#EXT#') === true && addresses(upn).length > 0;
}

function answerOf(cell: Cell | undefined): boolean | null {
  return yesNo(typeof cell === 'string' ? inEnglish(cell) : cell);
}

function enabled(view: View, row: Parameters<View['cell']>[0]): boolean | null {
  const on = answerOf(view.cell(row, 'enabled'));
  const blocked = answerOf(view.cell(row, 'blocked'));
  if (on !== null) return on === blocked ? null : on;
  if (blocked !== null) return !blocked;
  const status = words(inEnglish(view.text(row, 'signInStatus') ?? ''));
  if (/\b(?:not|no)\b/.test(status)) return null;
  if (/\b(allow|allowed|enabled)\b/.test(status)) return true;
  return /\b(blocked|disabled|denied)\b/.test(status) ? false : null;
}
