import { DateTime } from 'luxon';
import type { SignInRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { ImportProblem, type ParseEnvironment, type TableRow } from '../exports/file-kind.ts';
import { words, yesNo } from '../exports/table/cells.ts';
import { type Field, shareOf } from '../exports/table/columns.ts';
import { dataRows } from '../exports/table/data-rows.ts';
import { readInstant } from '../exports/table/dates.ts';
import type { Notes } from '../exports/table/notes.ts';
import { hasHeading } from '../exports/table/person-fields.ts';
import { placeOf } from '../exports/table/place-of.ts';
import { tableKind } from '../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../exports/table/view.ts';
import { inEnglish } from '../exports/words/english.ts';
import { ASKED, isAddress, isByContent, isGuid, isIpAddress, isMoment } from './by-content.ts';

/** Headings of the file from "Download > CSV" of the sign-in logs in the Entra admin center (56 columns in 2026). */
const FIELDS: readonly Field[] = [
  { field: 'at', headings: ['date utc', 'date', 'createdDateTime', 'created date time'], guess: isMoment },
  { field: 'upn', headings: ['username', 'userPrincipalName', 'user principal name'], guess: isAddress },
  { field: 'appName', headings: ['application', 'appDisplayName', 'app display name'] },
  { field: 'appId', headings: ['application id', 'appId', 'app id'] },
  { field: 'resourceId', headings: ['resource id', 'resourceId'] },
  { field: 'ip', headings: ['ip address', 'ipAddress'], guess: isIpAddress },
  { field: 'status', headings: ['status'] },
  { field: 'errorCode', headings: ['sign in error code', 'error code'] },
  { field: 'compliant', headings: ['compliant', 'is compliant'] },
  { field: 'managed', headings: ['managed', 'is managed'] },
  { field: 'requirement', headings: ['authentication requirement', 'authenticationRequirement'] },
  { field: 'mfaResult', headings: ['multifactor authentication result', 'mfa result'] },
  { field: 'ca', headings: ['conditional access', 'conditionalAccessStatus', 'conditional access status'] },
];

/** Whether at least two columns hold Entra ids: those of the sign-in, the application and the resource. */
function holdsGuids({ table }: View): boolean {
  return table.columns.filter((_, at) => shareOf(table, at, isGuid) >= 0.9).length >= 2;
}

/** Sign-ins exported as CSV from the Entra admin center, interactive or not. */
export const signInsTable = tableKind<'sign_ins'>({
  kind: 'sign_ins',
  fields: FIELDS,
  needs: { fields: ['upn', 'appId'], words: 'user names and application ids' },
  score(view, name) {
    if (!view.has('at') || !view.has('upn')) return 0;
    const application = view.has('appName') || view.has('appId');
    if (!application || isByContent(view, 'at') || isByContent(view, 'upn'))
      return view.has('ip') && holdsGuids(view) ? ASKED : 0;
    let score = 0.3;
    if (hasHeading(view, /\bsign ?in error code\b|\bauthentication ?requirement\b/)) score += 0.3;
    if (view.has('ca') || view.has('status')) score += 0.2;
    if (view.has('compliant') || view.has('managed')) score += 0.1;
    if (/sign.?ins?/.test(name)) score += 0.1;
    return score;
  },
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The list of sign-ins lists none.');
    let [from, to] = [rows[0]?.at ?? '', rows[0]?.at ?? ''];
    for (const { at } of rows) {
      if (at < from) from = at;
      if (at > to) to = at;
    }
    const day = (at: string) => DateTime.fromISO(at, { zone: environment.timezone }).toFormat('yyyy-MM-dd');
    return { rows, covers: { from: day(from), to: day(to) } };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): SignInRow[] {
  if (hasHeading(view, /^time ?generated\b/) && hasHeading(view, /^result ?type$/))
    throw new ImportProblem(
      'This is the table SigninLogs of Log Analytics or Microsoft Sentinel, which says results and devices in a form of its own. Download the sign-in logs from the Entra admin center as CSV, or save them from Microsoft Graph.',
    );
  // The portal writes "Date (Local)" if the person who downloads it has local times selected.
  const isLocal = /\b(?:local\w*|lokal\w*|ortszeit)\b/.test(words(view.plainHeading('at')));
  if (isLocal)
    notes.add({
      column: view.heading('at'),
      says: `The times are local, so they were read as times of ${environment.timezone}. Choose UTC in Entra before the download if they are of another zone.`,
    });
  return dataRows(view, notes).map((row) => {
    const written = view.text(row, 'at');
    const at = written === null ? null : readInstant(written, isLocal ? environment.timezone : 'UTC');
    // Skipping it could hide the one sign-in that matters.
    if (at === null)
      throw new ImportProblem(
        `The time of the sign-in ${written === null ? 'is missing' : `“${written}” cannot be read`}. Download the CSV again and import it unchanged, without saving it in a spreadsheet.`,
        { row: row.row, column: view.table.columns[view.columns.first('at') ?? -1] ?? null },
      );
    const errorCode = errorCodeOf(view, row);
    return {
      ...placeOf(row, environment),
      at,
      upn: view.account(row, 'upn')?.toLowerCase() ?? null,
      appId: view.text(row, 'appId')?.toLowerCase() ?? null,
      appName: view.text(row, 'appName'),
      resourceId: view.text(row, 'resourceId'),
      ip: view.text(row, 'ip'),
      caStatus: ownValue(CA_STATUS, words(inEnglish(view.text(row, 'ca') ?? ''))) ?? null,
      errorCode,
      compliantDevice: yes(view, row, 'compliant'),
      managedDevice: yes(view, row, 'managed'),
      mfa: mfaOf(view, row, errorCode),
      riskLevel: null,
    };
  });
}

function yes(view: View, row: TableRow, field: 'compliant' | 'managed'): boolean | null {
  const cell = view.cell(row, field);
  const text = view.text(row, field);
  const english = typeof cell === 'string' ? inEnglish(cell) : cell;
  const answer = yesNo(english) ?? ownValue(DEVICE_IS, words(typeof english === 'string' ? english : ''));
  if (answer === undefined && text !== null) view.noteUnknown(row, field, text, 'answer');
  return answer ?? null;
}

/** Answers in the columns of the device other than yes and no. */
const DEVICE_IS: Readonly<Record<string, boolean>> = {
  compliant: true,
  managed: true,
  'not compliant': false,
  noncompliant: false,
  'non compliant': false,
  'not managed': false,
  unmanaged: false,
};

const CA_STATUS: Readonly<Record<string, SignInRow['caStatus']>> = {
  success: 'success',
  failure: 'failure',
  'not applied': 'notApplied',
};

/** 0: success; null: status and code contradict each other, or neither is conclusive. */
function errorCodeOf(view: View, row: TableRow): number | null {
  const status = words(inEnglish(view.text(row, 'status') ?? ''));
  const text = view.text(row, 'errorCode') ?? '';
  const digits = text.replace(/(?<=\d)[,.'’ \u00a0\u202f](?=\d{3}(?:\D|$))/g, '');
  const code = /^\d{1,9}$/.test(digits) ? Number(digits) : null;
  if (status === 'success') return code === null || code === 0 ? 0 : null;
  if (status === 'failure' || status === 'interrupted') return code === 0 ? null : code;
  return status === '' ? code : null;
}

/**
 * true: success, and MFA was the required level or is reported as satisfied. false: success with a single factor
 * required.
 */
function mfaOf(view: View, row: TableRow, errorCode: number | null): boolean | null {
  if (errorCode !== 0) return null;
  const needed = words(inEnglish(view.text(row, 'requirement') ?? '')).replaceAll(' ', '');
  if (needed === 'multifactorauthentication') return true;
  if (/^MFA (requirement satisfied|completed in )/i.test(view.text(row, 'mfaResult') ?? '')) return true;
  return needed === 'singlefactorauthentication' ? false : null;
}
