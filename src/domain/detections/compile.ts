import { type Condition, parseCondition } from './condition.ts';
import { type DetectionEvent, reader, textOf } from './fields.ts';
import { type Selection, type SigmaRule, selectionsOf } from './sigma.ts';
import { exactTexts, type Modifiers, modifiersOf, type ValueTest, valueTest } from './values.ts';

export type EventTest = (event: DetectionEvent) => boolean;

/** A rule made ready. `types` and `categories`: an event of any other cannot match; null: any may. */
export interface CompiledRule {
  readonly test: EventTest;
  readonly types: ReadonlySet<string> | null;
  readonly categories: ReadonlySet<string> | null;
}

type Scalar = string | number | boolean | null;
type Narrow = 'type' | 'category';

/** Throws a SigmaError with one sentence where the rule cannot be understood. */
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
  const tests = selection.map((one) => (typeof one === 'object' ? compileMap(one) : anywhere(one)));
  return (event) => tests.some((test) => test(event));
}

function compileMap(map: Record<string, Scalar | Scalar[]>): EventTest {
  const tests = Object.entries(map).map(([key, wanted]): EventTest => {
    const modifiers = modifiersOf(key);
    const read = reader(modifiers.field);
    const test = compileValues(Array.isArray(wanted) ? wanted : [wanted], modifiers);
    return (event) => test(read(event));
  });
  return (event) => tests.every((test) => test(event));
}

function compileValues(wanted: readonly Scalar[], modifiers: Modifiers): ValueTest {
  const tests = wanted.map((one) => valueTest(one, modifiers));
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return modifiers.flags.has('all')
    ? (value) => tests.every((test) => test(value))
    : (value) => tests.some((test) => test(value));
}

/** A word without a field is looked for in all that the event says. */
function anywhere(word: string | number): EventTest {
  const test = valueTest(word, { field: '', how: 'contains', flags: new Set() });
  return ({ activity }) => {
    const { type, category, person, connectorName, tool, detail } = activity;
    return [type, category, person, connectorName, tool, ...Object.values(detail)].some((one) =>
      test(textOf(one)),
    );
  };
}

/** The values that a field must have for the condition to hold; null: it may have any. */
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
