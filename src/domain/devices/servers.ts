import { isOwnServer } from '../charter/connector-kind.ts';
import { effectiveCharter } from '../charter/effective.ts';
import type { Charter } from '../model/charter.ts';

/** A server of the organization's own that Claude Code may load, with the name that its rules use. */
export interface OwnServer {
  /** As in the charter. */
  readonly name: string;
  /** Name in settings: letters, digits, hyphen and underscore only. */
  readonly id: string;
  /** null: the charter has no address, so the server cannot be configured on devices. */
  readonly url: string | null;
  readonly denied: readonly string[];
  readonly asked: readonly string[];
}

/** The organization's own servers in the charter, with the rules that enforce their permissions on a day. */
export function ownServers(charter: Charter, today: string): readonly OwnServer[] {
  const taken = new Set<string>();
  return (effectiveCharter(charter, today).connectors ?? [])
    .filter(isOwnServer)
    .map(({ name, url, actions }) => {
      const id = freeId(name, taken);
      const rule = (action: string) => `mcp__${id}__${action}`;
      const tools = Object.entries(actions).filter(([action]) => TOOL.test(action));
      const rest = actions['*'] ?? 'blocked';
      return {
        name,
        id,
        url: url ?? null,
        denied: tools.filter(([, state]) => state === 'blocked').map(([action]) => rule(action)),
        // Deny rules override allow rules, so "all others" can only be asked about, not denied.
        asked: [
          ...(rest === 'allow' && tools.length === Object.keys(actions).filter((one) => one !== '*').length
            ? []
            : [`mcp__${id}`]),
          ...tools.filter(([, state]) => state === 'ask').map(([action]) => rule(action)),
        ],
      };
    });
}

/** Actions in words ("Read members") are not tool names, so no rule can refer to them. */
const TOOL = /^[A-Za-z0-9_.-]{1,128}$/;

function freeId(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'server';
  let id = plain;
  for (let n = 2; taken.has(id.toLowerCase()); n += 1) id = `${plain}-${n}`;
  taken.add(id.toLowerCase());
  return id;
}
