import { parsed } from '#features/audit/chain.ts';
import { checkChain } from '#features/audit/check.ts';
import type { Blobs } from '#store/blobs.ts';
import type { Store, Tx } from '#store/open.ts';
import { CLIENTS, type ClientId } from './changes.ts';

/**
 * Describes contradictions in a store after kills. Each change must be complete, with its record, counted version, rows
 * and files, or absent; and each change that was confirmed must be present.
 */
export async function faults(
  store: Store,
  blobs: Blobs,
  acknowledged: readonly string[],
): Promise<{ changes: number; found: string[] }> {
  const found: string[] = [];
  const recorded = new Set<string>();
  for (const client of CLIENTS) {
    const check = await checkChain((work) => store.read([client], work), client);
    if (!check.whole) found.push(`${client}: ${check.says}`);
    const state = await store.read([client], (tx) => stateOf(tx, client));
    const records = state.records.flatMap(({ body }) => parsed(body) ?? []);
    for (const { subject } of records) recorded.add(subject.id ?? '');
    records.forEach(({ after }, at) => {
      if (!isCounted(after, at + 2))
        found.push(`${client}: record ${at + 1} was counted as ${JSON.stringify(after)}`);
    });
    if (state.version !== records.length + 1)
      found.push(`${client}: version ${state.version} after ${records.length} changes`);
    if (records.length > 0 && state.name !== records.at(-1)?.subject.id)
      found.push(`${client}: the client’s last change is not that of the last record`);
    const ids = (action: string) =>
      records.filter((record) => record.action === action).map(({ subject }) => subject.id ?? '');
    compare(`${client}: edits`, ids('charter.edit'), state.documents, found);
    compare(
      `${client}: imports`,
      ids('imports.store'),
      state.stored.map(({ id }) => id),
      found,
    );
    compare(
      `${client}: evidence`,
      state.stored.map(({ sha256 }) => sha256),
      state.evidence,
      found,
    );
    for (const { id, row_count, parts, sha256 } of state.stored) {
      if (row_count !== parts) found.push(`${client}: ${id} counts with ${parts} of ${row_count} pieces`);
      const blob = await blobs.verify(sha256);
      if (blob !== 'whole') found.push(`${client}: the file of ${id} is ${blob}`);
    }
  }
  for (const id of acknowledged) if (!recorded.has(id)) found.push(`${id} was said to be stored and is lost`);
  return { changes: recorded.size, found };
}

async function stateOf(tx: Tx, client: ClientId) {
  const { version, name } = await tx
    .selectFrom('clients')
    .select(['version', 'name'])
    .where('id', '=', client)
    .executeTakeFirstOrThrow();
  const records = await tx
    .selectFrom('audit_log')
    .select('body')
    .where('client_id', '=', client)
    .orderBy('seq')
    .execute();
  const documents = await tx.selectFrom('documents').select('id').where('client_id', '=', client).execute();
  const evidence = await tx.selectFrom('evidence').select('sha256').where('client_id', '=', client).execute();
  const stored = await tx
    .selectFrom('observations')
    .leftJoin('observation_rows', (join) =>
      join
        .onRef('observation_rows.client_id', '=', 'observations.client_id')
        .onRef('observation_rows.observation_id', '=', 'observations.id'),
    )
    .select(['id', 'sha256', 'row_count', (eb) => eb.fn.count('part').as('parts')])
    .where('observations.client_id', '=', client)
    .where('stored_at', 'is not', null)
    .groupBy(['observations.client_id', 'id', 'sha256', 'row_count'])
    .execute();
  return {
    version,
    name,
    records,
    documents: documents.map(({ id }) => id),
    evidence: evidence.map(({ sha256 }) => sha256),
    stored: stored.map((row) => ({ ...row, parts: Number(row.parts) })),
  };
}

function isCounted(after: unknown, version: number): boolean {
  return typeof after === 'object' && after !== null && 'version' in after && after.version === version;
}

function compare(what: string, due: readonly string[], there: readonly string[], found: string[]): void {
  const [one, other] = [new Set(due), new Set(there)];
  for (const id of one.difference(other)) found.push(`${what}: ${id} is missing`);
  for (const id of other.difference(one)) found.push(`${what}: ${id} is there without its change`);
}
