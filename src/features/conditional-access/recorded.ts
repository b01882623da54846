import { z } from 'zod';
import type { Recorded, RecordedTemplates } from '#domain/conditional-access/overview.ts';
import type { LeftOut } from '#domain/conditional-access/values.ts';
import { ACCESS_TEMPLATES } from '#domain/model/conditional-access.ts';
import { allChanges, type ChangeRow, stepsOf } from '#store/changes/changes.ts';
import type { Tx } from '#store/open.ts';
import { EXCLUSION, proofSchema, TARGET } from './proof.ts';

/**
 * What a client's changes recorded of each policy: its id, its name, the state it was set to, and the people excluded
 * for some days.
 */
export async function recordedTemplates(tx: Tx, clientId: string): Promise<RecordedTemplates> {
  const changes = await allChanges(tx, clientId);
  const done = changes.filter(({ target, state }) => target === TARGET && state === 'verified');
  const unproved = await madeUnproved(tx, changes);
  return Object.fromEntries(
    ACCESS_TEMPLATES.flatMap((id) => {
      const newest = done.find(({ subject }) => subject === id);
      const proof = proofSchema.safeParse(newest?.proof);
      if (!proof.success) {
        const made = unproved.get(id);
        return made === undefined ? [] : [[id, { policyId: made }]];
      }
      const { id: policyId, state, groups, resources, without, grace } = proof.data;
      const mine = done.filter(({ subject }) => subject === id);
      const name = mine.flatMap(({ plan }) => intentSchema.safeParse(plan.intent).data?.name ?? [])[0];
      const decided = mine.find(
        ({ plan }) => intentSchema.safeParse(plan.intent).data?.without !== undefined,
      );
      const recorded: Recorded = {
        policyId,
        state,
        groups,
        resources,
        without,
        leftOut: [...grace, ...leftOutOf(changes, policyId)],
        ...(name === undefined ? {} : { name }),
        ...(newest?.verified_at ? { since: newest.verified_at.toISOString() } : {}),
        ...(decided === undefined
          ? {}
          : {
              decided: {
                by: decided.planned_by_name,
                on: decided.planned_at.toISOString(),
                reason: decided.reason,
              },
            }),
      };
      return [[id, recorded]];
    }),
  );
}

/**
 * Ids of policies that an abandoned change created but no reading confirmed, by template: they exist in the tenant all
 * the same, so no second one must be created.
 */
async function madeUnproved(tx: Tx, changes: readonly ChangeRow[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { client_id, id, target, subject, state, plan } of changes) {
    const makes = plan.steps.some(({ what }) => what === 'create_policy');
    if (target !== TARGET || !makes || !['withdrawn', 'failed'].includes(state) || found.has(subject))
      continue;
    const steps = await stepsOf(tx, client_id, id);
    const made = steps.find(({ mark, made_id }) => mark.startsWith('create_policy:') && made_id !== null);
    if (made?.made_id) found.set(subject, made.made_id);
  }
  return found;
}

/** The parts of an intent that later changes keep unless they state them. */
const intentSchema = z.looseObject({ name: z.string().optional(), without: z.string().optional() });

const backSchema = z.object({ account: z.string(), from: z.string() });

/** People whom changes excluded from a policy and no later change has included again. */
function leftOutOf(changes: readonly ChangeRow[], policyId: string): LeftOut[] {
  const undone = new Set(
    changes.flatMap(({ undoes, state }) => (undoes !== null && state === 'verified' ? [undoes] : [])),
  );
  return changes.flatMap(({ id, target, state, plan, until_day }) => {
    const back = backSchema.safeParse(plan.back).data;
    const isInForce = ['applying', 'waiting', 'verified'].includes(state) && !undone.has(id);
    return target === EXCLUSION && isInForce && back?.from.split(' ').includes(policyId) && until_day !== null
      ? [{ id: back.account, until: until_day }]
      : [];
  });
}
// Guide: G6.3-04
