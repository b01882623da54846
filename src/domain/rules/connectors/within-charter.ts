import { z } from 'zod';
import { lapsedException } from '../../charter/effective.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { cellWords, extent, itemOf, lackWords, tableQuestion, whoSet, whoUnknown } from './cell-words.ts';
import { chartered, charterWords } from './charter-asked.ts';
import { type Approved, approvalsOf, type Grant, grantFor } from './chartered.ts';
import { observe } from './observe.ts';
import type { Cell, ObservedConnector } from './table.ts';
import { WIDTH_WORDS, wider } from './width.ts';

/** CON-09: no action of an enabled connector is wider than the charter (guide 2.2 step 4, 7.1). */
export const withinCharter = defineRule({
  name: 'connectors-within-charter',
  about:
    'Compares each action of the connectors table with the charter. An action that is wider, or that the charter does not name and is not blocked, fails. A narrower one is listed and does not fail.',
  failsFromPart: ['connectors'],
  undoneByPart: true,
  params: z.strictObject({}),
  decide(context) {
    const charter = chartered(context);
    if (!charter.ok) return charter.said.cannotRead(charter.ask);
    const seen = observe(context);
    const found = seen.enabled.map((connector) => compare(context, connector, charter.approved));
    const wide = found.flatMap((one) => one.wide);
    const cells = seen.enabled.reduce((sum, connector) => sum + connector.cells.length, 0);
    if (wide.length > 0) {
      const first = wide[0]?.detail ?? '';
      const said =
        wide.length === 1
          ? `${wide[0]?.label} ${lower(first)}`
          : `${wide.length} of ${extent(seen.enabled, cells)} are wider than ${charterWords(context)}: ${names(
              wide.map((item) => item.label),
              4,
            )}.`;
      return because('connectors.within_charter.wider', `${said}${whoUnknown(context)}`).fail(
        [charter.evidence, ...wide.flatMap((item) => item.evidence)],
        wide,
      );
    }
    if (seen.unset) return absent(seen.unset).cannotRead(seen.unset.howToGet, [charter.evidence]);
    const unread = found.flatMap((one) => one.unread);
    const unlisted = found.flatMap((one) => one.absent);
    if (unread.length > 0 || unlisted.length > 0) {
      const list = [
        ...unread.map((cell) => `${cellWords(cell)} ${lackWords(cell)}`),
        ...unlisted.map((label) => `${label} is not in the table`),
      ];
      const reason = `${count(list.length, 'action')} cannot be compared with ${charterWords(context)}: ${names(list, 4)}. What could be read is not wider.`;
      const question =
        unread.length > 0
          ? tableQuestion(unread)
          : ask(
              'source',
              'connectors',
              `Write the state of ${names(unlisted, 4)} into the connectors table; “not offered” if Claude shows no such tool.`,
              ['not_in_table', ...unlisted],
            );
      return because('connectors.within_charter.unknown', reason).cannotRead(
        question,
        [charter.evidence, ...seen.evidence],
        unread.map((cell) => itemOf(cell, `It ${lackWords(cell)}.`)),
      );
    }
    const narrow = found.flatMap((one) => one.narrow);
    const note =
      narrow.length > 0
        ? ` ${narrow.length} ${verb(narrow.length, 'is', 'are')} narrower than approved: ${names(narrow, 3)}.`
        : '';
    if (seen.enabled.length === 0)
      return because(
        'connectors.within_charter.none_enabled',
        'The connectors table shows no connector as enabled.',
      ).pass([charter.evidence, ...seen.evidence]);
    return because(
      'connectors.within_charter.within',
      `${extent(seen.enabled, cells)} ${verb(cells, 'is', 'are')} within ${charterWords(context)}.${note}`,
    ).pass([charter.evidence, ...seen.evidence]);
  },
});

interface Comparison {
  readonly wide: Item[];
  readonly narrow: string[];
  readonly unread: Cell[];
  /** Actions that the charter names and neither the table nor the catalogue knows. */
  readonly absent: string[];
}

function compare(
  context: CheckContext,
  connector: ObservedConnector,
  approved: readonly Approved[],
): Comparison {
  const result: Comparison = { wide: [], narrow: [], unread: [], absent: [] };
  const own = approvalsOf(connector, approved);
  for (const cell of connector.cells) {
    if (cell.width === null) {
      result.unread.push(cell);
      continue;
    }
    const grant = grantFor(cell, connector, approved);
    const limit = grant?.permission ?? 'blocked';
    if (wider(cell.width, limit)) {
      const who = whoSet(context, cell);
      const says = grant
        ? `${charterWords(context)} calls for ${WIDTH_WORDS[grant.permission]}${endedWords(context, grant)}`
        : `${charterWords(context)} does not approve it`;
      const cite =
        grant && context.charter.ok
          ? [
              context.charter.cite(
                `connectors.${grant.approved.index}.actions.${grant.text}`,
                `${grant.approved.connector.name} “${grant.text}”: ${WIDTH_WORDS[grant.permission]}`,
              ),
            ]
          : [];
      result.wide.push(
        itemOf(cell, `Is set to ${WIDTH_WORDS[cell.width]}, but ${says}.${who ? ` ${who}` : ''}`, cite),
      );
    } else if (grant && wider(grant.permission, cell.width)) {
      result.narrow.push(
        `${cellWords(cell)} is ${WIDTH_WORDS[cell.width]}, approved as ${WIDTH_WORDS[grant.permission]}`,
      );
    }
  }
  if (connector.cells.length === 0) result.absent.push(`Every action of ${connector.name}`);
  for (const one of own) {
    for (const action of one.actions) {
      const { match } = action;
      if (
        match.kind !== 'unknown' ||
        connector.cells.some((cell) => cell.match.kind === 'unknown' && cell.match.key === match.key)
      )
        continue;
      // The default for everything unlisted covers an action without its own line.
      const rest = connector.cells.find((cell) => cell.match.kind === 'rest');
      if (rest && rest.width !== null && !wider(rest.width, action.permission)) continue;
      result.absent.push(`${connector.name} “${action.text}”`);
    }
  }
  return result;
}

/** Why an action is Blocked although the charter allows more: its exception from an invariant has ended. */
function endedWords({ charter, today }: CheckContext, { approved, text }: Grant): string {
  if (!charter.ok) return '';
  const ended = lapsedException(charter.value, approved.connector.name, text, today);
  return ended === null ? '' : ` now that its exception ended on ${dayWords(ended.until)}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
// Guide: G1.1-03 G2.2-20 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29 G3.4-02 G7.1-01 G7.2-20 GA-07
