import { z } from 'zod';
import { pageOf } from '#store/audit/read.ts';
import { headOf } from '#store/audit.ts';
import { currentSigningKey } from '#store/deployment/signing-keys.ts';
import type { HandlerContext } from '../context.ts';
import { factsOf } from './facts.ts';
import { mayMake } from './make.ts';

const record = z.looseObject({
  at: z.string(),
  actor: z.looseObject({ name: z.string() }),
  after: z.looseObject({ certificate: z.string() }),
});

/** What an evidence room would contain now, and the last one created. */
export async function showRoom(context: HandlerContext) {
  const { services, client, read } = context;
  const { evidence, verdicts, charters, reviews, incidents, policy } = await factsOf(context);
  const { head, last } = await read(async (tx) => ({
    head: await headOf(tx, client.id),
    last: (await pageOf(tx, client.id, { action: 'evidence.room' }, { limit: 1 }))[0],
  }));
  const key = await services.store.read('system', currentSigningKey);
  const made = last === undefined ? undefined : record.safeParse(JSON.parse(last.body)).data;
  return {
    records: head.seq,
    files: evidence.length,
    bytes: evidence.reduce((sum, { bytes }) => sum + bytes, 0),
    controls: verdicts.length,
    charters: charters.length,
    reviews: reviews.filter(({ signed }) => signed !== null).length,
    incidents: incidents.filter(({ drill }) => !drill).length,
    policies: policy.versions.length,
    acknowledgements: policy.register.length,
    certificate: key?.id ?? null,
    last:
      made === undefined ? null : { by: made.actor.name, at: made.at, certificate: made.after.certificate },
    may: mayMake(context),
  };
}
