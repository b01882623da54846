import { tableFile, workspaceHeading } from '../exports/index.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { acrossClients } from './across.ts';
import { fleetAreas } from './areas.ts';
import type { fleetContract } from './contract.ts';
import { isWhole, listFleet, wholeFleet } from './list.ts';
import { ACROSS_COLUMNS, acrossFilterWords, FLEET_COLUMNS, fleetFilterWords } from './tables.ts';

export const fleetHandlers: HandlersOf<typeof fleetContract> = {
  list: (context, { limit: _limit, cursor: _cursor, ...filter }) =>
    isWhole(filter) ? wholeFleet(context) : listFleet(context, filter),
  table: async (context, input) => {
    const { items } = await listFleet(context, input);
    const file = await tableFile(
      {
        heading: {
          title: 'Clients',
          ...workspaceHeading(context),
          filter: fleetFilterWords(input, items[0]?.m365Name ?? null),
        },
        columns: FLEET_COLUMNS,
        rows: items,
      },
      input.format,
    );
    return asDownload(file);
  },
  areas: (context, { limit: _limit, cursor: _cursor, ...filter }) => fleetAreas(context, filter),
  across: acrossClients,
  acrossTable: async (context, input) => {
    const { control, items } = await acrossClients(context, input);
    const file = await tableFile(
      {
        heading: {
          title: `${control.short} at all clients: ${control.title}`,
          ...workspaceHeading(context),
          filter: acrossFilterWords(input),
        },
        columns: ACROSS_COLUMNS,
        rows: items,
      },
      input.format,
    );
    return asDownload(file);
  },
};
