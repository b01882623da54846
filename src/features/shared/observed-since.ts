import type { Kind } from '#domain/model/kinds.ts';
import type { TargetContext } from './services/change-targets.ts';

/** Whether all files of a kind were stored after the change was made. */
export async function observedSince(
  { services, client }: TargetContext,
  kind: Kind,
  files: readonly string[],
  since: Date,
): Promise<boolean> {
  if (files.length === 0) return false;
  const rows = await services.store.read([client.id], (tx) =>
    tx
      .selectFrom('observations')
      .select(['sha256', 'stored_at'])
      .where('client_id', '=', client.id)
      .where('kind', '=', kind)
      .where('sha256', 'in', [...files])
      .execute(),
  );
  return files.every((sha256) =>
    rows.some((row) => row.sha256 === sha256 && row.stored_at !== null && row.stored_at > since),
  );
}
// Guide: G6.2-07
