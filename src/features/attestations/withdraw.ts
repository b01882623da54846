import { findAttestation, withdrawAttestation } from '#store/attestations/attestations.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import { type AttestationView, readAttestation } from './views.ts';

/** Takes a statement back: it stays on record, and counts no more. */
export async function withdraw(
  context: HandlerContext,
  input: { readonly attestation: string; readonly reason: string },
): Promise<AttestationView> {
  const { client, actor, now } = context;
  await context.change(async (tx, recorder) => {
    const row = await findAttestation(tx, client.id, input.attestation);
    if (!row) throw notFound();
    const by = { id: actor.userId, name: actor.name, at: now, reason: input.reason };
    if (!(await withdrawAttestation(tx, client.id, row.id, by))) {
      const current = (await findAttestation(tx, client.id, row.id)) ?? row;
      throw conflict(`${current.withdrawn_by_name ?? 'Someone'} has already withdrawn this statement.`, {
        by: current.withdrawn_by_name,
        at: current.withdrawn_at,
        version: null,
      });
    }
    await recorder.record({
      subject: { kind: 'attestation', id: row.id, name: row.control_id },
      reason: input.reason,
      before: {
        control: row.control_id,
        holds: row.holds,
        seen: row.seen,
        by: row.attested_by,
        expires: row.expires,
        evidence: row.evidence_sha,
      },
      after: null,
    });
    await recorder.facts();
  });
  context.services.events.publish({ client: client.id, topic: 'attestations', id: input.attestation });
  return readAttestation(context, input.attestation);
}
