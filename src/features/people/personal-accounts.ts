import type { EvaluationState } from '#domain/decide/context.ts';
import type { Item, State } from '#domain/model/verdict.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import { accountRegister } from '#domain/rules/personal-accounts/register.ts';
import { type DomainAccount, domainAccounts, REPORT_DAYS } from '#domain/rules/personal-accounts/report.ts';
import { sentence } from '#domain/text/words.ts';
import { evidenceOf, type PersonEvidence } from './evidence.ts';
import { statusBy } from './judged.ts';
import type { Gap, PeopleControls } from './reading.ts';
import type { PersonRow } from './rows.ts';

export interface AccountsReading {
  readonly blocked: Gap | null;
  readonly rows: readonly PersonRow[];
  readonly files: readonly PersonEvidence[];
}

/** Accounts on the client's domains that are not, or not known to be, in its organization. */
export function personalAccounts(shared: EvaluationState, controls: PeopleControls): AccountsReading {
  const context = controls.closed?.context ?? controls.contacted?.context;
  const report = shared.read('domain_memberships', REPORT_DAYS);
  if (!report.ok || context === undefined)
    return {
      blocked: {
        why: report.ok ? 'The catalogue has no control on personal accounts.' : report.why,
        howToGet: report.ok ? '' : report.howToGet.text,
        missing: ['domain_memberships'],
      },
      rows: [],
      files: [],
    };
  const entries = new Map(accountRegister(context).entries.map((entry) => [entry.key, entry]));
  const outside = domainAccounts(context, report).filter(
    (one) => one.status === 'outside' || one.status === 'unknown',
  );
  const rows = new Map<string, PersonRow>();
  const put = (one: Item, account: DomainAccount | null, entry: Entry | undefined) => {
    if (rows.has(one.key)) return;
    const otherwise = noted(account, entry);
    const state = statusBy(controls.closed, shared, one, otherwise, { fail: openWords(entry) });
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
  // The control's own findings first, because they have its words and evidence, including later findings.
  const byKey = new Map(outside.map((one) => [one.key, one]));
  for (const item of controls.closed?.verdict.items ?? [])
    put(item, byKey.get(item.key) ?? null, entries.get(item.key));
  for (const one of outside)
    put(
      { key: one.key, label: one.label, detail: one.words, evidence: [report.cite(one.row, one.words)] },
      one,
      entries.get(one.key),
    );
  return {
    blocked: null,
    rows: [...rows.values()],
    files: report.evidence.map((one) => evidenceOf(shared, one)),
  };
}

/** The state of an account that no control objects to, in the words of its register entry. */
function noted(
  account: DomainAccount | null,
  entry: Entry | undefined,
): { readonly state: State | null; readonly words: string } {
  const words = openWords(entry);
  if (entry?.state === 'exempt') return { state: null, words };
  if (entry?.state === 'said_closed')
    return { state: entry.rests?.made === 'journal' ? null : 'pending', words };
  if (account?.status === 'unknown') return { state: 'cannot_read', words: 'Not known whose it is' };
  return { state: 'fail', words };
}

function openWords(entry: Entry | undefined): string {
  return entry?.words ?? 'Found; not contacted yet';
}
