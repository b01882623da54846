import { createHash } from 'node:crypto';
import type { DnsHost } from '#domain/model/journey.ts';
import { names } from '#domain/text/words.ts';
import { serversFile } from '#sources/dns/file.ts';
import { askServers, type ServerAnswer, type ServersLookUp } from '#sources/dns/servers.ts';
import { findingOf } from '#sources/dns/verdict-words.ts';
import type { Services } from '../context.ts';
import { type ImportContext, importFiles } from '../imports/index.ts';
import { isPublicAddress } from '../outbound.ts';
import { deploymentJourney } from './status.ts';

/** What to look up: domains, and the TXT value that Claude shows for each, if known. */
export interface Look {
  readonly domains: readonly string[];
  readonly expected: ReadonlyMap<string, string>;
}

export interface Found {
  readonly at: string;
  readonly domains: readonly {
    readonly domain: string;
    readonly found: boolean | null;
    readonly words: string;
    readonly expected: string | null;
    readonly host: string | null;
    readonly answers: readonly ServerAnswer[];
  }[];
  /** Text that is equal for equal results, to detect changes. */
  readonly finding: string;
  /** The answers as a file. */
  readonly bytes: Buffer;
}

/** Timeout of one attempt of one query; short, because a page waits for the answer. */
const TIMEOUT_MS = 2_000;

/** Queries the name servers of each domain and this server's resolvers. Stores nothing. */
export async function lookUpDns(services: Services, { domains, expected }: Look): Promise<Found> {
  const { config, catalogue } = services;
  const answers = await askServers(domains, {
    resolvers: config.resolvers,
    mayAsk: (address, name) =>
      isPublicAddress(address) || config.privateHosts.includes(address) || config.privateHosts.includes(name),
    ...(config.nameServerPort === undefined ? {} : { port: config.nameServerPort }),
    timeout: TIMEOUT_MS,
    now: services.clock,
  });
  const hosts = deploymentJourney(catalogue).dnsHosts;
  return {
    at: answers.at,
    domains: answers.domains.map((one) => ({
      domain: one.domain,
      ...findingOf(one, expected.get(one.domain) ?? null),
      expected: expected.get(one.domain) ?? null,
      host: hostOf(one.nameServers, hosts),
      answers: one.answers,
    })),
    finding: findingText(answers, expected),
    bytes: Buffer.from(`${JSON.stringify(serversFile(answers, expected), null, 1)}\n`, 'utf8'),
  };
}

/** Imports the answers like a file that a person uploads, so that the controls are evaluated again. */
export async function storeLookup(
  services: Services,
  clientId: string,
  actor: ImportContext['actor'],
  { at, bytes }: Found,
): Promise<{ readonly id: string; readonly sha256: string }> {
  const { id } = await importFiles(services, {
    clientId,
    actor,
    files: [{ name: fileName(at), bytes, modified: new Date(at) }],
  });
  return { id, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function fileName(at: string): string {
  return `dns-${at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.json`;
}

function findingText({ domains }: ServersLookUp, expected: ReadonlyMap<string, string>): string {
  const said = domains.map(({ domain, answers }) => [
    domain,
    expected.get(domain) ?? null,
    answers.map(({ kind, name, server, outcome, txt }) => [kind, name ?? server, outcome, [...txt].sort()]),
  ]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** Where the record probably has to be published: the operator of the zone's name servers, guessed from their names. */
export function hostOf(servers: readonly string[], hosts: readonly DnsHost[]): string | null {
  if (servers.length === 0) return null;
  const host = hosts.find((one) =>
    servers.every((server) => one.servers.some((end) => server === end || server.endsWith(`.${end}`))),
  );
  const listed = names([...servers], 4);
  return host === undefined
    ? `The zone is kept at ${listed}. The record has to be published with the operator of these name servers.`
    : `The zone is likely kept at ${host.name}, by its name servers ${listed}.`;
}
// Guide: G1.1-05 G2.2-04
