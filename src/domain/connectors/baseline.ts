import type { Connector } from '../model/catalogue.ts';
import type { Permission } from '../model/rows-exports.ts';
import type { Effect } from './words.ts';

export interface Baseline {
  readonly permission: Permission;
  /**
   * guide: its table names the action. rule: it follows the guide's rule for the effect. ams: the guide's row for
   * membership systems. unrated: a read of a system whose sensitivity nobody stated, so it is not taken as low.
   * undecided: the guide's table has the system and leaves the action out, so someone has to decide.
   */
  readonly from: 'guide' | 'rule' | 'ams' | 'unrated' | 'undecided';
}

export interface BaselineOf {
  readonly effect: Effect;
  /** The catalogue's action; null: the catalogue does not know it. */
  readonly action: Connector['actions'][number] | null;
  /** The system counts as a membership system. */
  readonly ams: boolean;
  /** How sensitive its data is, the charter's word before the catalogue's; null: nobody stated it. */
  readonly sensitivity: 'low' | 'medium' | 'high' | null;
}

/**
 * What the guide recommends for an action: its table where it names it, else its general rule. A membership system is
 * read only. Always allow by itself is for reads of systems that are low in sensitivity. What nobody classified counts
 * as a write.
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
