import type { HandlerContext } from '../context.ts';
import { readNames, writeNames } from './names.ts';
import { channelShown, clientPlace } from './teams/settings.ts';

/** What messages about a client may contain, and its channel in Teams. */
export async function showClient(context: HandlerContext) {
  const { client, can } = context;
  const { choice } = await context.read((tx) => readNames(tx, client.id));
  return {
    names: { allowed: choice.names, reason: choice.reason, by: choice.by, at: choice.at },
    ...(await channelShown(context, clientPlace(context))),
    sandbox: client.sandbox,
    can: { edit: can('client.edit') },
  };
}

/** Sets whether messages about a client may name what is due, with the person and reason. */
export async function setNames(
  context: HandlerContext,
  { allowed, reason }: { readonly allowed: boolean; readonly reason: string },
) {
  const { client, actor, now } = context;
  await context.change(async (tx, recorder) => {
    const { name, choice, settings } = await readNames(tx, client.id, { lock: true });
    if (choice.names === allowed && choice.reason === reason) return recorder.unchanged();
    await writeNames(tx, client.id, settings, {
      names: allowed,
      reason,
      by: actor.name,
      at: now.toISOString(),
    });
    await recorder.record({
      subject: { kind: 'client', id: client.id, name },
      reason,
      before: { names: choice.names },
      after: { names: allowed },
    });
  });
  context.services.events.publish({ client: client.id, topic: 'client', id: null });
  return showClient(context);
}
