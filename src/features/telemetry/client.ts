import { toolResolver } from '#domain/activity/tools.ts';
import type { ClientOfTelemetry } from '#sources/otlp/context.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { charterOf } from '../charter/read.ts';
import type { Services } from '../context.ts';

/** Milliseconds for which a client's charter is not asked after again where another process may have changed it. */
const FRESH = 10_000;

interface Known {
  readonly mark: number | null;
  readonly readAt: number;
  readonly client: Promise<Omit<ClientOfTelemetry, 'receivedAt'>>;
}

const clients = new WeakMap<Services['store'], Map<string, Known>>();

/** Ids of the Claude organisations that a client says are its own; null: it has said none. */
export function ownOrganisations(charter: {
  readonly claudeOrganization?: string | undefined;
}): ReadonlySet<string> | null {
  return charter.claudeOrganization === undefined
    ? null
    : new Set([charter.claudeOrganization.toLowerCase()]);
}

/** What has to be known of a client to make activities of its telemetry. */
export function clientOfTelemetry(
  { store, catalogue }: Pick<Services, 'store' | 'catalogue'>,
  clientId: string,
): Promise<Omit<ClientOfTelemetry, 'receivedAt'>> {
  const all = clients.get(store) ?? new Map<string, Known>();
  clients.set(store, all);
  const mark = store.mark([clientId]);
  const now = performance.now();
  const known = all.get(clientId);
  if (known !== undefined && known.mark === mark && now - known.readAt < FRESH) return known.client;
  const client = store
    .read([clientId], (tx) => newestCharter(tx, clientId))
    .then((version) => {
      const charter = charterOf(version);
      return { organisations: ownOrganisations(charter), resolve: toolResolver(catalogue, charter) };
    });
  if (all.size > 1000) all.clear();
  all.set(clientId, { mark, readAt: now, client });
  client.catch(() => all.delete(clientId));
  return client;
}
