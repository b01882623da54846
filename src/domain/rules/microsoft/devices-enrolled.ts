import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { EntraUserRow, ManagedDeviceRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule, type Read } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { whoHasLeft } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { shownByOldRoster } from '../accounts/old-roster.ts';
import { PEOPLE_DAYS } from '../accounts/people-files.ts';
import { absent, because } from '../outcome.ts';
import { userKeys } from './directory.ts';

type Devices = Read<'managed_devices'>;

/** A Claude seat holder and their devices in Intune. */
export interface Equipped {
  readonly email: string;
  readonly devices: readonly ManagedDeviceRow[];
  /**
   * ready: at least one device, and all of them compliant. none: Entra knows the person, and Intune has no device.
   * not_compliant: one of them is not. unknown: Intune gives no result for one, or the person's name in Entra is not
   * known.
   */
  readonly is: 'ready' | 'none' | 'not_compliant' | 'unknown';
}

/** Days without a report after which Intune, by default, no longer considers a device compliant. */
const REPORTS_WITHIN_DAYS = 30;

/**
 * Whether Intune considers a device compliant; null: it gives no result, or the device has not reported for too long or
 * its last report is not given.
 * @param day of the list
 */
export function compliant({ compliance, lastSync }: ManagedDeviceRow, day: string): boolean | null {
  const age = lastSync === null ? null : daysBetween(lastSync.slice(0, 10), day);
  // Days are in UTC, so a report of this evening may be dated tomorrow; a later date indicates a wrong clock.
  const silent = age === null || age > REPORTS_WITHIN_DAYS || age < -1;
  const state = compliance?.trim().toLowerCase();
  if (state === 'compliant') return silent ? null : true;
  // A device in its grace period is allowed in, but it is not compliant.
  return state === 'noncompliant' || state === 'ingraceperiod' || state === 'conflict' || state === 'error'
    ? false
    : null;
}

/** Everyone with a Claude seat, with their devices; null: there is no current list of members. */
export function equipment(context: Pick<CheckContext, 'read'>, devices: Devices): readonly Equipped[] | null {
  const members = context.read('members');
  if (!members.ok) return null;
  const users = context.read('entra_users');
  const owned = new Map<string, ManagedDeviceRow[]>();
  for (const row of devices.rows)
    if (row.upn !== null) owned.set(row.upn, [...(owned.get(row.upn) ?? []), row]);
  const known = new Map<string, EntraUserRow>();
  if (users.ok) for (const user of users.rows) for (const key of userKeys(user)) known.set(key, user);
  // A person may be listed twice, for example with an invitation besides the account.
  const seats = new Map(
    members.rows.filter(holdsSeat).map((row) => [address(row.email) || `row ${row.row}`, row]),
  );
  return [...seats.values()].map(({ email }): Equipped => {
    const own = address(email);
    const user = known.get(own) ?? known.get(email.trim().toLowerCase());
    const keys = new Set([own, email.trim().toLowerCase(), ...(user === undefined ? [] : userKeys(user))]);
    const found = [...keys].flatMap((key) => owned.get(key) ?? []);
    return { email, devices: found, is: stateOf(found, user !== undefined, devices.observedOn) };
  });
}

function stateOf(devices: readonly ManagedDeviceRow[], known: boolean, day: string): Equipped['is'] {
  if (devices.length === 0) return known ? 'none' : 'unknown';
  const states = devices.map((device) => compliant(device, day));
  if (states.includes(false)) return 'not_compliant';
  return states.includes(null) ? 'unknown' : 'ready';
}

const WORDS: Readonly<Record<Exclude<Equipped['is'], 'ready'>, string>> = {
  none: 'Intune has no device of this person.',
  not_compliant: 'At least one device is not compliant.',
  unknown:
    'It cannot be determined: the person is not among the Entra users, or Intune gives no result or only one of more than 30 days ago.',
};

export const devicesEnrolled = defineRule({
  name: 'staff-devices-enrolled',
  about:
    'Everyone with a seat in Claude must have a device in Intune, and each of their devices must be compliant. Someone who has left according to the roster or the journal is not counted: that a seat is still held is another finding. Nor is a shared mailbox or service account that charter or roster name. A personal device that Intune does not know does not appear here; a policy on devices keeps it out.',
  params: z.strictObject({}),
  decide(context) {
    const devices = context.read('managed_devices');
    if (!devices.ok) return absent(devices).cannotRead(devices.howToGet);
    const seats = equipment(context, devices);
    if (seats === null) {
      const members = context.read('members');
      return members.ok
        ? NOBODY.cannotRead(null, devices.evidence)
        : absent(members).cannotRead(members.howToGet, devices.evidence);
    }
    if (seats.length === 0) return NOBODY.cannotRead(null, devices.evidence);
    // A person who left and still has a seat is reported by another control, and needs no device.
    const left = leftOf(seats, context);
    // Mailboxes have no enrolled devices; whether one may hold a seat is another control.
    const mailboxes = seats.filter(
      (one) => !left.includes(one) && mailboxesOf(context).has(address(one.email)),
    );
    const people = seats.filter((one) => !left.includes(one) && !mailboxes.includes(one));
    const asideOfMailboxes =
      mailboxes.length === 0
        ? ''
        : ` ${names(mailboxes.map(({ email }) => email))} ${verb(mailboxes.length, 'is a shared or service account and is', 'are shared or service accounts and are')} not counted.`;
    const asideOfLeavers =
      left.length === 0
        ? ''
        : ` ${names(left.map(({ email }) => email))} ${verb(left.length, 'has left and still has a seat, which is a finding of its own; this person’s', 'have left and still have seats, which is a finding of its own; their')} devices are not counted.`;
    const aside = `${asideOfLeavers}${asideOfMailboxes}`;
    if (people.length === 0)
      return because(
        'microsoft.devices_enrolled.only_leavers',
        `${mailboxes.length === 0 ? 'No one with a seat in Claude still works here.' : 'No seat in Claude is held by a person who works here.'}${aside}`,
      ).cannotRead(null, devices.evidence);
    // A person who left according to an old roster may have come back; one who did not needs no device.
    const old = shownByOldRoster(context, PEOPLE_DAYS);
    const gone = new Set(old.items.map(({ key }) => key));
    const isOpen = ({ is }: Equipped) => is === 'none' || is === 'not_compliant';
    const open = people.filter((one) => isOpen(one) && !gone.has(address(one.email)));
    const unsure = people.filter((one) => one.is === 'unknown' || (isOpen(one) && !open.includes(one)));
    if (open.length > 0)
      return because(
        'microsoft.devices_enrolled.not_ready',
        `${count(open.length, 'of', 'of')} ${count(people.length, 'person', 'people')} with a seat in Claude ${verb(open.length, 'has', 'have')} no device in Intune, or one that is not compliant: ${names(open.map(({ email }) => email))}.${unsure.length > 0 ? ` For ${unsure.length} more it cannot be determined.` : ''}${aside}`,
        ...withLeft(left),
      ).fail(
        [...devices.evidence, ...open.flatMap((one) => citesOf(one, devices)).slice(0, 20)],
        [...open, ...unsure].map((one) => itemOf(one, devices)),
      );
    if (unsure.length > 0)
      return because(
        'microsoft.devices_enrolled.unknown',
        `For ${unsure.length} of ${count(people.length, 'person', 'people')} with a seat in Claude it cannot be determined whether their devices are compliant: ${names(unsure.map(({ email }) => email))}.${unsure.some(isOpen) ? old.says : ''}${aside}`,
        ...withLeft(left),
      ).cannotRead(
        ask(
          'source',
          'entra_users',
          'Import the list of Entra users, so that addresses in Claude can be matched to the accounts in Intune, and check in Intune why a device has no result or does not report.',
          'with_addresses',
        ),
        devices.evidence,
        unsure.map((one) => itemOf(one, devices)),
      );
    return because(
      'microsoft.devices_enrolled.ready',
      `Each of ${count(people.length, 'person', 'people')} with a seat in Claude has a device in Intune, and each of their devices is compliant.${aside}${allAlike(devices)}`,
      ...withLeft(left),
    ).pass(devices.evidence);
  },
});

/** Caveat for a list in which every device is compliant, to be appended to a sentence; empty if some are not. */
function allAlike({ rows, readings }: Devices): string {
  return readings.every(({ provenance }) => provenance === 'api') ||
    rows.some(({ compliance }) => compliance?.trim().toLowerCase() !== 'compliant')
    ? ''
    : ' All devices in the file are compliant; a list that was filtered by compliance would look the same.';
}

/** Seat holders who have left according to the roster or the journal. */
function leftOf(seats: readonly Equipped[], context: CheckContext): readonly Equipped[] {
  const people = context.people();
  const left = new Set([
    ...people.leavers.map(({ key }) => key),
    ...whoHasLeft(context, context.read('roster')).flatMap(({ addresses }) => [...addresses]),
  ]);
  return seats.filter(({ email }) => left.has(address(email)));
}

/** Seat addresses that the charter or roster states to be a shared mailbox or a service account. */
function mailboxesOf(context: CheckContext): ReadonlySet<string> {
  const people = context.people();
  return new Set(
    [...people.shared, ...people.service].filter(({ certain }) => certain).map(({ key }) => key),
  );
}

const withLeft = (left: readonly Equipped[]) =>
  left.length === 0 ? [] : ([{ left: left.map(({ email }) => address(email)) }] as const);

const NOBODY = because(
  'microsoft.devices_enrolled.nobody',
  'The members file lists no one with a seat in Claude.',
);

function citesOf({ devices }: Equipped, read: Devices) {
  return devices
    .filter((device) => compliant(device, read.observedOn) !== true)
    .slice(0, 5)
    .map((device) =>
      read.cite(
        device,
        `${device.name ?? device.id}: ${device.compliance ?? 'no result'}${device.lastSync === null ? '' : `, reported ${dayWords(device.lastSync)}`}`,
      ),
    );
}

function itemOf(one: Equipped, devices: Devices): Item {
  return {
    key: one.email.toLowerCase(),
    label: one.email,
    detail: one.is === 'ready' ? '' : WORDS[one.is],
    evidence: citesOf(one, devices),
  };
}
// Guide: G6.3-01
