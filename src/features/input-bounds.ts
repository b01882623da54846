import { z } from 'zod';
import type { JsonSchema } from './operation-fields.ts';

/** Why an input is rejected before validation, with the field that is too long. */
export interface TooLong {
  readonly field: string;
  readonly says: string;
}

/** Maximum length of a value in any form that its schema allows; Infinity: the schema sets none. */
interface Bounds {
  readonly text: number;
  readonly entries: number;
  readonly entry: Bounds | null;
  readonly fields: Readonly<Record<string, Bounds>>;
  readonly names: number;
  readonly named: Bounds | null;
}

/** Allow some excess here: the schema rejects it too, with a more helpful message. */
const EXCESS_ALLOWED = 1_000;

/**
 * Rejects input that is far longer anywhere than its schema allows, before validation. Validation is most expensive
 * for invalid values, so a megabyte of text in a field of two hundred characters, or twenty thousand invalid entries
 * in a list of ten, must not reach it. null: within bounds.
 */
export function tooLong(schema: unknown, input: unknown): TooLong | null {
  return schema instanceof z.ZodType ? beyond(input, boundsOf(schema), '') : null;
}

const cache = new WeakMap<z.ZodType, Bounds>();

function boundsOf(schema: z.ZodType): Bounds {
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const bounds = fromJson(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
  cache.set(schema, bounds);
  return bounds;
}

const ANYTHING: Bounds = {
  text: Number.POSITIVE_INFINITY,
  entries: Number.POSITIVE_INFINITY,
  entry: null,
  fields: {},
  names: Number.POSITIVE_INFINITY,
  named: null,
};

function fromJson(schema: JsonSchema): Bounds {
  const forms = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (forms !== undefined) return forms.map(fromJson).reduce(wider);
  const { additionalProperties: other } = schema;
  return {
    text: schema.maxLength ?? Number.POSITIVE_INFINITY,
    entries: schema.maxItems ?? Number.POSITIVE_INFINITY,
    entry: schema.items === undefined ? null : fromJson(schema.items),
    fields: Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, field]) => [name, fromJson(field)]),
    ),
    names: schema.maxProperties ?? Number.POSITIVE_INFINITY,
    named: typeof other === 'object' ? fromJson(other) : null,
  };
}

/** Merges the bounds of two alternatives. One that does not describe text does not restrict text. */
function wider(a: Bounds, b: Bounds): Bounds {
  const fields = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  return {
    text: either(a.text, b.text),
    entries: either(a.entries, b.entries),
    entry: both(a.entry, b.entry),
    fields: Object.fromEntries(
      [...fields].map((name) => [name, both(a.fields[name] ?? null, b.fields[name] ?? null) ?? ANYTHING]),
    ),
    names: either(a.names, b.names),
    named: both(a.named, b.named),
  };
}

function both(a: Bounds | null, b: Bounds | null): Bounds | null {
  if (a === null || b === null) return a ?? b;
  return wider(a, b);
}

function either(a: number, b: number): number {
  if (a === Number.POSITIVE_INFINITY) return b;
  return b === Number.POSITIVE_INFINITY ? a : Math.max(a, b);
}

function beyond(value: unknown, bounds: Bounds, field: string): TooLong | null {
  if (typeof value === 'string')
    return isFar(value.length, bounds.text) ? tooMany(field, value.length, 'characters', bounds.text) : null;
  if (typeof value !== 'object' || value === null) return null;
  const below = (name: string | number) => (field === '' ? String(name) : `${field}.${name}`);
  if (Array.isArray(value)) {
    if (isFar(value.length, bounds.entries)) return tooMany(field, value.length, 'entries', bounds.entries);
    if (bounds.entry === null) return null;
    for (const [at, one] of value.entries()) {
      const found = beyond(one, bounds.entry, below(at));
      if (found !== null) return found;
    }
    return null;
  }
  const entries = Object.entries(value);
  if (isFar(entries.length, bounds.names)) return tooMany(field, entries.length, 'names', bounds.names);
  for (const [name, one] of entries) {
    const inner = Object.hasOwn(bounds.fields, name) ? bounds.fields[name] : bounds.named;
    const found = inner == null ? null : beyond(one, inner, below(name));
    if (found !== null) return found;
  }
  return null;
}

function isFar(length: number, max: number): boolean {
  return length > max + EXCESS_ALLOWED;
}

function tooMany(field: string, length: number, of: string, max: number): TooLong {
  const says = `has ${length.toLocaleString('en-US')} ${of}. At most ${max.toLocaleString('en-US')} can be given.`;
  return { field: field.slice(0, 200), says };
}
