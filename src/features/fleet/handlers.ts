import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { tableFile } from '../exports/index.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { acrossClients } from './across.ts';
import { fleetContract } from './contract.ts';
import { isWhole, listFleet, wholeFleet } from './list.ts';
import { ACROSS_COLUMNS, acrossFilterWords, FLEET_COLUMNS, fleetFilterWords } from './tables.ts';

const on = implement(fleetContract).$context<RequestContext>().use(secured);

/** Lists over many clients are of no client's zone. */
const ZONE = 'UTC';

export const fleetHandlers = on.router({
  list: on.list.handler(({ input: { limit: _limit, cursor: _cursor, ...filter }, context }) =>
    isWhole(filter) ? wholeFleet(context) : listFleet(context, filter),
  ),
  table: on.table.handler(async ({ input, context }) => {
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
  }),
  across: on.across.handler(({ input, context }) => acrossClients(context, input)),
  acrossTable: on.acrossTable.handler(async ({ input, context }) => {
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
  }),
});
