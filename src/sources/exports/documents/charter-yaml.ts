import { Document, isMap, isScalar, type Pair } from 'yaml';
import { fold } from '#domain/charter/names.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { byCodeUnit } from '#domain/text/order.ts';
import { keysOf, schemaAt } from './schema.ts';

/** Lists whose order may be meaningful. All others are sorted alphabetically. */
const KEEP_ORDER: ReadonlySet<string> = new Set([
  'approvedBy',
  'contentAccess.approvers',
  'incidentPlan.contacts',
]);
/** Groups with free names as keys, with `*` last. */
const RECORDS = /^connectors\.\*\.(actions|effects|justifications)$|^entra\.enableOn$/;

const COMMENTS: Readonly<Record<string, string>> = {
  version: 'Bylaw sets the version, first day and approval; anything a draft says about them is left out.',
  accountOwner: 'Accounts and sign-in',
  governanceOwner: 'People in charge',
  connectors: 'Connectors: allow is Always allow, ask is Needs approval; "*" is every other action',
  ams: 'Membership system (AMS)',
  entra: 'Microsoft Entra',
  network: 'Gateway, network and devices',
  telemetry: 'Visibility',
  policy: 'Policy',
  incidentPlan: 'Incidents and offboarding',
  people: 'Decisions about people',
  exceptions: 'Exceptions, each with its last day',
  invariantExceptions:
    'Permissions that are temporarily wider than a charter may make them; after that day, they are Blocked',
};

/**
 * A charter as YAML with comments, in a canonical order: equal charters give equal text. Parsing it returns the
 * charter.
 */
export function charterYaml(charter: Charter, heading: readonly string[] = []): string {
  const document = new Document(ordered(charter), { version: '1.2', schema: 'core' });
  const { contents } = document;
  if (isMap(contents)) for (const [index, pair] of contents.items.entries()) comment(pair, index > 0);
  const head = heading.flatMap((line) => line.split(/\r\n|\n|\r/)).map((line) => ` ${plain(line)}`);
  if (head.length > 0) document.commentBefore = head.join('\n');
  return document.toString({ lineWidth: 0, defaultStringType: 'PLAIN' });
}

/** Replaces control characters, which could end a comment or reorder text in a terminal. */
function plain(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}

function comment(pair: Pair, apart: boolean): void {
  const { key } = pair;
  if (!isScalar(key)) return;
  const text = ownValue(COMMENTS, String(key.value));
  if (text === undefined) return;
  key.commentBefore = ` ${text}`;
  key.spaceBefore = apart;
}

function ordered(charter: Charter): Record<string, unknown> {
  const values = new Map(Object.entries(charter));
  return Object.fromEntries(
    keysOf(charterSchema).flatMap((key) => {
      const value = values.get(key);
      return value === undefined ? [] : [[key, inOrder(value, key)]];
    }),
  );
}

function inOrder(value: unknown, pattern: string): unknown {
  if (Array.isArray(value)) {
    const list = value.map((one) => (Array.isArray(one) ? one.toSorted() : inOrder(one, `${pattern}.*`)));
    return KEEP_ORDER.has(pattern) ? list : list.sort((a, b) => byCodeUnit(nameOf(a), nameOf(b)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, inner]) => inner !== undefined && !isEmptyRecord(pattern, key, inner),
  );
  if (RECORDS.test(pattern))
    entries.sort(([a], [b]) => Number(a === '*') - Number(b === '*') || byCodeUnit(a, b));
  else entries.sort(([a], [b]) => rank(pattern, a) - rank(pattern, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner, `${pattern}.${key}`)]));
}

function isEmptyRecord(pattern: string, key: string, inner: unknown): boolean {
  return (
    key !== 'actions' &&
    RECORDS.test(`${pattern}.${key}`) &&
    typeof inner === 'object' &&
    inner !== null &&
    Object.keys(inner).length === 0
  );
}

/** Position of a key in the schema, so that groups are written in the order of the documentation. */
function rank(pattern: string, key: string): number {
  const path = pattern.split('.').map((part) => (part === '*' ? 0 : part));
  const at = keysOf(schemaAt(charterSchema, path)).indexOf(key);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

function nameOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'name' in value)
    return `${fold(String(value.name))} ${JSON.stringify(value)}`;
  return typeof value === 'string' ? `${fold(value)} ${value}` : JSON.stringify(value);
}
