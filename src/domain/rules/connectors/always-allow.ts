import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask, askAll } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { cellWords, itemOf, stateGaps, whoUnknown } from './cell-words.ts';
import { type Approved, approvalsOf, approvedConnectors, effectsOf, justificationFor } from './chartered.ts';
import { observe } from './observe.ts';
import type { Cell, ObservedConnector } from './table.ts';

/**
 * CON-12: Always allow is only for reads of low-sensitivity systems, actions in the guide's table, or a written reason.
 */
export const alwaysAllow = defineRule({
  name: 'connector-always-allow',
  about:
    'Each action set to Always allow needs a basis: it only reads a low-sensitivity system, the guide’s table recommends it, or the charter gives a reason.',
  failsFromPart: ['connectors'],
  undoneByPart: true,
  params: z.strictObject({}),
  decide(context) {
    const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
    const seen = observe(context);
    const bare: { cell: Cell; why: string }[] = [];
    const asked: { cell: Cell; connector: ObservedConnector }[] = [];
    const unread: Cell[] = [];
    const unknown: Cell[] = [];
    const grounds = { low: 0, guide: 0, reason: 0 };
    for (const connector of seen.enabled) {
      for (const cell of connector.cells) {
        if (cell.width === null) unread.push(cell);
        if (cell.width !== 'allow' || (cell.match.kind === 'rest' && connector.entries.length > 0)) continue;
        const { ground, why } = groundOf(cell, connector, approved);
        if (ground === 'none') bare.push({ cell, why });
        else if (ground === 'unclassified') unknown.push(cell);
        else if (ground === 'unranked') asked.push({ cell, connector });
        else grounds[ground] += 1;
      }
    }
    if (bare.length > 0) {
      const items = bare.map(({ cell, why }) =>
        itemOf(cell, `Always allow; ${why}, and the charter gives no reason.`),
      );
      return because(
        'connectors.always_allow.no_reason',
        `${count(bare.length, 'action')} ${verb(bare.length, 'is', 'are')} Always allow without a reason: ${names(
          bare.map(({ cell }) => cellWords(cell)),
          4,
        )}.${whoUnknown(context)}`,
      ).fail(
        items.flatMap((item) => item.evidence),
        items,
      );
    }
    const gap = seen.unset ? ` ${seen.unset.why}` : '';
    const askGap = seen.unset ? [seen.unset.howToGet] : [];
    if (unknown.length > 0)
      return because(
        'connectors.always_allow.effects_unknown',
        `${count(unknown.length, 'action')} ${verb(unknown.length, 'is', 'are')} Always allow, and no one has stated what ${verb(unknown.length, 'it does', 'they do')}: ${names(unknown.map(cellWords), 4)}.${gap}`,
      ).cannotRead(
        askAll([
          ask(
            'charter',
            'connectors.effects',
            `State read, write, delete, send or admin for ${names(unknown.map(cellWords), 4)} under \`effects\` of the connector in the charter.`,
            unknown.map(({ key }) => key),
          ),
          ...askGap,
        ]),
        seen.evidence,
        unknown.map((cell) => itemOf(cell, 'Always allow, and what it does is not known.')),
      );
    if (asked.length > 0) {
      const systems = [...new Set(asked.map(({ connector }) => connector.name))];
      return because(
        'connectors.always_allow.sensitivity_unknown',
        `${count(asked.length, 'read action')} ${verb(asked.length, 'is', 'are')} Always allow on ${names(systems)}, and how sensitive that data is has not been stated.${gap}`,
      ).cannotRead(
        askAll([
          ask(
            'charter',
            'connectors.sensitivity',
            `State \`sensitivity\` (low, medium or high) of ${names(systems)} in the charter.`,
            systems,
          ),
          ...askGap,
        ]),
        seen.evidence,
        asked.map(({ cell }) => itemOf(cell, 'Always allow on a system of unstated sensitivity.')),
      );
    }
    if (seen.unset) return absent(seen.unset).cannotRead(seen.unset.howToGet);
    const gaps = stateGaps(unread, seen.enabled);
    if (gaps)
      return because(
        'connectors.always_allow.states_unknown',
        `Whether ${count(gaps.parts.length, 'action')} ${verb(gaps.parts.length, 'is', 'are')} Always allow cannot be determined: ${names(gaps.parts, 3)}.`,
      ).cannotRead(gaps.question, seen.evidence, gaps.items);
    const total = grounds.low + grounds.guide + grounds.reason;
    if (total === 0)
      return because('connectors.always_allow.none', 'No action is Always allow.').pass(seen.evidence);
    const whys = [
      grounds.low > 0 && `${grounds.low} ${verb(grounds.low, 'reads', 'read')} a low-sensitivity system`,
      grounds.guide > 0 && `${grounds.guide} ${verb(grounds.guide, 'is', 'are')} based on the guide’s table`,
      grounds.reason > 0 &&
        `${grounds.reason} ${verb(grounds.reason, 'is', 'are')} based on a reason in the charter`,
    ].filter((why) => why !== false);
    return because(
      'connectors.always_allow.all_reasoned',
      `${count(total, 'action')} ${verb(total, 'is', 'are')} Always allow: ${names(whys)}.`,
    ).pass(seen.evidence);
  },
});

interface Ground {
  readonly ground: 'low' | 'guide' | 'reason' | 'unranked' | 'unclassified' | 'none';
  /** For `none`: what speaks against it, as a clause. */
  readonly why: string;
}

function groundOf(cell: Cell, connector: ObservedConnector, approved: readonly Approved[]): Ground {
  const own = approvalsOf(connector, approved);
  if (own.some((one) => justificationFor(cell.match, one) !== null)) return { ground: 'reason', why: '' };
  const effects = effectsOf(cell, connector, approved);
  if (effects.includes('unknown'))
    return cell.match.kind === 'rest'
      ? { ground: 'none', why: 'it covers whatever tool is added' }
      : { ground: 'unclassified', why: '' };
  const effect = effects.find((one) => one !== 'read');
  if (effect)
    return {
      ground: 'none',
      why: `it is ${effect === 'admin' ? 'an administration' : `a ${effect}`} action`,
    };
  if (cell.known?.action.baseline === 'allow') return { ground: 'guide', why: '' };
  const stated = own.find((one) => one.connector.sensitivity)?.connector.sensitivity;
  const known = cell.known?.connector.sensitivity;
  // Member data is never of low sensitivity, and calling a system so is no reason.
  const isMore = known === 'high' || own.some(({ connector: one }) => one.holdsMemberData === true);
  const sensitivity = stated === 'low' && isMore ? (known ?? 'high') : (stated ?? known);
  if (sensitivity === undefined) return { ground: 'unranked', why: '' };
  return sensitivity === 'low'
    ? { ground: 'low', why: '' }
    : { ground: 'none', why: `${cell.connector} is a system of ${sensitivity} sensitivity` };
}
// Guide: G2.2-21
