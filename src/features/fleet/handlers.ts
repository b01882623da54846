import { tableFile } from '../exports/index.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { acrossClients } from './across.ts';
import type { fleetContract } from './contract.ts';
import { isWhole, listFleet, wholeFleet } from './list.ts';
import { ACROSS_COLUMNS, acrossFilterWords, FLEET_COLUMNS, fleetFilterWords } from './tables.ts';

/** Lists over many clients are of no client's zone. */
const ZONE = 'UTC';

export const fleetHandlers: HandlersOf<typeof fleetContract> = {
  list: (context, { limit: _limit, cursor: _cursor, ...filter }) =>
    isWhole(filter) ? wholeFleet(context) : listFleet(context, filter),
  table: async (context, input) => {
    const { items } = await listFleet(context, input);
    const file = await tableFile(
      {
        heading: {
          title: 'Clients',
          client: null,
          filter: fleetFilterWords(input, items[0]?.m365Name ?? null),
          at: context.now,
          zone: ZONE,
          person: context.actor.name,
        },
        columns: FLEET_COLUMNS,
        rows: items,
      },
      input.format,
    );
    return asDownload(file);
  },
  across: acrossClients,
  acrossTable: async (context, input) => {
    const { control, items } = await acrossClients(context, input);
    const file = await tableFile(
      {
        heading: {
          title: `${control.short} at all clients: ${control.title}`,
          client: null,
          filter: acrossFilterWords(input),
          at: context.now,
          zone: ZONE,
          person: context.actor.name,
        },
        columns: ACROSS_COLUMNS,
        rows: items,
      },
      input.format,
    );
    return asDownload(file);
  },
};
