import { z } from 'zod';
import { ownValue } from '#domain/model/own-value.ts';
import { anyOf, count, number, sentence } from '#domain/text/words.ts';

/** Maximum number of choices that a message lists; if there are more, it gives their number. */
const MAX_CHOICES = 12;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  null: 'left empty',
  file: 'a file',
  date: 'a date',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'is not an email address',
  url: 'is not a web address',
  uuid: 'is not an ID',
  guid: 'is not an ID',
  date: 'is not a date, for example 2026-11-24',
  datetime: 'is not a time, for example 2026-11-24T15:00:00Z',
  ipv4: 'is not an IP address',
  ipv6: 'is not an IP address',
  base64: 'is not valid Base64',
  base64url: 'is not valid Base64',
};

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
  record: ['entry', 'entries'],
  object: ['entry', 'entries'],
  file: ['byte', 'bytes'],
};

type Raw = Parameters<z.core.$ZodErrorMap>[0];

/**
 * The problem with a value for which its schema has no message of its own: the rest of a sentence that starts with the
 * field's name, without the period.
 */
export function refusalWords(issue: Raw): string {
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === null) return 'has no value';
      return `must be ${ownValue(TYPES, issue.expected) ?? 'of another type'}`;
    case 'invalid_value':
      return choiceWords(issue.values);
    case 'invalid_union':
      return Array.isArray(issue.options) && issue.options.length > 0
        ? choiceWords(issue.options)
        : 'has a form that is not accepted';
    case 'too_small':
      return sizeWords(issue, issue.minimum, issue.inclusive === false ? 'above' : 'from');
    case 'too_big':
      return sizeWords(issue, issue.maximum, issue.inclusive === false ? 'below' : 'to');
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has ${issue.keys.length === 1 ? 'a field that is' : 'fields that are'} not known: ${anyOf(issue.keys.slice(0, MAX_CHOICES).map((key) => `“${key.slice(0, 60)}”`))}`;
    case 'invalid_format':
      if (typeof issue.prefix === 'string') return `must start with “${issue.prefix}”`;
      if (typeof issue.suffix === 'string') return `must end with “${issue.suffix}”`;
      if (typeof issue.includes === 'string') return `must contain “${issue.includes}”`;
      return ownValue(FORMATS, issue.format) ?? 'has a form that is not accepted';
    case 'invalid_key':
      return 'has a name that is not accepted';
    case 'invalid_element':
      return 'has an entry that is not accepted';
    default:
      return 'is not accepted';
  }
}

function choiceWords(values: readonly unknown[]): string {
  const choices = values.map(String);
  if (choices.length <= MAX_CHOICES) return `must be ${anyOf(choices)}`;
  return `must be one of ${number(choices.length)} choices, for example ${choices[0]}`;
}

type Bound = 'from' | 'to' | 'above' | 'below';

const BOUNDS: Readonly<Record<Bound, string>> = {
  from: 'at least',
  to: 'at most',
  above: 'more than',
  below: 'less than',
};

function sizeWords(
  { origin, exact }: { readonly origin: string; readonly exact?: boolean },
  limit: number | bigint,
  bound: Bound,
): string {
  const unit = ownValue(UNITS, origin);
  const words = exact === true ? 'exactly' : BOUNDS[bound];
  if (unit === undefined) return `must be ${words} ${limit}`;
  if (bound === 'from' && exact !== true && Number(limit) === 1) return 'is empty';
  return `must have ${words} ${count(Number(limit), ...unit)}`;
}

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Path of a field as programs write it: `files.0.exportedOn`. */
export function fieldOf({ path = [] }: Issue): string {
  return parts(path).join('.');
}

/** One sentence for a validation issue. A message of the schema that is already a sentence is used as it is. */
export function refusalSentence(issue: Issue): string {
  const { message } = issue;
  const text = /[.!?]$/.test(message) ? message : `${message}.`;
  if (/^[A-Z][^:]*\.$/.test(message)) return text;
  const goesOn = /^(is|has|must|needs) /.test(text);
  const field = fieldWords(parts(issue.path ?? []));
  if (field === '') return goesOn ? `The input ${text}` : sentence(text);
  return goesOn ? `${field} ${text}` : `${field}: ${text}`;
}

/** A validation message for a field with its own label. */
export function labeledRefusal(label: string, message: string): string {
  return /^(is|has|must|needs) /.test(message) ? `${label} ${message}.` : `${label}: ${message}`;
}

function parts(path: NonNullable<Issue['path']>): string[] {
  return path.map((part) => String(typeof part === 'object' ? part.key : part));
}

/** `files.0.exportedOn` as people read it: “Exported on” of entry 1 of “files”. */
function fieldWords(path: readonly string[]): string {
  const words = path.map((part) => (/^\d+$/.test(part) ? `entry ${Number(part) + 1}` : `“${plain(part)}”`));
  const text = words.reverse().join(' of ');
  return text.replace(/^“?[a-z]/, (first) => first.toUpperCase());
}

/** `exportedOn` as people read it: "exported on". Anything that is not a camel-case name is returned as it is. */
function plain(name: string): string {
  if (!/^[a-z][A-Za-z]*$/.test(name)) return name.slice(0, 60);
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/\bid\b/g, 'ID');
}

/** Makes zod in this thread use these messages from now on. */
export function usePlainMessages(): void {
  z.config({ customError: refusalWords });
}
