import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { addedAgain } from './added-again-since.ts';
import { addedBetween, addedSince } from './added-unapproved.ts';
import { cellWords } from './cell-words.ts';
import { type Change, type Changes, settle } from './changes.ts';
import { tablesUpTo } from './earlier-tables.ts';
import { byWhom, changeLine, coveredThrough, policyChanges } from './events.ts';
import { isUnclear } from './events-beside.ts';
import { matchAction, matchConnector } from './match.ts';
import { tableLines } from './observe.ts';
import { type Cell, type Line, type ObservedConnector, readTable } from './table.ts';
import { WIDTH_WORDS, wider } from './width.ts';

/**
 * CON-14: permissions widened since the last review were approved (guide 7.1), by the journal or a charter in force.
 */
export const permissionChanges = defineRule({
  name: 'connector-permission-changes',
  signed: () => ['reviews', 'approvedChanges', 'approvedBy'],
  about:
    'Enterprise: permission events since the last quarterly review, and connectors that were added. Team: the newest connectors table compared with that of the review, or with the oldest one. What was widened must be approved in the journal or the charter.',
  failsFromPart: ['activities', 'audit_log'],
  params: z.strictObject({}),
  decide(context) {
    const found = permissionChangesOf(context);
    return 'changes' in found ? settle(context, found) : found;
  },
});

/** Every change of a permission since the last review, or between two tables; or why none can be read. */
export function permissionChangesOf(context: CheckContext): Changes | Outcome {
  return context.profile.claudePlan === 'enterprise' ? byEvents(context) : byTables(context);
}

function lastReview(context: CheckContext): { on: string; by: string; evidence: Evidence } | null {
  if (!context.journal.ok) return null;
  const all = (context.journal.value.reviews ?? []).map((review, index) => ({ ...review, index }));
  const done = all
    .filter((review) => review.kind === 'quarterly' && review.on <= context.today)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .at(-1);
  return done
    ? {
        on: done.on,
        by: done.by,
        evidence: context.journal.cite(
          `reviews.${done.index}`,
          `quarterly review by ${done.by} on ${dayWords(done.on)}`,
        ),
      }
    : null;
}

function byEvents(context: CheckContext): Changes | Outcome {
  const review = lastReview(context);
  if (!review)
    return (
      context.journal.ok
        ? because(
            'connectors.permission_changes.no_review',
            'The journal has no quarterly review to count from.',
          )
        : absent(context.journal)
    ).cannotRead(
      ask(
        'journal',
        'reviews',
        'Write the last quarterly review under `reviews` in the journal (kind quarterly, day and who signed it).',
        'quarterly',
      ),
    );
  const events = context.events();
  if (!events.ok) return absent(events).cannotRead(events.howToGet, [review.evidence]);
  const zone = context.profile.timezone;
  const base = tablesUpTo(context, review.on).at(-1) ?? null;
  const lines: Line[] = [...(base?.lines ?? [])];
  const before = [...lines];
  const changes: Change[] = [];
  for (const change of policyChanges(events)) {
    const day = dayOf(change.row.at, zone);
    const evidence = events.cite(
      change.row,
      `${change.connector} “${change.tool}” set to ${change.to ? WIDTH_WORDS[change.to] : 'the default'} by ${byWhom(change.row, zone)}`,
    );
    const line = changeLine(change, evidence, change.row.at);
    if (day <= review.on) {
      lines.push(line);
      before.push(line);
      continue;
    }
    const earlier = cellsOf(lines, change.connector, change.tool, context);
    const after = cellsOf([line], change.connector, change.tool, context)[0];
    lines.push(line);
    if (!after) continue;
    const froms = earlier.map(({ cell }) => cell.width);
    const from =
      froms.length === 0 || froms.includes(null)
        ? null
        : (froms.reduce((a, b) => (a !== null && b !== null && wider(a, b) ? b : a)) ?? null);
    changes.push({
      ...after,
      from,
      to: change.to,
      day,
      since: review.on,
      who: `Set by ${byWhom(change.row, zone)}.`,
      evidence: [evidence],
    });
  }
  const through = coveredThrough(context, review.on);
  const unproved =
    through === null
      ? `The event files do not cover every day since the review of ${dayWords(review.on)}, so a change could have escaped them.`
      : null;
  const unclear = events.rows.filter(
    (row) => dayOf(row.at, zone) > review.on && isUnclear(row, events),
  ).length;
  const nameless =
    unclear === 0
      ? null
      : {
          why: `${count(unclear, 'event')} since the review of ${dayWords(review.on)} ${verb(unclear, 'changes', 'change')} a connector or a permission and ${verb(unclear, 'does', 'do')} not say which.`,
          question: ask(
            'look',
            'permissions',
            'Look at Organization settings > Connectors, and write what was changed under `approvedChanges` in the journal, with a quarterly review of this day.',
          ),
        };
  const again = addedAgain(context, events, { since: review.on, lines: before, known: changes });
  const silent =
    base === null ? [] : changedInSilence(context, before, review.on, [...changes, ...again.changes]);
  const where = `since the quarterly review of ${dayWords(review.on)}${through ? ` (events through ${dayWords(through)})` : ''}`;
  return {
    changes: [...changes, ...again.changes, ...silent],
    where,
    evidence: [review.evidence, ...events.evidence],
    ...addedSince(context, events, review.on, before),
    gap: unproved
      ? {
          why: unproved,
          question: ask(
            'source',
            'activities',
            `Export the audit log or activity feed from ${dayWords(review.on)} on.`,
            review.on,
          ),
        }
      : (nameless ?? again.gap),
  };
}

/**
 * Permissions that the newest table has otherwise than the review's table with the events up to the review, and that no
 * later event changes: the log need not hold each change.
 */
function changedInSilence(
  context: CheckContext,
  before: readonly Line[],
  since: string,
  known: readonly Change[],
): Change[] {
  const table = context.read('connectors');
  if (!table.ok || table.observedOn <= since) return [];
  const reported = new Set(known.map(({ cell }) => cell.key));
  return changesBetween([
    { day: since, connectors: readTable(before, context.catalogue) },
    { day: table.observedOn, connectors: readTable(tableLines(table, context.catalogue), context.catalogue) },
  ]).filter(
    ({ cell, from, to }) => !reported.has(cell.key) && from !== null && from !== 'off' && to !== null,
  );
}

/** The cells that a tool name covers, in the state given by the lines so far. */
function cellsOf(
  lines: readonly Line[],
  connector: string,
  tool: string,
  context: CheckContext,
): { cell: Cell; group: ObservedConnector }[] {
  const place = matchConnector(connector, context.catalogue);
  const match = matchAction(tool, place.entries, 'observed');
  const near = lines.filter((line) => {
    const other = matchConnector(line.connector, context.catalogue);
    return other.key === place.key || other.entries.some((entry) => place.entries.includes(entry));
  });
  const group = readTable(near, context.catalogue).find(
    (one) => one.key === place.key || one.entries.some((entry) => place.entries.includes(entry)),
  );
  if (!group) return [];
  return group.cells
    .filter((cell) => {
      if (match.kind === 'actions') return match.actions.some((one) => one.action === cell.known?.action);
      if (match.kind === 'unknown') return cell.match.kind === 'unknown' && cell.match.key === match.key;
      return match.kind === cell.match.kind;
    })
    .map((cell) => ({ cell, group }));
}

/** Differences between consecutive tables, so that a permission that was wider only in between is included. */
function changesBetween(
  tables: readonly { readonly day: string; readonly connectors: readonly ObservedConnector[] }[],
): Change[] {
  const changes: Change[] = [];
  let before: readonly ObservedConnector[] = [];
  const seen = new Map<string, { cell: Cell; day: string }>();
  for (const [at, { day, connectors }] of tables.entries()) {
    const isLast = at === tables.length - 1;
    for (const group of connectors) {
      const were = before.some(
        (one) =>
          one.enabled &&
          (one.key === group.key || one.entries.some((entry) => group.entries.includes(entry))),
      );
      for (const cell of group.enabled ? group.cells : []) {
        const last = were ? seen.get(cell.key) : undefined;
        // A connector that was not enabled before allowed nothing.
        const from = last ? last.cell.width : were ? null : ('off' as const);
        const isNew = at > 0 && (from === null || from !== cell.width);
        // A permission missing only from a table in between is not known to have changed.
        if (isNew && (isLast || (from !== null && cell.width !== null)))
          changes.push({
            cell,
            group,
            from,
            to: cell.width,
            day,
            since: last?.day ?? tables[0]?.day ?? day,
            who: null,
            evidence: [...cell.evidence, ...(last?.cell.evidence ?? [])],
          });
        if (isLast || cell.width !== null || !were) seen.set(cell.key, { cell, day });
      }
    }
    before = connectors;
  }
  return changes;
}

function byTables(context: CheckContext): Changes | Outcome {
  const table = context.read('connectors');
  if (!table.ok) return absent(table).cannotRead(table.howToGet);
  const earlier = tablesUpTo(context, addDays(table.observedOn, -1));
  const review = lastReview(context);
  // Without a table of the review, everything since the oldest one counts.
  const base = earlier.filter((one) => review !== null && one.day <= review.on).at(-1) ?? earlier[0];
  if (!base) {
    return because(
      'connectors.permission_changes.one_table',
      'Only one connectors table was provided. Changes show only between two tables from different days.',
    ).cannotRead(
      ask(
        'source',
        'connectors',
        'Keep the connectors table of each review, and import the earlier one together with the newest.',
        'of_each_review',
      ),
      table.evidence,
    );
  }
  const tables = earlier
    .filter(({ day }) => day >= base.day)
    .map(({ day, lines }) => ({ day, connectors: readTable(lines, context.catalogue) }));
  tables.push({
    day: table.observedOn,
    connectors: readTable(tableLines(table, context.catalogue), context.catalogue),
  });
  const changes = changesBetween(tables);
  const unread = changes.filter((change) => change.to === null);
  const evidence: Evidence[] = [
    ...table.evidence,
    { kind: 'connectors', file: base.file, observedOn: base.day, says: count(base.lines.length, 'row') },
    ...(review ? [review.evidence] : []),
  ];
  const where = `between the tables of ${dayWords(base.day)} and ${dayWords(table.observedOn)}`;
  const note =
    unread.length > 0
      ? {
          why: `The newest table gives no state for ${names(
            unread.map((change) => cellWords(change.cell)),
            3,
          )}.`,
          question: ask(
            'source',
            'connectors',
            'Complete the connectors table: one state per action.',
            'one_state_per_action',
          ),
        }
      : null;
  const before =
    review !== null && base.day > review.on
      ? {
          why: `The earliest connectors table is of ${dayWords(base.day)}, after the quarterly review of ${dayWords(review.on)}, so what was changed in between cannot be read.`,
          question: ask(
            'source',
            'connectors',
            'Import the connectors table of the last review, or review the permissions again with the newest table.',
            'before_first_table',
          ),
        }
      : null;
  return {
    changes: changes.filter((change) => change.to !== null),
    added: addedBetween(context, tables),
    where,
    evidence,
    gap: before ?? note,
  };
}
// Guide: G3.4-02 G7.1-07
