import { z } from 'zod';
import type { Evidence } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { mailDomain } from '../accounts/addresses.ts';
import { cannotRead, fail, pass } from '../outcome.ts';
import { domainAccounts, REPORT_DAYS, stated, uncovered } from './report.ts';

/** Every account on our domain outside the workspace is closed, or exempt by the journal. */
export const accountsClosed = defineRule({
  name: 'personal-accounts-closed',
  about:
    'Each account on our domain outside the workspace is open, unless the journal calls it exempt, or calls it closed and no later report still lists it.',
  params: z.strictObject({}),
  decide(context) {
    const report = context.read('domain_memberships', REPORT_DAYS);
    if (!report.ok) return cannotRead(report.why, report.howToGet);
    const accounts = domainAccounts(context, report);
    const journal = stated(context);
    const open = new Map<string, Item>();
    const exempt = new Set<string>();
    const closed = new Set<string>();
    const settled: Evidence[] = [];
    for (const one of accounts.filter((account) => account.standing === 'outside')) {
      const entry = journal.get(one.key);
      if (entry?.state === 'exempt') {
        exempt.add(one.key);
        settled.push(...entry.evidence);
        continue;
      }
      if (entry?.state === 'closed' && entry.on > report.observedOn) {
        closed.add(one.key);
        settled.push(...entry.evidence);
        continue;
      }
      const progress =
        entry?.state === 'closed'
          ? `; the journal says closed on ${dayWords(entry.on)}, and the report of ${dayWords(report.observedOn)} still lists it`
          : entry && entry.state !== 'found'
            ? `; ${entry.state} since ${dayWords(entry.on)}`
            : '';
      open.set(one.key, {
        key: one.key,
        label: one.label,
        detail: `${one.words}${progress}`,
        evidence: [report.cite(one.row, one.words), ...(entry?.evidence ?? [])],
      });
    }
    // What the journal has found since the report was made is open as well.
    const listed = new Set(accounts.map((one) => one.key));
    for (const [email, entry] of journal) {
      const ours = context.profile.domains.includes(mailDomain(email) ?? '');
      if (listed.has(email) || !ours || entry.state === 'closed' || entry.state === 'exempt') continue;
      if (entry.on > report.observedOn)
        open.set(email, {
          key: email,
          label: email,
          detail: `${entry.state} on ${dayWords(entry.on)} by the journal, after the report`,
          evidence: entry.evidence,
        });
    }
    const unknown = accounts
      .filter(
        (one) =>
          one.standing === 'unknown' && !['exempt', 'closed'].includes(journal.get(one.key)?.state ?? ''),
      )
      .map(
        (one): Item => ({
          key: one.key,
          label: one.label,
          detail: one.words,
          evidence: [report.cite(one.row, 'workspace not told')],
        }),
      );
    const items = [...open.values()];
    const notes = [
      exempt.size > 0 ? `${count(exempt.size, 'account is', 'accounts are')} exempt by the journal.` : '',
      closed.size > 0
        ? `${count(closed.size, 'account was', 'accounts were')} closed by the journal after this report; the next one must show it.`
        : '',
    ].filter((text) => text !== '');
    const doubt =
      unknown.length > 0
        ? `For ${unknown.length} of ${count(accounts.length, 'account')} it is not known whether ${verb(unknown.length, 'it is', 'they are')} in our workspace: ${names(unknown.map((item) => item.label))}.`
        : '';
    const evidence = [...report.evidence, ...settled];
    if (items.length > 0)
      return fail(
        [
          `${count(items.length, 'account')} on our domain outside the workspace ${verb(items.length, 'is', 'are')} open: ${names(items.map((item) => `${item.label} (${item.detail})`))}.`,
          doubt,
          ...notes,
        ]
          .filter((text) => text !== '')
          .join(' '),
        evidence,
        items,
      );
    if (unknown.length > 0)
      return cannotRead(
        [doubt, ...notes].join(' '),
        'Open Domain memberships in Claude and add a column that tells whether each account is in our workspace, or bring a current members file.',
        evidence,
        unknown,
      );
    const gap = uncovered(context, report);
    if (gap) return gap;
    return pass(
      [
        `None of ${count(accounts.length, 'account')} on our domains in the report of ${dayWords(report.observedOn)} is open outside the workspace.`,
        ...notes,
      ].join(' '),
      evidence,
    );
  },
});
