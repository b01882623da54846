import type { Catalogue } from '../model/catalogue.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { ActivityEffect } from './activity.ts';

export interface Call {
  /** Id in the catalogue, or the name as written in lower case. */
  readonly connector: string | null;
  readonly effect: ActivityEffect;
}

/**
 * What a call of a connector's tool is, by the catalogue. Claude lists some connectors as one that the guide rates in
 * parts; then the part is the one whose tool it is. A tool that nobody classified has an unknown effect, and so has one
 * of which parts differ.
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

/** A connector by the name that a source gives it. */
export function connectorOf(catalogue: Pick<Catalogue, 'connectors'>, name: string | null): string | null {
  return classifyCall(catalogue, name, null).connector;
}

function nameOf(name: string): string | null {
  const plain = name.trim().toLowerCase();
  return plain === '' ? null : plain;
}

/** Deleting and sending change something, too. */
function effectOf(effect: string): ActivityEffect {
  if (effect === 'read' || effect === 'admin' || effect === 'unknown') return effect;
  return 'write';
}
