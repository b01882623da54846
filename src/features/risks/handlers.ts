import { clientHeading, tableFile } from '../exports/index.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { filterWords, showBoard } from './board.ts';
import type { risksContract } from './contract.ts';
import { RISK_COLUMNS, rowsOf } from './table.ts';

export const risksHandlers: HandlersOf<typeof risksContract> = {
  board: showBoard,
  export: async (context, input) => {
    const { items } = await showBoard(context, input);
    return asDownload(
      await tableFile(
        {
          heading: {
            title: 'Risks',
            ...clientHeading(context),
            filter: filterWords(input),
          },
          columns: RISK_COLUMNS,
          rows: rowsOf(items),
        },
        input.format,
      ),
    );
  },
};
