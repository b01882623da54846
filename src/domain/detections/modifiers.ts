import { ownValue } from '../model/own-value.ts';

/** A rule that cannot be understood; the message is one sentence. */
export class SigmaError extends Error {
  override readonly name = 'SigmaError';
}

/** How a value is compared with the rule's value; without any of these it must be equal. */
const COMPARISONS = [
  'contains',
  'startswith',
  'endswith',
  're',
  'cidr',
  'exists',
  'gt',
  'gte',
  'lt',
  'lte',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Encodings applied to the rule's value before the search, in the order the rule lists them. */
const ENCODINGS = ['base64', 'base64offset', 'utf16', 'utf16le', 'utf16be', 'wide'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const FLAGS = ['all', 'neq', 'cased', 'windash', 'fieldref', 'i', 'm', 's'] as const;
type Flag = (typeof FLAGS)[number];

/** Modifiers of Sigma 2.1.0 that Bylaw rejects, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  expand: 'Bylaw has no placeholders to put in',
  minute: 'Bylaw compares no parts of a time',
  hour: 'Bylaw compares no parts of a time',
  day: 'Bylaw compares no parts of a time',
  week: 'Bylaw compares no parts of a time',
  month: 'Bylaw compares no parts of a time',
  year: 'Bylaw compares no parts of a time',
};
const OTHER_NAMES: Readonly<Record<string, Flag>> = { ignorecase: 'i', multiline: 'm', dotall: 's' };

export const MODIFIERS = { comparisons: COMPARISONS, encodings: ENCODINGS, flags: FLAGS, refused: REFUSED };

/** Parsed `field|modifier|modifier`; an empty field means keywords anywhere in the event. */
export interface Modifiers {
  readonly key: string;
  readonly field: string;
  readonly how: Comparison | null;
  readonly encodings: readonly Encoding[];
  readonly flags: ReadonlySet<Flag>;
}

/**
 * What each comparison may be combined with. Other combinations are rejected, because they would be ignored silently.
 */
const TOGETHER: Readonly<Record<Comparison | 'same', readonly (Flag | 'encoding')[]>> = {
  same: ['all', 'neq', 'cased', 'windash', 'fieldref', 'encoding'],
  contains: ['all', 'neq', 'cased', 'windash', 'fieldref', 'encoding'],
  startswith: ['all', 'neq', 'cased', 'windash', 'fieldref', 'encoding'],
  endswith: ['all', 'neq', 'cased', 'windash', 'fieldref', 'encoding'],
  re: ['all', 'neq', 'i', 'm', 's'],
  cidr: ['all', 'neq'],
  exists: [],
  gt: ['all'],
  gte: ['all'],
  lt: ['all'],
  lte: ['all'],
};
const EXCLUSIVE_FLAGS: readonly (readonly [Flag, Flag | 'encoding'])[] = [
  ['all', 'neq'],
  ['fieldref', 'windash'],
  ['fieldref', 'encoding'],
  ['windash', 'encoding'],
];

/** Parses a key of a selection. Throws a SigmaError that names each modifier that Bylaw would not apply. */
export function modifiersOf(key: string): Modifiers {
  const [field = '', ...names] = key.split('|');
  let how: Comparison | null = null;
  const encodings: Encoding[] = [];
  const flags = new Set<Flag>();
  for (const given of names) {
    const name = ownValue(OTHER_NAMES, given) ?? given;
    const comparison = COMPARISONS.find((one) => one === name);
    const encoding = ENCODINGS.find((one) => one === name);
    const flag = FLAGS.find((one) => one === name);
    if (comparison !== undefined) {
      if (how !== null) throw new SigmaError(`${key}: ${how} and ${comparison} do not go together`);
      how = comparison;
    } else if (encoding !== undefined) {
      if (how !== null) throw new SigmaError(`${key}: ${encoding} has to stand before ${how}`);
      encodings.push(encoding);
    } else if (flag !== undefined) {
      if (flags.has(flag)) throw new SigmaError(`${key}: ${given} is given twice`);
      flags.add(flag);
    } else throw new SigmaError(`${key}: ${unknownModifier(given)}`);
  }
  refuseCombinations(key, how, encodings, flags);
  if (field === '' && (how === 'exists' || flags.has('fieldref')))
    throw new SigmaError(`${key}: ${how ?? 'fieldref'} needs a field`);
  return { key, field, how, encodings, flags };
}

function unknownModifier(name: string): string {
  const why = ownValue(REFUSED, name);
  if (why !== undefined) return `the modifier ${name} is not supported: ${why}`;
  const known = [...COMPARISONS, ...ENCODINGS, ...FLAGS].join(', ');
  return `the modifier ${name} is not known; known are ${known}`;
}

function refuseCombinations(
  key: string,
  how: Comparison | null,
  encodings: readonly Encoding[],
  flags: ReadonlySet<Flag>,
): void {
  const given = new Set<Flag | 'encoding'>(flags);
  if (encodings.length > 0) given.add('encoding');
  const name = (one: Flag | 'encoding') => (one === 'encoding' ? encodings.join('|') : one);
  for (const one of given)
    if (!TOGETHER[how ?? 'same'].includes(one))
      throw new SigmaError(
        `${key}: ${name(one)} has no meaning ${how === null ? 'by itself' : `with ${how}`}`,
      );
  for (const [a, b] of EXCLUSIVE_FLAGS)
    if (given.has(a) && given.has(b)) throw new SigmaError(`${key}: ${a} and ${name(b)} do not go together`);
  const wide = encodings.findLastIndex((one) => !one.startsWith('base64'));
  if (wide > 0) throw new SigmaError(`${key}: ${encodings[wide]} has to stand before ${encodings[0]}`);
  if (wide === 0 && encodings.length === 1)
    throw new SigmaError(
      `${key}: ${encodings[0]} needs base64 or base64offset after it, since no event keeps its text as ${encodings[0]}`,
    );
}
