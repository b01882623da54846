import type { ManagedDeviceRow } from '#domain/model/kinds.ts';
import { ImportProblem, type ParseEnvironment, type TableRow } from '../exports/file-kind.ts';
import { words } from '../exports/table/cells.ts';
import { type Field, list } from '../exports/table/columns.ts';
import { dataRows } from '../exports/table/data-rows.ts';
import type { Notes } from '../exports/table/notes.ts';
import { placeOf } from '../exports/table/place-of.ts';
import { tableKind } from '../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../exports/table/view.ts';
import { inEnglish } from '../exports/words/english.ts';
import { ASKED, isAddress, isByContent, isCompliance, isGuid, isSerial, isSystem } from './by-content.ts';

/** Headings of the files from "Export" in the Intune admin center, under Devices and in the compliance report. */
const FIELDS: readonly Field[] = [
  {
    field: 'id',
    headings: list('device id, deviceId, intune device id'),
    guess: (text) => isGuid(text) || isSerial(text),
    not: /\b(azure|entra|model|version)\b/,
  },
  {
    field: 'entraId',
    headings: list('azure ad device id, azureADDeviceId, microsoft entra device id, entra device id'),
  },
  { field: 'name', headings: list('device name, deviceName') },
  { field: 'upn', headings: list('primary user upn, upn, user principal name, userPrincipalName') },
  {
    field: 'mail',
    headings: list('primary user email address, user email, email address'),
    guess: isAddress,
    not: /enrol|inscri|regist|登録/,
  },
  { field: 'os', headings: list('os, operating system, operatingSystem, platform'), guess: isSystem },
  {
    field: 'compliance',
    headings: list('compliance, compliance status, compliance state, complianceState'),
    guess: isCompliance,
  },
  {
    field: 'lastSync',
    headings: list(
      'last check in, last checkin, last contact, last sync, last sync date time, lastSyncDateTime',
    ),
  },
  {
    field: 'owner',
    headings: list('ownership, managed device owner type, managedDeviceOwnerType, device ownership'),
  },
  { field: 'managedBy', headings: list('managed by, management agent, managementAgent') },
];

/** Devices exported as CSV from the Intune admin center. */
export const devicesTable = tableKind<'managed_devices'>({
  kind: 'managed_devices',
  fields: FIELDS,
  needs: { fields: ['compliance'], words: 'the compliance of devices' },
  score(view, name) {
    if (!view.has('compliance') || !(view.has('name') || view.has('id'))) return 0;
    const beside = ['upn', 'lastSync', 'owner', 'managedBy', 'os'].filter((field) => view.has(field)).length;
    const score = 0.3 + Math.min(beside, 4) * 0.15 + (/devices?|intune|compliance/.test(name) ? 0.1 : 0);
    // Addresses under an unknown heading may be those of the people who enrolled the devices.
    const asked = isByContent(view, 'compliance') || isByContent(view, 'mail');
    if (!asked && (view.has('name') || !isByContent(view, 'id'))) return score;
    return view.has('os') && (view.has('upn') || view.has('mail')) ? Math.min(score, ASKED) : 0;
  },
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The list of devices lists none.');
    return { rows };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): ManagedDeviceRow[] {
  // Without it, nobody would seem to have a device.
  if (!view.has('upn') && !view.has('mail'))
    throw new ImportProblem(
      'No column is known to name the person of each device. Export the list of devices again with the column “Primary user UPN”.',
      { row: view.table.headingRow },
    );
  const lines = dataRows(view, notes);
  const day = view.dates(lines, ['lastSync'], environment);
  return lines.map((row) => {
    const name = view.text(row, 'name');
    const id = view.text(row, 'id') ?? name;
    // Skipping it could hide the one device that matters.
    if (id === null) throw new ImportProblem('A device has neither a name nor an id.', { row: row.row });
    const entraId = view.text(row, 'entraId');
    const compliance = view.text(row, 'compliance');
    return {
      ...placeOf(row, environment),
      id,
      name,
      upn: (view.account(row, 'upn') ?? mailOf(view, row))?.toLowerCase() ?? null,
      os: view.text(row, 'os'),
      compliance: compliance === null ? null : stateOf(compliance),
      lastSync: day('lastSync', row),
      owner: view.text(row, 'owner'),
      ...(entraId === null || /^[0-]+$/.test(entraId) ? {} : { entraId }),
    };
  });
}

/** The state in Graph's terms: the portal writes "Not compliant" and "In grace period". */
function stateOf(text: string): string {
  const plain = words(inEnglish(text)).replaceAll(' ', '');
  if (plain === 'notcompliant') return 'noncompliant';
  return plain === 'ingraceperiod' ? 'inGracePeriod' : plain;
}

/** The address of the device’s user; null: none, or several. */
function mailOf(view: View, row: TableRow): string | null {
  const [only = null, ...more] = view.addresses(row, 'mail');
  return more.length === 0 ? only : null;
}
