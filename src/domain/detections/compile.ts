import { type Condition, parseCondition } from './condition.ts';
import { type DetectionEvent, reader, valuesOf } from './fields.ts';
import { type Modifiers, modifiersOf, SigmaError } from './modifiers.ts';
import { folded } from './pattern.ts';
import { type Selection, type SigmaRule, selectionsOf } from './sigma.ts';
import { exactTexts, valueTest } from './values.ts';

export type EventTest = (event: DetectionEvent) => boolean;

/** A compiled rule. Only events with one of these `types` and `categories` can match; null: any. */
export interface CompiledRule {
  readonly test: EventTest;
  readonly types: ReadonlySet<string> | null;
  readonly categories: ReadonlySet<string> | null;
}

type Scalar = string | number | boolean | null;
type Narrow = 'type' | 'category';

/** @throws SigmaError with one sentence if the rule cannot be understood. */
export function compileRule(rule: SigmaRule): CompiledRule {
  const selections = selectionsOf(rule);
  const names = [...selections.keys()];
  const { condition } = rule.detection;
  const parts = (Array.isArray(condition) ? condition : [condition]).map((one) => parseCondition(one, names));
  const [only] = parts;
  const whole: Condition = parts.length === 1 && only !== undefined ? only : { is: 'or', of: parts };
  const tests = new Map([...selections].map(([name, selection]) => [name, compileSelection(selection)]));
  const narrow = (field: Narrow) => narrowed(whole, selections, field);
  return { test: compileCondition(whole, tests), types: narrow('type'), categories: narrow('category') };
}

function compileCondition(condition: Condition, tests: ReadonlyMap<string, EventTest>): EventTest {
  if (condition.is === 'selection') return tests.get(condition.name) ?? (() => false);
  if (condition.is === 'not') {
    const inner = compileCondition(condition.of, tests);
    return (event) => !inner(event);
  }
  const inner = condition.of.map((one) => compileCondition(one, tests));
  return condition.is === 'and'
    ? (event) => inner.every((test) => test(event))
    : (event) => inner.some((test) => test(event));
}

function compileSelection(selection: Selection): EventTest {
  if (!Array.isArray(selection)) return compileMap(selection);
  const tests = selection.map((one) => (typeof one === 'object' ? compileMap(one) : compileEntry('', [one])));
  return (event) => tests.some((test) => test(event));
}

function compileMap(map: Record<string, Scalar | Scalar[]>): EventTest {
  const tests = Object.entries(map).map(([key, wanted]) =>
    compileEntry(key, Array.isArray(wanted) ? wanted : [wanted]),
  );
  return (event) => tests.every((test) => test(event));
}

/** One key of a map with its values. Without a field, the words are searched in all values of the event. */
function compileEntry(key: string, wanted: readonly Scalar[]): EventTest {
  const modifiers = modifiersOf(key);
  const { field, flags } = modifiers;
  if (flags.has('all') && wanted.length < 2)
    throw new SigmaError(`${key}: all needs two values or more; leave it out`);
  const tests = wanted.map((one): EventTest => {
    if (flags.has('fieldref')) return sameAs(one, modifiers);
    const test = valueTest(one, field === '' ? anywhere(modifiers) : modifiers);
    const read = field === '' ? valuesOf : reader(field);
    return (event) => test(read(event));
  });
  if (flags.has('all')) return (event) => tests.every((test) => test(event));
  const some: EventTest = (event) => tests.some((test) => test(event));
  return flags.has('neq') ? (event) => !some(event) : some;
}

/** Keywords match anywhere in a value. */
function anywhere(modifiers: Modifiers): Modifiers {
  return { ...modifiers, how: modifiers.how ?? 'contains' };
}

/** Whether a field has the value of another field; false if either is missing. */
function sameAs(wanted: Scalar, { key, field, how, flags }: Modifiers): EventTest {
  if (typeof wanted !== 'string' || /[*?]/.test(wanted) || wanted === '')
    throw new SigmaError(`${key}: give the name of a field`);
  const [own, other] = [reader(field), reader(wanted)];
  const fold = flags.has('cased') ? (text: string) => text : folded;
  const fits = (a: string, b: string) => {
    if (how === 'contains') return a.includes(b);
    if (how === 'startswith') return a.startsWith(b);
    return how === 'endswith' ? a.endsWith(b) : a === b;
  };
  return (event) => {
    const texts = scalars(other(event)).map(fold);
    return scalars(own(event)).some((one) => texts.some((text) => fits(fold(one), text)));
  };
}

function scalars(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(scalars);
  return ['string', 'number', 'boolean'].includes(typeof value) ? [String(value)] : [];
}

/** The values that a field must have for the condition to hold; null: any. */
function narrowed(
  condition: Condition,
  selections: ReadonlyMap<string, Selection>,
  field: Narrow,
): ReadonlySet<string> | null {
  if (condition.is === 'not') return null;
  if (condition.is === 'selection') {
    const selection = selections.get(condition.name);
    return selection === undefined ? null : ofSelection(selection, field);
  }
  const parts = condition.of.map((one) => narrowed(one, selections, field));
  if (condition.is === 'or') return union(parts);
  const known = parts.filter((one) => one !== null);
  return known.reduce<ReadonlySet<string> | null>((a, b) => (a === null ? b : a.intersection(b)), null);
}

function ofSelection(selection: Selection, field: Narrow): ReadonlySet<string> | null {
  if (Array.isArray(selection))
    return union(selection.map((one) => (typeof one === 'object' ? ofSelection(one, field) : null)));
  const wanted = selection[field];
  if (wanted === undefined) return null;
  const texts = exactTexts(Array.isArray(wanted) ? wanted : [wanted], modifiersOf(field));
  return texts && new Set(texts.map((one) => one.toLowerCase()));
}

function union(parts: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  const all = new Set<string>();
  for (const part of parts) {
    if (part === null) return null;
    for (const one of part) all.add(one);
  }
  return all;
}
