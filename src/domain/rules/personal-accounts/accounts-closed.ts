import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { ownValue } from '../../model/own-value.ts';
import type { Evidence } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { mailDomain } from '../../people/names.ts';
import type { Entry } from '../../personal-accounts/register.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { accountRegister, citeRest } from './register.ts';
import { domainAccounts, mayBeFiltered, REPORT_DAYS, uncovered } from './report.ts';

/** Every account on our domains outside the workspace is closed, or exempt by a decision. */
export const accountsClosed = defineRule({
  name: 'personal-accounts-closed',
  about:
    'Each account on our domain outside the workspace is open, unless the journal calls it exempt. What the journal or the register calls closed is a claim and has to wait for the next report, which alone can confirm it. An account that an earlier report lists stays open until a report that covers its domain no longer does.',
  needs: { domain_memberships: ['plan', 'inWorkspace'] },
  failsWithout: { domain_memberships: ['plan'] },
  failsFromPart: ['domain_memberships'],
  params: z.strictObject({}),
  decide(context) {
    const report = context.read('domain_memberships', REPORT_DAYS);
    if (!report.ok) return absent(report).cannotRead(report.howToGet);
    const accounts = domainAccounts(context, report);
    const entries = new Map(accountRegister(context).entries.map((entry) => [entry.key, entry]));
    const open = new Map<string, Item>();
    const exempt = new Set<string>();
    const waiting = new Map<string, Item>();
    const settled: Evidence[] = [];
    /** Whether a person's decision or statement keeps the account from being open; records which. */
    const dealtWith = (entry: Entry | undefined, label: string): boolean => {
      if (entry?.state !== 'exempt' && entry?.state !== 'said_closed') return false;
      // An exemption in the register is an exception: it accepts an open account until a date, but does not hide it.
      if (entry.state === 'exempt' && entry.rests?.made !== 'journal') return false;
      const { key, words } = entry;
      const evidence = citeRest(context, entry);
      settled.push(...evidence);
      if (entry.state === 'exempt') exempt.add(key);
      else waiting.set(key, { key, label, detail: words, evidence });
      return true;
    };
    for (const one of accounts.filter((account) => account.status === 'outside')) {
      const entry = entries.get(one.key);
      if (dealtWith(entry, one.label)) continue;
      open.set(one.key, {
        key: one.key,
        label: one.label,
        detail: `${one.words}${progressOf(entry)}`,
        evidence: [report.cite(one.row, one.words), ...(entry === undefined ? [] : citeRest(context, entry))],
      });
    }
    // Accounts found after the report are open as well; those that the report may not cover cannot be determined.
    // Without an address, an account in the workspace may differ from one that an earlier report lists outside.
    const same = accounts.filter(({ key, status }) => status !== 'workspace' || mailDomain(key) !== null);
    const listed = new Set(same.map(({ key }) => key));
    const unreported: Item[] = [];
    for (const [key, entry] of entries) {
      // An unreadable address may be on our domains.
      const domain = mailDomain(key);
      const ours = domain === null || context.profile.domains.includes(domain);
      if (listed.has(key) || !ours || entry.state === 'closed') continue;
      if (entry.state === 'exempt' && entry.rests?.made !== 'journal') continue;
      const label = entry.name ?? key;
      if (dealtWith(entry, label)) continue;
      const evidence = citeRest(context, entry);
      const said = entry.rests;
      if (said !== null && said.day > report.observedOn && entry.doubt === null)
        open.set(key, {
          key,
          label,
          detail: `${ownValue(STATED, said.kind) ?? said.kind} on ${dayWords(said.day)} by ${said.by}, after the report`,
          evidence,
        });
      else
        unreported.push({ key, label, detail: entry.doubt ?? 'No report shows that it is gone.', evidence });
    }
    const unknown = accounts
      .filter((one) => one.status === 'unknown' && !dealtWith(entries.get(one.key), one.label))
      .map(
        (one): Item => ({
          key: one.key,
          label: one.label,
          detail: one.words,
          evidence: [report.cite(one.row, 'workspace not reported')],
        }),
      );
    const items = [...open.values()];
    const notes = [
      exempt.size > 0 ? `${count(exempt.size, 'account is', 'accounts are')} exempt.` : '',
      waiting.size > 0
        ? `${count(waiting.size, 'account is', 'accounts are')} marked as closed since, which only the next report can confirm.`
        : '',
      unreported.length > 0
        ? `${count(unreported.length, 'account')} of earlier reports cannot be determined: ${names(unreported.map((item) => item.label))}.`
        : '',
    ].filter((text) => text !== '');
    const doubt =
      unknown.length > 0
        ? `For ${unknown.length} of ${count(accounts.length, 'account')} it is not known whether ${verb(unknown.length, 'it is', 'they are')} in our workspace: ${names(unknown.map((item) => item.label))}.`
        : '';
    const evidence = [...report.evidence, ...settled];
    if (items.length > 0)
      return because(
        'personal_accounts.accounts_closed.open',
        [
          `${count(items.length, 'account')} on our domain outside the workspace ${verb(items.length, 'is', 'are')} open: ${names(items.map((item) => `${item.label} (${item.detail})`))}.`,
          doubt,
          ...notes,
        ]
          .filter((text) => text !== '')
          .join(' '),
      ).fail(evidence, items);
    if (unknown.length > 0)
      return because('personal_accounts.accounts_closed.doubtful', [doubt, ...notes].join(' ')).cannotRead(
        ask(
          'look',
          'domain_memberships',
          'Open Domain memberships in Claude and add a column that says whether each account is in our workspace, or import a current members file.',
        ),
        evidence,
        unknown,
      );
    if (unreported.length > 0)
      return because('personal_accounts.accounts_closed.uncovered', notes.join(' ')).cannotRead(
        ask(
          'source',
          'domain_memberships',
          'Run the Domain memberships report again, for every domain, and import all of it.',
          'whole',
        ),
        evidence,
        unreported,
      );
    const gap = uncovered(context, report);
    if (gap) return gap;
    if (waiting.size > 0)
      return because(
        'personal_accounts.accounts_closed.not_due',
        [`No other account on our domain outside the workspace is open.`, ...notes].join(' '),
      ).pending(addDays(report.observedOn, REPORT_DAYS), evidence, [...waiting.values()]);
    const filtered = mayBeFiltered(context, report);
    if (filtered) return filtered;
    return because(
      'personal_accounts.accounts_closed.all_closed',
      [
        `None of ${count(accounts.length, 'account')} on our domains in the report of ${dayWords(report.observedOn)} is open outside the workspace.`,
        ...notes,
      ].join(' '),
    ).pass(evidence);
  },
});

/** States recorded for an account that the report does not list, in words. */
const STATED: Readonly<Record<string, string>> = {
  found: 'found',
  contacted: 'contacted',
  migrating: 'migrating',
  reopened: 'opened again',
};

function progressOf(entry: Entry | undefined): string {
  if (entry === undefined) return '';
  if (entry.doubt !== null) return `; ${entry.doubt.charAt(0).toLowerCase()}${entry.doubt.slice(1, -1)}`;
  const ended = entry.exemptionEnded === null ? '' : `; exempt until ${dayWords(entry.exemptionEnded)}`;
  const { rests } = entry;
  if (rests === null || entry.state === 'found') return ended;
  if (entry.state === 'exempt') return `; exempt by ${rests.by} since ${dayWords(rests.day)}`;
  return `${ended}; ${entry.state} since ${dayWords(rests.day)}`;
}
// Guide: G1.1-14 G2.2-06 G4-00 G4.1-02 GA-04
