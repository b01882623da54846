import type { VendorSource } from '#domain/model/vendor-source.ts';
import { type AnthropicClient, anthropicClient, type Family } from '#sources/anthropic/client.ts';
import { VendorProblem } from '#sources/anthropic/problem.ts';
import { sourceOf } from '#sources/registry.ts';
import type { Source } from '#sources/source.ts';
import { exhaustRequests, takeRequests } from '#store/sources/budgets.ts';
import type { Services } from '../context.ts';
import { fetchAllowed } from '../outbound.ts';

const TIMEOUT_MS = 60_000;
/** A page of 5,000 activities is far below it. */
/** Requests that are noted together. */
const LOT = 10;
const MOST_BYTES = 64 * 1024 * 1024;

export function sourceNamed(id: string): Source {
  const source = sourceOf(id);
  if (source === null) throw new TypeError(`There is no source ${id}.`);
  return source;
}

/** What the catalogue says of a source. */
export function vendorOf({ catalogue }: Pick<Services, 'catalogue'>, id: string): VendorSource {
  const vendor = catalogue.vendorSources.find((one) => one.id === id);
  if (vendor === undefined) throw new TypeError(`The catalogue does not describe the source ${id}.`);
  return vendor;
}

/** Where the vendor is asked: its own host, or the one that whoever runs this server put in its place. */
export function vendorAddress({ config }: Pick<Services, 'config'>, source: Source): string {
  return config.vendorUrls?.[source.id] ?? source.host;
}

export interface ClientFor {
  readonly source: Source;
  readonly key: string;
  /** What shares the vendor's limits. */
  readonly parent: string;
  readonly answered?: (requestId: string) => void;
  readonly signal?: AbortSignal;
}

/** A client that asks the vendor's host alone, within the limits that all keys of its parent organization share. */
export function clientFor(
  services: Services,
  { source, key, parent, answered, signal }: ClientFor,
): AnthropicClient {
  const { store, config, clock } = services;
  const { limits } = vendorOf(services, source.id);
  const baseUrl = vendorAddress(services, source);
  const ask = fetchAllowed({
    hosts: [new URL(baseUrl).host],
    privateHosts: config.privateHosts,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
  });
  const lots = new Map<Family, { minute: number; left: number }>();
  const budget = (family: Family) => `${source.id}:${family}:${parent}`;
  return anthropicClient({
    baseUrl,
    key,
    clock,
    sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    ...(signal === undefined ? {} : { signal }),
    ...(answered === undefined ? {} : { answered }),
    fetch: (url, init) => ask(url, init),
    take: async (family) => {
      const now = clock();
      const minute = Math.floor(now.getTime() / 60_000);
      const lot = lots.get(family);
      if (lot?.minute === minute && lot.left > 0) {
        lot.left -= 1;
        return;
      }
      // The first ones one by one; who asks for many takes them in lots, which cost one note each.
      const wanted = lot === undefined ? 1 : LOT;
      if (
        await store.write('system', (tx) => takeRequests(tx, budget(family), now, limits[family], wanted))
      ) {
        lots.set(family, { minute, left: wanted - 1 });
        return;
      }
      throw new VendorProblem(
        'throttled',
        `${limits[family]} requests a minute are what the organization has for all its keys, and they are used up for this minute.`,
        { retry: true, retryAfterMs: 60_000 - (now.getTime() % 60_000) },
      );
    },
    throttled: (family) =>
      store.write('system', (tx) => exhaustRequests(tx, budget(family), clock(), limits[family])),
  });
}
