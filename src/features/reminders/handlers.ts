import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { setNames, showClient } from './client.ts';
import { remindersContract } from './contract.ts';
import { endFeed, makeFeed, setMine, showMine } from './mine.ts';
import { removeTeams, setTeams, testTeams } from './teams/settings.ts';

const on = implement(remindersContract).$context<RequestContext>().use(secured);

export const remindersHandlers = on.router({
  mine: on.mine.handler(({ context }) => showMine(context)),
  setMine: on.setMine.handler(({ context, input }) => setMine(context, input)),
  makeFeed: on.makeFeed.handler(({ context }) => makeFeed(context)),
  endFeed: on.endFeed.handler(({ context }) => endFeed(context)),
  ofClient: on.ofClient.handler(({ context }) => showClient(context)),
  setNames: on.setNames.handler(({ context, input }) => setNames(context, input)),
  setTeams: on.setTeams.handler(({ context, input }) => setTeams(context, input)),
  removeTeams: on.removeTeams.handler(({ context, input }) => removeTeams(context, input.version)),
  testTeams: on.testTeams.handler(({ context }) => testTeams(context)),
});
