import type { z } from 'zod';
import type { Charter } from '#domain/model/charter.ts';
import { address, nameKey } from '#domain/people/names.ts';
import { DECISIONS, type DecisionKind } from '#domain/people/places.ts';
import type { Tx } from '#store/open.ts';
import type { PeopleDecisionRow } from '#store/people/decisions.ts';
import type { decision } from './schemas.ts';

export type Decision = z.infer<typeof decision>;

/** The view of a decision; the stored row has what the rules read. */
export function shownDecision(row: PeopleDecisionRow): Decision {
  return {
    id: row.id,
    kind: kindOf(row.kind),
    addresses: row.addresses,
    reason: row.reason,
    by: row.decided_by_name,
    at: row.decided_at.toISOString(),
    withdrawn:
      row.withdrawn_at === null
        ? null
        : {
            by: row.withdrawn_by_name ?? 'Someone',
            at: row.withdrawn_at.toISOString(),
            reason: row.withdrawn_reason,
          },
  };
}

function kindOf(text: string): DecisionKind {
  const kind = DECISIONS.find((one) => one === text);
  if (kind === undefined) throw new Error(`a decision about people of the unknown kind ${text} is stored`);
  return kind;
}

/** Decisions in the imported charter. They have no id, because they are changed in the charter. */
export async function importedDecisions(tx: Tx, clientId: string): Promise<Decision[]> {
  const row = await tx
    .selectFrom('documents')
    .select(['value', 'file'])
    .where('client_id', '=', clientId)
    .where('kind', '=', 'charter')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const people = peopleOf(row?.value);
  const of = (kind: DecisionKind, addresses: readonly string[]): Decision => ({
    id: null,
    kind,
    addresses: [...addresses],
    reason: null,
    by: row?.file ?? 'the charter',
    at: null,
    withdrawn: null,
  });
  return [
    ...(people?.same ?? []).map((group) => of('same', group)),
    ...(people?.different ?? []).map((pair) => of('different', pair)),
    ...(people?.shared ?? []).map((one) => of('shared', [one])),
    ...(people?.service ?? []).map((one) => of('service', [one])),
    ...(people?.guests ?? []).map((one) => of('guest', [one])),
  ];
}

/** Charters are validated before they are stored. */
function peopleOf(value: unknown): Charter['people'] {
  return (value as Charter | undefined)?.people;
}

/**
 * The form in which decisions are compared: addresses without case and blanks, names in any order of first and last
 * name.
 */
export function decisionKey(text: string): string {
  return text.includes('@') ? address(text) : nameKey(text) || text.trim().toLowerCase();
}

/** Decisions about any of these keys. */
export function decisionsAbout(decisions: readonly Decision[], keys: readonly string[]): Decision[] {
  const wanted = new Set(keys.map(decisionKey));
  return decisions.filter((one) => one.addresses.some((text) => wanted.has(decisionKey(text))));
}
