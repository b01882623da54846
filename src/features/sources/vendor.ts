import type { VendorSource } from '#domain/model/vendor-source.ts';
import { SourceProblem } from '#sources/problem.ts';
import {
  type Credential,
  type LiveSource,
  type OpenSource,
  type Reach,
  secretFields,
} from '#sources/source.ts';
import { exhaustRequests, takeRequests } from '#store/sources/budgets.ts';
import { type ConnectionRow, renewCredential, sourceKeyPlace } from '#store/sources/connections.ts';
import type { Services } from '../context.ts';
import { fetchAllowed } from '../outbound.ts';

const TIMEOUT_MS = 60_000;
/** A page of 5,000 activities is far smaller. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Number of requests that are recorded together. */
const LOT = 10;

/** A vendor with an interface for programs: its code, and its facts from `source.yaml`. */
export interface Vendor {
  readonly id: string;
  readonly live: LiveSource;
  readonly facts: VendorSource;
}

export function vendors({ sources, catalogue }: Pick<Services, 'sources' | 'catalogue'>): readonly Vendor[] {
  return sources.flatMap(({ id, live }) => {
    if (live === null) return [];
    const facts = catalogue.vendorSources.find((one) => one.id === id);
    if (facts === undefined) throw new TypeError(`There is no src/sources/${id}/source.yaml.`);
    return [{ id, live, facts }];
  });
}

export function vendorNamed(services: Pick<Services, 'sources' | 'catalogue'>, id: string): Vendor {
  const vendor = vendors(services).find((one) => one.id === id);
  if (vendor === undefined) throw new TypeError(`There is no source ${id}.`);
  return vendor;
}

/** A connection in the audit log, by its vendor's usual name. */
export function subjectOf({ facts }: Vendor, id: string) {
  return { kind: 'source_connection', id, name: facts.name };
}

/** The address of a vendor's host: its own, or the replacement that the server's operator configured. */
export function addressOf({ config }: Pick<Services, 'config'>, vendor: string, host: string): string {
  return config.vendorUrls?.[vendor] ?? `https://${host}`;
}

/** A credential as stored: the secret parts sealed as JSON, the rest in plain text. */
export function sealedCredential(
  { sealer }: Pick<Services, 'sealer'>,
  live: LiveSource,
  of: { readonly clientId: string; readonly connection: string },
  credential: Credential,
) {
  const secret = new Set(secretFields(live));
  const part = (wanted: boolean) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(credential).filter(([name]) => secret.has(name) === wanted)),
    );
  return {
    key_sealed: sealer.seal(part(true), sourceKeyPlace(of.clientId, of.connection)),
    settings: part(false),
    key_hint: live.hint(credential),
  };
}

/** The credential of a connection; null: it was lost with the key that sealed it. It never leaves the server. */
export function credentialIn(
  { sealer }: Pick<Services, 'sealer'>,
  live: LiveSource,
  { client_id, id, key_sealed, settings }: ConnectionRow,
): Credential | null {
  if (key_sealed === null) return null;
  const opened = sealer.open(key_sealed, sourceKeyPlace(client_id, id));
  // Before migration 049 the only secret, a key, was sealed directly.
  const secrets: Credential = opened.startsWith('{')
    ? JSON.parse(opened)
    : Object.fromEntries(secretFields(live).map((name) => [name, opened]));
  return { ...settings, ...secrets };
}

/** Stores the renewed credential that a vendor issued for a connection. */
export function renewedIn(services: Services, live: LiveSource, row: ConnectionRow): Reach['renewed'] {
  const { store } = services;
  let before = row.key_sealed;
  return async (credential) => {
    const of = { clientId: row.client_id, connection: row.id };
    const { key_sealed } = sealedCredential(services, live, of, credential);
    await store.write([row.client_id], (tx) =>
      renewCredential(tx, { ...row, key_sealed: before }, key_sealed),
    );
    before = key_sealed;
  };
}

export interface Opening {
  readonly credential: Credential;
  /** Shares the vendor's rate limits. */
  readonly parent: string;
  readonly renewed: Reach['renewed'];
  readonly answered?: (requestId: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Signs in to a vendor. The client can only reach the vendor's own hosts, within the limits that its parent tenant
 * shares.
 */
export function openVendor(services: Services, vendor: Vendor, opening: Opening): OpenSource {
  return vendor.live.open(opening.credential, reachOf(services, vendor, opening));
}

/** Access to a vendor's own hosts, within the limits that its parent tenant shares. */
export function reachOf(services: Services, { id, live, facts }: Vendor, opening: Opening): Reach {
  const { store, config, clock, sleep } = services;
  const { credential, parent, renewed, answered = () => undefined, signal } = opening;
  const secret = new Set(secretFields(live));
  const settings = Object.fromEntries(Object.entries(credential).filter(([name]) => !secret.has(name)));
  const address = (host: string) => addressOf(services, id, host);
  const ask = fetchAllowed({
    hosts: live.hosts(settings).map((host) => new URL(address(host)).host),
    privateHosts: config.privateHosts,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  const lots = new Map<string, { window: number; left: number }>();
  const budget = (limit: string) => `${id}:${limit}:${parent}`;
  const limitNamed = (name: string) => {
    const limit = facts.limits[name];
    if (limit === undefined) throw new TypeError(`The limits in src/sources/${id}/source.yaml lack ${name}.`);
    return limit;
  };
  return {
    address,
    fetch: (url, request) => ask(url, { ...request, ...(signal === undefined ? {} : { signal }) }),
    async take(name, requests = 1) {
      const limit = limitNamed(name);
      const now = clock();
      const windowMs = limit.seconds * 1000;
      const window = Math.floor(now.getTime() / windowMs);
      const lot = lots.get(name);
      if (lot?.window === window && lot.left >= requests) {
        lot.left -= requests;
        return;
      }
      // The first requests are recorded individually; larger numbers in lots, with one record each.
      const wanted = lot === undefined ? requests : Math.max(requests, Math.min(LOT, limit.requests));
      if (await store.write('system', (tx) => takeRequests(tx, budget(name), now, limit, wanted))) {
        lots.set(name, { window, left: wanted - requests });
        return;
      }
      const { credential: what, tenant } = facts.words;
      throw new SourceProblem(
        'throttled',
        `${facts.name} allows ${limit.requests} requests in ${limit.seconds} seconds for every ${what} of the ${tenant} together, and they are used up for now.`,
        { retry: true, retryAfterMs: windowMs - (now.getTime() % windowMs) },
      );
    },
    exhausted: (name) =>
      store.write('system', (tx) => exhaustRequests(tx, budget(name), clock(), limitNamed(name))),
    answered,
    renewed,
    clock,
    sleep,
    ...(signal === undefined ? {} : { signal }),
  };
}
