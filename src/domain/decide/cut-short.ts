import { addDays } from '../model/day.ts';
import type { Kind, Rows } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Current, Read } from '../model/rule.ts';
import { address, nameKey, withoutTag } from '../people/names.ts';
import { staffOn } from '../people/staff.ts';
import { ask } from '../text/message.ts';
import { dayWords, names, sentence, verb } from '../text/words.ts';

/** Lists that people export by hand repeatedly, and in which a missing entry can cause a pass. */
const LISTS = {
  members: { label: 'the members file', keys: ofMember, counts: hasSeat },
  roster: { label: 'the roster', keys: ofStaff, counts: worksHere },
  connectors: { label: 'the connectors table', keys: ofConnector, counts: everything },
  ca_policies: { label: 'the Conditional Access policies', keys: ofPolicy, counts: everything },
} satisfies { readonly [K in Kind]?: List<K> };

/** Whether lists of a kind are compared with earlier ones. */
export function mayBeCut(kind: Kind): boolean {
  return Object.hasOwn(LISTS, kind);
}

interface List<K extends Kind> {
  readonly label: string;
  /** Keys of an entry; a later list may contain any of them. */
  keys(row: Rows[K]): readonly string[];
  /** Selects the entries of an earlier list that a later one has to contain. */
  counts(rows: readonly Rows[K][], day: string): (row: Rows[K]) => boolean;
}

/** In a shorter list, half of the entries may well leave at the same time. */
const MIN_ENTRIES = 10;
/** Days before a list within which earlier ones are compared with it; the one right before it always is. */
const COMPARED_DAYS = 90;
/** Probability below which it is no coincidence that the missing entries are the last ones of the earlier list. */
const CHANCE = 1 / 1000;

/** Evidence that entries were removed: their keys and, for connectors, the days on which all were removed. */
export interface RemovedEntries {
  readonly keys: ReadonlySet<string>;
  readonly days: readonly string[];
}

/**
 * Returns a list unless it looks truncated compared with an earlier one: half of the entries or exactly the last ones
 * are missing, hardly any are new, and nothing shows that they were removed. Such a list is used as incomplete until a
 * person assigns its kind, which confirms that it is complete. Lists that Bylaw reads itself are always complete.
 */
export function notCutShort<K extends Kind>(
  kind: K,
  current: Current<K>,
  history: readonly Reading<K>[],
  gone: () => RemovedEntries,
): Current<K> {
  const list = (LISTS as { readonly [L in Kind]?: List<L> })[kind] as List<K> | undefined;
  if (list === undefined || !current.ok) return current;
  if (current.readings.some((one) => one.provenance !== 'import' || one.mappedByHand)) return current;
  const doubt = doubtOf(list, current, soundBefore(list, current, history, gone), gone);
  return doubt === null
    ? current
    : {
        ok: false,
        code: 'partial',
        why: `${sentence(list.label)} of ${dayWords(current.observedOn)} looks cut short: ${doubt}`,
        howToGet: ask(
          'source',
          kind,
          `Export all of it again, without a filter. If it is complete, say so: import it once more and choose its kind manually, or on the command line --map "${kind}=${current.readings[0]?.file ?? ''}".`,
          'cut_short',
        ),
        part: current,
      };
}

/**
 * Earlier complete lists since the last one that a person confirmed. Lists that look truncated themselves are
 * excluded: otherwise they would become the standard over time.
 */
function soundBefore<K extends Kind>(
  list: List<K>,
  current: Read<K>,
  history: readonly Reading<K>[],
  gone: () => RemovedEntries,
): readonly Reading<K>[] {
  const before = history.filter(
    ({ complete, observedOn, rows }) => complete && rows.length > 0 && observedOn < current.observedOn,
  );
  const confirmed = before.findLastIndex(({ mappedByHand }) => mappedByHand);
  const sound: Reading<K>[] = [];
  for (const reading of before.slice(Math.max(0, confirmed))) {
    const cut =
      reading.provenance === 'import' &&
      !reading.mappedByHand &&
      doubtOf(list, reading, recentReadings(sound, reading.observedOn), gone) !== null;
    if (!cut) sound.push(reading);
  }
  return recentReadings(sound, current.observedOn);
}

/** The lists of the last `COMPARED_DAYS` before a day, and the latest one of all. */
function recentReadings<K extends Kind>(readings: readonly Reading<K>[], day: string): readonly Reading<K>[] {
  const earlier = readings.filter(({ observedOn }) => observedOn < day);
  const last = earlier.at(-1)?.observedOn;
  const since = addDays(day, -COMPARED_DAYS);
  return earlier.filter(({ observedOn }) => observedOn === last || observedOn >= since);
}

function doubtOf<K extends Kind>(
  list: List<K>,
  current: Pick<Read<K>, 'rows' | 'observedOn'>,
  earlier: readonly Reading<K>[],
  gone: () => RemovedEntries,
): string | null {
  const now = new Set(current.rows.flatMap((row) => list.keys(row)));
  const missed = earlier
    .map((reading) => ({ reading, ...missing(list, reading, current, now) }))
    .filter((one) => looksCut(one, current.rows.length))
    .toSorted((a, b) => b.entries.length - a.entries.length);
  if (missed.length === 0) return null;
  const known = gone();
  for (const { reading } of missed) {
    const { observedOn, file } = reading;
    if (known.days.some((day) => day > observedOn && day <= current.observedOn)) continue;
    const left = missing(list, reading, current, now, known.keys);
    if (!looksCut(left, current.rows.length)) continue;
    const out = left.entries.filter(({ here }) => !here).map(({ name }) => name);
    return `${out.length} of ${left.entries.length} entries of ${file} of ${dayWords(observedOn)} ${verb(out.length, 'is', 'are')} not in it (${names(out, 4)}).`;
  }
  return null;
}

interface Entry {
  readonly name: string;
  readonly here: boolean;
}

/** Entries of an earlier list, in order, without those known to be removed. */
function missing<K extends Kind>(
  list: List<K>,
  { rows }: Reading<K>,
  current: Pick<Read<K>, 'rows' | 'observedOn'>,
  now: ReadonlySet<string>,
  gone: ReadonlySet<string> = new Set(),
): { readonly entries: readonly Entry[]; readonly added: number } {
  const counts = list.counts(rows, current.observedOn);
  const entries = new Map<string, Entry>();
  for (const row of rows) {
    const keys = list.keys(row);
    const [name] = keys;
    if (name === undefined || !counts(row) || keys.some((key) => gone.has(key))) continue;
    const here = keys.some((key) => now.has(key)) || entries.get(name)?.here === true;
    entries.set(name, { name, here });
  }
  const before = new Set(rows.flatMap((row) => list.keys(row)));
  const added = new Set(
    current.rows.flatMap((row) => {
      const keys = list.keys(row);
      return keys[0] === undefined || keys.some((key) => before.has(key)) ? [] : [keys[0]];
    }),
  );
  return { entries: [...entries.values()], added: added.size };
}

function looksCut({ entries, added }: ReturnType<typeof missing>, size: number): boolean {
  const absent = entries.filter(({ here }) => !here).length;
  if (entries.length < MIN_ENTRIES || absent === 0 || size === 0) return false;
  if (added * 4 > absent) return false;
  const cut = entries.findIndex(({ here }) => !here) === entries.length - absent;
  return absent * 2 >= entries.length || (cut && chanceOfLast(entries.length, absent) < CHANCE);
}

/**
 * Probability that `some` missing entries out of `all` are the last ones by chance: one over the number of
 * combinations.
 */
function chanceOfLast(all: number, some: number): number {
  let chance = 1;
  for (let at = 0; at < some; at += 1) chance *= (some - at) / (all - at);
  return chance;
}

function ofMember({ email, name }: Rows['members']): readonly string[] {
  const own = address(email);
  return own === '' ? nameOf(name) : [own, withoutTag(own)];
}

function hasSeat(): (row: Rows['members']) => boolean {
  return ({ status }) => status !== 'invited' && status !== 'suspended';
}

function ofStaff({ emails, name, employeeId }: Rows['roster']): readonly string[] {
  return [...nameOf(name), ...emails.map(address), ...(employeeId === null ? [] : [`number ${employeeId}`])];
}

/** Someone who had left by then need not be listed anymore. */
function worksHere(rows: readonly Rows['roster'][], day: string): (row: Rows['roster']) => boolean {
  const works = staffOn(rows, day);
  return (row) => works(row) !== false;
}

function ofConnector({ connector }: Rows['connectors']): readonly string[] {
  return [connector.trim().toLowerCase()];
}

function ofPolicy({ id, name }: Rows['ca_policies']): readonly string[] {
  return [name.trim().toLowerCase(), ...(id === null ? [] : [id.toLowerCase()])];
}

function everything(): () => boolean {
  return () => true;
}

function nameOf(name: string | null): readonly string[] {
  const key = nameKey(name);
  return key === '' ? [] : [key];
}
