import type { z } from 'zod';
import { attestationSchema } from '#domain/model/attestation.ts';
import { type Journal, journalSchema } from '#domain/model/journal.ts';
import { placed } from '#domain/model/reading.ts';
import { approvalsIn, type TypedApproval } from '#domain/model/typed-approvals.ts';
import { allClaims, type ClaimRow } from '#store/claims/claims.ts';
import { countingDocument } from '#store/imports/documents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { whyInvitedTooEarly } from '../deployment/index.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import type { claimShown } from './contract.ts';

export type ClaimView = z.infer<typeof claimShown>;

export async function listClaims(context: HandlerContext) {
  const { services, client } = context;
  const accounts = await accountsOf(services);
  await services.verdicts.ensureCurrent([client.id]);
  const items = await context.read(async (tx) => {
    const journal = await countingJournal(tx, client.id);
    const views: ClaimView[] = [];
    for (const row of await allClaims(tx, client.id))
      views.push(view(context, accounts, row, journal, await whyTooEarly(tx, context, row, journal)));
    return views;
  });
  return {
    items,
    total: items.length,
    waiting: items.filter(({ state }) => state === 'waiting').length,
  };
}

function view(
  context: HandlerContext,
  accounts: Accounts,
  row: ClaimRow,
  journal: Journal,
  tooEarly: string | null,
): ClaimView {
  const approvals = row.kind === 'journal' ? newApprovals(row, journal) : [];
  const why = row.state === 'waiting' ? (whyNot(context, accounts, row, approvals) ?? tooEarly) : null;
  const statement = row.kind === 'attestation' ? attestationSchema.parse(row.value) : null;
  const control = context.services.catalogue.controls.find(({ id }) => id === row.control_id);
  return {
    id: row.id,
    kind: row.kind,
    control: row.control_id,
    title:
      row.kind === 'journal'
        ? 'A journal: what was done and when'
        : (control?.title ?? 'A control that the catalogue no longer holds'),
    state: row.state,
    holds: statement?.holds ?? null,
    seen: statement?.seen ?? null,
    note: statement?.note ?? null,
    typedBy: row.typed_by,
    file: row.file,
    sha256: row.kind === 'journal' ? row.sha256 : row.evidence_sha,
    approvals: row.state === 'waiting' ? approvals.map(({ words, by }) => ({ words, by })) : [],
    leftOut: (row.left_out ?? []).map(placed),
    brought: { by: row.claimed_by_name, at: row.claimed_at.toISOString() },
    decided:
      row.decided_at === null
        ? null
        : {
            by: row.decided_by_name ?? 'Someone',
            at: row.decided_at.toISOString(),
            reason: row.decided_reason,
          },
    mayConfirm: row.state === 'waiting' && why === null,
    why,
  };
}

export async function countingJournal(tx: Tx, clientId: string): Promise<Journal> {
  return journalSchema.parse((await countingDocument(tx, clientId, 'journal'))?.value ?? {});
}

/** Approvals of a waiting journal that the journal that counts does not hold. */
export function newApprovals(row: ClaimRow, journal: Journal): readonly TypedApproval[] {
  const known = new Set(approvalsIn(journal).map(({ key }) => key));
  return approvalsIn(journalSchema.parse(row.value)).filter(({ key }) => !known.has(key));
}

/** Why nobody can confirm a waiting journal yet: it says that a locked task of the deployment was done. */
export async function whyTooEarly(
  tx: Tx,
  { services, client }: Pick<HandlerContext, 'services' | 'client'>,
  row: ClaimRow,
  counting: Journal,
): Promise<string | null> {
  if (row.kind !== 'journal' || row.state !== 'waiting') return null;
  const brought = journalSchema.parse(row.value);
  return whyInvitedTooEarly(tx, services.catalogue, client.id, { brought, counting, now: services.clock() });
}

/** Why this person cannot confirm a claim; null where they can. */
export function whyNot(
  { can, actor }: Pick<HandlerContext, 'can' | 'actor'>,
  accounts: Accounts,
  row: ClaimRow,
  approvals: readonly TypedApproval[],
): string | null {
  if (!can('attestations.write')) return 'Your role does not include attesting what was seen.';
  if (row.kind === 'attestation') return null;
  if (!can('work.edit')) return 'Your role does not include writing down what was done.';
  if (approvals.length === 0) return null;
  if (!can('exceptions.approve') || !can('charter.approve'))
    return 'The journal says that someone approved something. Only a person who may approve can confirm that.';
  return accounts.whyNotSecond(actor.userId, [row.claimed_by], 'You brought this file');
}
// Guide: G2.1-00
