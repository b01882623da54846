import type { Catalogue } from '../model/catalogue.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { ActivityEffect } from './activity.ts';

export interface Call {
  /** Id in the catalogue, or the name in lower case. */
  readonly connector: string | null;
  readonly effect: ActivityEffect;
}

/**
 * Classifies a call of a connector's tool by the catalogue. If Claude lists as one connector what the guide rates in
 * parts, the result is the part with this tool. The effect is unknown if nobody classified the tool, or if parts
 * differ.
 */
export function classifyCall(
  catalogue: Pick<Catalogue, 'connectors'>,
  name: string | null,
  tool: string | null,
): Call {
  if (name === null) return { connector: null, effect: 'unknown' };
  const match = matchConnector(name, catalogue);
  const own = match.entries.length === 1 ? (match.entries[0]?.id ?? null) : null;
  const found = tool === null ? null : matchAction(tool, match.entries, 'observed');
  if (found?.kind === 'actions') {
    const connectors = new Set(found.actions.map(({ connector }) => connector.id));
    const effects = new Set(found.actions.map(({ action }) => effectOf(action.effect)));
    const [only] = connectors;
    const [effect] = effects;
    return {
      connector: connectors.size === 1 && only !== undefined ? only : (own ?? nameOf(name)),
      effect: effects.size === 1 && effect !== undefined ? effect : 'unknown',
    };
  }
  return { connector: own ?? nameOf(name), effect: 'unknown' };
}

/** Finds a connector by a source's name for it. */
export function connectorOf(catalogue: Pick<Catalogue, 'connectors'>, name: string | null): string | null {
  return classifyCall(catalogue, name, null).connector;
}

function nameOf(name: string): string | null {
  const plain = name.trim().toLowerCase();
  return plain === '' ? null : plain;
}

/** Deleting and sending are writes, too. */
function effectOf(effect: string): ActivityEffect {
  if (effect === 'read' || effect === 'admin' || effect === 'unknown') return effect;
  return 'write';
}
