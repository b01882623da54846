import { addDays } from '../model/day.ts';
import type { Kind, Rows } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Current, Read } from '../model/rule.ts';
import { address, nameKey } from '../people/names.ts';
import { staffOn } from '../people/staff.ts';
import { type Ask, ask } from '../text/message.ts';
import { dayWords, names, sentence, verb } from '../text/words.ts';
import { readTogether } from './current.ts';
import type { RemovedEntries } from './cut-short.ts';
import { otherOwners, ownersDiffer, seatsOfLeavers } from './members-of-several.ts';
import { isOfOthers } from './own-people.ts';

/**
 * Lists of people of which a client may have several at once: one per employer, Claude organization or Entra tenant.
 */
const LISTS = {
  members: { label: 'the members file', of: memberOf, counts: holdSeats, otherwise: askOfMembers },
  roster: { label: 'the roster', of: staffOf, counts: workHere, otherwise: askOfRosters },
  entra_users: { label: 'the Entra users file', of: userOf, counts: haveAccounts, otherwise: askOfUsers },
} satisfies { readonly [K in Kind]?: List<K> };

interface List<K extends Kind> {
  readonly label: string;
  of(row: Rows[K]): Person;
  /** Selects the entries of an earlier list that a later one has to contain, in any state. */
  counts(rows: readonly Rows[K][], day: string): readonly Rows[K][];
  otherwise(newer: string, earlier: string): Ask;
}

interface Person {
  readonly says: string;
  readonly keys: readonly string[];
}

/**
 * In a shorter earlier list, everyone may well leave at the same time. However short the newer one is, it does not show
 * that.
 */
const MIN_PEOPLE = 3;
/** Days before a list within which earlier ones are compared with it. */
const COMPARED_DAYS = 90;

/**
 * Returns a list of people unless an earlier one is about different people: hardly anyone of it is in the newer one,
 * and nothing shows that they left. The newer list then does not replace the earlier one, as it would an older version
 * of itself: two employers that merged, or two Claude organizations, each export their own. It is used as incomplete
 * until a person assigns its kind, which confirms that it is complete.
 *
 * @param isFresh whether a list of a day is current: with two tenants, each account is current, whichever list has it
 */
export function notAnotherList<K extends Kind>(
  kind: K,
  current: Current<K>,
  history: readonly Reading<K>[],
  gone: () => RemovedEntries,
  domains: readonly string[],
  isFresh: (day: string) => boolean,
): Current<K> {
  const list = (LISTS as { readonly [L in Kind]?: List<L> })[kind] as List<K> | undefined;
  if (list === undefined || !current.ok) return current;
  if (current.readings.some((one) => one.provenance !== 'import' || one.mappedByHand)) return current;
  const now = new Set(current.rows.flatMap((row) => list.of(row).keys));
  if (now.size === 0) return current;
  for (const reading of before(current.observedOn, history)) {
    if (isOfOthers(reading, domains)) continue;
    const known = gone().keys;
    const people = list
      .counts(reading.rows, current.observedOn)
      .map((row) => list.of(row))
      .filter(({ keys }) => keys.length > 0 && !keys.some((key) => known.has(key)));
    const out = people.filter(({ keys }) => !keys.some((key) => now.has(key)));
    // Of a newer list of one or two people, anyone in both shows that it continues the earlier one.
    const isOther =
      people.length >= MIN_PEOPLE &&
      (current.rows.length < MIN_PEOPLE ? out.length === people.length : out.length * 4 > people.length * 3);
    const owners =
      kind === 'members' ? otherOwners(membersIn(current), membersIn(reading), out.length, known) : null;
    if (!isOther && owners === null) continue;
    const [day, earlier] = [current.observedOn, reading.observedOn].map(dayWords);
    const differs =
      owners === null
        ? `is of other people than ${reading.file} of ${earlier}:`
        : `is of another Claude organization than ${reading.file} of ${earlier}: their Primary Owners are ${owners.newer} and ${owners.earlier}, and`;
    const missing = `${out.length} of ${people.length} people there ${verb(out.length, 'is', 'are')} not in it (${names(
      out.map(({ says }) => says),
      4,
    )}).`;
    return {
      ok: false,
      code: 'partial',
      why: `${sentence(list.label)} of ${day} ${differs} ${missing} So both may count.`,
      howToGet: list.otherwise(current.readings[0]?.file ?? '', reading.file),
      part: isFresh(reading.observedOn) ? withEarlier(kind, current, reading, known, domains) : current,
    };
  }
  return current;
}

/**
 * What a list and an earlier one of other people show together. Of two tenants, each account is as its list says; of two
 * Claude organizations, the earlier list adds the seats of people who have left.
 */
function withEarlier<K extends Kind>(
  kind: K,
  current: Read<K>,
  earlier: Reading<K>,
  gone: ReadonlySet<string>,
  domains: readonly string[],
): Read<K> {
  if (kind === 'entra_users') return readTogether([...current.readings, earlier], current.observedOn);
  const isOther = kind === 'members' && ownersDiffer(membersIn(current), membersIn(earlier));
  const seats = isOther ? seatsOfLeavers([earlier as Reading<'members'>], gone, domains) : [];
  return seats.length === 0
    ? current
    : readTogether(
        [...current.readings, ...(seats as readonly Reading[] as Reading<K>[])],
        current.observedOn,
      );
}

function membersIn({ rows }: { readonly rows: readonly object[] }): readonly Rows['members'][] {
  return rows as readonly Rows['members'][];
}

/** Earlier complete lists of the last days, newest first, since the last one that a person confirmed as complete. */
function before<K extends Kind>(day: string, history: readonly Reading<K>[]): readonly Reading<K>[] {
  const since = addDays(day, -COMPARED_DAYS);
  const earlier = history.filter(
    ({ complete, observedOn, provenance }) =>
      complete && provenance === 'import' && observedOn < day && observedOn >= since,
  );
  const confirmed = earlier.findLastIndex(({ mappedByHand }) => mappedByHand);
  return earlier.slice(Math.max(0, confirmed)).toReversed();
}

function memberOf({ email, name }: Rows['members']): Person {
  return { says: email, keys: [...addressKeys(email), ...nameKeys(name)] };
}

function holdSeats(rows: readonly Rows['members'][]): readonly Rows['members'][] {
  return rows.filter(({ status }) => status !== 'invited' && status !== 'suspended');
}

function userOf({ id, upn, name }: Rows['entra_users']): Person {
  return {
    says: name ?? upn ?? '',
    keys: [id, upn].flatMap((key) => (key === null ? [] : [key.toLowerCase()])),
  };
}

/** Someone who is disabled may be deleted before the next list. */
function haveAccounts(rows: readonly Rows['entra_users'][]): readonly Rows['entra_users'][] {
  return rows.filter(({ enabled, userType }) => enabled !== false && userType !== 'Guest');
}

function staffOf({ emails, name }: Rows['roster']): Person {
  return { says: name ?? emails[0] ?? '', keys: [...emails.flatMap(addressKeys), ...nameKeys(name)] };
}

/** Someone who had left by then need not be listed anymore. */
function workHere(rows: readonly Rows['roster'][], day: string): readonly Rows['roster'][] {
  const works = staffOn(rows, day);
  return rows.filter((row) => works(row) !== false);
}

/** Also by the part before the @: after a change of the domain, everyone has a new address. */
function addressKeys(email: string): readonly string[] {
  const own = address(email);
  return own === '' ? [] : [own, `${own.split('@')[0] ?? ''}@`];
}

function nameKeys(name: string | null): readonly string[] {
  const key = nameKey(name);
  return key === '' ? [] : [key];
}

function askOfMembers(newer: string, earlier: string): Ask {
  return ask(
    'source',
    'members',
    `Say which list counts. If both are in use, they belong to two Claude organizations: keep each as a separate client, and set ${newer} aside under Imports, or take it out of the folder, if it is not this one’s. If ${earlier} no longer counts, import ${newer} once more and choose its kind manually, or on the command line --map "members=${newer}".`,
    'other_list',
  );
}

function askOfUsers(newer: string, earlier: string): Ask {
  return ask(
    'source',
    'entra_users',
    `Say which list counts. If they are from two Entra tenants in which people of this client have accounts, say that both are the list: import them together and choose that kind for each, or on the command line --map "entra_users=${earlier}" --map "entra_users=${newer}". If ${earlier} no longer counts, choose the kind of ${newer} only.`,
    'other_list',
  );
}

function askOfRosters(newer: string, earlier: string): Ask {
  return ask(
    'source',
    'roster',
    `Say which list counts. If each lists a part, such as one employer, say that both are the roster: import them together and choose that kind for each, or on the command line --map "roster=${earlier}" --map "roster=${newer}". If ${earlier} no longer counts, choose the kind of ${newer} only.`,
    'other_list',
  );
}
