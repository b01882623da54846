import type { Tx } from '#store/open.ts';

/** Which change to look for in the audit log. */
export interface ChangeFilter {
  /** Id of the client, or the chain of the workspace. */
  readonly chain: string;
  /** An action, or a prefix of several: `settings.`. */
  readonly actions: string;
  /** Id of the thing, if the action applies to several. */
  readonly subject?: string;
}

/** Who last changed a thing, and when, by the audit log: shown to someone whose edit conflicts with that change. */
export async function lastChange(
  tx: Tx,
  { chain, actions, subject }: ChangeFilter,
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
