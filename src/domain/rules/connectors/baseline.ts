import { z } from 'zod';
import type { Permission } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { charterWords, someChartered } from './charter-asked.ts';
import { type Approved, effectsOf, grantFor, justificationFor, ownReason } from './chartered.ts';
import type { Effect } from './match.ts';
import { type Cell, type ObservedConnector, readTable } from './table.ts';
import { WIDTH_WORDS, wider } from './width.ts';

/**
 * CON-08: the charter gives a reason for being looser than the guide's baseline (guide 2.2 step 4, the table and the
 * three states).
 */
export const charterBaseline = defineRule({
  name: 'charter-baseline',
  about:
    'Compares each permission of the charter with the guide: with its table if that names the action, otherwise with its general rule for the effect. A looser permission needs a reason.',
  params: z.strictObject({}),
  decide(context) {
    const charter = someChartered(context);
    if (!charter.ok) return charter.outcome;
    const found = charter.approved.flatMap((one) => compare(context, one));
    const bare = found.filter((one) => one.reason === null && !one.asked);
    const asked = found.filter((one) => one.reason === null && one.asked);
    if (bare.length > 0) {
      const wording = names(
        bare.map(({ item }) => item.label),
        4,
      );
      return because(
        'connectors.baseline.looser',
        `${count(bare.length, 'permission')} of ${charterWords(context)} ${verb(bare.length, 'is', 'are')} looser than the guide and ${verb(bare.length, 'gives', 'give')} no reason: ${wording}.`,
      ).fail(
        bare.flatMap(({ item }) => item.evidence),
        bare.map(({ item }) => item),
      );
    }
    if (asked.length > 0) {
      const wording = names(
        asked.map(({ item }) => item.label),
        4,
      );
      return because(
        'connectors.baseline.effects_unknown',
        `What ${count(asked.length, 'action')} of ${charterWords(context)} ${verb(asked.length, 'does', 'do')} is not stated, so ${verb(asked.length, 'it', 'they')} cannot be compared with the guide: ${wording}.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.effects',
          `State read, write, delete, send or admin for ${wording} under \`effects\` of the connector in the charter.`,
          asked.map(({ item }) => item.key),
        ),
        asked.flatMap(({ item }) => item.evidence),
        asked.map(({ item }) => item),
      );
    }
    const argued =
      found.length > 0
        ? ` ${found.length} looser ${verb(found.length, 'one gives its', 'ones give their')} reason: ${names(
            found.map(({ item }) => item.label),
            3,
          )}.`
        : '';
    return because(
      'connectors.baseline.no_looser',
      `The permissions of ${count(charter.approved.length, 'approved connector')} are no looser than the guide${found.length > 0 ? ', but for those with a reason' : ''}.${argued}`,
    ).pass([charter.evidence]);
  },
});

interface Looser {
  readonly item: Item;
  readonly reason: string | null;
  /** The action's effect is not stated; it is looser only if the action is more than a read. */
  readonly asked: boolean;
}

function compare(context: CheckContext, approved: Approved): Looser[] {
  const group = asTable(context, approved);
  const alone = [approved];
  return group.cells.flatMap((cell) => {
    const grant = grantFor(cell, group, alone);
    if (!grant) return [];
    const effects = effectsOf(cell, group, alone);
    const limit = baselineOf(cell, effects, approved);
    if (!limit || !wider(grant.permission, limit.permission)) return [];
    const reason = justificationFor(cell.match, approved) ?? ownReason(grant.text, approved);
    const evidence = context.charter.ok
      ? [
          context.charter.cite(
            `connectors.${approved.index}.actions.${grant.text}`,
            `${approved.connector.name} “${grant.text}”: ${WIDTH_WORDS[grant.permission]}`,
          ),
        ]
      : [];
    const label =
      cell.match.kind === 'rest'
        ? `${approved.connector.name}, all other actions`
        : `${approved.connector.name} “${cell.known?.action.title ?? cell.action}”`;
    return [
      {
        item: {
          key: cell.key,
          label,
          detail: `The charter says ${WIDTH_WORDS[grant.permission]}; ${limit.words} ${WIDTH_WORDS[limit.permission]}.`,
          evidence,
        },
        reason,
        asked: effects.includes('unknown') && cell.match.kind !== 'rest',
      },
    ];
  });
}

/** Converts the charter's connector to a table, so that both are matched with the same spelling rules. */
function asTable(context: CheckContext, approved: Approved): ObservedConnector {
  const evidence = context.charter.ok
    ? context.charter.cite(`connectors.${approved.index}`, approved.connector.name)
    : { kind: 'charter' as const, file: '', observedOn: context.today, says: '' };
  const lines = approved.actions.map((action) => ({
    connector: approved.connector.name,
    action: action.text,
    enabled: null,
    width: action.permission,
    lack: null,
    text: null,
    evidence,
    after: null,
  }));
  const [table] = readTable(lines, context.catalogue);
  const empty = {
    key: approved.place.key,
    name: approved.connector.name,
    entries: approved.place.entries,
    enabled: true,
    cells: [],
    evidence: [evidence],
    listsActions: false,
  };
  return table ?? empty;
}

/**
 * What the guide recommends: its table, else its rule by effect. An unclassified action is held to the rule for writes.
 */
function baselineOf(
  cell: Cell,
  effects: readonly Effect[],
  approved: Approved,
): { permission: Permission; words: string } | null {
  const named = cell.known?.action.baseline;
  if (named) return { permission: named, words: 'the guide says' };
  const harmless = effects.every((effect) => effect === 'read');
  const ams =
    approved.connector.isAms === true ||
    (cell.known?.connector ?? approved.place.entries[0])?.category === 'ams';
  if (ams && !harmless) return { permission: 'blocked', words: 'for a membership system the guide says' };
  // The guide has no general permission for reads of sensitive systems, only the entries of its table.
  if (harmless) return null;
  const blocked = effects.some((effect) => effect === 'delete' || effect === 'send' || effect === 'admin');
  const unknown = effects.includes('unknown')
    ? 'what it does is not stated, and for writes the guide says'
    : 'for writes the guide says';
  return blocked
    ? { permission: 'blocked', words: 'for what deletes, sends or administers the guide says' }
    : { permission: 'ask', words: unknown };
}
// Guide: G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29
