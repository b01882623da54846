import type { z } from 'zod';
import { connectionsAcross } from '#store/sources/across.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import type { acrossLine } from './schemas.ts';
import { vendors } from './vendor.ts';

type Line = z.infer<typeof acrossLine>;

const MONTH_MS = 30 * 24 * 3_600_000;
/** Streams in one of these states deliver nothing. */
const SILENT = new Set(['failed', 'stuck', 'refused']);
const ORDER: readonly Line['status'][] = ['refused', 'not_read', 'ends_soon', 'lacks', 'ok', 'none'];

/** The connections of one vendor at all clients whose connections the person may see, those with problems first. */
export async function showAcross(
  context: HandlerContext,
  { vendor: id, status }: { readonly vendor: string; readonly status?: Line['status'] | undefined },
): Promise<{ vendor: string; items: Line[]; total: number; all: number }> {
  const { services, now } = context;
  const vendor = vendors(services).find((one) => one.id === id);
  if (vendor === undefined) throw notFound();
  const optional = new Set(vendor.facts.scopes.flatMap((one) => (one.optional === true ? [one.id] : [])));
  const ids = await visibleClients(context, 'connections.read');
  const rows = await services.store.read(ids, (tx) => connectionsAcross(tx, ids, id));
  const all = rows
    .map(({ client, connection, streams }): Line => {
      const silent = streams.filter(({ state }) => SILENT.has(state));
      const missing = (connection?.scopes ?? []).flatMap(({ scope, state }) =>
        state === 'missing' && !optional.has(scope) ? [scope] : [],
      );
      const expiresAt = connection?.expires_at ?? null;
      const read = streams.flatMap(({ read_at }) => (read_at === null ? [] : [read_at.toISOString()])).sort();
      return {
        client: client.slug,
        name: client.name,
        sandbox: client.sandbox,
        status:
          connection === null
            ? 'none'
            : connection.key_sealed === null || connection.state !== 'connected'
              ? 'refused'
              : silent.length > 0
                ? 'not_read'
                : expiresAt !== null && expiresAt.getTime() - now.getTime() < MONTH_MS
                  ? 'ends_soon'
                  : missing.length > 0
                    ? 'lacks'
                    : 'ok',
        problem: connection?.problem ?? silent.find(({ says }) => says !== null)?.says ?? null,
        tenants: (connection?.tenants ?? []).map((one) => one.name ?? one.id),
        missing,
        streams: streams.length,
        silent: silent.length,
        readAt: read.at(-1) ?? null,
        expiresAt: expiresAt?.toISOString() ?? null,
      };
    })
    .sort(
      (a, b) =>
        ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
        a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }),
    );
  const items = status === undefined ? all : all.filter((line) => line.status === status);
  return { vendor: vendor.facts.name, items, total: items.length, all: all.length };
}
