import type { Catalogue, Connector } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import { approvalsOf, approvedConnectors, statedEffect } from '../rules/connectors/chartered.ts';
import { type Effect, matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { ActivityEffect } from './activity.ts';

/** What stands for a connector that took part and whose name the sender keeps to itself. */
export const UNNAMED_CONNECTOR = 'unnamed';

export interface KnownTool {
  /** Id of the connector in the catalogue, or its name in lower case. */
  readonly connector: string;
  readonly effect: ActivityEffect;
  /** The catalogue's own word, which tells sending and deleting from other writes; null where nobody knows. */
  readonly act: Effect | null;
}

/** Says what a tool of a connector is and does, by the catalogue and, where that is silent, by the client's charter. */
export type ToolResolver = (connectorName: string, tool: string | null) => KnownTool;

/** Names kept per resolver, so that a sender that makes up names cannot fill the memory. */
const KEEP = 5000;

export function toolResolver(
  catalogue: Pick<Catalogue, 'connectors'>,
  charter: Pick<Charter, 'connectors'>,
): ToolResolver {
  const known = new Map<string, KnownTool>();
  return (connectorName, tool) => {
    const key = `${connectorName}\0${tool ?? ''}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= KEEP) known.clear();
    const found = resolve(connectorName, tool, catalogue, charter);
    known.set(key, found);
    return found;
  };
}

/**
 * "claude.ai Microsoft 365" and "claude_ai_Microsoft_365" are the connector "Microsoft 365" of the organization, and
 * "plugin:acme:crm" is the server of a plugin that stands as "plugin_acme_crm" in the names of its tools.
 */
export function plainConnectorName(name: string): string {
  return name
    .replace(/^claude[._ ]ai[_ ]+/i, '')
    .replace(/^plugin:.*/i, (plugin) => plugin.replaceAll(':', ' '))
    .replaceAll('_', ' ')
    .trim();
}

function resolve(
  connectorName: string,
  tool: string | null,
  catalogue: Pick<Catalogue, 'connectors'>,
  charter: Pick<Charter, 'connectors'>,
): KnownTool {
  const name = plainConnectorName(connectorName) || connectorName;
  const place = matchConnector(name, catalogue);
  const fallback = idOf(place.entries) ?? name.toLowerCase();
  if (tool === null) return { connector: fallback, effect: 'unknown', act: null };
  const match = matchAction(tool, place.entries, 'observed');
  const connectors = match.kind === 'actions' ? [...new Set(match.actions.map((one) => one.connector))] : [];
  const connector = idOf(connectors) ?? fallback;
  const acts =
    match.kind === 'actions'
      ? match.actions.map(({ action }) => action.effect)
      : match.kind === 'class'
        ? match.effects
        : [];
  const stated = approvalsOf(place, approvedConnectors(charter, catalogue)).map((one) =>
    statedEffect(match, one),
  );
  const act = widest(acts) ?? stated.find((one) => one !== null) ?? null;
  return { connector, effect: effectOf(act), act };
}

function idOf(entries: readonly Connector[]): string | null {
  return entries.length === 1 ? (entries[0]?.id ?? null) : null;
}

const WIDER: readonly Effect[] = ['read', 'write', 'send', 'delete', 'admin'];

/** Of several things that a name may mean, what changes most: a change is never passed off as a read. */
function widest(acts: readonly Effect[]): Effect | null {
  if (acts.length === 0 || acts.some((act) => !WIDER.includes(act))) return null;
  return acts.reduce((a, b) => (WIDER.indexOf(b) > WIDER.indexOf(a) ? b : a));
}

/** Sending and deleting are writes. */
export function effectOf(act: Effect | null): ActivityEffect {
  switch (act) {
    case 'read':
    case 'admin':
      return act;
    case 'write':
    case 'send':
    case 'delete':
      return 'write';
    default:
      return 'unknown';
  }
}
