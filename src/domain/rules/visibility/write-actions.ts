import { z } from 'zod';
import type { AnalyticsConnectorRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { type Approved, approvalsOf, approvedConnectors } from '../connectors/chartered.ts';
import { matchConnector } from '../connectors/match.ts';
import { askCharter } from '../operations/ask.ts';
import { absent, because } from '../outcome.ts';
import { missingDays, onlyOne } from '../whole-window.ts';
import { unclassifiedByTelemetry } from './unclassified-calls.ts';
import { byTelemetry, type Opens, opensWrite } from './write-calls.ts';

interface Use {
  readonly name: string;
  readonly opens: Opens;
  readonly writes: number | null;
  readonly unclassified: number | null;
  readonly rows: readonly AnalyticsConnectorRow[];
}

/** Guide 5.5: write actions that were invoked although the charter allows none. */
export const writeActions = defineRule({
  name: 'write-actions',
  about:
    'The connector analytics count no write call for a connector whose chartered actions are all reads. If the split is missing or calls are not classified, the count is unknown, never zero. Telemetry imported as files finds calls that wrote through a read-only connector or by an action that the charter blocks, and who made them, but never makes this pass. Calls that failed or were refused are listed as attempts. A call that is not known to have run or failed, or whose action no one has classified, keeps this from passing.',
  failsFromPart: ['analytics_connectors'],
  params: z.strictObject({
    /** Days, up to the newest, that the analytics must cover. */
    days: z.number().int().min(1).default(31),
  }),
  decide(context, { days }) {
    const counted = byAnalytics(context, days);
    const outcome =
      counted.state === 'pass' ? (unclassifiedByTelemetry(context, counted) ?? counted) : counted;
    const found = byTelemetry(context);
    if (found === null) return outcome;
    if (found.state === 'fail') return outcome.state === 'fail' ? together(outcome, found) : found;
    // Mere attempts only add a sentence; calls that may have run prevent a pass.
    if (found.state === 'pass' || outcome.state !== 'pass') return remark(outcome, found);
    return found;
  },
});

function remark(outcome: Outcome, found: Outcome): Outcome {
  return {
    ...outcome,
    reason: `${outcome.reason} ${found.reason}`,
    evidence: [...outcome.evidence, ...found.evidence],
  };
}

function together(outcome: Outcome, found: Outcome): Outcome {
  const known = new Set(outcome.items.map(({ key }) => key));
  return because('visibility.write_actions.both', `${outcome.reason} ${found.reason}`).fail(
    [...outcome.evidence, ...found.evidence],
    [...outcome.items, ...found.items.filter(({ key }) => !known.has(key))],
  );
}

function byAnalytics(context: CheckContext, days: number): Outcome {
  const analytics = context.read('analytics_connectors');
  if (!analytics.ok) return absent(analytics).cannotRead(analytics.howToGet);
  const { charter } = context;
  const chartered = charter.ok ? charter.value.connectors : undefined;
  if (!charter.ok || !chartered)
    return askCharter(
      context,
      'connectors',
      'which connectors and actions are approved',
      'an empty list is a valid answer',
    );
  const uses = usesOf(context, analytics.rows, approvedConnectors(charter.value, context.catalogue));
  if (uses.length === 0)
    return because(
      'visibility.write_actions.analytics_empty',
      'The connector analytics list no connector, which does not show that none was used.',
    ).cannotRead(
      ask(
        'source',
        'analytics_connectors',
        'Save the answers of the Analytics API for connectors again, every page.',
        'every_page',
      ),
      analytics.evidence,
    );
  const list = charter.cite('connectors', count(chartered.length, 'connector'));
  const wrong = uses.filter((use) => use.opens === 'no' && (use.writes ?? 0) > 0);
  const evidence = [...analytics.evidence, list];
  if (wrong.length > 0) {
    const items = wrong.map(
      (use): Item => ({
        key: use.name.toLowerCase(),
        label: use.name,
        detail: `${count(use.writes ?? 0, 'write call')}; the charter opens no write action.`,
        evidence: use.rows
          .filter((row) => (row.writes ?? 0) > 0)
          .map((row) =>
            analytics.cite(
              row,
              `${count(row.writes ?? 0, 'write call')}${row.user ? ` of ${row.user}` : ''}`,
            ),
          ),
      }),
    );
    return because(
      'visibility.write_actions.analytics_write',
      `Write actions were invoked through ${count(wrong.length, 'connector')} for which the charter allows none: ${names(wrong.map((use) => `${use.name} (${use.writes})`))}.`,
    ).fail([...evidence, ...items.flatMap((i) => i.evidence)], items);
  }
  const blind = uses.filter(
    (use) =>
      use.opens !== 'yes' &&
      (use.writes === null ||
        use.unclassified === null ||
        use.unclassified > 0 ||
        (use.opens === 'unknown' && use.writes > 0)),
  );
  if (blind.length > 0) {
    return because(
      'visibility.write_actions.analytics_unclear',
      `For ${names(blind.map(blindWords))} it cannot be determined whether a write action was invoked.`,
    ).cannotRead(
      ask(
        'look',
        'analytics',
        'Look at the read and write counts per connector on the analytics page in Claude, and complete the classification of actions in the charter.',
      ),
      evidence,
    );
  }
  const short = missingDays(context, 'The connector analytics show', analytics.readings, days);
  if (short !== null)
    return because(
      'visibility.write_actions.days_missing',
      `No write call is counted where the charter allows only reads. ${short}`,
    ).cannotRead(
      ask(
        'source',
        'analytics_connectors',
        `Save the answers of the Analytics API for connectors of the last ${days} days, one for each day, or connect it under Connections > Sources.`,
        'whole_window',
      ),
      evidence,
    );
  const oneOnly = analytics.rows.every(({ user }) => user !== null)
    ? onlyOne(
        context,
        analytics.rows.map(({ user }) => user),
        'lines of the analytics',
      )
    : null;
  if (oneOnly !== null)
    return because(
      'visibility.write_actions.one_person',
      `No write call is counted where the charter allows only reads. ${oneOnly}`,
    ).cannotRead(
      ask(
        'source',
        'analytics_connectors',
        'Save the answers of the Analytics API for connectors again, of everyone.',
        'of_everyone',
      ),
      evidence,
    );
  const open = uses.filter((use) => use.opens === 'yes').length;
  return because(
    'visibility.write_actions.analytics_none',
    `${count(uses.length, 'connector')} ${verb(uses.length, 'was', 'were')} used. None for which the charter allows only reads has a write call${open > 0 ? `; for ${open} the charter allows write actions` : ''}.`,
  ).pass(evidence);
}

function blindWords(use: Use): string {
  if (use.writes === null) return `${use.name} (reads and writes not told apart)`;
  if (use.unclassified === null) return `${use.name} (number of calls not classified is not reported)`;
  if (use.opens === 'unknown') return `${use.name} (effect of an approved action not known)`;
  return `${use.name} (${count(use.unclassified, 'call')} not classified)`;
}

/**
 * Adds up the lines of a connector; a line without a figure makes the sum unknown, unless the others already include
 * writes.
 */
function usesOf(
  context: CheckContext,
  rows: readonly AnalyticsConnectorRow[],
  approved: readonly Approved[],
): Use[] {
  const byKey = new Map<string, AnalyticsConnectorRow[]>();
  for (const row of rows) {
    const { key } = matchConnector(row.connector, context.catalogue);
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey.values()].flatMap((lines) => {
    const first = lines[0];
    if (!first) return [];
    const mine = approvalsOf(matchConnector(first.connector, context.catalogue), approved);
    const opens = mine.map(opensWrite);
    return [
      {
        name: first.connector,
        opens: opens.includes('yes') ? 'yes' : opens.includes('unknown') ? 'unknown' : 'no',
        writes: total(lines.map((row) => row.writes)),
        unclassified: lines.some((row) => row.unclassified === null)
          ? null
          : lines.reduce((sum, row) => sum + (row.unclassified ?? 0), 0),
        rows: lines,
      },
    ];
  });
}

function total(values: readonly (number | null)[]): number | null {
  const known = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return values.includes(null) && known === 0 ? null : known;
}
// Guide: G5.1-03 G5.1-08 G5.2-02 G5.5-02
