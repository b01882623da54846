import type { State, Verdict } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { verdictOf } from './body.ts';
import { hadDuration } from './current.ts';

export interface AcrossVerdict {
  readonly client: { readonly slug: string; readonly name: string; readonly sandbox: boolean };
  readonly verdict: Verdict;
  /** When the control entered this state there. */
  readonly since: Date;
}

/** State of every control, by client. Clients never evaluated are absent. */
export async function statesAcross(
  tx: Tx,
  clientIds: readonly string[],
): Promise<Map<string, { readonly control: string; readonly state: State }[]>> {
  if (clientIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('verdicts')
    .select(['client_id', 'control_id', 'state'])
    .where('client_id', 'in', clientIds)
    .where('until', 'is', null)
    .execute();
  const states = rows.map((row) => ({
    client: row.client_id,
    control: row.control_id,
    state: row.state as State,
  }));
  return Map.groupBy(states, ({ client }) => client);
}

/** State of one control at each of these clients. Clients never evaluated are absent. */
export async function acrossVerdicts(
  tx: Tx,
  clientIds: readonly string[],
  control: string,
): Promise<AcrossVerdict[]> {
  if (clientIds.length === 0) return [];
  const rows = await tx
    .selectFrom('verdicts as v')
    .innerJoin('clients as c', 'c.id', 'v.client_id')
    .select(['c.slug', 'c.name', 'c.sandbox', 'v.body', 'v.since'])
    .select((eb) =>
      eb
        .selectFrom('verdicts as h')
        .select((inner) => inner.fn.max('h.until').as('until'))
        .whereRef('h.client_id', '=', 'v.client_id')
        .where('h.control_id', '=', control)
        .whereRef('h.state', '<>', 'v.state')
        .where(hadDuration('h'))
        .as('other_until'),
    )
    .select((eb) =>
      eb
        .selectFrom('verdicts as h')
        .select((inner) => inner.fn.min('h.since').as('since'))
        .whereRef('h.client_id', '=', 'v.client_id')
        .where('h.control_id', '=', control)
        .as('first_since'),
    )
    .where('v.client_id', 'in', clientIds)
    .where('v.control_id', '=', control)
    .where('v.until', 'is', null)
    .execute();
  return rows.map((row) => ({
    client: { slug: row.slug, name: row.name, sandbox: row.sandbox },
    verdict: verdictOf(row.body),
    since: row.other_until ?? row.first_since ?? row.since,
  }));
}
