import { sql } from 'kysely';
import type { State } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { hadDuration } from '../verdicts/current.ts';

/** An audit record of a change of the client's profile, with the profile before and after. */
export interface ProfileChange {
  readonly at: Date;
  readonly by: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** All changes of the client's profile in the audit log, oldest first. */
export async function profileChanges(tx: Tx, clientId: string): Promise<ProfileChange[]> {
  const rows = await tx
    .selectFrom('audit_log')
    .select(['at', 'actor_name', 'body'])
    .where('client_id', '=', clientId)
    .where('action', 'in', ['clients.update', 'imports.store'])
    // Filter in SQL: most imports contain no profile.
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

/** When a control left, or entered, a state in which there is nothing to prove. */
export interface LeftState {
  readonly control: string;
  readonly state: State;
  readonly until: Date;
}

/** Last end of each state of these controls. States that lasted no time are ignored. */
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
    .where(hadDuration('verdicts'))
    .groupBy(['control_id', 'state'])
    .execute();
  return rows.map((row) => ({ control: row.control_id, state: row.state as State, until: row.until }));
}
