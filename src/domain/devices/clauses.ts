import { isOwnServer } from '../charter/connector-kind.ts';
import type { Charter } from '../model/charter.ts';
import type { ClauseAnswer, DeviceClause } from '../model/device-settings.ts';
import { names } from '../text/words.ts';

/** The charter's answer to one clause. */
export interface ReadClause {
  readonly clause: DeviceClause;
  /** null: the charter does not cover it. */
  readonly answer: ClauseAnswer | null;
  /** The clause with its answer, for people. */
  readonly words: string;
  /** Where in the charter it is, or would be. */
  readonly path: string;
}

interface Clause {
  readonly path: string;
  /** What the charter is asked, as the rest of a sentence. */
  readonly about: string;
  readonly read: (charter: Charter) => { readonly answer: ClauseAnswer; readonly words: string } | null;
}

const yesNo = (value: boolean | undefined, yes: string, no: string) =>
  value === undefined
    ? null
    : value
      ? ({ answer: 'yes', words: yes } as const)
      : ({ answer: 'no', words: no } as const);

const CLAUSES: Readonly<Record<DeviceClause, Clause>> = {
  org_lock: {
    path: 'desktopOrgLock',
    about: 'whether Claude on devices signs in only to this organization',
    read: ({ desktopOrgLock }) =>
      yesNo(
        desktopOrgLock,
        'The app signs in only to this organization.',
        'The app may sign in to other organizations and personal accounts.',
      ),
  },
  desktop_updates: {
    path: 'desktopUpdates.automatic',
    about: 'whether Claude Desktop updates automatically',
    read: ({ desktopUpdates: updates }) =>
      updates === undefined
        ? null
        : updates.automatic
          ? {
              answer: 'yes',
              words: `Claude Desktop updates automatically${updates.withinHours === undefined ? '' : ` within ${updates.withinHours} hours`}.`,
            }
          : { answer: 'no', words: 'New versions of Claude Desktop come through software deployment.' },
  },
  desktop_extensions: {
    path: 'desktopExtensions',
    about: 'which desktop extensions are approved',
    read: ({ desktopExtensions: list }) =>
      list === undefined
        ? null
        : list.length === 0
          ? { answer: 'no', words: 'No desktop extension is approved.' }
          : { answer: 'some', words: `Desktop extensions approved: ${names(list, 5)}.` },
  },
  local_mcp: {
    path: 'localMcpAllowed',
    about: 'whether MCP servers on people’s own computers are allowed',
    read: ({ localMcpAllowed }) =>
      yesNo(
        localMcpAllowed,
        'MCP servers on people’s own computers are allowed.',
        'MCP servers on people’s own computers are not allowed.',
      ),
  },
  tools_of_custom_servers: {
    path: 'connectors',
    about: 'which custom servers the organization approves',
    read: ({ connectors }) => {
      if (connectors === undefined) return null;
      const own = connectors.filter(isOwnServer);
      // A connector of unknown kind may be the organization's own.
      if (own.length === 0 && connectors.some(({ kind }) => kind === undefined)) return null;
      return own.length === 0
        ? { answer: 'no', words: 'No server of the organization’s own is approved.' }
        : {
            answer: 'yes',
            words: `Servers of its own: ${names(
              own.map(({ name }) => name),
              5,
            )}.`,
          };
    },
  },
  cowork: {
    path: 'cowork.enabled',
    about: 'whether Cowork is on',
    read: ({ cowork }) => yesNo(cowork?.enabled, 'Cowork is on.', 'Cowork is off.'),
  },
  cowork_cloud: {
    path: 'cowork.runInCloud',
    about: 'whether Cowork runs in the cloud',
    read: ({ cowork }) =>
      yesNo(cowork?.runInCloud, 'Cowork may run in the cloud.', 'Cowork does not run in the cloud.'),
  },
  automatic_approval: {
    path: 'cowork.automaticApproval',
    about: 'whether Claude may approve its own steps',
    read: ({ cowork }) =>
      yesNo(
        cowork?.automaticApproval,
        'Claude may approve its own steps.',
        'Claude does not approve its own steps.',
      ),
  },
  always_allow: {
    path: 'cowork.alwaysAllow',
    about: 'whether people may choose Always allow in Cowork',
    read: ({ cowork }) =>
      yesNo(
        cowork?.alwaysAllow,
        'Always allow can be chosen in Cowork.',
        'Always allow cannot be chosen in Cowork.',
      ),
  },
  content_capture: {
    path: 'contentAccess.allowed',
    about: 'whether conversations of others may be read',
    read: ({ contentAccess }) =>
      yesNo(
        contentAccess?.allowed,
        'Other people’s conversations may be read, as approved.',
        'No one reads the conversations of others.',
      ),
  },
  chat_retention: {
    path: 'chatRetentionDays',
    about: 'how long chats are kept',
    read: ({ chatRetentionDays: days }) =>
      days === undefined
        ? null
        : days === 0
          ? { answer: 'no', words: 'Chats are kept without limit.' }
          : { answer: 'yes', words: `Chats are kept ${days} ${days === 1 ? 'day' : 'days'}.` },
  },
  telemetry: {
    path: 'telemetry.endpoint',
    about: 'where telemetry goes',
    read: ({ telemetry }) =>
      telemetry === undefined ? null : { answer: 'yes', words: `Telemetry goes to ${telemetry.endpoint}.` },
  },
  claude_in_chrome: {
    path: 'claudeInChromeAllowed',
    about: 'whether Claude in Chrome is allowed',
    read: ({ claudeInChromeAllowed }) =>
      yesNo(claudeInChromeAllowed, 'Claude in Chrome is allowed.', 'Claude in Chrome is not allowed.'),
  },
  connector_actions: {
    path: 'connectors',
    about: 'which connectors are approved',
    read: ({ connectors }) =>
      connectors === undefined
        ? null
        : connectors.length === 0
          ? { answer: 'no', words: 'No connector is approved.' }
          : {
              answer: 'some',
              words: `Connectors approved: ${names(
                connectors.map(({ name }) => name),
                5,
              )}.`,
            },
  },
  foreign_organizations: {
    path: 'network.tenantRestriction',
    about: 'whether other Claude organizations are refused on the network',
    read: ({ network }) =>
      yesNo(
        network?.tenantRestriction,
        'Other Claude organizations are refused on the network.',
        'Other Claude organizations are not refused on the network.',
      ),
  },
};

/** The charter's answer to a clause, and where it is. */
export function readClause(charter: Charter, clause: DeviceClause): ReadClause {
  const { path, about, read } = CLAUSES[clause];
  const found = read(charter);
  return found === null
    ? { clause, answer: null, words: `The charter does not say ${about}.`, path }
    : { clause, path, ...found };
}
