import type { Kind, Rows } from '#domain/model/kinds.ts';
import { fieldWords, ROW_KEYS, type RowKey } from '#domain/model/row-keys.ts';
import { momentWords } from '#domain/text/moments.ts';
import { dayWords } from '#domain/text/words.ts';

export type RowChange = 'new' | 'gone' | 'changed';

export interface RowDifference {
  readonly counts: {
    readonly new: number;
    readonly gone: number;
    readonly changed: number;
    readonly unchanged: number;
  };
  /** The first ones, in the order new, removed, changed. */
  readonly rows: readonly { readonly change: RowChange; readonly name: string; readonly detail: string }[];
}

/** Maximum number of rows listed per kind of change; the counts include all. */
const LISTED = 50;

/** The location of a row is not part of its content. */
const PLACE = new Set(['file', 'row', 'hidden', 'beta']);

const INSTANT = /(?<![\w.-])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?!\w)/g;
const DAY = /(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-]|\.\w)/g;

/** Formats days and instants in a row for display, except in file names. */
function readable(text: string, zone: string): string {
  return text.replace(INSTANT, (at) => momentWords(at, zone)).replace(DAY, (day) => dayWords(day));
}

/** Compares a reading with its predecessor row by row; instants are shown in the given time zone. */
export function compareRows<K extends Kind>(
  kind: K,
  before: readonly Rows[K][],
  after: readonly Rows[K][],
  zone: string,
): RowDifference {
  const how: RowKey<K> = ROW_KEYS[kind];
  const left = byKey(how, before);
  const listed: Record<RowChange, { change: RowChange; name: string; detail: string }[]> = {
    new: [],
    gone: [],
    changed: [],
  };
  const counts = { new: 0, gone: 0, changed: 0, unchanged: 0 };
  const put = (change: RowChange, row: Rows[K], detail: string): void => {
    counts[change] += 1;
    if (listed[change].length < LISTED)
      listed[change].push({
        change,
        name: readable(how.name(row), zone),
        detail: readable(detail, zone),
      });
  };
  for (const [key, row] of byKey(how, after)) {
    const old = left.get(key);
    left.delete(key);
    if (old === undefined) {
      put('new', row, how.about?.(row) ?? '');
      continue;
    }
    const changes = differences(old, row);
    if (changes.length === 0) counts.unchanged += 1;
    else put('changed', row, inWords(changes));
  }
  for (const row of left.values()) {
    const about = how.about?.(row) ?? '';
    put('gone', row, about === '' ? '' : `was ${about}`);
  }
  return { counts, rows: [...listed.new, ...listed.gone, ...listed.changed] };
}

/** Numbers rows with equal keys, so that none is lost. */
function byKey<K extends Kind>(how: RowKey<K>, rows: readonly Rows[K][]): Map<string, Rows[K]> {
  const map = new Map<string, Rows[K]>();
  const seen = new Map<string, number>();
  for (const row of rows) {
    const key = how.key(row).toLowerCase();
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    map.set(times === 0 ? key : `${key}\n${times}`, row);
  }
  return map;
}

interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

function differences(before: object, after: object): FieldChange[] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !PLACE.has(field))
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

function inWords(changes: readonly FieldChange[]): string {
  const [first] = changes;
  if (first === undefined) return '';
  const said = changes.filter(({ before, after }) => isPlain(before) && isPlain(after));
  const shown = (said.length > 0 ? said : changes).slice(0, 2);
  const rest = changes.length - shown.length;
  const text = shown
    .map(({ field, before, after }) =>
      isPlain(before) && isPlain(after)
        ? `${fieldWords(field)}: ${plain(before)} → ${plain(after)}`
        : `${fieldWords(field)} changed`,
    )
    .join('; ');
  return rest > 0 ? `${text}; ${rest} more` : text;
}

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function plain(value: unknown): string {
  if (value === null) return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
