import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { sinksContract } from './contract.ts';
import { addSink, editSink, pauseSink, resumeSink, takeSinkAway } from './edit.ts';
import { dropLetter, listLetters, repairLetter, showLetter } from './failed.ts';
import { listSinks } from './list.ts';
import { replayAll, replayLetter } from './replay.ts';
import { sinkTemplate } from './template.ts';
import { testSink } from './try.ts';

const on = implement(sinksContract).$context<RequestContext>().use(secured);

export const sinksHandlers = on.router({
  list: on.list.handler(({ context }) => listSinks(context)),
  template: on.template.handler(({ input, context }) => asDownload(sinkTemplate(context, input.kind))),
  add: on.add.handler(({ input, context }) => addSink(context, input)),
  change: on.change.handler(({ input, context }) => editSink(context, input)),
  remove: on.remove.handler(({ input, context }) => takeSinkAway(context, input)),
  test: on.test.handler(({ input, context }) => testSink(context, input.sink)),
  pause: on.pause.handler(({ input, context }) => pauseSink(context, input)),
  resume: on.resume.handler(({ input, context }) => resumeSink(context, input)),
  failed: on.failed.handler(({ input, context }) => listLetters(context, input.state ?? null)),
  failedEvents: on.failedEvents.handler(({ input, context }) => showLetter(context, input.letter)),
  repair: on.repair.handler(({ input, context }) => repairLetter(context, input)),
  replay: on.replay.handler(({ input, context }) => replayLetter(context, input)),
  replayAll: on.replayAll.handler(({ input, context }) => replayAll(context, input.sink)),
  drop: on.drop.handler(({ input, context }) => dropLetter(context, input)),
});
