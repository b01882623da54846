import { clientHeading, tableFile } from '../exports/index.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { assignControl, assignControls } from './assign.ts';
import { addComment, editComment } from './comments.ts';
import type { controlsContract } from './contract.ts';
import { filterWords } from './filter.ts';
import { findControl } from './find.ts';
import { allControls, listControls } from './list.ts';
import { replayControls } from './replay.ts';
import { showControl } from './show.ts';
import { CONTROL_COLUMNS } from './table.ts';

export const controlsHandlers: HandlersOf<typeof controlsContract> = {
  list: (context, input) =>
    filterWords(input) === null ? allControls(context) : listControls(context, input),
  get: (context, input) => showControl(context, findControl(context.services.catalogue, input.control)),
  replay: (context, input) => replayControls(context, input.day, input.control),
  refresh: async (context) => {
    await context.change((_tx, recorder) =>
      recorder.record({
        subject: { kind: 'client', id: context.client.id, name: context.client.name },
      }),
    );
    await context.services.verdicts.refresh(context.client.id);
    const { decidedAt, counts } = await listControls(context, {});
    return { decidedAt: decidedAt ?? context.now.toISOString(), counts };
  },
  assign: assignControl,
  assignMany: (context, { assignments }) => assignControls(context, assignments),
  comment: (context, { control, text }) =>
    addComment(context, findControl(context.services.catalogue, control), text),
  editComment: (context, { control, ...input }) =>
    editComment(context, findControl(context.services.catalogue, control), input),
  table: async (context, input) => {
    const { items } = await listControls(context, input);
    const file = await tableFile(
      {
        heading: {
          title: 'Controls',
          ...clientHeading(context),
          filter: filterWords(input),
        },
        columns: CONTROL_COLUMNS,
        rows: items,
      },
      input.format,
    );
    return asDownload(file);
  },
};
