import { tableFile, workspaceHeading } from '../exports/index.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { listActions } from './actions.ts';
import { holdAudience, showAudiences } from './audiences.ts';
import type { workContract } from './contract.ts';
import { recordDone, withdrawRecord } from './done.ts';
import { filterWords, listWork, writtenWork } from './list.ts';
import { schedule } from './schedule.ts';
import { showWork } from './show.ts';
import { WORK_COLUMNS } from './table.ts';

/** A file contains the whole list. */
const ALL = Number.MAX_SAFE_INTEGER;

export const workHandlers: HandlersOf<typeof workContract> = {
  list: writtenWork,
  export: async (context, input) => {
    const { items } = await listWork(context, { ...input, limit: ALL, wait: 'yes' });
    return asDownload(
      await tableFile(
        {
          heading: {
            title: 'Due work',
            ...workspaceHeading(context),
            filter: filterWords(input),
            // A list of several clients has no time zone of its own; each date in it is in its client's zone.
          },
          columns: WORK_COLUMNS,
          rows: items,
        },
        input.format,
      ),
    );
  },
  show: showWork,
  audiences: showAudiences,
  hold: holdAudience,
  schedule,
  actions: listActions,
  done: recordDone,
  withdraw: withdrawRecord,
};
