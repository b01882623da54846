import { z } from 'zod';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';
import { KEEP, type Keep, type WorkspaceRetention } from '../shared/retention-months.ts';

/** A client's retention settings; `workspace`: the setting for all clients. */
const own = z.enum([...KEEP, 'workspace']);

export const clientRetention = z.object({
  readings: own.default('workspace'),
  reports: own.default('workspace'),
  version: z.number().int().default(1),
  hold: z
    .object({
      reason: z.string(),
      by: z.string(),
      at: z.string(),
      /** The responsible person; null: none was named. */
      owner: z.string().nullable().default(null),
      /** Last day; null: until someone ends it. */
      until: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type ClientRetention = z.infer<typeof clientRetention>;

/** The hold on the whole client in force on a day of its time zone; null: there is none, or it has ended. */
export function holdNow({ hold }: Pick<ClientRetention, 'hold'>, today: string): ClientRetention['hold'] {
  return hold === null || (hold.until !== null && hold.until < today) ? null : hold;
}

/** All of `clients.settings`; fields that do not concern retention are left unchanged. */
const clientSettings = z.looseObject({ retention: clientRetention.prefault({}) });

/** Retention in effect for one client. */
export interface Keeping {
  readonly readings: Keep;
  readonly reports: Keep;
}

export function keepingOf(
  client: Pick<ClientRetention, 'readings' | 'reports'>,
  all: WorkspaceRetention,
): Keeping {
  return {
    readings: client.readings === 'workspace' ? all.readings : client.readings,
    reports: client.reports === 'workspace' ? all.reports : client.reports,
  };
}

export interface RetainedClient {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly zone: string;
  readonly factsVersion: number;
  readonly settings: z.infer<typeof clientSettings>;
}

/** A client's own retention settings; `lock` locks the client until the transaction ends. Throws NOT_FOUND. */
export async function readRetained(
  tx: Tx,
  clientId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<RetainedClient> {
  const query = tx
    .selectFrom('clients')
    .select(['id', 'name', 'slug', 'profile', 'settings', 'facts_version'])
    .where('id', '=', clientId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw notFound();
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    zone: zoneIn(row.profile),
    factsVersion: Number(row.facts_version),
    settings: clientSettings.parse(row.settings),
  };
}

const zoned = z.looseObject({ timezone: z.string() });

function zoneIn(profile: unknown): string {
  return zoned.safeParse(profile).data?.timezone ?? 'UTC';
}

export async function writeRetained(
  tx: Tx,
  client: RetainedClient,
  retention: ClientRetention,
): Promise<void> {
  await tx
    .updateTable('clients')
    .set({ settings: JSON.stringify({ ...client.settings, retention }) })
    .where('id', '=', client.id)
    .execute();
}
