import { z } from 'zod';
import { UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import { addDays } from '../../model/day.ts';
import type { AnalyticsConnectorRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { callersWords, exportedTelemetry } from '../visibility/telemetry.ts';
import { missingDays } from '../whole-window.ts';
import { chartered, charterWords } from './charter-asked.ts';
import { approvalsOf } from './chartered.ts';
import { callsOf, countedUse, usedByAnalytics, usedByTelemetry } from './in-use.ts';

/** Days that the analytics must cover, up to the newest. */
const DAYS = 31;

/** CON-30: connectors that people really use are in the charter (guide 5.5, 7.1). */
export const usedConnectors = defineRule({
  name: 'used-connectors-chartered',
  about:
    'Compares the connectors of the usage analytics (Enterprise), whose names the vendor normalizes, those that calls in telemetry files name, and those of the calls that Bylaw counted, with the charter. A call that failed or was refused does not count as use. Calls can find something but never make this pass, because chat in the browser sends none.',
  failsFromPart: ['analytics_connectors'],
  params: z.strictObject({}),
  decide(context) {
    const charter = chartered(context);
    if (!charter.ok) return charter.said.cannotRead(charter.ask);
    const outcome = byAnalytics(context, charter);
    const found = byTelemetry(context, charter) ?? byCounts(context, charter);
    if (found === null) return outcome;
    if (outcome.state !== 'fail') return found;
    const known = new Set(outcome.items.map(({ key }) => key));
    const more = found.items.filter(({ key }) => !known.has(key));
    if (more.length === 0) return outcome;
    return because('connectors.used_connectors.in_use_both', `${outcome.reason} ${found.reason}`).fail(
      [...outcome.evidence, ...found.evidence],
      [...outcome.items, ...more],
    );
  },
});

type Chartered = Extract<ReturnType<typeof chartered>, { ok: true }>;

/** Unapproved connectors with calls in telemetry, and who called them; null: none. */
function byTelemetry(context: CheckContext, charter: Chartered): Outcome | null {
  const telemetry = exportedTelemetry(context);
  if (telemetry === null) return null;
  const stray = usedByTelemetry(context).filter(
    ({ place }) => approvalsOf(place, charter.approved).length === 0,
  );
  if (stray.length === 0) return null;
  const items = stray.map(
    ({ place, rows }): Item => ({
      key: place.key.toLowerCase(),
      label: place.name,
      detail: `Used (${count(rows.length, 'call')}) by ${callersWords(rows)}; not in ${charterWords(context)}.`,
      evidence: rows
        .slice(0, 5)
        .map((row) => telemetry.cite(row, `${row.tool ?? 'a tool'}, ${row.person ?? 'no one named'}`)),
    }),
  );
  return because(
    'connectors.used_connectors.in_telemetry',
    `Telemetry shows ${count(items.length, 'connector')} in use that ${charterWords(context)} does not approve: ${names(
      stray.map(({ place, rows }) => `${place.name} (by ${callersWords(rows)})`),
      4,
    )}.`,
  ).fail([charter.evidence, ...telemetry.evidence, ...items.flatMap((item) => item.evidence)], items);
}

/** Unapproved connectors with calls that Bylaw counted; null: none. */
function byCounts(context: CheckContext, charter: Chartered): Outcome | null {
  const { journal, today } = context;
  if (!journal.ok) return null;
  const since = addDays(today, -DAYS);
  const stray = countedUse(context).filter(
    ({ place, on }) =>
      on >= since && place.name !== UNNAMED_CONNECTOR && approvalsOf(place, charter.approved).length === 0,
  );
  if (stray.length === 0) return null;
  const items = stray.map(
    ({ place, people, on, evidence }): Item => ({
      key: place.key.toLowerCase(),
      label: place.name,
      detail: `Used ${people.length === 0 ? 'by people whom no source names' : `by ${names(people, 6)}`}, last on ${dayWords(on)}; not in ${charterWords(context)}.`,
      evidence,
    }),
  );
  return because(
    'connectors.used_connectors.in_calls',
    `Calls of the last ${DAYS} days show ${count(items.length, 'connector')} in use that ${charterWords(context)} does not approve: ${names(
      stray.map(({ place, people }) =>
        people.length === 0 ? place.name : `${place.name} (by ${names(people, 3)})`,
      ),
      4,
    )}.`,
  ).fail([charter.evidence, ...items.flatMap((item) => item.evidence)], items);
}

function byAnalytics(context: CheckContext, charter: Chartered): Outcome {
  if (context.profile.claudePlan !== 'enterprise')
    return because(
      'connectors.used_connectors.not_on_plan',
      'On this plan, Claude shows connector use only on screen and does not export it.',
    ).cannotRead(null);
  const analytics = context.read('analytics_connectors');
  if (!analytics.ok) return absent(analytics).cannotRead(analytics.howToGet, [charter.evidence]);
  const used = usedByAnalytics(context);
  const stray = used.filter(({ place }) => approvalsOf(place, charter.approved).length === 0);
  if (stray.length > 0) {
    const items = stray.map(
      ({ place, rows }): Item => ({
        key: place.key.toLowerCase(),
        label: place.name,
        detail: `Used${callWords(rows)}, not in ${charterWords(context)}.`,
        evidence: rows.slice(0, 5).map((row) => analytics.cite(row, `${row.connector}${callWords([row])}`)),
      }),
    );
    return because(
      'connectors.used_connectors.not_chartered',
      `${count(stray.length, 'connector')} ${verb(stray.length, 'is', 'are')} used and ${charterWords(context)} does not approve ${verb(stray.length, 'it', 'them')}: ${names(
        items.map((item) => item.label),
        4,
      )}.`,
    ).fail([charter.evidence, ...items.flatMap((item) => item.evidence)], items);
  }
  const through = analytics.readings.flatMap((reading) => (reading.covers ? [reading.covers] : []));
  if (analytics.rows.length === 0 && through.length === 0)
    return because(
      'connectors.used_connectors.no_period',
      'The usage analytics list no connector and name no period, so they do not show that none was used.',
    ).cannotRead(
      ask(
        'source',
        'analytics_connectors',
        'Save the answer of the Analytics API, connectors, with its period.',
        'with_period',
      ),
      [charter.evidence, ...analytics.evidence],
    );
  const end = through
    .map(({ to }) => to)
    .toSorted()
    .at(-1);
  // Skip files that end before the days in question: one of them may be very old.
  const begin = through
    .flatMap(({ from, to }) => (end !== undefined && to > addDays(end, -DAYS) ? [from] : []))
    .toSorted()[0];
  const period =
    begin === undefined || end === undefined ? '' : ` from ${dayWords(begin)} to ${dayWords(end)}`;
  const short = missingDays(context, 'The connector analytics show', analytics.readings, DAYS);
  if (short !== null)
    return because(
      'connectors.used_connectors.days_missing',
      `${used.length === 0 ? 'No connector was used' : `${used.length === 1 ? 'The one connector' : `Each of ${used.length} connectors`} in use is approved by ${charterWords(context)}`}. ${short}`,
    ).cannotRead(
      ask(
        'source',
        'analytics_connectors',
        `Save the answers of the Analytics API for connectors of the last ${DAYS} days, one for each day, or connect it under Connections > Sources.`,
        'whole_window',
      ),
      [charter.evidence, ...analytics.evidence],
    );
  const [someone, ...others] = new Set(analytics.rows.map(({ user }) => user));
  if (someone !== undefined && someone !== null && others.length === 0)
    return because(
      'connectors.used_connectors.one_user',
      `Each connector in use is approved by ${charterWords(context)}, but all ${count(analytics.rows.length, 'line')} of the analytics are of one user (${someone}), which looks like a filtered answer.`,
    ).cannotRead(
      ask(
        'source',
        'analytics_connectors',
        'Save the answers of the Analytics API for connectors without a filter for a user.',
        'unfiltered',
      ),
      [charter.evidence, ...analytics.evidence],
    );
  return because(
    'connectors.used_connectors.all_chartered',
    used.length === 0
      ? `No connector was used${period}.`
      : `${count(used.length, 'connector')} ${verb(used.length, 'was', 'were')} used${period}, each approved by ${charterWords(context)}: ${names(
          used.map(({ place }) => place.name),
          5,
        )}.`,
  ).pass([charter.evidence, ...analytics.evidence]);
}

function callWords(rows: readonly AnalyticsConnectorRow[]): string {
  const sums = rows.map(callsOf);
  if (sums.includes(null)) return '';
  return ` (${count(
    sums.reduce<number>((total, n) => total + (n ?? 0), 0),
    'call',
  )})`;
}
// Guide: G2.2-17 G5.5-02 G7.1-01
