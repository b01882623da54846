import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import type { Entry } from '../../personal-accounts/register.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { every } from '../accounts/members.ts';
import { absent, because } from '../outcome.ts';
import { accountRegister, citeRest } from './register.ts';
import { domainAccounts, REPORT_DAYS, uncovered } from './report.ts';

/** Everyone with an account outside the workspace was contacted, according to the register or the journal. */
export const accountsContacted = defineRule({
  name: 'personal-accounts-contacted',
  about:
    'For each account on our domain outside the workspace, the register or the journal records that its holder was contacted since it was listed, or that the account is migrating, closed or exempt. Calling an account closed does not count once a later report still lists it. A message that Bylaw sent is a record; one that someone says they sent is a statement. While the account is open, either has to be within the days given.',
  needs: { domain_memberships: ['plan', 'inWorkspace'] },
  failsFromPart: ['domain_memberships'],
  params: z.strictObject({
    /** Days for which a message counts as long as the account is open. */
    days: z.number().int().min(1).default(90),
  }),
  decide(context, { days }) {
    const report = context.read('domain_memberships', REPORT_DAYS);
    if (!report.ok) return absent(report).cannotRead(report.howToGet);
    const accounts = domainAccounts(context, report);
    const outside = [
      ...new Map(accounts.filter((one) => one.status === 'outside').map((one) => [one.key, one])).values(),
    ];
    const unknown = accounts.filter((one) => one.status === 'unknown');
    const entries = new Map(accountRegister(context).entries.map((entry) => [entry.key, entry]));
    const question = ask(
      'journal',
      'personalAccounts',
      'Write to them under Personal accounts, or record each account under `personalAccounts` in the journal with email, state (found, contacted, migrating, closed, exempt) and day.',
    );
    const workspace = ask(
      'look',
      'domain_memberships',
      'Open Domain memberships in Claude and add a column that says whether each account is in our workspace, or import a current members file.',
      'workspace',
    );
    const doubt = `For ${unknown.length} of ${count(accounts.length, 'account')} it is not known whether ${verb(unknown.length, 'it is', 'they are')} in our workspace: ${names(unknown.map((one) => one.label))}.`;
    if (outside.length === 0) {
      if (unknown.length > 0)
        return because('personal_accounts.accounts_contacted.doubtful', doubt).cannotRead(
          workspace,
          report.evidence,
        );
      const gap = uncovered(context, report);
      if (gap) return gap;
      return because(
        'personal_accounts.accounts_contacted.none_outside',
        `The report of ${dayWords(report.observedOn)} lists no account outside the workspace, so there is no one to contact.`,
      ).notApplicable(report.evidence);
    }
    const list = names(outside.map((one) => one.label));
    const written = context.journal.ok && context.journal.value.personalAccounts !== undefined;
    if (!written && context.accountSteps.length === 0)
      return because(
        'personal_accounts.accounts_contacted.workspace_unknown',
        `${count(outside.length, 'account')} on our domain ${verb(outside.length, 'is', 'are')} outside the workspace: ${list}. ${context.journal.ok ? 'The journal does not say who was contacted.' : context.journal.why}`,
      ).cannotRead(question, report.evidence);
    const evidence: Evidence[] = [...report.evidence];
    const waiting: string[] = [];
    const silent: Item[] = [];
    const longAgo: Item[] = [];
    for (const one of outside) {
      const entry = entries.get(one.key);
      const rests = entry === undefined ? [] : citeRest(context, entry);
      const before = entry === undefined ? null : spokenBefore(entry, one.row.createdOn);
      const refuted = entry === undefined ? null : wronglyClosed(entry);
      const asked = entry !== undefined && (entry.state !== 'found' || entry.spokenTo);
      if (asked && before === null && refuted === null) {
        const last = lastSpokenOn(entry);
        if (last !== null && daysBetween(last, context.today) > days) {
          longAgo.push({
            key: one.key,
            label: one.label,
            detail: `${one.words}; last contacted on ${dayWords(last)}, ${count(daysBetween(last, context.today), 'day')} ago`,
            evidence: [report.cite(one.row, one.words), ...rests],
          });
          continue;
        }
        evidence.push(...rests);
        if (entry.state === 'contacted' && entry.lastMessageOn !== null)
          waiting.push(`${one.label} (${count(daysBetween(entry.lastMessageOn, context.today), 'day')})`);
        continue;
      }
      silent.push({
        key: one.key,
        label: one.label,
        detail: `${one.words}; ${before ?? refuted ?? silence(entry)}`,
        evidence: [report.cite(one.row, one.words), ...rests],
      });
    }
    if (silent.length > 0)
      return because(
        'personal_accounts.accounts_contacted.not_contacted',
        `${silent.length} of ${count(outside.length, 'holder')} of an account outside the workspace ${verb(silent.length, 'has', 'have')} not been contacted: ${names(silent.map((item) => item.label))}.`,
      ).fail(evidence, [...silent, ...longAgo]);
    if (longAgo.length > 0)
      return because(
        'personal_accounts.accounts_contacted.long_ago',
        `${longAgo.length} of ${count(outside.length, 'holder')} of an account outside the workspace ${verb(longAgo.length, 'was', 'were')} last contacted more than ${count(days, 'day')} ago, and the account is still open: ${names(longAgo.map((item) => item.label))}.`,
      ).fail(evidence, longAgo);
    if (unknown.length > 0)
      return because(
        'personal_accounts.accounts_contacted.may_be_outside',
        `${every(outside.length, 'account known to be outside', 'accounts known to be outside', ['is', 'are'])} dealt with. ${doubt}`,
      ).cannotRead(workspace, evidence);
    const since = waiting.length > 0 ? ` Contacted and still open: ${names(waiting)}.` : '';
    return because(
      'personal_accounts.accounts_contacted.all_contacted',
      `${every(outside.length, 'account outside the workspace', 'accounts outside the workspace', ['is', 'are'])} dealt with (holder contacted, migrating, closed or exempt).${since}`,
    ).pass(evidence);
  },
});

/**
 * Day of the last message to the holder of an open account, or of their last answer; null: it is exempt or said to be
 * closed, so no further message is due.
 */
function lastSpokenOn({ state, steps }: Entry): string | null {
  if (state === 'exempt' || state === 'said_closed') return null;
  return (
    steps.findLast(({ kind }) => kind === 'contacted' || kind === 'answered' || kind === 'migrating')?.day ??
    null
  );
}

/**
 * Why the holder was not contacted about this account: everything on record is older than the account; null: it is not.
 */
function spokenBefore({ rests, exemption }: Entry, createdOn: string | null): string | null {
  if (createdOn === null || rests === null || exemption !== null || rests.day >= createdOn) return null;
  return `what is on record is from ${dayWords(rests.day)}, and the account was created on ${dayWords(createdOn)}`;
}

/**
 * A statement that an account is closed, if a later report still lists it, does not show that its holder was contacted.
 */
function wronglyClosed({ state, doubt, messages, steps }: Entry): string | null {
  if (state !== 'found' || doubt === null || messages > 0) return null;
  const spoken = steps.filter(
    ({ kind }) => kind === 'answered' || kind === 'migrating' || kind === 'said_closed',
  );
  if (spoken.some(({ kind }) => kind !== 'said_closed') || spoken.length === 0) return null;
  return `${doubt.charAt(0).toLowerCase()}${doubt.slice(1).replace(/\.$/, '')}, and no message to its holder is on record`;
}

function silence(entry: Entry | undefined): string {
  if (entry?.cameBack != null) return `came back on ${dayWords(entry.cameBack)}, not contacted since`;
  if (entry?.rests?.kind === 'found') return `found on ${dayWords(entry.rests.day)}, not contacted`;
  return 'no one is known to have written';
}
// Guide: G4.2-03 G4.2-05
