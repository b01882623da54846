import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** Of what the log tells: its first and last event, whom it names and which connectors. Read from what is counted. */
export async function choicesIn(
  tx: Tx,
  clientId: string,
): Promise<{ first: string | null; last: string | null; people: string[]; connectors: string[] }> {
  const { rows: people } = await sql<{ person: string }>`
    select distinct person from "activity_rollups"
    where client_id = ${clientId} and slice = 'person_month' and person is not null`.execute(tx);
  const { rows: connectors } = await sql<{ connector: string }>`
    select distinct connector from "activity_rollups"
    where client_id = ${clientId} and slice = 'connector_day' and connector is not null`.execute(tx);
  const { rows: span } = await sql<{ first: Date | null; last: Date | null }>`
    select min(first_at) as first, max(last_at) as last from "activity_rollups"
    where client_id = ${clientId} and slice = 'person_month'`.execute(tx);
  return {
    first: span[0]?.first?.toISOString() ?? null,
    last: span[0]?.last?.toISOString() ?? null,
    people: people.map(({ person }) => person),
    connectors: connectors.map(({ connector }) => connector),
  };
}
