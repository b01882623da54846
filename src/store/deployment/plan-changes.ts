import { sql } from 'kysely';
import type { State } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { stood } from '../verdicts/current.ts';

/** One audit record in which the client's profile changed, with both profiles as they were written down. */
export interface ProfileChange {
  readonly at: Date;
  readonly by: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every change of the client's profile that the audit log tells of, the oldest first. */
export async function profileChanges(tx: Tx, clientId: string): Promise<ProfileChange[]> {
  const rows = await tx
    .selectFrom('audit_log')
    .select(['at', 'actor_name', 'body'])
    .where('client_id', '=', clientId)
    .where('action', 'in', ['clients.update', 'imports.store'])
    // Most imports bring no profile; theirs are not read.
    .where('body', 'like', '%"claudePlan"%')
    .orderBy('seq')
    .execute();
  return rows.flatMap((row) => {
    const { before, after } = JSON.parse(row.body) as { before?: Profiled; after?: Profiled };
    return before?.profile == null || after?.profile == null
      ? []
      : [{ at: row.at, by: row.actor_name, before: before.profile, after: after.profile }];
  });
}

interface Profiled {
  readonly profile?: unknown;
}

/** When a control left, or came into, a state in which there is nothing to prove. */
export interface LeftState {
  readonly control: string;
  readonly state: State;
  readonly until: Date;
}

/** The last end of each state that a control was in, for these controls. What stood for no moment counts not. */
export async function leftStates(
  tx: Tx,
  clientId: string,
  controls: readonly string[],
): Promise<LeftState[]> {
  if (controls.length === 0) return [];
  const rows = await tx
    .selectFrom('verdicts')
    .select(['control_id', 'state', sql<Date>`max(${sql.ref('until')})`.as('until')])
    .where('client_id', '=', clientId)
    .where('control_id', 'in', controls)
    .where('until', 'is not', null)
    .where(stood('verdicts'))
    .groupBy(['control_id', 'state'])
    .execute();
  return rows.map((row) => ({ control: row.control_id, state: row.state as State, until: row.until }));
}
