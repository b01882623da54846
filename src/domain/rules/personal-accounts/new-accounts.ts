import { z } from 'zod';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { domainAccounts, inJournal, REPORT_DAYS } from './report.ts';

/**
 * Whether an account was opened on our domains after a person stated that this is restricted. Files can only prove a
 * failure: that no one opened an account does not show that no one could.
 */
export const newAccounts = defineRule({
  name: 'no-account-after-restriction',
  about:
    'An account on our domain outside the workspace that was created after the restriction was stated to be on proves that it is not. The absence of such accounts proves nothing, so this check never passes.',
  needs: { domain_memberships: ['plan', 'inWorkspace', 'createdOn'] },
  params: z.strictObject({}),
  decide(context) {
    const since = restrictedSince(context);
    const blocked = lastBlocked(context);
    if (!since)
      return because(
        'personal_accounts.new_accounts.not_stated',
        `Verifying a domain does not block anyone; "Restrict organization creation" does, and no one has stated that it is on.${blocked.words}`,
      ).cannotRead(null, blocked.evidence);
    const report = context.read('domain_memberships', REPORT_DAYS);
    if (!report.ok)
      return because(
        'personal_accounts.new_accounts.unread',
        `Whether an account was opened since ${dayWords(since)} cannot be determined. ${report.why}`,
      ).cannotRead(report.howToGet, blocked.evidence);
    const journal = inJournal(context);
    const newestSeen = context.attestations[0]?.seen ?? since;
    const before = context
      .history('domain_memberships')
      .filter(
        (reading) =>
          reading.complete && reading.observedOn >= since && reading.observedOn < report.observedOn,
      )
      .at(-1);
    const listedBefore = before ? new Set(before.rows.map((row) => address(row.email))) : null;
    const outside = domainAccounts(context, report).filter((one) => one.status === 'outside');
    const proof: Item[] = [];
    const undated: string[] = [];
    for (const one of outside) {
      const created = one.row.createdOn?.slice(0, 10) ?? null;
      const entry = journal.get(one.key);
      // It was closed, and the restriction was checked again afterwards.
      if (entry?.state === 'closed' && entry.on <= newestSeen) continue;
      if (created && created > since)
        proof.push({
          key: one.key,
          label: one.label,
          detail: `${one.words}, opened on ${dayWords(created)}`,
          evidence: [report.cite(one.row, `created ${dayWords(created)}`)],
        });
      else if (!created && listedBefore && before && !listedBefore.has(one.key))
        proof.push({
          key: one.key,
          label: one.label,
          detail: `${one.words}, not in the report of ${dayWords(before.observedOn)} and in that of ${dayWords(report.observedOn)}`,
          evidence: [report.cite(one.row, 'new in this report')],
        });
      else if (!created) undated.push(one.label);
    }
    if (proof.length > 0)
      return because(
        'personal_accounts.new_accounts.opened',
        `${count(proof.length, 'account was', 'accounts were')} opened on our domain outside the workspace after ${dayWords(since)}, when the restriction was stated to be on: ${names(proof.map((item) => `${item.label} (${item.detail})`))}.`,
      ).fail([...proof.flatMap((item) => item.evidence), ...report.evidence], proof);
    const doubt =
      undated.length > 0
        ? ` The report does not say when ${undated.length} of them ${verb(undated.length, 'was', 'were')} opened: ${names(undated)}.`
        : '';
    return because(
      'personal_accounts.new_accounts.none_shown',
      `The report of ${dayWords(report.observedOn)} shows no account opened since ${dayWords(since)}; that fits the restriction but does not prove it.${doubt}${blocked.words}`,
    ).cannotRead(null, [...report.evidence, ...blocked.evidence]);
  },
});

/**
 * First day of the uninterrupted series of statements that the restriction is on; null if the newest says otherwise.
 */
function restrictedSince(context: CheckContext): string | null {
  let since: string | null = null;
  for (const one of context.attestations) {
    if (!one.holds) break;
    since = one.seen;
  }
  return since;
}

/** On Enterprise, the log has each attempt that the restriction blocked, which shows that it was on then. */
function lastBlocked(context: CheckContext): { words: string; evidence: readonly Evidence[] } {
  const events = context.events();
  const row = events.ok ? events.rows.filter((one) => one.type === 'org_creation_blocked').at(-1) : undefined;
  if (!events.ok || !row) return { words: '', evidence: [] };
  return {
    words: ` An attempt to open one was stopped on ${dayWords(dayOf(row.at, context.profile.timezone))}.`,
    evidence: [events.cite(row, 'attempt stopped')],
  };
}
// Guide: G1.1-05 G2.2-05 G4.1-01 G4.2-01 GB-02
