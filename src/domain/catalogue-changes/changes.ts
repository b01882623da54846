import { canonical, type Entry, entryKey } from './entries.ts';

export type Change = Pick<Entry, 'kind' | 'id' | 'title'> & {
  readonly change: 'added' | 'removed' | 'changed';
  /** Day or month of the entry; for a removed one, its last. */
  readonly date: string | null;
  /** null: did not exist. */
  readonly before: unknown;
  /** null: removed. */
  readonly after: unknown;
};

/** The differences between two catalogues, in the order of the later one; removals come last. */
export function changesBetween(before: readonly Entry[], after: readonly Entry[]): Change[] {
  const then = new Map(before.map((entry) => [entryKey(entry), entry]));
  const changes: Change[] = [];
  for (const { kind, id, title, date, body } of after) {
    const was = then.get(entryKey({ kind, id }));
    then.delete(entryKey({ kind, id }));
    if (was === undefined)
      changes.push({ kind, id, title, date, change: 'added', before: null, after: body });
    else if (canonical(was.body) !== canonical(body))
      changes.push({ kind, id, title, date, change: 'changed', before: was.body, after: body });
  }
  for (const { kind, id, title, date, body } of then.values())
    changes.push({ kind, id, title, date, change: 'removed', before: body, after: null });
  return changes;
}

/** One field of an entry with a changed value. */
export interface FieldChange {
  /** In words: "Checks, 1: fresh days". */
  readonly name: string;
  /** null: not stated. */
  readonly before: string | null;
  /** null: no longer stated. */
  readonly after: string | null;
}

/** The changed fields of an entry, in words. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  return compare(before, after, '', []);
}

function compare(before: unknown, after: unknown, key: string, path: readonly string[]): FieldChange[] {
  if (canonical(before ?? null, key) === canonical(after ?? null, key)) return [];
  if (isGroup(before) && isGroup(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => compare(before[name], after[name], name, [...path, words(name)]));
  }
  if (Array.isArray(before) && Array.isArray(after)) return lists(before, after, path);
  return [{ name: path.join(': ') || 'Entry', before: text(before), after: text(after) }];
}

/** Entries with an id or title are compared one by one, others as sets. */
function lists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
): FieldChange[] {
  const named = [...before, ...after].every((item) => nameOf(item) !== null);
  if (named) {
    const names = [...new Set([...before, ...after].map((item) => nameOf(item) ?? ''))];
    const find = (list: readonly unknown[], name: string) => list.find((item) => nameOf(item) === name);
    const changed = names.flatMap((name) =>
      compare(find(before, name), find(after, name), '', [...path, name]),
    );
    if (changed.length > 0) return changed;
    return [{ name: path.join(': '), before: text(before), after: text(after) }];
  }
  const had = new Set(before.map((item) => canonical(item)));
  const has = new Set(after.map((item) => canonical(item)));
  const gone = before.filter((item) => !has.has(canonical(item)));
  const fresh = after.filter((item) => !had.has(canonical(item)));
  const reordered = gone.length === 0 && fresh.length === 0;
  return [
    {
      name: path.join(': '),
      before: reordered ? text(before) : gone.length === 0 ? null : text(gone),
      after: reordered ? text(after) : fresh.length === 0 ? null : text(fresh),
    },
  ];
}

function nameOf(item: unknown): string | null {
  if (!isGroup(item)) return null;
  for (const key of ['id', 'task', 'rule', 'do', 'name', 'title', 'capability', 'label']) {
    const value = item[key];
    if (typeof value === 'string') return value;
  }
  return null;
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `freshDays` becomes "Fresh days". */
function words(name: string): string {
  const plain = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const MAX_TEXT_LENGTH = 600;

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const said = plainText(value);
  return said.length > MAX_TEXT_LENGTH ? `${said.slice(0, MAX_TEXT_LENGTH)}…` : said;
}

function plainText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plainText).join('; ');
  if (isGroup(value))
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `${words(key).toLowerCase()}: ${plainText(item)}`)
      .join(', ');
  return String(value).replace(/\s+/g, ' ').trim();
}
