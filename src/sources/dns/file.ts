import type { DnsRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { instant, isObject, text } from '../exports/kinds/json-values.ts';
import { type DnsText, domainName } from './answer.ts';
import type { LookUp } from './lookup.ts';
import type { ServersLookUp } from './servers.ts';

const OUTCOMES: readonly DnsRow['outcome'][] = [
  'answer',
  'no_record',
  'nxdomain',
  'servfail',
  'timeout',
  'refused',
];

/** File written by `bylaw dns check`, and by the check of the deployment. */
export interface DnsFile {
  readonly bylaw: 'dns';
  readonly version: 1;
  /** Time of the queries, RFC 3339. */
  readonly observedAt: string;
  readonly resolvers: readonly string[];
  readonly answers: readonly {
    /** Server that answered, if several were queried. */
    readonly resolver?: string;
    readonly domain: string;
    readonly outcome: DnsRow['outcome'];
    readonly txt: readonly string[];
    /** The value that Claude shows for the domain, if someone entered it: only this one counts. */
    readonly expected?: string;
  }[];
}

/** A lookup as a file that can be kept in the client's folder and read again. */
export function dnsFile(found: LookUp): DnsFile {
  return {
    bylaw: 'dns',
    version: 1,
    observedAt: found.at,
    resolvers: found.resolvers,
    answers: found.rows.map(({ domain, outcome, txt }) => ({ domain, outcome, txt: [...txt] })),
  };
}

/** Answers of several servers as one file: each domain once per server, so that a disagreement stays visible. */
export function serversFile(
  found: ServersLookUp,
  expected: ReadonlyMap<string, string> = new Map(),
): DnsFile {
  return {
    bylaw: 'dns',
    version: 1,
    observedAt: found.at,
    resolvers: [...new Set(found.domains.flatMap(({ answers }) => answers.map(({ server }) => server)))],
    answers: found.domains.flatMap(({ domain, answers }) =>
      answers.map(({ server, name, outcome, txt }) => ({
        resolver: name === null ? server : `${name} (${server})`,
        domain,
        outcome,
        txt: [...txt],
        ...wanted(expected.get(domain)),
      })),
    ),
  };
}

function wanted(value: string | undefined): { expected?: string } {
  return value === undefined ? {} : { expected: value };
}

export function isDnsFile(value: unknown): boolean {
  return isObject(value) && value.bylaw === 'dns' && Array.isArray(value.answers);
}

/** Parses such a file; `observedAt` is the time stated in it. */
export function readDnsFile(value: unknown): DnsText & { readonly observedAt: string } {
  if (!isObject(value) || !Array.isArray(value.answers))
    throw new ImportProblem('The file is not one that “bylaw dns check” wrote.');
  const observedAt = instant(value.observedAt);
  if (!observedAt)
    throw new ImportProblem('The file does not say when the lookup was made.', { column: 'observedAt' });
  const resolvers = Array.isArray(value.resolvers)
    ? value.resolvers.filter((one): one is string => typeof one === 'string')
    : [];
  const answers = value.answers.map((item: unknown, index) => {
    const row = index + 1;
    const domain = isObject(item) ? text(item.domain) : null;
    if (!isObject(item) || !domain)
      throw new ImportProblem('The answer names no domain.', { row, column: 'domain' });
    const outcome = OUTCOMES.find((known) => known === item.outcome);
    if (!outcome)
      throw new ImportProblem(`The answer for ${domain} has no outcome that Bylaw knows.`, {
        row,
        column: 'outcome',
      });
    const txt = Array.isArray(item.txt)
      ? item.txt.filter((one): one is string => typeof one === 'string')
      : [];
    if ((outcome === 'answer') !== txt.length > 0)
      throw new ImportProblem(
        `The answer for ${domain} contradicts itself: outcome and records do not fit.`,
        { row },
      );
    const resolver = text(item.resolver) ?? (resolvers.join(', ') || null);
    return { domain: domainName(domain), outcome, txt, resolver, line: row, expected: text(item.expected) };
  });
  return { answers, day: null, observedAt, trouble: null };
}
