import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { setMyNotices, setTeamsNotices, showNotices } from './alerts/settings.ts';
import { setNames, showClient } from './client.ts';
import type { remindersContract } from './contract.ts';
import { endFeed, makeFeed, setMine, showMine } from './own-settings.ts';
import {
  channelShown,
  clientPlace,
  removeTeams,
  setTeams,
  testTeams,
  workspacePlace,
} from './teams/settings.ts';
import { remind, showReminder } from './work/remind.ts';

const showWorkspace = async (context: HandlerContext) => channelShown(context, await workspacePlace(context));

export const remindersHandlers: HandlersOf<typeof remindersContract> = {
  mine: showMine,
  setMine,
  makeFeed,
  endFeed,
  ofClient: showClient,
  setNames,
  alerts: showNotices,
  setMyAlerts: setMyNotices,
  setTeamsAlerts: setTeamsNotices,
  ofWork: showReminder,
  remind,
  setTeams: async (context, input) => {
    await setTeams(context, clientPlace(context), input);
    return showClient(context);
  },
  removeTeams: async (context, input) => {
    await removeTeams(context, clientPlace(context), input.version);
    return showClient(context);
  },
  testTeams: (context) => testTeams(context, clientPlace(context)),
  ofWorkspace: showWorkspace,
  setWorkspaceTeams: async (context, input) => {
    await setTeams(context, await workspacePlace(context), input);
    return showWorkspace(context);
  },
  removeWorkspaceTeams: async (context, input) => {
    await removeTeams(context, await workspacePlace(context), input.version);
    return showWorkspace(context);
  },
  testWorkspaceTeams: async (context) => testTeams(context, await workspacePlace(context)),
};
