import { randomUUID } from 'node:crypto';
import { dayWords } from '#domain/text/words.ts';
import { hasEvidence, insertAttestation } from '#store/attestations/attestations.ts';
import type { HandlerContext } from '../context.ts';
import { controlOf } from '../exceptions/index.ts';
import { badRequest, unprocessable } from '../problems.ts';
import { accepts, countsUntil, whyNot } from './accepts.ts';
import { type AttestationView, readAttestation, todayOf } from './views.ts';

export interface NewAttestation {
  readonly control: string;
  readonly holds: boolean;
  readonly seen: string;
  readonly note?: string | undefined;
  readonly evidence?: string | undefined;
  readonly moreEvidence?: readonly string[] | undefined;
  readonly expires?: string | undefined;
}

/** Writes down what the signed-in person saw, in their name. The control is decided again at once. */
export async function createAttestation(
  context: HandlerContext,
  input: NewAttestation,
): Promise<AttestationView & { readonly warning: string | null }> {
  const { client, actor, now } = context;
  const control = controlOf(context, input.control);
  const taken = accepts(control);
  if (taken === null) throw unprocessable(whyNot(control));
  const today = todayOf(context);
  if (input.seen > today)
    throw badRequest(
      `The day on which you looked, ${dayWords(input.seen)} is in the future. Today is ${dayWords(today)} at ${client.name}.`,
    );
  const expires = input.expires ?? null;
  if (expires !== null && expires < input.seen)
    throw badRequest(
      `It would end on ${dayWords(expires)}, before the day on which you looked (${dayWords(input.seen)}).`,
    );
  const until = countsUntil(input.seen, expires, taken.days);
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const [evidence = null, ...more] = new Set([input.evidence ?? [], input.moreEvidence ?? []].flat());
    for (const sha256 of [evidence ?? [], more].flat())
      if (!(await hasEvidence(tx, client.id, sha256)))
        throw unprocessable(
          `No evidence of ${client.name} has the address ${sha256.slice(0, 12)}… Upload the file first.`,
        );
    await insertAttestation(tx, {
      id,
      client_id: client.id,
      control_id: control.id,
      holds: input.holds,
      seen: input.seen,
      attested_by: `${actor.name} (${actor.email})`,
      note: input.note ?? null,
      evidence_sha: evidence,
      evidence_more: JSON.stringify(more),
      expires,
      import_id: null,
      created_by: actor.userId,
      created_at: now,
    });
    await recorder.record({
      subject: { kind: 'attestation', id, name: control.id },
      reason: input.note ?? null,
      before: null,
      after: {
        control: control.id,
        holds: input.holds,
        seen: input.seen,
        expires,
        evidence,
        ...(more.length === 0 ? {} : { moreEvidence: more }),
      },
    });
    await recorder.facts();
  });
  context.services.events.publish({ client: client.id, topic: 'attestations', id });
  return { ...(await readAttestation(context, id)), warning: warningFor(until, today, taken.days) };
}

function warningFor(until: string, today: string, days: number): string | null {
  return until < today
    ? `This is kept but no longer counts: a statement for this control is valid for ${days} days, so it ended on ${dayWords(until)}. Look again.`
    : null;
}
// Guide: G6.4-02
