import { z } from 'zod';
import { operations } from '../../src/app/operations.ts';
import type { Operation } from '../../src/features/operation.ts';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * Reports fields of answers that may be null and whose description does not say what null means. Null is not one thing:
 * not reported, not known, none, not yet. Someone who reads an answer must not have to guess, and nothing may be taken
 * for zero or “no” because of it.
 */
export function checkNulls(_root: string, all: readonly Operation[] = operations()): string[] {
  return [...unsaid(all).values()].map(
    (place) => `${place} may be null: say in its description what null means`,
  );
}

/** The schemas that may be null and do not say what that means, each with the first place where it was found. */
export function unsaid(all: readonly Operation[] = operations()): ReadonlyMap<Schema, string> {
  const found = new Map<Schema, string>();
  for (const { path, procedure } of all) {
    const schema = zodOf(procedure['~orpc'].outputSchema);
    if (schema !== null) walk(schema, path.join('.'), '', found, new Set());
  }
  return found;
}

function zodOf(schema: unknown): Schema | null {
  return schema instanceof z.core.$ZodType ? schema : null;
}

/**
 * @param said descriptions of the schemas around this one for the same value, and of the object or list that it is part
 * of, if that cannot be null itself: its description is then about its parts
 */
function walk(
  schema: Schema,
  place: string,
  said: string,
  found: Map<Schema, string>,
  open: Set<Schema>,
  mayBeNull = false,
  ofList = '',
): void {
  if (open.has(schema)) return;
  open.add(schema);
  const def: Def = (schema as z.core.$ZodTypes)._zod.def;
  const words = `${said} ${describedAs(schema)}`;
  const value = (one: Schema) => walk(one, place, words, found, open, mayBeNull);
  const part = (one: Schema, name: string) =>
    walk(one, `${place}${name}`, mayBeNull ? '' : `${describedAs(schema)} ${ofList}`, found, open);
  switch (def.type) {
    case 'nullable':
      if (!/\bnull\b/.test(`${words} ${within(def.innerType)}`) && !found.has(schema))
        found.set(schema, place);
      walk(def.innerType, place, words, found, open, true);
      break;
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
    case 'nonoptional':
      value(def.innerType);
      break;
    case 'pipe':
      value(def.out);
      break;
    case 'lazy':
      value(def.getter());
      break;
    case 'union':
      for (const one of def.options) value(one);
      break;
    case 'intersection':
      value(def.left);
      value(def.right);
      break;
    case 'array':
      // What is said of a list is said of its entries, too.
      walk(def.element, `${place}[]`, words, found, open, false, mayBeNull ? '' : describedAs(schema));
      break;
    case 'tuple':
      for (const [at, one] of def.items.entries()) part(one, `[${at}]`);
      break;
    case 'record':
      part(def.valueType, '{}');
      break;
    case 'object':
      for (const [name, one] of Object.entries(def.shape)) part(one, `.${name}`);
      break;
    default:
  }
  open.delete(schema);
}

function describedAs(schema: Schema): string {
  return z.globalRegistry.get(schema)?.description ?? '';
}

/** Descriptions of the schemas that wrap the same value inside. */
function within(schema: Schema): string {
  const def: Def = (schema as z.core.$ZodTypes)._zod.def;
  const inner = 'innerType' in def ? ` ${within(def.innerType)}` : '';
  return `${describedAs(schema)}${inner}`;
}
