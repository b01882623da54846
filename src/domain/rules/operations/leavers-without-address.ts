import { addDays } from '../../model/day.ts';
import type { RosterRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ofThisLeaving, whoHasLeft } from '../../people/departed.ts';
import { address, mayBeOnePerson, nameKey, withoutTag } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { LOOKBACK_DAYS } from './leavers.ts';

/**
 * Cannot-read outcome for a rule that would clear all leavers if the roster gives a leaver no address and either an
 * earlier members file lists the name but no offboarding has its address, or an offboarding has an address that belongs
 * to no known person. null: there is no such leaver.
 */
export function leaversWithoutAddress(context: CheckContext): Outcome | null {
  const roster = context.read('roster', 30);
  if (!roster.ok) return null;
  const begin = addDays(context.today, -LOOKBACK_DAYS);
  const left = whoHasLeft(context, roster).flatMap(({ row }) =>
    row !== null && row.emails.length === 0 && nameKey(row.name) !== '' && (row.endsOn ?? begin) >= begin
      ? [row]
      : [],
  );
  if (left.length === 0) return null;
  const onRoster = new Set(roster.rows.flatMap(({ emails }) => emails.map(withoutTag)));
  const unlisted = context
    .history('members')
    .flatMap(({ rows }) => rows)
    .filter(({ email }) => !onRoster.has(withoutTag(email)));
  const users = context.read('entra_users', 30);
  const known = new Set([
    ...unlisted.map(({ email }) => withoutTag(email)),
    ...(users.ok ? users.rows : []).flatMap(({ upn, mail }) =>
      [upn, mail].flatMap((one) => (one === null ? [] : [withoutTag(one)])),
    ),
  ]);
  const entries = (context.journal.ok ? (context.journal.value.offboardings ?? []) : []).filter(
    ({ email }) => !onRoster.has(withoutTag(email)),
  );
  const isOpen = (row: RosterRow): boolean => {
    const own = new Set(
      unlisted
        .filter(({ name }) => nameKey(name) === nameKey(row.name))
        .map(({ email }) => withoutTag(email)),
    );
    const isTheirs = (email: string) =>
      own.has(withoutTag(email)) || mayBeOnePerson(row.name ?? '', address(email));
    if (entries.some((entry) => isTheirs(entry.email) && ofThisLeaving(entry, row))) return false;
    return (
      own.size > 0 ||
      entries.some((entry) => !known.has(withoutTag(entry.email)) && ofThisLeaving(entry, row))
    );
  };
  const open = left.filter(isOpen);
  if (open.length === 0) return null;
  return because(
    'operations.leavers_without_address.unclear',
    `${names(open.map(({ name }) => name ?? ''))} ${verb(open.length, 'has', 'have')} left according to the roster, which gives no address, so whether an offboarding in the journal is about ${verb(open.length, 'that person', 'these people')} is not known.`,
  ).cannotRead(
    ask(
      'source',
      'roster',
      'Import a roster with the email address of everyone who left, or correct the address under `offboardings` in the journal.',
      'addresses_of_leavers',
    ),
    open.map((row) => roster.cite(row, 'left, no email address')),
  );
}
