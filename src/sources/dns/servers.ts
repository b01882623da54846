import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import type { DnsRow } from '#domain/model/kinds.ts';
import { lookUpTxt } from './lookup.ts';

/** What one server answered when it was asked for the TXT records of one domain. */
export interface ServerAnswer {
  /** As it was asked: `address` or `address:port`. */
  readonly server: string;
  /** Name of the name server; null for a resolver. */
  readonly name: string | null;
  readonly kind: 'authoritative' | 'resolver';
  readonly outcome: DnsRow['outcome'];
  /** Each record as one text, its strings joined. */
  readonly txt: readonly string[];
}

export interface DomainAnswers {
  readonly domain: string;
  /** Why no name server of the domain was asked, as a sentence; null: some were. */
  readonly noAuthority: string | null;
  /** Names of the zone's name servers as the resolvers gave them, asked or not. */
  readonly nameServers: readonly string[];
  readonly answers: readonly ServerAnswer[];
}

export interface ServersLookUp {
  /** When the last answer came, RFC 3339. */
  readonly at: string;
  readonly domains: readonly DomainAnswers[];
}

export interface ServersOptions {
  /** Resolvers as `address` or `address:port`. They also tell which the name servers of a domain are. */
  readonly resolvers: readonly string[];
  /** Whether a name server may be asked at an address that DNS gave for it: nobody's zone leads into this network. */
  readonly mayAsk: (address: string, name: string) => boolean;
  /** Port of the name servers that are found; 53 everywhere but in tests. */
  readonly port?: number;
  /** Milliseconds for one try. */
  readonly timeout?: number;
  readonly tries?: number;
  readonly now?: () => Date;
}

/** Name servers of one domain that are asked; more would tell the same. */
const MAX_SERVERS = 4;
/** Domains that are asked about at one time. */
const PARALLEL = 4;

/**
 * Asks the name servers of each domain and every resolver for its TXT records. What a name server says holds now; what
 * a resolver says is what others see. Never throws for an answer that does not come.
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

/** The name servers of the zone that a domain is in: its own, or those of the nearest domain above that has some. */
async function nameServersOf(domain: string, options: ServersOptions): Promise<Authority> {
  const resolver = new Resolver({ timeout: options.timeout ?? 3000, tries: options.tries ?? 2 });
  resolver.setServers([...options.resolvers]);
  const labels = domain.split('.');
  for (let at = 0; at <= labels.length - 2; at += 1) {
    const zone = labels.slice(at).join('.');
    const names = await resolver.resolveNs(zone).catch((error: unknown) => (isSilence(error) ? null : []));
    // Who does not answer for this zone does not answer for the one above: no need to wait for each.
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
