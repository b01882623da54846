import type { Catalogue, Connector } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import { approvalsOf, approvedConnectors, statedEffect } from '../rules/connectors/chartered.ts';
import { type Effect, matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { ActivityEffect } from './activity.ts';

/** Stands for a connector whose name the sender withholds. */
export const UNNAMED_CONNECTOR = 'unnamed';

export interface KnownTool {
  /** Id of the connector in the catalogue, or its name in lower case. */
  readonly connector: string;
  readonly effect: ActivityEffect;
  /** The catalogue's own term, which distinguishes sending and deleting from other writes; null if unknown. */
  readonly act: Effect | null;
}

/** Classifies a connector's tool by the catalogue and, if that does not know it, by the client's charter. */
export type ToolResolver = (connectorName: string, tool: string | null) => KnownTool;

/** Maximum names cached per resolver, so that a sender with invented names cannot fill the memory. */
const MAX_CACHED_NAMES = 5000;

export function toolResolver(
  catalogue: Pick<Catalogue, 'connectors'>,
  charter: Pick<Charter, 'connectors'>,
): ToolResolver {
  const known = new Map<string, KnownTool>();
  return (connectorName, tool) => {
    const key = `${connectorName}\0${tool ?? ''}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= MAX_CACHED_NAMES) known.clear();
    const found = resolve(connectorName, tool, catalogue, charter);
    known.set(key, found);
    return found;
  };
}

/**
 * "claude.ai Microsoft 365" and "claude_ai_Microsoft_365" are the organization's connector "Microsoft 365";
 * "plugin:acme:crm" is a plugin's server, which appears as "plugin_acme_crm" in names of its tools.
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

/** Of several possible meanings of a name, the one that changes most: a write must never pass for a read. */
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
