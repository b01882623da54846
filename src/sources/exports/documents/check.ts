import { z } from 'zod';
import { ownValue } from '#domain/model/own-value.ts';
import { isEmptyReason } from '#domain/people/names.ts';
import { ImportProblem } from '../file-kind.ts';
import {
  child,
  closest,
  keysOf,
  mayBeLeftOut,
  mayBeNull,
  pathsOf,
  schemaAt,
  unwrapSchema,
} from './schema.ts';
import type { YamlText } from './yaml.ts';

const MAX_PROBLEMS = 10;

interface Found {
  readonly path: readonly PropertyKey[];
  /** Lazy, because finding the closest known key compares all of them. */
  readonly says: () => string;
}

/** A group of keys, or an entry of a list, that was omitted because a required key is missing. */
export interface Incomplete {
  readonly line: number | null;
  /** Path of the group or, for an entry, of the list. */
  readonly path: string;
  /** For an entry: its index in the list as written. */
  readonly entry?: number;
  /** Sentence that names the missing key and what was omitted. */
  readonly says: string;
}

/**
 * Lists of which an incomplete entry may be omitted alone. Excluded are lists of approvals, and of export days: without
 * an entry, another file would seem newer than it is.
 */
const SEPARABLE_LISTS: ReadonlySet<string> = new Set([
  'announcements',
  'approvedChanges',
  'approvedExports',
  'connectorRequests',
  'entra.approvedExclusions',
  'exceptions',
  'explainedUsage',
  'incidents',
  'invariantExceptions',
  'offboardings',
  'onboardings',
  'personalAccounts',
  'reviews',
  'trainings',
]);

/**
 * Validates a document against its schema. Throws one ImportProblem with a sentence for every problem. `what` names the
 * document, for example "charter". With `incomplete`, optional groups and entries that only lack a key are omitted and
 * added there.
 */
export function check<T>(yaml: YamlText, schema: z.ZodType<T>, what: string, incomplete?: Incomplete[]): T {
  if (yaml.value !== null && (typeof yaml.value !== 'object' || Array.isArray(yaml.value))) {
    throw new ImportProblem(
      `A ${what} consists of keys such as \`${keysOf(schema)[0] ?? 'name'}:\`, and this file starts with something else.`,
      { row: 1 },
    );
  }
  const found: Found[] = [];
  const settled = settle(yaml.value ?? {}, schema, [], yaml, found);
  let result = schema.safeParse(settled, { reportInput: true });
  const groups = result.success || incomplete === undefined ? [] : lacking(result.error.issues, schema);
  if (groups.length > 0) {
    for (const { path, says } of groups.toSorted((a, b) => place(b.path) - place(a.path))) {
      take(settled, path);
      incomplete?.push({ line: nearest(yaml.lines, path), says, ...whereOf(path) });
    }
    incomplete?.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    result = schema.safeParse(settled, { reportInput: true });
  }
  if (!result.success) for (const issue of result.error.issues) found.push(...explain(issue, schema, what));
  if (found.length === 0 && result.success) return result.data;
  throw problem(found, yaml);
}

/** Optional groups that lack a key; empty if there is any other problem. */
function lacking(
  issues: readonly Issue[],
  schema: unknown,
): { path: readonly PropertyKey[]; says: string }[] {
  const groups = new Map<string, { path: readonly PropertyKey[]; says: string }>();
  for (const issue of issues) {
    const { path, isMissing } = openAt(issue, schema);
    if (!isMissing || path.length === 0 || !doesWithout(schema, path)) return [];
    const says = `${sentenceOf(issue, schema)} So ${placeWords(path).replace(/^E/, 'e')} was left out.`;
    if (!groups.has(path.map(String).join('.'))) groups.set(path.map(String).join('.'), { path, says });
  }
  return [...groups.values()];
}

/**
 * What to omit for an issue: the group that lacks the key, or only the key or entry if its value is a placeholder and
 * it is optional.
 */
function openAt(issue: Issue, schema: unknown): { path: readonly PropertyKey[]; isMissing: boolean } {
  const path = issue.path.slice(0, -1);
  if (!('input' in issue) || issue.code === 'unrecognized_keys') return { path, isMissing: false };
  if (isNothing(issue.input)) return { path, isMissing: true };
  if (!isPlaceholder(issue.input)) return { path, isMissing: false };
  const alone = typeof issue.path.at(-1) === 'number' || mayBeLeftOut(schemaAt(schema, issue.path));
  return { path: alone ? issue.path : path, isMissing: true };
}

/** A text that says that the value is still to come. "none", "yes" and "no" may be answers. */
function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && isEmptyReason(value) && !/^(?:none|null|yes|no)$/i.test(value.trim());
}

function doesWithout(schema: unknown, path: readonly PropertyKey[]): boolean {
  if (typeof path.at(-1) !== 'number') return mayBeLeftOut(schemaAt(schema, path));
  return (
    SEPARABLE_LISTS.has(whereOf(path).path) || unwrapSchema(schemaAt(schema, path)) instanceof z.ZodString
  );
}

/** Index in a list, so that later entries are removed first. */
function place(path: readonly PropertyKey[]): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
}

function whereOf(path: readonly PropertyKey[]): Pick<Incomplete, 'path' | 'entry'> {
  const entry = place(path);
  return entry < 0
    ? { path: path.map(String).join('.') }
    : { path: path.slice(0, -1).map(String).join('.'), entry };
}

/** `by:`, `by: ""` and no `by` at all are equivalent. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function take(value: unknown, path: readonly PropertyKey[]): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<PropertyKey, unknown>)[last];
}

function problem(found: readonly Found[], yaml: YamlText): ImportProblem {
  // One sentence per path: the first states the cause, others are consequences.
  const first = new Map<string, Found>();
  for (const one of found) {
    const key = one.path.map(String).join('.');
    if (!first.has(key)) first.set(key, one);
  }
  const placed = [...first.values()]
    .map((one) => ({ ...one, line: nearest(yaml.lines, one.path), column: nearest(yaml.columns, one.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const place = placed.find((one) => one.line !== null);
  const row = place?.line ?? null;
  const column = place?.column == null ? null : String(place.column);
  if (placed.length === 1) return new ImportProblem(placed[0]?.says() ?? '', { row, column });
  const shown = placed
    .slice(0, MAX_PROBLEMS)
    .map((one) => (one.line === null ? one.says() : `Line ${one.line}: ${one.says()}`));
  const rest = placed.length - shown.length;
  return new ImportProblem([...shown, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' '), { row });
}

/** Line or column of the path or its closest ancestor that has one. */
function nearest(places: Readonly<Record<string, number>>, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const place = places[path.slice(0, length).map(String).join('.')];
    if (place !== undefined) return place;
  }
  return null;
}

/**
 * Resolves what YAML leaves open by the schema: an optional key with an empty value is not stated, a plain number in
 * place of text keeps its spelling (`version: 1.10`), and `yes` and `no` are booleans.
 */
function settle(
  value: unknown,
  schema: unknown,
  path: readonly PropertyKey[],
  yaml: YamlText,
  found: Found[],
): unknown {
  const inner = unwrapSchema(schema);
  if (Array.isArray(value))
    return value.map((item, index) => settle(item, child(inner, index), [...path, index], yaml, found));
  if (typeof value === 'object' && value !== null) {
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key];
      if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
        found.push({ path: at, says: () => `“${key}” cannot be a key.` });
      } else if (
        !isNothing(item) ||
        !(inner instanceof z.ZodObject) ||
        !isNotStated(item, child(inner, key), at, yaml)
      ) {
        entries.push([key, settle(item, child(inner, key), at, yaml, found)]);
      }
    }
    return Object.fromEntries(entries);
  }
  if (inner instanceof z.ZodString && typeof value === 'number')
    return yaml.spelt.get(path.map(String).join('.')) ?? value;
  if (inner instanceof z.ZodBoolean && typeof value === 'string') {
    if (/^yes$/i.test(value)) return true;
    if (/^no$/i.test(value)) return false;
  }
  return value;
}

/** `swg:` alone states nothing; `swg: null` states that there is none, if the schema is nullable. */
function isNotStated(value: unknown, schema: unknown, path: readonly PropertyKey[], yaml: YamlText): boolean {
  if (!mayBeLeftOut(schema)) return false;
  return value !== null || !mayBeNull(schema) || !yaml.spelt.has(path.map(String).join('.'));
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, schema: unknown, what: string): Found[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      says: () => unknownKey(key, path, schema, what),
    }));
  return [{ path, says: () => sentenceOf(issue, schema) }];
}

function sentenceOf(issue: Issue, schema: unknown): string {
  const path = issue.path;
  const label = placeWords(path);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `${label} is missing.`;
      if (issue.input === null) return `${label} has no value.`;
      return `${label} must be ${ownValue(TYPES, issue.expected) ?? issue.expected}${written(issue.input)}.`;
    case 'invalid_value':
      if (issue.input === undefined) return `${label} is missing.`;
      return `${label} must be ${either(issue.values.map(String))}${written(issue.input)}.`;
    case 'too_small':
      if (issue.origin === 'string') return `${label} is empty.`;
      if (issue.origin === 'array')
        return `${label} needs at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}.`;
      return `${label} must be at least ${issue.minimum}${written(issue.input)}.`;
    case 'too_big':
      if (issue.origin === 'string') return `${label} is longer than ${issue.maximum} characters.`;
      if (issue.origin === 'array') return `${label} can have at most ${issue.maximum} entries.`;
      return `${label} must be at most ${issue.maximum}${written(issue.input)}.`;
    case 'invalid_union':
      if (issue.input === undefined) return `${label} is missing.`;
      return `${label} must be ${unionWords(schemaAt(schema, path))}${written(issue.input)}.`;
    default:
      if (isNothing(issue.input)) return `${label} is empty.`;
      return /^(?:is|must) /.test(issue.message)
        ? `${label} ${issue.message}${written(issue.input)}.`
        : `${label} is not valid${written(issue.input)}.`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, with "- " before each entry',
  object: 'a group of keys, indented under it',
  record: 'a group of keys, indented under it',
};

function unknownKey(key: string, path: readonly PropertyKey[], schema: unknown, what: string): string {
  const known = keysOf(schemaAt(schema, path));
  const near = closest(key, known);
  const where = path.length === 0 ? `of the ${what}` : `of ${placeWords(path).replace(/^E/, 'e')}`;
  const start = `“${key.slice(0, 60)}” is not a key ${where}.`;
  if (near) return `${start} The closest one is “${near}”.`;
  const elsewhere = pathsOf(schema).find((one) => one.at(-1) === key);
  if (elsewhere) {
    const parents = elsewhere.slice(0, -1).filter((part) => part !== '[]');
    return `${start} It belongs ${parents.length === 0 ? 'on the first level' : `under \`${parents.join('.')}\``}.`;
  }
  return known.length > 0 && known.length <= 12 ? `${start} It can have ${either(known)}.` : start;
}

/** Such as `on` of entry 2 of `reviews`. */
function placeWords(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The document';
  const words = path
    .map((part) => (typeof part === 'number' ? `entry ${part + 1}` : `\`${String(part)}\``))
    .reverse()
    .join(' of ');
  return words.startsWith('entry') ? `E${words.slice(1)}` : words;
}

function written(input: unknown): string {
  if (typeof input === 'string')
    return `, and “${input.length > 60 ? `${input.slice(0, 60)}…` : input}” is written`;
  if (typeof input === 'number' || typeof input === 'boolean') return `, and ${input} is written`;
  if (Array.isArray(input)) return ', and a list is written';
  return typeof input === 'object' && input !== null ? ', and a group of keys is written' : '';
}

function unionWords(schema: unknown): string {
  const inner = unwrapSchema(schema);
  if (!(inner instanceof z.ZodUnion)) return 'written in another way';
  return (inner.options as readonly unknown[])
    .map((option) => {
      const plain = unwrapSchema(option);
      if (plain instanceof z.ZodEnum) return either(plain.options.map(String));
      return plain instanceof z.ZodArray ? 'a list' : 'another form';
    })
    .join(', or ');
}

function either(list: readonly string[]): string {
  return list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
}
