import type { Kind } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';

/** What tells entries of a file apart, where a kind has it. */
export interface Entry {
  readonly id?: unknown;
  readonly updatedAt?: unknown;
  readonly on?: unknown;
  readonly email?: unknown;
  readonly userId?: unknown;
  readonly user?: unknown;
  readonly connectorId?: unknown;
  readonly connector?: unknown;
}

/** Orders readings by when they were stored, the first one first. */
export function byStored(a: Reading, b: Reading): number {
  const [one, other] = [a.storedAt ?? a.storedOn ?? '', b.storedAt ?? b.storedOn ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Each file once, however often it was given. */
export function oneOfEachFile<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  const best = new Map<string, Reading<K>>();
  for (const reading of readings) {
    const other = best.get(reading.sha256);
    if (other === undefined || saysMore(reading, other)) best.set(reading.sha256, reading);
  }
  return [...best.values()];
}

/** Whether of two readings of the same bytes one says more: the days that it covers, or what was said of it later. */
function saysMore(one: Reading, other: Reading): boolean {
  const dated = Number(one.covers !== undefined) - Number(other.covers !== undefined);
  return dated === 0 ? byStored(one, other) >= 0 : dated > 0;
}

/** Snapshots of one day, each once: a file that lists the same in another order or form says nothing else. */
export function withoutTwins<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  const distinct = oneOfEachFile(readings);
  if (distinct.length < 2) return distinct;
  const seen = new Map<string, Reading<K>>();
  for (const reading of distinct) {
    const content = contentOf(reading);
    const twin = seen.get(content);
    // Of a workbook that hides rows and one that shows them the latter says that they count.
    if (twin === undefined || (hidesRows(twin) && !hidesRows(reading))) seen.set(content, reading);
  }
  return [...seen.values()];
}

const hidesRows = ({ rows }: Reading): boolean => rows.some(({ hidden }) => hidden === true);

/** Kinds of which a file states the figures of one day, which the vendor corrects afterwards. */
export const DAY_FIGURES: ReadonlySet<Kind> = new Set(['analytics_users', 'analytics_connectors']);

/**
 * The one day whose figures a file states as a whole, by its content or else by its name or a person's word; null: it is
 * of another kind, in part, of more days, or of a day that nothing tells.
 */
function figuresDay({ kind, covers, complete, dateFrom, observedOn }: Reading): string | null {
  if (!DAY_FIGURES.has(kind) || !complete) return null;
  if (covers !== undefined) return covers.from === covers.to ? covers.from : null;
  return dateFrom === 'name' || dateFrom === 'stated' ? observedOn : null;
}

/**
 * Whether two files state figures of the same day, which the vendor corrects afterwards: the later one counts, and never
 * both. Files whose day only their names tell may be of different people or connectors, and then they add up.
 */
export function statesSameDay(one: Reading, other: Reading): boolean {
  const day = figuresDay(one);
  if (day === null || one.kind !== other.kind || figuresDay(other) !== day) return false;
  if (one.covers !== undefined && other.covers !== undefined) return true;
  return !subjectsOf(one).isDisjointFrom(subjectsOf(other));
}

function subjectsOf({ rows }: Reading): ReadonlySet<string> {
  return new Set(
    rows.map((row) => {
      const { userId, email, user, connectorId, connector } = row as Entry;
      return JSON.stringify([connectorId ?? connector ?? null, userId ?? email ?? user ?? null]);
    }),
  );
}

/** Without figures of a day of which a file that was saved later has others: the vendor corrects a day afterwards. */
export function withoutEarlierFigures<K extends Kind>(
  readings: readonly Reading<K>[],
): readonly Reading<K>[] {
  return readings.filter((reading) => {
    const { savedAt } = reading;
    if (savedAt === undefined) return true;
    return !readings.some(
      (other) => other !== reading && (other.savedAt ?? '') > savedAt && statesSameDay(reading, other),
    );
  });
}

/** Files that state the figures of one day otherwise than others do, where nothing tells which is the later. */
export function sameDayFigures<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  return readings.filter((one) => readings.some((other) => other !== one && statesSameDay(one, other)));
}

function contentOf({ rows, complete, covers }: Reading): string {
  const lines = rows.map((row) => JSON.stringify({ ...row, file: '', row: 0, hidden: undefined })).sort();
  // Of figures without days in their lines, the days that the file covers tell one from another.
  const days = covers === undefined ? '' : `${covers.from} ${covers.to}`;
  return `${complete} ${days} ${lines.join('\n')}`;
}
