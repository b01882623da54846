import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import {
  ASK_PERIOD,
  analyticsWindows,
  type Figures,
  MAX_EXPORT_DAYS,
  says,
  type Unit,
  undatedFigures,
  usagePeriod,
  usageWindows,
  type Window,
} from './usage.ts';
import { explanation, peopleOf } from './usage-people.ts';

/** With fewer people an average is not meaningful. */
const MINIMUM = 5;

const UNITS: readonly Unit[] = ['messages', 'requests', 'net', 'gross'];

/**
 * Guide 5.5 and 7.1: more than five times the average (exactly five times does not count). The average is over the
 * members with a line in the window; members without one do not count as zero.
 */
export const usageOutliers = defineRule({
  name: 'usage-outliers',
  signed: () => ['explainedUsage'],
  about:
    'Compares each person with the average of everyone over one window: by messages if a source counts them, otherwise by requests, otherwise by spend. A person stands out above the factor (5 unless the charter says otherwise), not at it. An explanation that someone else wrote into the journal since the window began settles it for that person.',
  needs: { usage: ['from', 'to', 'requests'] },
  failsWithout: { usage: ['from', 'to'] },
  params: z.strictObject({
    /** Length of the window for sources with daily figures; a file with its own period is used as a whole. */
    days: z.number().int().min(1).default(30),
    /** A window that ended longer ago says nothing about the present. */
    maxAgeDays: z.number().int().min(1).default(45),
    /** Fewer days cannot show that no one stands out, only that someone does. The charter may require more. */
    minimumDays: z.number().int().min(1),
  }),
  decide(context, { days, maxAgeDays, minimumDays }) {
    const found = windowsOf(context, days, maxAgeDays);
    if ('state' in found) return found;
    // An additional file with another window must not hide a person who stood out in this one.
    const judged = (windows: readonly Window[]) => {
      const outcomes = windows.map((window) =>
        window.ok
          ? judge(context, window.figures)
          : because('visibility.usage_outliers.one_period', window.why).cannotRead(
              ask('source', 'usage', 'Keep one usage file for each period.', 'one_per_period'),
            ),
      );
      return outcomes.find(({ state }) => state === 'fail') ?? outcomes[0] ?? nothing(context, maxAgeDays);
    };
    const outcome = judged(found.windows);
    // A pass by spend does not settle the people whose messages or requests are not given.
    const settled = outcome.state === 'pass' && found.better !== null ? judged(found.better) : outcome;
    const newest = found.windows[0];
    const least = (context.charter.ok ? context.charter.value.usageMinimumDays : undefined) ?? minimumDays;
    if (settled.state !== 'pass' || newest?.ok !== true) return settled;
    const { gap, ended = [] } = newest.figures;
    if (daysOf(newest.figures) > MAX_EXPORT_DAYS + SPARE_DAYS) return long(newest.figures, settled);
    if (ended.length > 0)
      return because(
        'visibility.usage_outliers.lines_ended',
        `No one stands out, but for ${count(ended.length, 'person', 'people')}, the file ends more than ${count(maxAgeDays, 'day')} ago: ${names(ended)}. What they have done since is not known.`,
      ).cannotRead(
        ask('source', 'usage', 'Export the usage of everyone for the same days.', 'same_days'),
        settled.evidence,
      );
    if (reportedDays(newest.figures) < least) return short(newest.figures, least, settled);
    if (gap !== undefined)
      return because(
        'visibility.usage_outliers.days_missing',
        `No one stands out in the days that were read. ${gap}`,
      ).cannotRead(
        ask(
          'source',
          'analytics_users',
          'Save the answers of the Analytics API for the days that are missing, or connect it under Connections > Sources.',
          'missing_days',
        ),
        settled.evidence,
      );
    return settled;
  },
});

/**
 * The windows of the first unit, in order of preference, whose newest has a figure for everyone; else of the first with
 * any figures. `better` are the windows of a preferred unit with figures for some people.
 */
function windowsOf(
  context: CheckContext,
  days: number,
  maxAge: number,
): { readonly windows: readonly Window[]; readonly better: readonly Window[] | null } | Outcome {
  let first: readonly Window[] | undefined;
  const sources = [
    () => analyticsWindows(context, days, maxAge),
    ...UNITS.map((unit) => () => usageWindows(context, unit, maxAge)),
  ];
  for (const source of sources) {
    const windows = source();
    const newest = windows[0];
    if (newest?.ok && isComplete(newest.figures)) return { windows, better: first ?? null };
    if (newest) first ??= windows;
  }
  return first === undefined ? nothing(context, maxAge) : { windows: first, better: null };
}

function isComplete({ uses, unnamed }: Figures): boolean {
  return uses.length > 0 && unnamed.blank === 0 && uses.every((use) => use.value !== null);
}

function daysOf({ period }: Figures): number {
  return daysBetween(period.from, period.to) + 1;
}

/** Tolerance: a calendar quarter is a little longer than the longest export. */
const SPARE_DAYS = 3;

/** From this many days, reported days are a sample of the window; fewer represent only themselves. */
const SAMPLE_DAYS = 8;

/** Days that the figures represent: in a long window, single days without an entry may be days without work. */
function reportedDays(figures: Figures): number {
  const { daysReported } = figures;
  return daysReported === undefined || daysReported >= SAMPLE_DAYS ? daysOf(figures) : daysReported;
}

/** Over so many days, a month that stands out disappears in the sum. */
function long(figures: Figures, { evidence }: Outcome): Outcome {
  const { from, to } = figures.period;
  return because(
    'visibility.usage_outliers.days_too_many',
    `No one stands out from ${dayWords(from)} to ${dayWords(to)}, but a single figure for ${count(daysOf(figures), 'day')} can hide a month of heavy use. At most ${MAX_EXPORT_DAYS} days count.`,
  ).cannotRead(usageQuestion(), evidence);
}

/** A few days without outliers are not enough for a month. */
function short(figures: Figures, minimum: number, { evidence }: Outcome): Outcome {
  const { from, to } = figures.period;
  const days = reportedDays(figures);
  return because(
    'visibility.usage_outliers.days_too_few',
    `No one stands out from ${dayWords(from)} to ${dayWords(to)}, but ${count(days, 'day')} of use ${verb(days, 'is', 'are')} too few to tell. ${count(minimum, 'day')} are needed.`,
  ).cannotRead(
    ask('source', 'usage', `Export the usage for ${count(minimum, 'day')} or more.`, 'long_enough'),
    evidence,
  );
}

/** Why there is no window, and what to provide. */
function nothing(context: CheckContext, maxAge: number): Outcome {
  const usage = context.read('usage', maxAge);
  if (!usage.ok) return absent(usage).cannotRead(usage.howToGet);
  if (usage.rows.length === 0) {
    return because(
      'visibility.usage_outliers.empty',
      'The usage file lists no one, so there is nothing to compare.',
    ).cannotRead(
      ask('source', 'usage', 'Export the usage again for a period with use.', 'with_use'),
      usage.evidence,
    );
  }
  const ends = usage.readings.flatMap((reading) => usagePeriod(reading)?.to ?? []).sort();
  const last = ends.at(-1);
  if (last === undefined) {
    const found = UNITS.flatMap((unit) => {
      const figures = undatedFigures(usage, unit);
      return figures === null ? [] : [judge(context, figures)];
    }).find(({ state }) => state === 'fail');
    // An outlier in the file is one whatever days it covers; without one, unknown days prove nothing.
    if (found !== undefined) return found;
    return because(
      'visibility.usage_outliers.period_unknown',
      'The usage file does not say which days it covers, so no window can be named.',
    ).cannotRead(ASK_PERIOD, usage.evidence);
  }
  if (last < addDays(context.today, -maxAge)) {
    return because(
      'visibility.usage_outliers.old',
      `The newest usage file covers days through ${dayWords(last)} only. It is valid for ${maxAge} days.`,
    ).cannotRead(usageQuestion(), usage.evidence);
  }
  return because(
    'visibility.usage_outliers.no_figures',
    'The usage file gives no messages, requests or spend per person.',
  ).cannotRead(
    ask('source', 'usage', 'Export the usage with one of these figures per person.', 'with_figures'),
    usage.evidence,
  );
}

function usageQuestion(): Ask {
  return ask(
    'source',
    'usage',
    'Export the usage again for the last 30 days (Claude: Analytics > Export spend report).',
    'last_30_days',
  );
}

function judge(context: CheckContext, figures: Figures): Outcome {
  const { unit, period, unnamed } = figures;
  const { people, membersKnown, evidence: memberEvidence } = peopleOf(context, figures.uses);
  const factor = (context.charter.ok ? context.charter.value.usageFactor : undefined) ?? 5;
  const evidence = [...figures.evidence, ...memberEvidence];
  const minimum = (context.charter.ok ? context.charter.value.usageMinimumDays : undefined) ?? 1;
  const covered = daysOf(figures);
  if (figures.undated !== true && covered < minimum)
    return because(
      'visibility.usage_outliers.period_short',
      `The figures cover ${count(covered, 'day')}, ${dayWords(period.from)} to ${dayWords(period.to)}. According to the charter no one is compared before ${count(minimum, 'day')}.`,
    ).cannotRead(
      ask('source', 'usage', `Export the usage for ${count(minimum, 'day')} or more.`, 'long_enough'),
      evidence,
    );
  const window = figures.undated
    ? `in a file that does not say which days it covers, made by ${dayWords(period.to)}`
    : `from ${dayWords(period.from)} to ${dayWords(period.to)}`;
  const what = unit === 'net' || unit === 'gross' ? `${unit} spend` : unit;
  const caveat = spendCaveat(context, unit);
  const base = people.filter((person) => person.value !== null && person.isMember !== false);
  const unknown = people.filter((person) => person.value === null);
  const who = membersKnown ? 'members who have a line in the file' : 'people in the file';
  const tooFew = base.length < MINIMUM ? MINIMUM : base.length <= factor ? Math.floor(factor) + 1 : 0;
  if (tooFew > 0) {
    return because(
      'visibility.usage_outliers.too_few_people',
      `Only ${count(base.length, 'person has', 'people have')} a figure for ${what} ${window}. An average of fewer than ${tooFew} people does not show who stands out at ${factor} times.`,
    ).cannotRead(
      ask('source', 'usage', 'Export the usage for a longer period or with everyone in it.', 'longer'),
      evidence,
    );
  }
  const total = base.reduce((sum, person) => sum + (person.value ?? 0), 0);
  const average = total / base.length;
  const above = (value: number, sum: number) => value * base.length > factor * sum * (1 + 1e-12) && value > 0;
  const outliers = people.filter((person) => person.value !== null && above(person.value, total));
  const explained = outliers.flatMap((person) => {
    const cite = explanation(context, person, period.from);
    return cite ? [{ person, cite }] : [];
  });
  const open = outliers.filter((person) => !explained.some((entry) => entry.person === person));
  const rest = ` The average of ${base.length} ${who} is ${says(round(average), unit)} ${window}.${caveat}`;
  const items = open.map((person) => ({
    key: person.key,
    label: person.label,
    detail: `${says(person.value, unit)}, ${times(person.value ?? 0, average)} times the average of ${says(round(average), unit)}, ${window}${person.isMember === false ? '; not a member' : ''}.`,
    evidence: person.evidence,
  }));
  const blanks =
    unknown.length > 0
      ? ` For ${names(unknown.map((p) => p.label))} the file gives no figure in at least one line.`
      : '';
  if (open.length > 0) {
    const said = open.map((person) => `${person.label} (${says(person.value, unit)})`);
    return because(
      'visibility.usage_outliers.outliers',
      `${count(open.length, 'person is', 'people are')} above ${factor} times the average without an explanation: ${names(said)}.${rest}${blanks}`,
    ).fail([...evidence, ...open.flatMap((person) => person.evidence)], items);
  }
  if (unknown.length > 0 || unnamed.blank > 0) {
    const lines =
      unnamed.blank > 0
        ? ` ${count(unnamed.blank, 'line names', 'lines name')} no one and ${verb(unnamed.blank, 'gives', 'give')} no figure.`
        : '';
    return because(
      'visibility.usage_outliers.figures_missing',
      `No one with a figure stands out, but not everyone has one.${blanks}${lines}${rest}`,
    ).cannotRead(
      ask('source', 'usage', 'Export the usage again with a figure in every line.', 'figure_in_each_line'),
      evidence,
    );
  }
  const highest = people.reduce((max, person) => Math.max(max, person.value ?? 0), 0);
  if (unnamed.sum > 0 && above(highest + unnamed.sum, total + unnamed.sum)) {
    return because(
      'visibility.usage_outliers.unnamed_lines',
      `${count(unnamed.lines, 'line names', 'lines name')} no one (${says(unnamed.sum, unit)}). If that were one person’s use, the person would stand out.${rest}`,
    ).cannotRead(
      ask(
        'source',
        'usage',
        'Export the usage again with a name or email address in every line.',
        'name_in_each_line',
      ),
      evidence,
    );
  }
  const explainedWords =
    explained.length > 0
      ? `${count(explained.length, 'person is', 'people are')} above ${factor} times the average, each explained since the window began: ${names(explained.map(({ person }) => person.label))}.`
      : `No one is above ${factor} times the average; the highest has ${says(highest, unit)}.`;
  return because('visibility.usage_outliers.none', `${explainedWords}${rest}`).pass([
    ...evidence,
    ...explained.map(({ cite }) => cite),
  ]);
}

function spendCaveat(context: CheckContext, unit: Unit): string {
  if (unit === 'messages') return '';
  if (unit === 'requests') return ' Requests were compared, since the file counts no messages.';
  const seats =
    context.profile.claudePlan === 'team'
      ? ' On a plan with seats, spend shows only use above the allotment.'
      : '';
  return ` Spend in dollars was compared, since the file counts neither messages nor requests.${seats}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function times(value: number, average: number): string {
  return (value / average).toLocaleString('en-US', { maximumFractionDigits: 2 });
}
// Guide: G5.1-02 G5.5-01 G7.1-04 G7.1-05
