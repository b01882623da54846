import type { Kind } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';

/** Identity of the entries of a file, for kinds that have one. */
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

/** Orders readings by when they were stored, earliest first. */
export function byStored(a: Reading, b: Reading): number {
  const [one, other] = [a.storedAt ?? a.storedOn ?? '', b.storedAt ?? b.storedOn ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Removes files that were given more than once. */
export function oneOfEachFile<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  const best = new Map<string, Reading<K>>();
  for (const reading of readings) {
    const other = best.get(reading.sha256);
    if (other === undefined || saysMore(reading, other)) best.set(reading.sha256, reading);
  }
  return [...best.values()];
}

/** Whether one of two readings of the same bytes has more metadata: the days it covers, or what people added later. */
function saysMore(one: Reading, other: Reading): boolean {
  const dated = Number(one.covers !== undefined) - Number(other.covers !== undefined);
  return dated === 0 ? byStored(one, other) >= 0 : dated > 0;
}

/** Removes snapshots of the same day and content, even in another order or format. */
export function withoutTwins<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  const distinct = oneOfEachFile(readings);
  if (distinct.length < 2) return distinct;
  const seen = new Map<string, Reading<K>>();
  for (const reading of distinct) {
    const content = contentOf(reading);
    const twin = seen.get(content);
    // Prefer the workbook without hidden rows: showing them means that they count.
    if (twin === undefined || (hidesRows(twin) && !hidesRows(reading))) seen.set(content, reading);
  }
  return [...seen.values()];
}

const hidesRows = ({ rows }: Reading): boolean => rows.some(({ hidden }) => hidden === true);

/** Kinds of which a file states the figures of one day, which the vendor corrects later. */
export const DAY_FIGURES: ReadonlySet<Kind> = new Set(['analytics_users', 'analytics_connectors']);

/**
 * The single day whose figures a file states completely, by its content, otherwise its name or a person; null: another
 * kind, incomplete, several days, or a day that is not known.
 */
function figuresDay({ kind, covers, complete, dateFrom, observedOn }: Reading): string | null {
  if (!DAY_FIGURES.has(kind) || !complete) return null;
  if (covers !== undefined) return covers.from === covers.to ? covers.from : null;
  return dateFrom === 'name' || dateFrom === 'stated' ? observedOn : null;
}

/**
 * Whether two files state figures of the same day, so that the later replaces the earlier. Files whose day is only
 * known by their names may be about different people or connectors; they add up.
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

/** Removes figures of a day for which a file saved later has others, because the vendor corrects them. */
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

/** Files with different figures of the same day, if nothing shows which one is later. */
export function sameDayFigures<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  return readings.filter((one) => readings.some((other) => other !== one && statesSameDay(one, other)));
}

function contentOf({ rows, complete, covers }: Reading): string {
  const lines = rows.map((row) => JSON.stringify({ ...row, file: '', row: 0, hidden: undefined })).sort();
  // For figures whose rows have no day, the period of the file identifies them.
  const days = covers === undefined ? '' : `${covers.from} ${covers.to}`;
  return `${complete} ${days} ${lines.join('\n')}`;
}
