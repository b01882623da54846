import { noticeOf, notifiedOf, setChannelNotice, setNotice } from '#store/reminders/alert-notices.ts';
import { findChannel } from '#store/reminders/channels.ts';
import type { HandlerContext } from '../../context.ts';
import { unprocessable } from '../../problems.ts';

/** What `alert_notices_told` calls the client's channel. */
export const TEAMS = 'teams';

/** Whether whoever asks, and the client's channel, hear of critical alerts at once, and what the last message came to. */
export async function showNotices(context: HandlerContext) {
  const { client, actor, services, can } = context;
  // It reads the workspace by itself, which no transaction may be open for.
  const mail = await services.mail.configured();
  return context.read(async (tx) => {
    const [mine, channel] = [await noticeOf(tx, client.id, actor.userId), await findChannel(tx, client.id)];
    const last = async (target: string) => {
      const [newest] = await notifiedOf(tx, client.id, target);
      return newest === undefined
        ? null
        : { at: newest.told_at.toISOString(), state: stateOf(newest.state), why: newest.why };
    };
    return {
      mine: { on: mine !== null, to: actor.email, last: await last(actor.userId) },
      mail,
      teams:
        channel === null || channel.address_sealed === null
          ? null
          : { on: channel.alerts_since !== null, host: channel.host, last: await last(TEAMS) },
      sandbox: client.sandbox,
      can: { teams: can('client.edit') },
    };
  });
}

function stateOf(state: string): 'sending' | 'sent' | 'failed' {
  return state === 'sent' ? 'sent' : state === 'failed' ? 'failed' : 'sending';
}

/** Asks that whoever calls hears of a client's critical alerts by mail, or ends it. Earlier alerts are not told of. */
export async function setMyNotices(context: HandlerContext, { on }: { readonly on: boolean }) {
  const { client, actor, now } = context;
  refuseSandbox(context);
  await context.change(async (tx, recorder) => {
    const before = (await noticeOf(tx, client.id, actor.userId)) !== null;
    if (before === on) return recorder.unchanged();
    await setNotice(tx, client.id, actor.userId, on ? now : null);
    await recorder.record({
      subject: { kind: 'user', id: actor.userId, name: actor.name },
      before: { criticalAlerts: before },
      after: { criticalAlerts: on },
    });
  });
  return showNotices(context);
}

/** Has the client's channel in Teams hear of critical alerts, or no more. */
export async function setTeamsNotices(context: HandlerContext, { on }: { readonly on: boolean }) {
  const { client, now } = context;
  refuseSandbox(context);
  await context.change(async (tx, recorder) => {
    const channel = await findChannel(tx, client.id);
    if (channel === null)
      throw unprocessable('No channel is set up. Set one up in the client’s settings, under Reminders.');
    const before = channel.alerts_since !== null;
    if (before === on) return recorder.unchanged();
    await setChannelNotice(tx, client.id, on ? now : null);
    await recorder.record({
      subject: { kind: 'client', id: client.id, name: client.name },
      before: { criticalAlerts: before },
      after: { criticalAlerts: on },
    });
  });
  return showNotices(context);
}

function refuseSandbox({ client }: HandlerContext): void {
  if (client.sandbox)
    throw unprocessable('The sandbox association is fictional, so no one is notified of its alerts.');
}
