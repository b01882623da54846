import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** A person's use of a connector's tool, to be compared with earlier uses. */
export interface ToolUse {
  readonly id: string;
  readonly at: Date;
  readonly person: string;
  readonly connector: string;
  readonly tool: string;
}

/** Ids of the uses that were preceded, within `days`, by another of the same person, connector and tool. */
export async function usedBefore(
  tx: Tx,
  clientId: string,
  uses: readonly ToolUse[],
  days: number,
): Promise<ReadonlySet<string>> {
  if (uses.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select n.id from unnest(${uses.map(({ id }) => id)}::text[],
      ${uses.map(({ at }) => at.toISOString())}::timestamptz[], ${uses.map(({ person }) => person)}::text[],
      ${uses.map(({ connector }) => connector)}::text[], ${uses.map(({ tool }) => tool)}::text[])
      as n(id, at, person, connector, tool)
    where exists (select 1 from "activities" a where a.client_id = ${clientId} and a.at < n.at
      and a.at >= n.at - make_interval(days => ${days}::int) and a.category = 'tool_call' and a.person = n.person
      and a.connector = n.connector and a.tool = n.tool)`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
