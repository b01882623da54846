import type { client } from '../../api.ts';
import type { Rules } from '../../ui/fields.ts';
import type { FormField } from './fields.ts';
import type { Draft } from './words.ts';

export type Charter = Draft['value'];
/** Form values. A list is null if not stated, and empty if stated as none. */
export type Entered = string | readonly string[] | readonly EnteredRow[] | null;
/** One entry of a list: its fields, and under `#` its index in the charter; empty: a new entry. */
export type EnteredRow = Readonly<Record<string, string | readonly string[] | null>>;
export type Values = Record<string, Entered>;
export type Parts = NonNullable<Parameters<typeof client.charter.draft.edit>[0]['parts']>;

type Group = Record<string, unknown>;

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a charter at a path; a list entry is addressed by its index. */
export function valueAt(charter: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, charter);
}

/** Form values for a charter. */
export function valuesOf(form: readonly FormField[], charter: unknown): Values {
  return Object.fromEntries(form.map((field) => [field.key, shown(field, valueAt(charter, field.path))]));
}

function shown({ kind, rows = [] }: FormField, value: unknown): Entered {
  switch (kind) {
    case 'rows':
      return Array.isArray(value)
        ? value.map((one, at) => ({ ...valuesOf(rows, one), '#': String(at) }) as EnteredRow)
        : null;
    case 'many':
    case 'boxes':
      return Array.isArray(value) ? value.map(String) : null;
    case 'nothing':
      return Array.isArray(value) && value.length === 0 ? 'yes' : '';
    case 'yesno':
      return value === undefined ? '' : value === true ? 'yes' : 'no';
    case 'percent':
      return typeof value === 'number' ? String(Math.round(value * 1000) / 10) : '';
    default:
      return value === undefined ? '' : String(value);
  }
}

function isEmpty(value: Entered | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

const same = (a: Entered | undefined, b: Entered | undefined) => JSON.stringify(a) === JSON.stringify(b);

export function rulesOf(form: readonly FormField[]): Rules<Values> {
  return Object.fromEntries(
    form.map((field) => [
      field.key,
      (value: Entered, all: Values): string | null => {
        if (isEmpty(value))
          return field.needed === true && isBegun(field, form, all) ? 'This is required too.' : null;
        if (field.kind === 'rows') return wrongRow(field, value);
        const number = Number(value);
        if (field.kind !== 'number' && field.kind !== 'percent') return null;
        if (!/^\d+(\.\d+)?$/.test(String(value).trim())) return 'Enter a number.';
        return field.kind === 'percent' && number > 100 ? 'Enter at most 100%.' : null;
      },
    ]),
  );
}

/** Error of the first incomplete entry; null: all are complete. */
function wrongRow({ rows = [], noun = 'entry' }: FormField, value: Entered): string | null {
  for (const [at, row] of (value as readonly EnteredRow[]).entries())
    for (const one of rows)
      if (one.needed === true && isEmpty(row[one.key]))
        return `${one.label} is missing in ${noun} ${at + 1}.`;
  return null;
}

/** Whether any other field of the same group was entered. */
function isBegun(field: FormField, form: readonly FormField[], all: Values): boolean {
  const group = field.path.slice(0, -1);
  return form.some(
    (other) =>
      other !== field && group.every((key, at) => other.path[at] === key) && !isEmpty(all[other.key]),
  );
}

/** The parts of the charter as given by the form; groups without any stated value are removed. */
export function partsOf(form: readonly FormField[], values: Values, charter: unknown): Parts {
  const before = valuesOf(form, charter);
  const touched = form.filter(({ key }) => !same(values[key], before[key]));
  const tops = [...new Set(touched.map(({ path }) => path[0] ?? ''))];
  const parts = tops.map((top) => {
    let whole: unknown = structuredClone(valueAt(charter, [top]));
    for (const one of touched.filter(({ path }) => path[0] === top))
      whole = put(whole, one.path.slice(1), read(one, values[one.key], valueAt(charter, one.path)));
    const empty = whole === undefined || (isGroup(whole) && Object.keys(whole).length === 0);
    return [top, empty ? null : whole] as const;
  });
  // The server validates what the form cannot.
  return Object.fromEntries(parts) as Parts;
}

/** `was`: the charter's current value, used for fields of an entry that the form does not show. */
function read({ kind, rows = [] }: FormField, value: Entered | undefined, was?: unknown): unknown {
  if (value === undefined || isEmpty(value)) return undefined;
  switch (kind) {
    case 'rows':
      return (value as readonly EnteredRow[]).map((row) =>
        rows.reduce<unknown>(
          (entry, one) => put(entry, one.path, read(one, row[one.key])),
          Array.isArray(was) && row['#'] !== '' ? was[Number(row['#'])] : {},
        ),
      );
    case 'many':
    case 'boxes':
      return value;
    case 'nothing':
      return [];
    case 'number':
      return Number(value);
    case 'percent':
      return Number(value) / 100;
    case 'yesno':
      return value === 'yes';
    default:
      return String(value).trim();
  }
}

function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(into)) return into.map((one, at) => (String(at) === key ? put(one, rest, value) : one));
  const made: Group = isGroup(into) ? { ...into } : {};
  const next = put(made[key], rest, value);
  if (next === undefined || (isGroup(next) && Object.keys(next).length === 0)) delete made[key];
  else made[key] = next;
  return made;
}
