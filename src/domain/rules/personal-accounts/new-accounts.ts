import { z } from 'zod';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, type Current, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
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
    'An account on our domain outside the workspace that was created after the restriction was stated to be on proves that it is not, whichever report since shows it. The absence of such accounts proves nothing, so this check never passes.',
  needs: { domain_memberships: ['plan', 'inWorkspace', 'createdOn'] },
  params: z.strictObject({}),
  decide(context) {
    const since = restrictedSince(context);
    const blocked = lastBlocked(context);
    if (!since)
      return because(
        'personal_accounts.new_accounts.not_stated',
        `Verifying a domain does not block anyone; “Restrict organization creation” does, and no one has stated that it is on.${blocked.words}`,
      ).cannotRead(null, blocked.evidence);
    const report = context.read('domain_memberships', REPORT_DAYS);
    const shown = openedSince(context, since, report);
    const { proof } = shown;
    if (proof.length > 0)
      return because(
        'personal_accounts.new_accounts.opened',
        `${count(proof.length, 'account was', 'accounts were')} opened on our domain outside the workspace after ${dayWords(since)}, when the restriction was stated to be on: ${names(proof.map((item) => `${item.label} (${item.detail})`))}.`,
      ).fail([...proof.flatMap((item) => item.evidence), ...(report.ok ? report.evidence : [])], proof);
    if (shown.unclear.length > 0)
      return {
        ...because(
          'personal_accounts.new_accounts.unclear',
          `${count(shown.unclear.length, 'account was', 'accounts were')} opened on our domain after ${dayWords(since)}, when the restriction was stated to be on, and whether ${shown.unclear.length === 1 ? 'it is' : 'they are'} in our workspace is not known: ${names(shown.unclear.map((item) => `${item.label} (${item.detail})`))}.`,
        ).cannotRead(
          ask(
            'source',
            'domain_memberships',
            'Export the Domain memberships report with the columns for plan and workspace, and the members file of the same day.',
            'plan_and_workspace',
          ),
          shown.unclear.flatMap((item) => item.evidence),
          shown.unclear,
        ),
        // A statement from before these accounts were seen does not settle it.
        changedOn: shown.unclear
          .flatMap((item) => item.evidence.map(({ observedOn }) => observedOn))
          .sort()
          .reduce((_, day) => day, since),
      };
    if (!report.ok)
      return because(
        'personal_accounts.new_accounts.unread',
        `Whether an account was opened since ${dayWords(since)} cannot be determined. ${report.why}`,
      ).cannotRead(report.howToGet, blocked.evidence);
    const doubt =
      shown.undated.length > 0
        ? ` The report does not say when ${shown.undated.length} of them ${verb(shown.undated.length, 'was', 'were')} opened: ${names(shown.undated)}.`
        : '';
    return because(
      'personal_accounts.new_accounts.none_shown',
      `The report of ${dayWords(report.observedOn)} shows no account opened since ${dayWords(since)}; that fits the restriction but does not prove it.${doubt}${blocked.words}`,
    ).cannotRead(null, [...report.evidence, ...blocked.evidence]);
  },
});

/**
 * Accounts opened after a day outside the workspace, by every report since: one that a report shows once was opened,
 * even if that report is old by now or a later one no longer lists it.
 */
function openedSince(context: CheckContext, since: string, report: Current<'domain_memberships'>) {
  const journal = inJournal(context);
  const newestSeen = context.attestations[0]?.seen ?? since;
  const history = context.history('domain_memberships').filter(({ observedOn }) => observedOn >= since);
  const current = report.ok ? report.readings : [];
  const proof = new Map<string, Item>();
  const unclear = new Map<string, Item>();
  const undated = new Set<string>();
  for (const reading of history) {
    const isCurrent = current.some((one) => one === reading);
    const before = history.filter((one) => one.complete && one.observedOn < reading.observedOn).at(-1);
    const listedBefore = before ? new Set(before.rows.map((row) => address(row.email))) : null;
    for (const one of domainAccounts(context, reading)) {
      if (one.status !== 'outside' && one.status !== 'unknown') continue;
      const created = one.row.createdOn?.slice(0, 10) ?? null;
      const entry = journal.get(one.key);
      // It was closed, and the restriction was checked again afterwards.
      if (entry?.state === 'closed' && entry.on <= newestSeen) continue;
      const item = (detail: string, says: string): Item => ({
        key: one.key,
        label: one.label,
        detail: `${one.words}, ${detail}`,
        evidence: [
          {
            kind: 'domain_memberships',
            file: reading.file,
            row: one.row.row,
            observedOn: reading.observedOn,
            says,
          },
        ],
      });
      const isNew = !created && listedBefore !== null && !listedBefore.has(one.key);
      if (created !== null && created > since)
        (one.status === 'outside' ? proof : unclear).set(
          one.key,
          item(`opened on ${dayWords(created)}`, `created ${dayWords(created)}`),
        );
      else if (isNew && before && one.status === 'outside')
        proof.set(
          one.key,
          item(
            `not in the report of ${dayWords(before.observedOn)} and in that of ${dayWords(reading.observedOn)}`,
            'new in this report',
          ),
        );
      else if (!created && isCurrent && one.status === 'outside') undated.add(one.label);
    }
  }
  return {
    proof: [...proof.values()],
    unclear: [...unclear.values()].filter(({ key }) => !proof.has(key)),
    undated: [...undated],
  };
}

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
