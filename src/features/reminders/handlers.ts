import { implement } from '@orpc/server';
import type { HandlerContext, RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { setNames, showClient } from './client.ts';
import { remindersContract } from './contract.ts';
import { endFeed, makeFeed, setMine, showMine } from './mine.ts';
import {
  channelShown,
  clientPlace,
  removeTeams,
  setTeams,
  testTeams,
  workspacePlace,
} from './teams/settings.ts';

const on = implement(remindersContract).$context<RequestContext>().use(secured);

const showWorkspace = async (context: HandlerContext) => channelShown(context, await workspacePlace(context));

export const remindersHandlers = on.router({
  mine: on.mine.handler(({ context }) => showMine(context)),
  setMine: on.setMine.handler(({ context, input }) => setMine(context, input)),
  makeFeed: on.makeFeed.handler(({ context }) => makeFeed(context)),
  endFeed: on.endFeed.handler(({ context }) => endFeed(context)),
  ofClient: on.ofClient.handler(({ context }) => showClient(context)),
  setNames: on.setNames.handler(({ context, input }) => setNames(context, input)),
  setTeams: on.setTeams.handler(async ({ context, input }) => {
    await setTeams(context, clientPlace(context), input);
    return showClient(context);
  }),
  removeTeams: on.removeTeams.handler(async ({ context, input }) => {
    await removeTeams(context, clientPlace(context), input.version);
    return showClient(context);
  }),
  testTeams: on.testTeams.handler(({ context }) => testTeams(context, clientPlace(context))),
  ofWorkspace: on.ofWorkspace.handler(({ context }) => showWorkspace(context)),
  setWorkspaceTeams: on.setWorkspaceTeams.handler(async ({ context, input }) => {
    await setTeams(context, await workspacePlace(context), input);
    return showWorkspace(context);
  }),
  removeWorkspaceTeams: on.removeWorkspaceTeams.handler(async ({ context, input }) => {
    await removeTeams(context, await workspacePlace(context), input.version);
    return showWorkspace(context);
  }),
  testWorkspaceTeams: on.testWorkspaceTeams.handler(async ({ context }) =>
    testTeams(context, await workspacePlace(context)),
  ),
});
