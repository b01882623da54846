import { nextDay } from '#domain/reminders/schedule.ts';
import { findChannel } from '#store/reminders/channels.ts';
import type { HandlerContext } from '../context.ts';
import { lastOf } from './last.ts';
import { localTime, rhythmOf } from './mine.ts';
import { readNames, writeNames } from './names.ts';

/** What messages about a client say, and its channel in Teams. */
export async function showClient(context: HandlerContext) {
  const { client, services, now, can } = context;
  const { names, channel } = await context.read(async (tx) => ({
    names: (await readNames(tx, client.id)).choice,
    channel: await findChannel(tx, client.id),
  }));
  const { steps, limits } = services.catalogue.teams;
  return {
    names: { allowed: names.names, reason: names.reason, by: names.by, at: names.at },
    teams:
      channel === null
        ? null
        : {
            host: channel.host,
            hasAddress: channel.address_sealed !== null,
            rhythm: rhythmOf(channel.rhythm),
            weekday: channel.weekday,
            ...lastOf(channel, now, 'card'),
            next: nextDay(
              { rhythm: rhythmOf(channel.rhythm), weekday: channel.weekday },
              localTime(now, client.timezone),
              channel.claimed_on,
            ),
            retryAt: channel.retry_at?.toISOString() ?? null,
          },
    version: channel?.version ?? 0,
    zone: client.timezone,
    sandbox: client.sandbox,
    steps: [...steps],
    limits: [...limits],
    can: { edit: can('client.edit') },
  };
}

/** Says whether messages about a client may name what is due, with who decided so and why. */
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
