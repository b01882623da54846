import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { count, dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { coverage, domainAccounts, mayBeFiltered, uncovered } from './report.ts';

/** A Domain memberships report that is at most a month old and was made after the domains were verified. */
export const reportMonthly = defineRule({
  name: 'domain-report-monthly',
  about:
    'The newest Domain memberships report is at most a month old and was made after every domain of the profile was verified; it covers verified domains only. Only a members file shows that it was not filtered.',
  needs: { domain_memberships: ['plan', 'inWorkspace'] },
  params: z.strictObject({ days: z.number().int().min(1).default(31) }),
  decide(context, { days }) {
    const report = context.read('domain_memberships', days);
    if (!report.ok) return overdue(context, days) ?? absent(report).cannotRead(report.howToGet);
    const gap = uncovered(context, report) ?? mayBeFiltered(context, report);
    if (gap) return gap;
    const accounts = domainAccounts(context, report);
    const outside = accounts.filter((one) => one.status === 'outside').length;
    const unknown = accounts.filter((one) => one.status === 'unknown').length;
    return because(
      'personal_accounts.report_monthly.current',
      `The report of ${dayWords(report.observedOn)} lists ${count(accounts.length, 'account')} on our domains, ${outside} outside the workspace${unknown > 0 ? ` and ${unknown} of which it does not say` : ''}. The next is due by ${dayWords(addDays(report.observedOn, days))}.`,
    ).pass([...report.evidence, ...coverage(context, report).evidence]);
  },
});
/** Since when the next report is overdue, if the newest one is too old to count; null: there is none. */
function overdue(context: CheckContext, days: number): Outcome | null {
  const report = context.read('domain_memberships', days);
  const last = context.read('domain_memberships', Number.POSITIVE_INFINITY);
  if (report.ok || report.code !== 'stale' || !last.ok) return null;
  const due = addDays(last.observedOn, days);
  return because(
    'personal_accounts.report_monthly.overdue',
    `${report.why} The next was due by ${dayWords(due)}, ${count(daysBetween(due, context.today), 'day')} ago.`,
  ).cannotRead(report.howToGet, last.evidence);
}
// Guide: G2.2-07 G4.2-02 G5.5-04 G7.1-03 GA-04
