import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { cellWords, eachActionQuestion, extent, itemOf, lackWords, tableQuestion } from './cell-words.ts';
import { observe } from './observe.ts';

/** CON-06: every action of every enabled connector has one of Claude's three permissions (guide 2.2 step 4). */
export const statesSet = defineRule({
  name: 'connector-states-set',
  about:
    'Looks for actions of enabled connectors that have no state in the connectors table. An empty cell fails; an action that the table does not list, or lists with several states, cannot be read.',
  undoneByPart: true,
  params: z.strictObject({}),
  decide(context) {
    const seen = observe(context);
    const cells = seen.enabled.flatMap((connector) => connector.cells);
    const unset = cells.filter((cell) => cell.lack === 'unset');
    if (unset.length > 0) {
      const reason = `${unset.length} of ${extent(seen.enabled, cells.length)} ${verb(unset.length, 'has', 'have')} no state: ${names(unset.map(cellWords), 4)}.`;
      return because('connectors.states_set.not_set', reason).fail(
        unset.flatMap((cell) => cell.evidence),
        unset.map((cell) => itemOf(cell, 'The state is empty in the table.')),
      );
    }
    if (seen.unset) return absent(seen.unset).cannotRead(seen.unset.howToGet);
    if (seen.enabled.length === 0)
      return because(
        'connectors.states_set.none_enabled',
        'The connectors table shows no connector as enabled, so no action needs a state.',
      ).pass(seen.evidence);
    const silent = seen.enabled.filter((connector) => !connector.listsActions);
    const unread = cells.filter((cell) => cell.width === null);
    if (unread.length > 0 || silent.length > 0) {
      const alone = silent.filter((connector) => connector.cells.length === 0);
      const parts = [
        ...(unread.length > 0
          ? [
              `The state of ${unread.length} of ${extent(seen.enabled, cells.length)} cannot be determined: ${names(
                unread.map((cell) => `${cellWords(cell)} ${lackWords(cell)}`),
                3,
              )}.`,
            ]
          : []),
        ...(alone.length > 0
          ? [`The table lists no action of ${names(alone.map((connector) => connector.name))}.`]
          : []),
      ];
      const question = unread.length > 0 ? tableQuestion(unread) : eachActionQuestion(alone);
      return because('connectors.states_set.unknown', parts.join(' ')).cannotRead(
        question,
        seen.evidence,
        unread.map((cell) => itemOf(cell, `It ${lackWords(cell)}.`)),
      );
    }
    const twice = cells.filter((cell) => cell.conflict !== null);
    if (twice.length > 0)
      return because(
        'connectors.states_set.two_states',
        `${twice.length} of ${extent(seen.enabled, cells.length)} ${verb(twice.length, 'has', 'have')} more than one state in the table: ${names(twice.map(cellWords), 4)}.`,
      ).cannotRead(
        ask(
          'source',
          'connectors',
          `Leave the state in the connectors table that Claude shows for ${names(twice.map(cellWords), 4)}, and remove the others.`,
          ['one_state', ...twice.map(({ key }) => key)],
        ),
        twice.flatMap((cell) => cell.evidence),
        twice.map((cell) => itemOf(cell, 'It has more than one state.')),
      );
    return because(
      'connectors.states_set.all_set',
      `${extent(seen.enabled, cells.length)} ${verb(cells.length, 'has', 'have')} a state: ${count(cells.filter((c) => c.width === 'allow').length, 'is', 'are').replace(/^(\d+) (is|are)$/, '$1 Always allow')}, ${cells.filter((c) => c.width === 'ask').length} Needs approval, ${cells.filter((c) => c.width === 'blocked' || c.width === 'off').length} Blocked or not offered.`,
    ).pass(seen.evidence);
  },
});
// Guide: G1.1-03 G2.2-20 G3.4-02 G7.1-01 GA-07
