import { randomUUID } from 'node:crypto';
import { allHandovers, insertHandover } from '#store/deployment/deployment.ts';
import type { HandlerContext } from '../context.ts';
import type { SIDES } from './schemas.ts';
import { type HandoverView, handoverView } from './views.ts';

export interface Handover {
  readonly side: (typeof SIDES)[number];
  readonly person: string;
  readonly note?: string | undefined;
}

/** Names the person who continues the deployment. Earlier holders stay in the history. */
export async function handOver(context: HandlerContext, input: Handover): Promise<HandoverView> {
  const { services, client, actor, now } = context;
  const row = {
    id: randomUUID(),
    client_id: client.id,
    side: input.side,
    person: input.person,
    note: input.note === undefined || input.note === '' ? null : input.note,
    handed_by: actor.userId,
    handed_by_name: actor.name,
    handed_at: now,
  };
  await context.change(async (tx, recorder) => {
    const [before] = await allHandovers(tx, client.id);
    await insertHandover(tx, row);
    await recorder.record({
      subject: { kind: 'handover', id: row.id, name: input.person },
      reason: row.note,
      before: before === undefined ? null : { side: before.side, person: before.person },
      after: { side: row.side, person: row.person },
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: row.id });
  return handoverView(row);
}
