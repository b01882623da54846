import type { Shared } from '#domain/decide/context.ts';
import type { Item, State } from '#domain/model/verdict.ts';
import {
  type DomainAccount,
  domainAccounts,
  REPORT_DAYS,
  type Stated,
  stated,
} from '#domain/rules/personal-accounts/report.ts';
import { dayWords, sentence } from '#domain/text/words.ts';
import { evidenceOf, type PersonEvidence } from './evidence.ts';
import { standingBy } from './judged.ts';
import type { Gap, PeopleControls } from './reading.ts';
import type { PersonRow } from './rows.ts';

export interface AccountsReading {
  readonly blocked: Gap | null;
  readonly rows: readonly PersonRow[];
  readonly files: readonly PersonEvidence[];
}

/** Accounts on the client's domains that are not, or not known to be, in its own organisation. */
export function personalAccounts(shared: Shared, controls: PeopleControls): AccountsReading {
  const context = controls.closed?.context ?? controls.contacted?.context;
  const report = shared.read('domain_memberships', REPORT_DAYS);
  if (!report.ok || context === undefined)
    return {
      blocked: {
        why: report.ok ? 'The catalogue has no control on personal accounts.' : report.why,
        howToGet: report.ok ? '' : report.howToGet,
        missing: ['domain_memberships'],
      },
      rows: [],
      files: [],
    };
  const journal = stated(context);
  const outside = domainAccounts(context, report).filter((one) => one.standing !== 'workspace');
  const rows = new Map<string, PersonRow>();
  const put = (one: Item, account: DomainAccount | null, entry: Stated | undefined) => {
    if (rows.has(one.key)) return;
    const otherwise = noted(account, entry);
    const state = standingBy(controls.closed, shared, one, otherwise, { fail: openWords(entry) });
    rows.set(one.key, {
      id: `personal:${one.key}`,
      place: 'personal_account',
      differs: state.verdict !== null,
      name: one.label,
      key: one.key.includes('@') ? one.key : null,
      account: {
        name: account?.row.name ?? null,
        address: one.key.includes('@') ? one.key : null,
        role: null,
        seat: account?.row.plan ?? null,
        status: null,
        addedOn: account?.row.createdOn ?? null,
        lastActiveOn: account?.row.lastActiveOn ?? null,
        joinedBy: null,
      },
      roster: [],
      why: sentence(one.detail),
      state,
      evidence: one.evidence.map((evidence) => evidenceOf(shared, evidence)),
    });
  };
  // The control's own findings first: they carry its words and evidence, the journal's later findings among them.
  const byKey = new Map(outside.map((one) => [one.key, one]));
  for (const item of controls.closed?.verdict.items ?? [])
    put(item, byKey.get(item.key) ?? null, journal.get(item.key));
  for (const one of outside)
    put(
      { key: one.key, label: one.label, detail: one.words, evidence: [report.cite(one.row, one.words)] },
      one,
      journal.get(one.key),
    );
  return {
    blocked: null,
    rows: [...rows.values()],
    files: report.evidence.map((one) => evidenceOf(shared, one)),
  };
}

function noted(
  account: DomainAccount | null,
  entry: Stated | undefined,
): { readonly state: State | null; readonly words: string } {
  if (entry?.state === 'exempt') return { state: null, words: `Exempt since ${dayWords(entry.on)}` };
  if (entry?.state === 'closed')
    return { state: null, words: `Closed on ${dayWords(entry.on)}; the next report must show it` };
  if (account?.standing === 'unknown') return { state: 'cannot_read', words: 'Not known whose it is' };
  return { state: 'fail', words: openWords(entry) };
}

function openWords(entry: Stated | undefined): string {
  switch (entry?.state) {
    case undefined:
    case 'found':
    case 'exempt':
      return 'Open, nobody was contacted';
    case 'contacted':
      return `Open, contacted on ${dayWords(entry.on)}`;
    case 'migrating':
      return `Open, migrating since ${dayWords(entry.on)}`;
    case 'closed':
      return `Called closed on ${dayWords(entry.on)}, and still listed`;
  }
}
