import { noticeOf, notifiedOf, setChannelNotice, setNotice } from '#store/reminders/alert-notices.ts';
import { findChannel } from '#store/reminders/channels.ts';
import type { HandlerContext } from '../../context.ts';
import { unprocessable } from '../../problems.ts';

/** Name of the client's channel in `alert_notices_told`. */
export const TEAMS = 'teams';

/**
 * Whether the caller and the client's channel are notified of critical alerts immediately, and the outcome of the last
 * message.
 */
export async function showNotices(context: HandlerContext) {
  const { client, actor, services, can } = context;
  // It reads the workspace in its own transaction, so no other may be open.
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

/**
 * Subscribes the caller to mails about a client's critical alerts, or unsubscribes them. Earlier alerts are not
 * reported.
 */
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

/** Subscribes the client's channel in Teams to critical alerts, or unsubscribes it. */
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
