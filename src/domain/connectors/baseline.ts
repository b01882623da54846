import type { Connector } from '../model/catalogue.ts';
import type { Permission } from '../model/rows-exports.ts';
import type { Effect } from './words.ts';

export interface Baseline {
  readonly permission: Permission;
  /**
   * guide: its table names the action. rule: the guide's rule for the effect. ams: the guide's row for membership
   * systems. unrated: a read of a system with no stated sensitivity, which is therefore not treated as low. undecided:
   * the guide's table has the system but not the action, so a person must decide.
   */
  readonly from: 'guide' | 'rule' | 'ams' | 'unrated' | 'undecided';
}

export interface BaselineOf {
  readonly effect: Effect;
  /** The catalogue's action; null: not in the catalogue. */
  readonly action: Connector['actions'][number] | null;
  /** The system counts as a membership system. */
  readonly ams: boolean;
  /** Sensitivity of its data, from the charter, else the catalogue; null: stated by neither. */
  readonly sensitivity: 'low' | 'medium' | 'high' | null;
}

/**
 * What the guide recommends for an action: the entry in its table, else its general rule. Membership systems are read
 * only. By the general rule only reads of systems with low sensitivity are Always allow. Unclassified actions count as
 * writes.
 */
export function baselineFor({ effect, action, ams, sensitivity }: BaselineOf): Baseline {
  if (ams && effect !== 'read') return { permission: 'blocked', from: 'ams' };
  if (action?.baseline)
    return {
      permission: action.baseline,
      from: action.inGuide === true ? 'guide' : action.undecided === true ? 'undecided' : 'rule',
    };
  if (effect === 'read') {
    if (ams && action === null) return { permission: 'allow', from: 'ams' };
    if (sensitivity === null) return { permission: 'ask', from: 'unrated' };
    return { permission: sensitivity === 'low' ? 'allow' : 'ask', from: 'rule' };
  }
  return { permission: effect === 'write' || effect === 'unknown' ? 'ask' : 'blocked', from: 'rule' };
}
