import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { tableFile } from '../exports/index.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { workContract } from './contract.ts';
import { recordDone, withdrawRecord } from './done.ts';
import { filterWords, listWork, writtenWork } from './list.ts';
import { schedule } from './schedule.ts';
import { showWork } from './show.ts';
import { WORK_COLUMNS } from './table.ts';

const on = implement(workContract).$context<RequestContext>().use(secured);

/** A file holds the whole list. */
const ALL = Number.MAX_SAFE_INTEGER;

export const workHandlers = on.router({
  list: on.list.handler(({ input, context }) => writtenWork(context, input)),
  export: on.export.handler(async ({ input, context }) => {
    const { items } = await listWork(context, { ...input, limit: ALL, wait: 'yes' });
    return asDownload(
      await tableFile(
        {
          heading: {
            title: 'Due work',
            client: null,
            filter: filterWords(input),
            at: context.now,
            // A list over many clients is of no client's zone; each day in it is in the zone of its client.
            zone: 'UTC',
            person: context.actor.name,
          },
          columns: WORK_COLUMNS,
          rows: items,
        },
        input.format,
      ),
    );
  }),
  show: on.show.handler(({ context }) => showWork(context)),
  schedule: on.schedule.handler(({ input, context }) => schedule(context, input)),
  done: on.done.handler(({ input, context }) => recordDone(context, input)),
  withdraw: on.withdraw.handler(({ input, context }) => withdrawRecord(context, input)),
});
