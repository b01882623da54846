import { type ClientPermission, permissionsOf } from '#domain/access/permissions.ts';
import { checkInvariants, type Invariants } from '#domain/charter/invariants.ts';
import type { Charter } from '#domain/model/charter.ts';
import { anyOf, count, names } from '#domain/text/words.ts';
import type { ApprovalRow, DraftRow, StepRow } from '#store/charter/drafts.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import type { Accounts } from '../shared/second-person.ts';
import { faultsOf } from './value.ts';

/** Acts on a draft that make a person one of its authors, who cannot approve it. */
const AUTHORING: ReadonlySet<string> = new Set(['made', 'contributed', 'edited', 'rebased', 'proposed']);

export interface Hands {
  readonly row: Pick<DraftRow, 'created_by' | 'proposed_by' | 'changed_by' | 'round' | 'state'>;
  readonly steps: readonly Pick<StepRow, 'act' | 'done_by'>[];
  readonly approvals: readonly Approval[];
}

type Approval = Pick<ApprovalRow, 'round' | 'approved_by'>;

/** Everyone who contributed to the content of a draft. */
export function authorsOf({ row, steps }: Pick<Hands, 'row' | 'steps'>): ReadonlySet<string> {
  return new Set([
    row.created_by,
    row.changed_by,
    ...(row.proposed_by === null ? [] : [row.proposed_by]),
    ...steps.filter(({ act }) => AUTHORING.has(act)).map(({ done_by: id }) => id),
  ]);
}

/** Why this person cannot approve a draft because of who they are; null if they can. */
export function whyNotApprover(
  hands: Hands,
  actor: { readonly userId: string },
  accounts: Accounts,
): string | null {
  const { row, steps } = hands;
  if (row.proposed_by === actor.userId) return 'You proposed this draft. Someone else has to approve it.';
  if (authorsOf(hands).has(actor.userId)) {
    const did = steps.filter(({ done_by: id }) => id === actor.userId).map(({ act }) => act);
    if (did.every((act) => act === 'contributed'))
      return 'You wrote the baseline that this draft is made from. Someone who did not work on it has to approve it.';
    const edited = did.some((act) => act !== 'made' && act !== 'contributed');
    return `You ${edited ? 'edited' : 'made'} this draft. Someone who did not work on it has to approve it.`;
  }
  const others = counting(hands).map(({ approved_by: id }) => id);
  if (others.includes(actor.userId))
    return 'You have already approved this draft. The second approver has to be someone else.';
  return accounts.whyNotSecond(actor.userId, [...authorsOf(hands), ...others], '');
}

/** Approvals of the current content of a draft; earlier ones were for other content. */
export function counting<A extends Approval>({
  row,
  approvals,
}: Pick<Hands, 'row'> & { readonly approvals: readonly A[] }): readonly A[] {
  return approvals.filter(({ round }) => round === row.round);
}

/** The approvals that count now: those by people who may still approve charters of this client. */
export function stillCounting<A extends Approval>(
  hands: Pick<Hands, 'row'> & { readonly approvals: readonly A[] },
  accounts: Accounts,
  clientId: string,
): readonly A[] {
  return counting(hands).filter(({ approved_by: id }) =>
    accounts.stillApproves(id, clientId, 'charter.approve'),
  );
}

/** What keeps a draft from being approved, regardless of the approver. */
export function faultsFor(charter: Charter, invariants: Invariants): readonly string[] {
  return [
    ...faultsOf(charter),
    ...invariants.uncovered.map(({ words }) => words),
    ...invariants.idle.map(
      ({ connector, action }) =>
        `The exception for ${connector}: ${action} covers no permission that breaks an invariant. Remove it.`,
    ),
  ];
}

export function invariantsOf(context: HandlerContext, charter: Charter, today: string): Invariants {
  return checkInvariants(charter, context.services.catalogue, today);
}

/** People who may approve a charter of this client, or have the given permission, with id and name. */
export async function approversHere(
  context: HandlerContext,
  permission: ClientPermission = 'charter.approve',
): Promise<readonly { id: string; name: string }[]> {
  const { services, client } = context;
  const rows = await services.store.read('system', (tx: Tx) =>
    tx
      .selectFrom('users as u')
      .innerJoin('grants as g', 'g.user_id', 'u.id')
      .select(['u.id', 'u.name', 'g.client_id', 'g.effect', 'g.role', 'g.permission'])
      .where('u.disabled_at', 'is', null)
      .orderBy('u.name')
      .execute(),
  );
  const people = Map.groupBy(rows, ({ id }) => id);
  return [...people].flatMap(([id, grants]) => {
    const held = permissionsOf(
      grants.map((one) => ({
        client: one.client_id,
        effect: one.effect === 'deny' ? ('deny' as const) : ('allow' as const),
        role: one.role as never,
        permission: one.permission as never,
      })),
      client.id,
    );
    return held.has(permission) ? [{ id, name: grants[0]?.name ?? '' }] : [];
  });
}

/** "Waits for Mara or Ragnar": the next step of a proposed draft. */
export function waitingWords(given: number, needed: number, approvers: readonly string[]): string {
  const left = needed - given;
  const twice =
    needed === 2 ? ' It breaks an invariant, so two people other than its authors have to approve it.' : '';
  const who =
    approvers.length === 0
      ? 'No one can approve it yet. A client admin or Owner who did not work on the draft has to approve it, and their account has to be verified: by an emailed link, by a sign-in provider or by another Owner.'
      : approvers.length < left
        ? `It needs ${count(left, 'more approval')}, and only ${names(approvers)} can give one. Give someone the client admin or Owner role under Access.`
        : `It waits for ${count(left, 'approval')} by ${whom(left, approvers)}, who did not work on it.`;
  return `${who}${twice}`;
}

/**
 * The people who have to approve: all, if every one is needed; otherwise any of them, and of many only some by name.
 */
function whom(left: number, approvers: readonly string[]): string {
  if (approvers.length === left) return names(approvers);
  if (left === 1 && approvers.length <= 4) return anyOf(approvers);
  return `${left === 1 ? 'one' : 'two'} of ${names(approvers, 4)}`;
}
