import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { cellWords, itemOf } from './cell-words.ts';
import { someChartered } from './charter-asked.ts';
import { type Approved, approvalsOf, effectsOf } from './chartered.ts';
import { matchAction } from './match.ts';
import { observe } from './observe.ts';
import { cannotBeRead } from './verbs.ts';

/** CON-02: the actions of each approved connector were reviewed and classified (guide 2.1, item 4). */
export const actionsClassified = defineRule({
  name: 'actions-classified',
  about:
    'Each approved connector has the day it was classified, and every action of it that the charter names or the connectors table lists has a known effect.',
  params: z.strictObject({ days: z.number().int().min(1) }),
  decide(context, { days }) {
    const charter = someChartered(context);
    if (!charter.ok) return charter.outcome;
    const wrong = charter.approved.flatMap((one) =>
      Object.entries(one.connector.effects ?? {}).flatMap(([text, effect]): Item[] =>
        effect === 'read' && cannotBeRead(text)
          ? [
              {
                key: `${one.place.key}/${text}`.toLowerCase(),
                label: `${one.connector.name} “${text}”`,
                detail: 'The charter says that it reads, and its name says that it does more.',
                evidence: context.charter.ok
                  ? [context.charter.cite(`connectors.${one.index}.effects.${text}`, `${text}: read`)]
                  : [],
              },
            ]
          : [],
      ),
    );
    if (wrong.length > 0)
      return because(
        'connectors.classified.name_contradicts',
        `According to the charter, ${names(
          wrong.map(({ label }) => label),
          4,
        )} only ${verb(wrong.length, 'reads', 'read')}, but by ${verb(wrong.length, 'its name it deletes, sends or gives', 'their names they delete, send or give')} rights, so what ${verb(wrong.length, 'it does', 'they do')} is not known.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.effects',
          'State delete, send, write or admin for each under `effects` of its connector in the charter.',
          'contradicted',
        ),
        wrong.flatMap(({ evidence }) => evidence),
        wrong,
      );
    const open = charter.approved.flatMap((one) =>
      unclassified(one).map(
        (text): Item => ({
          key: `${one.place.key}/${text}`.toLowerCase(),
          label: `${one.connector.name} “${text}”`,
          detail:
            'Neither the catalogue nor the charter says whether it reads, writes, deletes, sends or administers.',
          evidence: context.charter.ok
            ? [context.charter.cite(`connectors.${one.index}.actions.${text}`, text)]
            : [],
        }),
      ),
    );
    if (open.length > 0)
      return because(
        'connectors.classified.effects_unknown',
        `What ${count(open.length, 'action')} of the charter ${verb(open.length, 'does', 'do')} is not stated: ${names(
          open.map((item) => item.label),
          4,
        )}.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.effects',
          'State read, write, delete, send or admin for each under `effects` of its connector in the charter.',
          'each',
        ),
        open.flatMap((item) => item.evidence),
        open,
      );
    const offered = observe(context)
      .enabled.filter((connector) => approvalsOf(connector, charter.approved).length > 0)
      .flatMap((connector) =>
        connector.cells.filter(
          (cell) =>
            cell.match.kind === 'unknown' &&
            cell.lack !== 'unnamed' &&
            effectsOf(cell, connector, charter.approved).includes('unknown'),
        ),
      );
    if (offered.length > 0)
      return because(
        'connectors.classified.offered_unknown',
        `The connectors table lists ${count(offered.length, 'action')} of approved connectors, and what ${verb(offered.length, 'it does', 'they do')} is not stated: ${names(offered.map(cellWords), 4)}.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.effects',
          `State read, write, delete, send or admin for ${names(offered.map(cellWords), 4)} under \`effects\` of the connector in the charter.`,
          offered.map(({ key }) => key),
        ),
        [charter.evidence, ...offered.flatMap(({ evidence }) => evidence)],
        offered.map((cell) => itemOf(cell, 'What it does is not known.')),
      );
    const silent = charter.approved.filter(({ actions }) => actions.length === 0);
    if (silent.length > 0)
      return because(
        'connectors.classified.no_actions',
        `The charter names no action of ${names(
          silent.map(({ connector }) => connector.name),
          4,
        )}, so none of ${verb(silent.length, 'its', 'their')} actions is classified.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.actions',
          `State the actions of ${names(
            silent.map(({ connector }) => connector.name),
            4,
          )} under \`connectors\` in the charter, each with allow, ask or blocked; “*” stands for all others.`,
          silent.map(({ connector }) => connector.name),
        ),
        [charter.evidence],
      );
    const undated = charter.approved.filter(
      (one) => !isCurrent(one.connector.actionsClassified, context.today, days),
    );
    if (undated.length > 0) {
      const said = undated.map(
        (one) =>
          `${one.connector.name}${one.connector.actionsClassified ? ` (${dayWords(one.connector.actionsClassified)})` : ''}`,
      );
      return because(
        'connectors.classified.day_unknown',
        `The charter gives no day within the last ${days} on which the actions of ${names(said, 4)} were reviewed. Vendors add actions, so a classification goes out of date.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.actionsClassified',
          `State \`actionsClassified\` (a day) for ${names(
            undated.map((one) => one.connector.name),
            4,
          )} under \`connectors\` in the charter.`,
          undated.map(({ connector }) => connector.name),
        ),
        [charter.evidence],
      );
    }
    return because(
      'connectors.classified.classified',
      `The actions of ${count(charter.approved.length, 'approved connector')} are classified, the oldest on ${dayWords(charter.approved.map((one) => one.connector.actionsClassified ?? '').sort()[0] ?? '')}.`,
    ).pass([charter.evidence]);
  },
});

/**
 * CON-29: the permissions in each source system were reviewed (guide 3.1: Claude adds to them and does not replace
 * them).
 */
export const sourceReviewed = defineRule({
  name: 'source-permissions-reviewed',
  about:
    'Each approved connector has the day on which the rights in the source system itself were last reviewed.',
  params: z.strictObject({ days: z.number().int().min(1) }),
  decide(context, { days }) {
    const charter = someChartered(context);
    if (!charter.ok) return charter.outcome;
    const undated = charter.approved.filter(
      (one) => !isCurrent(one.connector.sourceReviewed, context.today, days),
    );
    if (undated.length > 0) {
      const said = undated.map(
        (one) =>
          `${one.connector.name}${one.connector.sourceReviewed ? ` (${dayWords(one.connector.sourceReviewed)})` : ''}`,
      );
      return because(
        'connectors.classified.source_review_unknown',
        `${undated.length} of ${count(charter.approved.length, 'approved connector')} ${verb(undated.length, 'carries', 'carry')} no permission review of the source system within the last ${days} days: ${names(said, 4)}.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.sourceReviewed',
          `State \`sourceReviewed\` (the day of the last review) for ${names(
            undated.map((one) => one.connector.name),
            4,
          )} under \`connectors\` in the charter.`,
          undated.map(({ connector }) => connector.name),
        ),
        [charter.evidence],
      );
    }
    return because(
      'connectors.classified.sources_reviewed',
      `The rights in the source systems of ${count(charter.approved.length, 'approved connector')} were reviewed, the oldest review on ${dayWords(charter.approved.map((one) => one.connector.sourceReviewed ?? '').sort()[0] ?? '')}.`,
    ).pass([charter.evidence]);
  },
});

function isCurrent(day: string | undefined, today: string, days: number): boolean {
  return day !== undefined && day <= today && addDays(day, days) >= today;
}

/** Actions that the charter names and no one has classified. A class and `*` state what they cover themselves. */
function unclassified(approved: Approved): string[] {
  return approved.actions.flatMap(({ text, match }) => {
    if (match.kind === 'rest' || match.kind === 'class') return [];
    if (match.kind === 'actions' && match.actions.every((one) => one.action.effect !== 'unknown')) return [];
    const stated = Object.keys(approved.connector.effects ?? {}).some((other) =>
      same(matchAction(other, approved.place.entries, 'observed'), match),
    );
    return stated ? [] : [text];
  });
}

function same(a: Approved['actions'][number]['match'], b: Approved['actions'][number]['match']): boolean {
  if (a.kind === 'unknown') return b.kind === 'unknown' && a.key === b.key;
  return (
    a.kind === 'actions' &&
    b.kind === 'actions' &&
    a.actions.some((one) => b.actions.some((other) => other.action === one.action))
  );
}
// Guide: G2.1-04 G3.1-02 G3.1-03 G3.1-04
