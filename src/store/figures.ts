import { sql } from 'kysely';
import type { Tx } from './open.ts';

/** Figures over all clients for monitoring the server. They identify no client and no person. */
export interface Figures {
  readonly sinks: {
    readonly working: number;
    readonly retrying: number;
    readonly stopped: number;
    readonly paused: number;
  };
  /** Events ever accepted by sinks; an event accepted twice counts twice. */
  readonly delivered: number;
  /** Activities waiting for active sinks; counted once per sink. */
  readonly waiting: number;
  /** Events refused by a sink that wait for a person. */
  readonly dead: number;
  /** Imports by state. */
  readonly imports: ReadonlyMap<string, number>;
  /** Records of the audit log in all chains. */
  readonly auditRecords: number;
  /** Sequence number of the last record in the workspace's own chain. */
  readonly auditHead: number;
}

/** Requires a scope that sees all clients. */
export async function figures(tx: Tx, workspaceChain: string): Promise<Figures> {
  const { rows } = await sql<Record<string, number>>`
    select count(*) filter (where sinks.paused) as paused,
      count(*) filter (where not sinks.paused and s.state = 'working') as working,
      count(*) filter (where not sinks.paused and s.state = 'retrying') as retrying,
      count(*) filter (where not sinks.paused and s.state = 'stopped') as stopped,
      coalesce(sum(s.accepted_count), 0)::bigint as delivered,
      (select coalesce(sum(h.last_seq - c.seq), 0)::bigint from activity_sink_cursors c
        join sinks k on k.id = c.sink_id and not k.paused and (k.filter->>'activities')::boolean
        join activity_heads h on h.client_id = c.client_id where c.stream = 'activities') as waiting,
      (select coalesce(sum(case when unnamed = 0 then count else unnamed end), 0)::bigint from activity_dead_letters where state = 'waiting') as dead,
      (select coalesce(sum(seq), 0)::bigint from audit_heads) as audit_records,
      (select coalesce(max(seq), 0)::bigint from audit_heads where client_id = ${workspaceChain}) as audit_head
    from sinks join activity_sink_states s on s.sink_id = sinks.id`.execute(tx);
  const imports = await tx
    .selectFrom('imports')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const of = (name: string) => Number(rows[0]?.[name] ?? 0);
  return {
    sinks: {
      working: of('working'),
      retrying: of('retrying'),
      stopped: of('stopped'),
      paused: of('paused'),
    },
    delivered: of('delivered'),
    waiting: of('waiting'),
    dead: of('dead'),
    imports: new Map(imports.map(({ state, count }) => [state, Number(count)])),
    auditRecords: of('audit_records'),
    auditHead: of('audit_head'),
  };
}
