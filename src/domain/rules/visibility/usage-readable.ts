import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { Period } from '../../model/period.ts';
import type { Reading } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { looksLikeService } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { firstAccessShown } from '../first-access-shown.ts';
import { absent, because } from '../outcome.ts';
import { unknownColumns } from '../unknown-columns.ts';
import { ASK_PERIOD, analyticsPeriod, usagePeriod } from './usage.ts';

/** Guide 1.1, 2.2 and 5.1: usage figures exist and are recent. A recent file with an old period is not. */
export const usageReadable = defineRule({
  name: 'usage-readable',
  about:
    'The newest file with usage (or spend) figures covers days within the window. What counts is the last day it covers, not the date of the file. Figures that end before staff were first invited, or before the first of today’s members was added, do not count. On Claude Team, a spend report alone is not enough, since it lists only use above the seat allotment.',
  needs: { usage: ['from', 'to'] },
  params: z.strictObject({ what: z.enum(['use', 'spend']), maxAgeDays: z.number().int().min(1).default(45) }),
  decide(context, { what, maxAgeDays }) {
    const asked = what === 'spend' ? unknownColumns({ usage: ['netUsd'] }, context)[0]?.outcome : undefined;
    if (asked !== undefined) return asked;
    const usage = context.read('usage', maxAgeDays);
    const candidates: { reading: Reading; period: Period | null; lines: number }[] = usage.ok
      ? usage.readings.map((reading) => ({
          reading,
          period: usagePeriod(reading),
          lines: reading.rows.filter((row) =>
            what === 'use' ? !isProgram(row.email) : row.netUsd !== null || row.grossUsd !== null,
          ).length,
        }))
      : [];
    if (what === 'use') candidates.push(...analytics(context, maxAgeDays));
    const filled = candidates.filter(({ lines }) => lines > 0);
    const question = ask(
      'source',
      'usage',
      'Export the spend report for the last 30 days (Claude: Analytics > Export spend report) and name its first and last day in the file name.',
      'spend',
    );
    if (filled.length === 0) {
      if (!usage.ok) return absent(usage).cannotRead(usage.howToGet);
      const nothing =
        usage.rows.length > 0
          ? what === 'spend'
            ? 'The usage file gives no amounts.'
            : `The usage file lists no person, only ${names(usage.rows.map(({ email }) => email ?? ''))}.`
          : 'The usage file lists no one, which does not show that no one used Claude.';
      return because('visibility.usage_readable.nothing', nothing).cannotRead(question, usage.evidence);
    }
    const dated = filled
      .flatMap(({ reading, period, lines }) => (period ? [{ reading, period, lines }] : []))
      .sort((a, b) =>
        // Files that show only part of the usage are sorted before the others.
        isSpendAlone(a, what, context) !== isSpendAlone(b, what, context)
          ? isSpendAlone(a, what, context)
            ? -1
            : 1
          : a.period.to < b.period.to
            ? -1
            : a.period.to > b.period.to
              ? 1
              : a.reading.observedOn < b.reading.observedOn
                ? -1
                : 1,
      );
    const newest = dated.at(-1);
    if (!newest) {
      return because(
        'visibility.usage_readable.period_unknown',
        `The ${what === 'spend' ? 'spend' : 'usage'} file does not say which days it covers.`,
      ).cannotRead(ASK_PERIOD, usage.ok ? usage.evidence : []);
    }
    const { reading, period, lines } = newest;
    const evidence = [
      {
        kind: reading.kind,
        file: reading.file,
        observedOn: reading.observedOn,
        says: `${count(lines, 'line')}, ${dayWords(period.from)} to ${dayWords(period.to)}`,
      },
    ];
    const age = daysBetween(period.to, context.today);
    const figures = what === 'spend' ? 'spend' : 'usage';
    if (age > maxAgeDays) {
      return because(
        'visibility.usage_readable.old',
        `The newest ${figures} file covers days through ${dayWords(period.to)}, ${count(age, 'day')} ago. It is valid for ${count(maxAgeDays, 'day')}.`,
      ).cannotRead(question, evidence);
    }
    const first = firstAccessShown(context);
    if (first !== null && period.to < first.day)
      return because(
        'visibility.usage_readable.before_first_invitation',
        `The newest ${figures} file covers days through ${dayWords(period.to)}, before ${first.words}. So it is about another organization, or about no one.`,
      ).cannotRead(question, [...evidence, ...first.evidence]);
    if (isSpendAlone(newest, what, context))
      return because(
        'visibility.usage_readable.above_allotment',
        `The usage file covers ${dayWords(period.from)} to ${dayWords(period.to)}, but it is a spend report, and on Claude Team that lists only use above the allotment. Whether Claude is used within it cannot be read from it.`,
      ).cannotRead(
        ask(
          'source',
          'usage',
          'Write down the figures per person of claude.ai/analytics/activity (Member, Messages) with their days and import them, or state what you see there.',
          'within_allotment',
        ),
        evidence,
      );
    const limit =
      context.profile.claudePlan === 'team' && reading.kind === 'usage'
        ? ' On a plan with seats, a spend report shows only use above the allotment.'
        : '';
    return because(
      'visibility.usage_readable.readable',
      `The ${figures} file has ${count(lines, 'line')} and covers ${dayWords(period.from)} to ${dayWords(period.to)}.${limit}`,
    ).pass(evidence);
  },
});

/**
 * A file of requests, tokens or amounts without messages, on a plan whose seats include usage that it does not list.
 */
function isSpendAlone({ reading }: { reading: Reading }, what: 'use' | 'spend', { profile }: CheckContext) {
  return (
    what === 'use' &&
    profile.claudePlan === 'team' &&
    reading.kind === 'usage' &&
    (reading as Reading<'usage'>).rows.every(({ messages }) => messages === null)
  );
}

function analytics(context: CheckContext, maxAgeDays: number) {
  const current = context.read('analytics_users', maxAgeDays);
  if (!current.ok) return [];
  return current.readings.map((reading) => ({
    reading,
    period: analyticsPeriod(reading),
    lines: reading.rows.length,
  }));
}

/** Whether a line is that of a program's account, which does not show that people use Claude. */
function isProgram(email: string | null): boolean {
  return email !== null && looksLikeService(email);
}
// Guide: G1.1-04 G2.2-31 G5-00 G5.1-00 G5.1-01 G5.1-02 G5.1-04 G5.1-07 G5.2-01
