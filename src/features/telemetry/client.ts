import { toolResolver } from '#domain/activity/tools.ts';
import type { ClientOfTelemetry } from '#sources/otlp/context.ts';
import { type Vocabulary, vocabularyOf } from '#sources/otlp/vocabulary.ts';
import { keepsLedger } from '#sources/registry.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { connectionsOf } from '#store/sources/connections.ts';
import { charterOf, contentNow } from '../charter/index.ts';
import type { Services } from '../context.ts';

/** Milliseconds for which a cached charter is used without checking whether another process has changed it. */
const CACHE_MS = 10_000;

interface Known {
  readonly mark: number | null;
  readonly readAt: number;
  readonly client: Promise<Omit<ClientOfTelemetry, 'receivedAt'>>;
}

const clients = new WeakMap<Services['store'], Map<string, Known>>();

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Claude organizations that a client's sources read. Those of the Console are left out: telemetry never names them. */
export async function organizationsRead(tx: Tx, clientId: string) {
  return (await connectionsOf(tx, clientId))
    .filter((one) => keepsLedger(one, 'compliance_feed'))
    .flatMap(({ tenants }) => tenants.filter(({ id }) => UUID.test(id)));
}

/**
 * Ids of the client's own Claude organizations: the one in its charter and those that its sources read. null: none is
 * known.
 */
export async function ownOrganizations(
  tx: Tx,
  clientId: string,
  { claudeOrganization }: { readonly claudeOrganization?: string | undefined },
): Promise<ReadonlySet<string> | null> {
  const read = (await organizationsRead(tx, clientId)).map(({ id }) => id);
  const own = claudeOrganization === undefined ? read : [claudeOrganization, ...read];
  return own.length === 0 ? null : new Set(own.map((id) => id.toLowerCase()));
}

const vocabularies = new WeakMap<object, Vocabulary>();

/** Cached per catalogue, since it is the same for all clients. */
function vocabularyFor(catalogue: Services['catalogue']): Vocabulary {
  const known = vocabularies.get(catalogue);
  if (known !== undefined) return known;
  const made = vocabularyOf(catalogue);
  vocabularies.set(catalogue, made);
  return made;
}

/** What is needed about a client to turn its telemetry into activities. */
export function clientOfTelemetry(
  { store, catalogue, clock }: Pick<Services, 'store' | 'catalogue' | 'clock'>,
  clientId: string,
): Promise<Omit<ClientOfTelemetry, 'receivedAt'>> {
  const all = clients.get(store) ?? new Map<string, Known>();
  clients.set(store, all);
  const mark = store.mark([clientId]);
  const now = performance.now();
  const known = all.get(clientId);
  if (known !== undefined && known.mark === mark && now - known.readAt < CACHE_MS) return known.client;
  const client = store.read([clientId], async (tx) => {
    const charter = charterOf(await newestCharter(tx, clientId));
    return {
      organizations: await ownOrganizations(tx, clientId, charter),
      resolve: toolResolver(catalogue, charter),
      content: await contentNow(tx, clientId, clock()),
      vocabulary: vocabularyFor(catalogue),
    };
  });
  if (all.size > 1000) all.clear();
  all.set(clientId, { mark, readAt: now, client });
  client.catch(() => all.delete(clientId));
  return client;
}
