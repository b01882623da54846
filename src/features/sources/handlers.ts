import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { showCompleteness } from './completeness.ts';
import { connectSource, disconnectSource, readNow, replaceKey, testAgain } from './connect.ts';
import { sourcesContract } from './contract.ts';
import { showSources } from './show.ts';

const on = implement(sourcesContract).$context<RequestContext>().use(secured);

export const sourcesHandlers = on.router({
  show: on.show.handler(({ context }) => showSources(context)),
  connect: on.connect.handler(({ input, context }) => connectSource(context, input)),
  replaceKey: on.replaceKey.handler(({ input, context }) => replaceKey(context, input)),
  test: on.test.handler(({ input, context }) => testAgain(context, input.connection)),
  read: on.read.handler(({ input, context }) => readNow(context, input.connection)),
  disconnect: on.disconnect.handler(({ input, context }) => disconnectSource(context, input)),
  completeness: on.completeness.handler(({ input, context }) => showCompleteness(context, input)),
});
