import type { Tx } from '#store/open.ts';

/** Whose change of a thing is looked for. */
export interface ChangeOf {
  /** Id of the client, or the workspace's chain. */
  readonly chain: string;
  /** An action, or the beginning that several share: `settings.`. */
  readonly actions: string;
  /** Id of the thing, where the chain holds changes of several. */
  readonly subject?: string;
}

/** Who last changed a thing and when, by the audit log: for anyone who edits what someone else stored meanwhile. */
export async function lastChange(
  tx: Tx,
  { chain, actions, subject }: ChangeOf,
): Promise<{ readonly by: string | null; readonly at: Date | null }> {
  const row = await tx
    .selectFrom('audit_log')
    .select(['actor_name', 'at'])
    .where('client_id', '=', chain)
    .where('action', 'like', `${actions.replace(/[\\%_]/g, '\\$&')}%`)
    .$if(subject !== undefined, (query) => query.where('subject_id', '=', subject ?? ''))
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return { by: row?.actor_name ?? null, at: row?.at ?? null };
}
