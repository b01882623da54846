import { findDecision, withdrawDecision } from '#store/people/decisions.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import { type Decision, shownDecision } from './decisions.ts';

/** Withdraws a decision: the rules evaluate these people from the files again. */
export async function withdraw(
  context: HandlerContext,
  input: { readonly decision: string; readonly reason?: string | undefined },
): Promise<Decision> {
  const { client, actor, now } = context;
  const taken = await context.change(async (tx, recorder) => {
    const row = await findDecision(tx, client.id, input.decision);
    if (!row) throw notFound();
    const by = { id: actor.userId, name: actor.name, at: now, reason: input.reason ?? null };
    if (!(await withdrawDecision(tx, client.id, row.id, by))) {
      const current = (await findDecision(tx, client.id, row.id)) ?? row;
      throw conflict(`${current.withdrawn_by_name ?? 'Someone'} has already withdrawn this decision.`, {
        by: current.withdrawn_by_name,
        at: current.withdrawn_at,
        version: null,
      });
    }
    await recorder.record({
      subject: { kind: 'person', id: row.addresses[0] ?? null },
      reason: by.reason,
      before: { decision: row.id, kind: row.kind, addresses: row.addresses, by: row.decided_by_name },
      after: null,
    });
    await recorder.facts();
    return shownDecision({
      ...row,
      withdrawn_by: by.id,
      withdrawn_by_name: by.name,
      withdrawn_at: now,
      withdrawn_reason: by.reason,
    });
  });
  context.services.events.publish({ client: client.id, topic: 'people', id: null });
  return taken;
}
