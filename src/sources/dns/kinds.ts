import type { DnsRow } from '#domain/model/kinds.ts';
import { type Content, type FileKind, ImportProblem, type ParseEnvironment } from '../exports/file-kind.ts';
import { dayIn } from '../exports/kinds/json-values.ts';
import { type DnsAnswer, type DnsText, domainName, isDomain, settle } from './answer.ts';
import { looksLikeDig, looksLikeShort, readDig, readShort } from './dig.ts';
import { readDohJson } from './doh.ts';
import { isDnsFile, readDnsFile } from './file.ts';
import { looksLikeHost, looksLikeNslookup, readHost, readNslookup } from './lookup-tools.ts';
import { looksLikePowerShell, readPowerShell, readPowerShellJson } from './powershell.ts';

const READERS: readonly { looks(text: string): boolean; read(text: string): DnsText; sure: number }[] = [
  { looks: looksLikeDig, read: readDig, sure: 1 },
  { looks: looksLikePowerShell, read: readPowerShell, sure: 0.95 },
  { looks: looksLikeHost, read: readHost, sure: 0.95 },
  { looks: looksLikeNslookup, read: readNslookup, sure: 0.95 },
  { looks: looksLikeShort, read: readShort, sure: 0.7 },
  {
    looks: (text) => /^;; (connection timed out|no servers could be reached)/m.test(text),
    read: readDig,
    sure: 0.9,
  },
];

/** Output of DNS tools is small; larger text is not tried. */
const MAX_CHARACTERS = 1_000_000;
const MAX_LINE = 10_000;

const readerOf = (text: string): (typeof READERS)[number] | undefined =>
  text.length > MAX_CHARACTERS || hasLongLine(text)
    ? undefined
    : READERS.find((reader) => reader.looks(text));

function hasLongLine(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    if (stop - start > MAX_LINE) return true;
    start = stop + 1;
  }
  return false;
}

/** Saved TXT answers of dig, host, nslookup, Resolve-DnsName, resolvers over HTTPS (JSON) and `bylaw dns check`. */
const dns: FileKind<'dns'> = {
  kind: 'dns',
  recognize(content) {
    if (content.form === 'json')
      return isDnsFile(content.value)
        ? 1
        : readPowerShellJson(content.value) || readDohJson(content.value)
          ? 0.95
          : 0;
    return content.form === 'text' ? (readerOf(content.text)?.sure ?? 0) : 0;
  },
  parse(content, environment) {
    const { text, day } = read(content, environment);
    if (text.trouble) throw new ImportProblem(text.trouble.says, { row: text.trouble.line });
    const rows = rowsOf(text.answers, environment);
    if (rows.length === 0)
      throw new ImportProblem(
        'The file holds no answer to a question for TXT records. Save the complete output of: dig TXT yourdomain.',
      );
    return [
      {
        kind: 'dns',
        rows,
        complete: true,
        observedOn: day,
        mapping: [],
        unmapped: [],
        notes: [...notesOn(rows), ...leftOutOf(text)],
      },
    ];
  },
};

export const dnsKinds: readonly FileKind[] = [dns];

function read(content: Content, environment: ParseEnvironment): { text: DnsText; day: string | null } {
  if (content.form === 'json') {
    if (isDnsFile(content.value)) {
      const text = readDnsFile(content.value);
      return { text, day: dayIn(environment.timezone, text.observedAt) };
    }
    const text = readPowerShellJson(content.value) ?? readDohJson(content.value);
    if (text) return { text, day: null };
  }
  if (content.form === 'text') {
    const text = readerOf(content.text)?.read(content.text);
    if (text) return { text, day: text.day };
  }
  throw new ImportProblem(
    'The file is not output from dig, host, nslookup or Resolve-DnsName. Save the complete output of: dig TXT yourdomain.',
  );
}

function rowsOf(answers: readonly DnsAnswer[], environment: ParseEnvironment): DnsRow[] {
  const nameless = answers.filter((one) => one.domain === null);
  const named = nameless.length > 0 ? domainOf(environment) : null;
  if (nameless.length > 0 && (named === null || nameless.length > 1)) {
    throw new ImportProblem(
      'The answer does not say which domain it is about. Save the complete output of: dig TXT yourdomain.',
      { row: nameless[0]?.line ?? null },
    );
  }
  return settle(answers.map((one) => ({ ...one, domain: one.domain ?? named }))).map((one) => ({
    file: environment.file,
    row: one.line,
    domain: one.domain ?? '',
    outcome: one.outcome,
    txt: one.txt,
    resolver: one.resolver,
    ...(one.expected == null ? {} : { expected: one.expected }),
  }));
}

/** File extensions that look like the end of a domain. */
const ENDINGS = /\.(txt|log|out|output|text|json|md|dig|dns|answers?|results?|records?|short)$/i;

/**
 * Domain that a file is about: the one in its name, otherwise the client's only domain. A name that contains another
 * domain is about that one, so that an answer is never attributed to a domain that was not queried.
 */
export function domainOf(environment: Pick<ParseEnvironment, 'file' | 'domains'>): string | null {
  let base = (environment.file.split(/[\\/]/).at(-1) ?? '').toLowerCase();
  while (ENDINGS.test(base)) base = base.replace(ENDINGS, '');
  const domains = environment.domains.map(domainName);
  const tokens = base.split(/[^a-z0-9._-]+/).filter((token) => token.includes('.'));
  const found = new Set<string>();
  for (const token of tokens) {
    const own = domains.filter((domain) =>
      new RegExp(`(^|[-_])${domain.replaceAll('.', '\\.')}($|[-_])`).test(token),
    );
    const longest = own.reduce<string | null>((a, b) => (a === null || b.length > a.length ? b : a), null);
    if (longest) found.add(longest);
    else if (isDomain(token)) found.add(token);
  }
  if (found.size > 1) return null;
  return [...found][0] ?? (domains.length === 1 ? (domains[0] ?? null) : null);
}

function leftOutOf({ leftOut = [] }: DnsText): { row: number; column: null; says: string }[] {
  const first = new Map(leftOut.toReversed().map(({ domain, line }) => [domain, line]));
  return [...first].map(([domain, line]) => ({
    row: line,
    column: null,
    says: `This record of ${domain} is below the answer to a question for another domain and was left out. Save the complete output of: dig TXT ${domain}.`,
  }));
}

function notesOn(rows: readonly DnsRow[]): { row: number; column: null; says: string }[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const twice = seen.has(row.domain);
    seen.add(row.domain);
    return twice
      ? [
          {
            row: row.row,
            column: null,
            says: `The file holds two answers for ${row.domain} that differ. Both are kept.`,
          },
        ]
      : [];
  });
}
