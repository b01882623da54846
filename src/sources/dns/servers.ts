import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import type { DnsRow } from '#domain/model/kinds.ts';
import { lookUpTxt } from './lookup.ts';

/** A server's answer to the query for a domain's TXT records. */
export interface ServerAnswer {
  /** As queried: `address` or `address:port`. */
  readonly server: string;
  /** Name of the name server; null: a resolver. */
  readonly name: string | null;
  readonly kind: 'authoritative' | 'resolver';
  readonly outcome: DnsRow['outcome'];
  /** One text per record, its strings joined. */
  readonly txt: readonly string[];
}

export interface DomainAnswers {
  readonly domain: string;
  /** Sentence that says why no name server of the domain was queried; null: some were. */
  readonly noAuthority: string | null;
  /** Name servers of the zone according to the resolvers, whether or not queried. */
  readonly nameServers: readonly string[];
  readonly answers: readonly ServerAnswer[];
}

export interface ServersLookUp {
  /** Time of the last answer, RFC 3339. */
  readonly at: string;
  readonly domains: readonly DomainAnswers[];
}

export interface ServersOptions {
  /** Resolvers as `address` or `address:port`. They are also used to find a domain's name servers. */
  readonly resolvers: readonly string[];
  /** Whether a name server may be queried at the address that DNS returned: a zone must not lead into this network. */
  readonly mayAsk: (address: string, name: string) => boolean;
  /** Port of the name servers found; other than 53 only in tests. */
  readonly port?: number;
  /** Timeout of a try, in milliseconds. */
  readonly timeout?: number;
  readonly tries?: number;
  readonly now?: () => Date;
}

/** Maximum name servers queried per domain; more would say the same. */
const MAX_SERVERS = 4;
/** Maximum domains queried concurrently. */
const PARALLEL = 4;

/**
 * Queries each domain's name servers and every resolver for TXT records. A name server shows the current state; a
 * resolver shows what others see. Never throws for a missing answer.
 */
export async function askServers(
  domains: readonly string[],
  options: ServersOptions,
): Promise<ServersLookUp> {
  const names = [...new Set(domains.map((domain) => domain.trim().toLowerCase()))];
  const found: DomainAnswers[] = [];
  for (let start = 0; start < names.length; start += PARALLEL)
    found.push(
      ...(await Promise.all(names.slice(start, start + PARALLEL).map((domain) => askAbout(domain, options)))),
    );
  return { at: (options.now ?? (() => new Date()))().toISOString(), domains: found };
}

async function askAbout(domain: string, options: ServersOptions): Promise<DomainAnswers> {
  const authority = await nameServersOf(domain, options);
  const ask = async (
    server: string,
    name: string | null,
    kind: ServerAnswer['kind'],
  ): Promise<ServerAnswer> => {
    const { rows } = await lookUpTxt([domain], {
      servers: [server],
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(options.tries === undefined ? {} : { tries: options.tries }),
    });
    const [row] = rows;
    return { server, name, kind, outcome: row?.outcome ?? 'servfail', txt: row?.txt ?? [] };
  };
  const answers = await Promise.all([
    ...authority.servers.map(({ address, name }) => ask(address, name, 'authoritative')),
    ...options.resolvers.map((server) => ask(server, null, 'resolver')),
  ]);
  return { domain, noAuthority: authority.none, nameServers: authority.names, answers };
}

interface Authority {
  readonly servers: readonly { readonly address: string; readonly name: string }[];
  readonly names: readonly string[];
  readonly none: string | null;
}

/** Name servers of a domain's zone: its own, or those of the nearest ancestor that has some. */
async function nameServersOf(domain: string, options: ServersOptions): Promise<Authority> {
  const resolver = new Resolver({ timeout: options.timeout ?? 3000, tries: options.tries ?? 2 });
  resolver.setServers([...options.resolvers]);
  const labels = domain.split('.');
  for (let at = 0; at <= labels.length - 2; at += 1) {
    const zone = labels.slice(at).join('.');
    const names = await resolver.resolveNs(zone).catch((error: unknown) => (isSilence(error) ? null : []));
    // A resolver that fails for this zone also fails for its parent, so do not wait for each.
    if (names === null)
      return {
        servers: [],
        names: [],
        none: `The resolvers did not say which the name servers of ${domain} are.`,
      };
    if (names.length === 0) continue;
    return serversAt(names, resolver, zone, options);
  }
  return { servers: [], names: [], none: `The resolvers named no name server of ${domain}.` };
}

function isSilence(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ETIMEOUT' || error.code === 'ECONNREFUSED')
  );
}

async function serversAt(
  names: readonly string[],
  resolver: Resolver,
  zone: string,
  { mayAsk, port = 53 }: ServersOptions,
): Promise<Authority> {
  const servers: { address: string; name: string }[] = [];
  const all = names.map((written) => written.toLowerCase().replace(/\.$/, '')).sort();
  let refused = false;
  for (const name of all.slice(0, MAX_SERVERS)) {
    const v4 = await resolver.resolve4(name).catch(() => []);
    const addresses = v4.length > 0 ? v4 : await resolver.resolve6(name).catch(() => []);
    const address = addresses.find((one) => mayAsk(one, name));
    if (address !== undefined)
      servers.push({ address: isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`, name });
    else if (addresses.length > 0) refused = true;
  }
  if (servers.length > 0) return { servers, names: all, none: null };
  return {
    servers,
    names: all,
    none: refused
      ? `The name servers of ${zone} lie in a private network, so they were not asked.`
      : `The addresses of the name servers of ${zone} could not be found.`,
  };
}
// Guide: G2.2-04
