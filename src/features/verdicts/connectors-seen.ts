import type { Journal } from '#domain/model/journal.ts';
import { localTime } from '#domain/model/local-time.ts';
import type { Tx } from '#store/open.ts';
import { countsOf } from '#store/usage/read.ts';

type Seen = NonNullable<Journal['connectorsSeen']>;

/** Connectors and people of each that decisions read: a list for people to look through, not a count. */
const MAX_CONNECTORS = 60;
const MAX_PEOPLE = 200;

/** Which connectors were called so far and by whom, as far as the sources show. */
export async function connectorsSeen(tx: Tx, clientId: string, zone: string): Promise<Seen> {
  const rows = await countsOf(tx, clientId, 'person_connector_week', {}, ['connector', 'person']);
  const byConnector = Map.groupBy(
    rows.filter(({ connector }) => connector !== null),
    ({ connector }) => connector ?? '',
  );
  return [...byConnector].slice(0, MAX_CONNECTORS).map(([connector, own]) => {
    const last = own.reduce((newest, { lastAt }) => (lastAt > newest ? lastAt : newest), '');
    return {
      connector,
      people: own.flatMap(({ person }) => person ?? []).slice(0, MAX_PEOPLE),
      on: localTime(last, zone)?.day ?? last.slice(0, 10),
    };
  });
}
// Guide: G2.2-18
