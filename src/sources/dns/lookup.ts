import { Resolver } from 'node:dns/promises';
import type { DnsRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';

export interface LookUpOptions {
  /** Name servers as `address` or `address:port`; omitted: those of the machine. */
  readonly servers?: readonly string[] | undefined;
  /** Timeout of a try, in milliseconds. */
  readonly timeout?: number;
  readonly tries?: number;
  /** Clock, replaceable in tests. */
  readonly now?: () => Date;
}

export interface LookUp {
  /** Time of the last answer, RFC 3339. */
  readonly at: string;
  readonly resolvers: readonly string[];
  readonly rows: readonly DnsRow[];
}

/** File name for rows of a live lookup. */
export const LOOK_UP_FILE = 'live DNS look-up';

/** Maximum concurrent queries. */
const PARALLEL = 8;

/**
 * Queries the TXT records of each domain. Never throws for a missing answer: a nonexistent domain, a missing record,
 * and a failing, refusing or silent server are distinguished, because only the first two say anything about the zone.
 */
export async function lookUpTxt(domains: readonly string[], options: LookUpOptions = {}): Promise<LookUp> {
  const resolver = new Resolver({ timeout: options.timeout ?? 3000, tries: options.tries ?? 2 });
  if (options.servers && options.servers.length > 0) resolver.setServers([...options.servers]);
  const resolvers = resolver.getServers();
  const asked = [...new Set(domains.map((domain) => domain.trim().toLowerCase()))];
  const rows: DnsRow[] = [];
  for (let start = 0; start < asked.length; start += PARALLEL) {
    const part = asked.slice(start, start + PARALLEL);
    rows.push(
      ...(await Promise.all(
        part.map((domain, index) => ask(resolver, domain, start + index + 1, resolvers)),
      )),
    );
  }
  return { at: (options.now ?? (() => new Date()))().toISOString(), resolvers, rows };
}

async function ask(
  resolver: Resolver,
  domain: string,
  row: number,
  resolvers: readonly string[],
): Promise<DnsRow> {
  const head = { file: LOOK_UP_FILE, row, domain, resolver: resolvers.join(', ') || null };
  try {
    const txt = (await resolver.resolveTxt(domain)).map((parts) => parts.join(''));
    return { ...head, outcome: txt.length > 0 ? 'answer' : 'no_record', txt };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { ...head, outcome: ownValue(OUTCOMES, code) ?? 'servfail', txt: [] };
  }
}

const OUTCOMES: Readonly<Record<string, DnsRow['outcome']>> = {
  ENODATA: 'no_record',
  ENOTFOUND: 'nxdomain',
  ESERVFAIL: 'servfail',
  EREFUSED: 'refused',
  ENOTIMP: 'servfail',
  EFORMERR: 'servfail',
  EBADRESP: 'servfail',
  ETIMEOUT: 'timeout',
  ECONNREFUSED: 'timeout',
  ECANCELLED: 'timeout',
};
// Guide: G1.1-05 G2.2-04 G4.2-01 GA-03 GB-02
