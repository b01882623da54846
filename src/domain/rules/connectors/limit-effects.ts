import { z } from 'zod';
import { EFFECTS } from '../../model/catalogue.ts';
import { defineRule } from '../../model/rule.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { askEffects } from './ask-effects.ts';
import { cellWords, every, extent, itemOf, stateGaps, whoSet, whoUnknown } from './cell-words.ts';
import { approvedConnectors, effectsOf } from './chartered.ts';
import type { Effect } from './match.ts';
import { observe } from './observe.ts';
import type { Cell } from './table.ts';
import { WIDTH_WORDS, wider } from './width.ts';

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  read: 'read',
  write: 'write',
  delete: 'delete',
  send: 'send',
  admin: 'administration',
  unknown: 'unclassified',
};

/**
 * CON-10 and CON-11: actions with certain effects have at most this permission on every enabled connector (guide 2.2
 * step 4).
 */
export const limitEffects = defineRule({
  name: 'connector-effects-at-most',
  about:
    'Checks that actions of the named effects have at most the named state. If no one has classified an action, Bylaw asks whether it is one of them.',
  failsFromPart: ['connectors'],
  undoneByPart: true,
  params: z.strictObject({
    effects: z.array(z.enum(EFFECTS)).min(1),
    atMost: z.enum(['ask', 'blocked']),
  }),
  decide(context, { effects, atMost }) {
    const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
    const seen = observe(context);
    const wide: Cell[] = [];
    const unknown: Cell[] = [];
    const unread: Cell[] = [];
    let counted = 0;
    for (const connector of seen.enabled) {
      const known = connector.entries.length > 0;
      for (const cell of connector.cells) {
        // The default of a known connector is evaluated through the actions that it covers.
        if (cell.match.kind === 'rest' && known) continue;
        const own = effectsOf(cell, connector, approved);
        const concerned = own.some((effect) => effects.includes(effect));
        const open = own.includes('unknown');
        if (!concerned && !open) continue;
        counted += 1;
        if (cell.width === null) unread.push(cell);
        else if (wider(cell.width, atMost)) {
          // "All other actions" includes tools added later, so Always allow there certainly includes writes.
          const certain = concerned || (cell.match.kind === 'rest' && atMost === 'ask');
          (certain ? wide : unknown).push(cell);
        }
      }
    }
    const kinds = list(
      effects.filter((effect) => effect !== 'unknown').map((effect) => EFFECT_WORDS[effect]),
    );
    const limit = atMost === 'blocked' ? 'Blocked' : 'Needs approval or narrower';
    if (wide.length > 0) {
      const items = wide.map((cell) => {
        const who = whoSet(context, cell);
        const why = cell.effects.includes('unknown') ? 'It covers whatever tool is added. ' : '';
        return itemOf(cell, `${why}It is ${WIDTH_WORDS[cell.width ?? 'allow']}.${who ? ` ${who}` : ''}`);
      });
      const shown = wide.map((cell) => `${cellWords(cell)} is ${WIDTH_WORDS[cell.width ?? 'allow']}`);
      const reason = `${wide.length} of ${count(counted, `${kinds} action`)} of ${count(seen.enabled.length, 'enabled connector')} ${verb(wide.length, 'is', 'are')} not ${limit}: ${names(shown, 4)}.`;
      return because('connectors.limit_effects.wider', `${reason}${whoUnknown(context)}`).fail(
        wide.flatMap((cell) => cell.evidence),
        items,
      );
    }
    if (unknown.length > 0) {
      const reason = `${count(unknown.length, 'action')} ${verb(unknown.length, 'is', 'are')} not ${limit}, and no one has stated what ${verb(unknown.length, 'it does', 'they do')}: ${names(unknown.map(cellWords), 4)}.${seen.unset ? ` ${seen.unset.why}` : ''}`;
      return because('connectors.limit_effects.effects_unknown', reason).cannotRead(
        askEffects(unknown, seen.unset),
        seen.evidence,
        unknown.map((cell) => itemOf(cell, 'What it does is not known.')),
      );
    }
    if (seen.unset) return absent(seen.unset).cannotRead(seen.unset.howToGet);
    const gaps = stateGaps(unread, seen.enabled);
    if (gaps)
      return because(
        'connectors.limit_effects.states_unknown',
        `The state of ${count(gaps.parts.length, `${kinds} action`)} cannot be determined: ${names(gaps.parts, 3)}.`,
      ).cannotRead(gaps.question, seen.evidence, gaps.items);
    if (counted === 0)
      return because(
        'connectors.limit_effects.none',
        `None of the ${extent(
          seen.enabled,
          seen.enabled.reduce((sum, c) => sum + c.cells.length, 0),
        )} is a ${kinds} action.`,
      ).pass(seen.evidence);
    return because(
      'connectors.limit_effects.all_limited',
      `${every(counted, `${kinds} action`)} of ${count(seen.enabled.length, 'enabled connector')} ${verb(counted, 'is', 'are')} ${limit}.`,
    ).pass(seen.evidence);
  },
});

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}
// Guide: G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-29 G7.2-20
