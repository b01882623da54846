import type { Journal } from '#domain/model/journal.ts';
import { localTime } from '#domain/model/local-time.ts';
import type { Tx } from '#store/open.ts';
import { countsOf } from '#store/usage/read.ts';

type Seen = NonNullable<Journal['connectorsSeen']>;

/** Maximum connectors, and people for each, in decisions: a list for people to review, not a count. */
const MAX_CONNECTORS = 60;
const MAX_PEOPLE = 200;

/** Which connectors were called and by whom, as far as the sources show; `from`: since that day. */
export async function connectorsSeen(tx: Tx, clientId: string, zone: string, from?: string): Promise<Seen> {
  const rows = await countsOf(tx, clientId, 'person_connector_week', { from }, ['connector', 'person']);
  // Counts by person do not include the outcome of a call; failed and refused calls are not use.
  const days = await countsOf(tx, clientId, 'connector_day', { from }, ['connector', 'outcome']);
  const last = new Map<string, string>();
  for (const { connector, outcome, lastAt } of days)
    if (connector !== null && outcome !== 'failure' && outcome !== 'rejected')
      last.set(connector, [last.get(connector) ?? '', lastAt].sort().at(-1) ?? lastAt);
  const byConnector = Map.groupBy(
    rows.filter(({ connector }) => connector !== null && last.has(connector)),
    ({ connector }) => connector ?? '',
  );
  return [...byConnector].slice(0, MAX_CONNECTORS).map(([connector, own]) => {
    const at = last.get(connector) ?? '';
    return {
      connector,
      people: own.flatMap(({ person }) => person ?? []).slice(0, MAX_PEOPLE),
      on: localTime(at, zone)?.day ?? at.slice(0, 10),
    };
  });
}
// Guide: G2.2-18
