import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { tableFile } from '../exports/index.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { controlsContract } from './contract.ts';
import { filterWords } from './filter.ts';
import { findControl } from './find.ts';
import { allControls, listControls } from './list.ts';
import { replayControls } from './replay.ts';
import { showControl } from './show.ts';
import { CONTROL_COLUMNS } from './table.ts';

const on = implement(controlsContract).$context<RequestContext>().use(secured);

export const controlsHandlers = on.router({
  list: on.list.handler(({ input, context }) =>
    filterWords(input) === null ? allControls(context) : listControls(context, input),
  ),
  get: on.get.handler(({ input, context }) =>
    showControl(context, findControl(context.services.catalogue, input.control)),
  ),
  replay: on.replay.handler(({ input, context }) => replayControls(context, input.day, input.control)),
  refresh: on.refresh.handler(async ({ context }) => {
    await context.change((_tx, recorder) =>
      recorder.record({
        subject: { kind: 'client', id: context.client.id, name: context.client.name },
      }),
    );
    await context.services.verdicts.refresh(context.client.id);
    const { decidedAt, counts } = await listControls(context, {});
    return { decidedAt: decidedAt ?? context.now.toISOString(), counts };
  }),
  table: on.table.handler(async ({ input, context }) => {
    const { items } = await listControls(context, input);
    const file = await tableFile(
      {
        heading: {
          title: 'Controls',
          client: context.client.name,
          filter: filterWords(input),
          at: context.now,
          zone: context.client.timezone,
          person: context.actor.name,
        },
        columns: CONTROL_COLUMNS,
        rows: items,
      },
      input.format,
    );
    return asDownload(file);
  }),
});
