import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { tableFile } from '../exports/index.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { filterWords, showBoard } from './board.ts';
import { risksContract } from './contract.ts';
import { RISK_COLUMNS, rowsOf } from './table.ts';

const on = implement(risksContract).$context<RequestContext>().use(secured);

export const risksHandlers = on.router({
  board: on.board.handler(({ input, context }) => showBoard(context, input)),
  export: on.export.handler(async ({ input, context }) => {
    const { items } = await showBoard(context, input);
    return asDownload(
      await tableFile(
        {
          heading: {
            title: 'Risks',
            client: context.client.name,
            filter: filterWords(input),
            at: context.now,
            zone: context.client.timezone,
            person: context.actor.name,
          },
          columns: RISK_COLUMNS,
          rows: rowsOf(items),
        },
        input.format,
      ),
    );
  }),
});
