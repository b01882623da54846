import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Content, Table } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import { englishHeadings } from '../words/english.ts';

interface KnownElse {
  readonly why: string;
  /** What to provide instead. */
  readonly hint: string;
  /** What a person may have meant it to be. */
  readonly maybe: readonly Kind[];
}

const PURVIEW: KnownElse = {
  why: 'These are audit records of Microsoft 365 (Purview or the Management Activity API), and no control reads them.',
  hint: `For sign-ins and changes in Entra, bring what Microsoft Graph answers instead. ${KINDS.sign_ins.howToGet}`,
  maybe: [],
};

const CONSOLE: KnownElse = {
  why: 'This is the usage or cost of a Claude Console (API) organization, and no control reads it.',
  hint: `For what people use in a Claude plan, bring the spend report instead. ${KINDS.usage.howToGet}`,
  maybe: [],
};

const CODE_REPORT: KnownElse = {
  why: 'This is the Claude Code report of a Claude Console (API) organization, and no control reads it.',
  hint: CONSOLE.hint,
  maybe: [],
};

const CONSOLE_KEYS: KnownElse = {
  why: 'These are the API keys of a Claude Console (API) organization, and no control reads them.',
  hint: `For the keys of a Claude plan, bring its settings instead. ${KINDS.api_keys.howToGet}`,
  maybe: [],
};

/** Of these forms, none says who was employed when. */
const DIRECTORY = (form: string): KnownElse => ({
  why: `This is an export of a directory of accounts in the form ${form}. It does not say who was employed when, and Bylaw reads neither staff nor accounts from it.`,
  hint: `Bring the staff as a table instead. ${KINDS.roster.howToGet} For the accounts of Entra: ${KINDS.entra_users.howToGet}`,
  maybe: ['roster'],
});

const CONTACTS: KnownElse = {
  why: 'These are contacts (vCard). They do not say who works here, and Bylaw reads no staff from them.',
  hint: `Bring the staff as a table instead. ${KINDS.roster.howToGet}`,
  maybe: ['roster'],
};

/** A recognized export that no control reads, of Microsoft, Anthropic, a directory or an address book; null: none. */
export function knownElse(contents: readonly Content[]): KnownElse | null {
  // Read as a table, such a file is ragged, so its lines come first.
  for (const content of contents) {
    const known = content.form === 'lines' ? ofLines(content.first) : null;
    if (known !== null) return known;
  }
  for (const content of contents) {
    const known =
      content.form === 'json'
        ? isScim(content.value)
          ? DIRECTORY('SCIM')
          : ofRecords(recordsIn(content.value))
        : ofText(content);
    if (known !== null) return known;
  }
  return null;
}

function ofText(content: Content): KnownElse | null {
  if (content.form === 'lines') return ofRecords(content.first.slice(0, 20).map(parsed));
  if (content.form !== 'table') return null;
  for (const table of content.tables) {
    const headings = new Set(englishHeadings(table.columns).headings.map(words));
    if (headings.has('usage date utc') && (headings.has('api key') || headings.has('workspace')))
      return CONSOLE;
    const hasKeys = [...headings].some((heading) => KEY_HINT.test(heading));
    if (hasKeys || tableHoldsKeys(table)) return CONSOLE_KEYS;
    if (headings.has('audit data') && (headings.has('record type') || headings.has('operation')))
      return PURVIEW;
  }
  return null;
}

/** An address book or a directory, by its first lines. */
function ofLines(lines: readonly string[]): KnownElse | null {
  const [first = '', ...more] = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (/^BEGIN:VCARD$/i.test(first)) return CONTACTS;
  const [name = '', ...fields] = /^version: *1$/i.test(first) ? more : [first, ...more];
  const isEntry =
    /^dn::? *\S/i.test(name) && fields.some((line) => /^(?:objectClass|changetype)::? */i.test(line));
  return isEntry ? DIRECTORY('LDIF') : null;
}

/** Heading of the beginning and end of a key, which the Console shows in place of the key. */
const KEY_HINT = /^(?:partial )?key hint$/;
const KEY = /^(?:sk-ant-|apikey_)/;

/** Whether a column holds ids or beginnings of API keys in every row. */
function tableHoldsKeys({ columns, rows, first = rows }: Table): boolean {
  return (
    first.length > 0 && columns.some((_, at) => first.every(({ cells }) => KEY.test(String(cells[at] ?? ''))))
  );
}

/** Whether an answer, or each of its first records, names a schema of SCIM (RFC 7643). */
function isScim(value: unknown): boolean {
  const names = (one: unknown) => {
    const { schemas } = fieldsOf(one);
    return (
      Array.isArray(schemas) &&
      schemas.some((schema) => typeof schema === 'string' && /^urn:ietf:params:scim:/i.test(schema))
    );
  };
  if (!Array.isArray(value)) return names(value);
  return value.length > 0 && value.slice(0, 20).every(names);
}

/** Elements of an array, of the `data` or `value` of a page, or a single value. */
function recordsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { data, value: page } = fieldsOf(value);
  return Array.isArray(data) ? data : Array.isArray(page) ? page : [value];
}

function ofRecords(records: readonly unknown[]): KnownElse | null {
  // Pages may themselves be in an array.
  const all = records
    .filter((one) => one !== null)
    .slice(0, 20)
    .flatMap((one) => recordsIn(one).slice(0, 20))
    .map(fieldsOf);
  const every = (is: (one: Fields) => boolean) => all.length > 0 && all.every(is);
  if (every((one) => ['CreationTime', 'Operation', 'RecordType', 'Workload'].every((field) => field in one)))
    return PURVIEW;
  if (
    every(
      (one) =>
        (one.type === 'api_key' || one.type === 'admin_api_key') &&
        ('partial_key_hint' in one || 'redacted_value' in one),
    )
  )
    return CONSOLE_KEYS;
  if (every((one) => 'core_metrics' in one && 'actor' in one)) return CODE_REPORT;
  const results = all.flatMap(({ results }) => (Array.isArray(results) ? results.map(fieldsOf) : []));
  const isBucket = every((one) => 'starting_at' in one && 'ending_at' in one && Array.isArray(one.results));
  const isOfConsole = (one: Fields) =>
    'uncached_input_tokens' in one || ('amount' in one && 'cost_type' in one);
  return isBucket && results.length > 0 && results.every(isOfConsole) ? CONSOLE : null;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function parsed(line: string): unknown {
  if (line.trim() === '') return null;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
