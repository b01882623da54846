import { countsOf, dueNow, sumOf } from '#domain/reminders/due.ts';
import { believable, isTime, type LocalTime, periodOf } from '#domain/reminders/schedule.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import { latestBelievable } from '#store/clock.ts';
import type { Scope, Tx } from '#store/open.ts';
import {
  activeChannels,
  type ChannelRow,
  channelPlace,
  claimChannel,
  endChannel,
} from '#store/reminders/channels.ts';
import type { Services } from '../../context.ts';
import { commonZone } from '../../mail/index.ts';
import { BYLAW } from '../../shared/bylaw-actor.ts';
import { zoneOf } from '../../shared/moment.ts';
import { dueAt, dueEverywhere } from '../due.ts';
import { localTime, rhythmOf } from '../own-settings.ts';
import { type CardText, dueCard, workspaceCard } from './card.ts';
import { type Posted, postCard } from './post.ts';

/** Maximum attempts to send a card if the service is busy. */
const MAX_TRIES = 5;
/** Default wait in seconds if the response specifies none, and limits for one that it specifies. */
const WAIT = { usual: 15 * 60, least: 60, max: 6 * 3600 } as const;
/** Consecutive channels without a response after which the others wait for the next run. */
const MAX_FAILURES = 3;

type Channel = Awaited<ReturnType<typeof activeChannels>>[number];

/**
 * Posts the card of what is due to every channel at its scheduled time. Each card is claimed before it is sent, so
 * that several processes send at most one per period. Only a card that was definitely not accepted is sent again.
 */
export async function sendDueCards(services: Services): Promise<void> {
  let failures = 0;
  for (const channel of await services.store.read('system', activeChannels)) {
    if (failures >= MAX_FAILURES) return;
    try {
      const posted = await remind(services, channel);
      if (posted !== null) failures = posted.status === null ? failures + 1 : 0;
    } catch (error) {
      services.log.error({ err: error, channel: channel.id }, 'a channel could not be reminded');
    }
  }
}

/** Posts the card of one channel; null: none was due. */
async function remind(services: Services, channel: Channel): Promise<Posted | null> {
  const { store, clock, sealer } = services;
  const client = channel.client_id;
  const scope: Scope = client === null ? 'system' : [client];
  const now = await nowAt(services, channel);
  const day = dayOf(channel, now, clock());
  if (day === null || channel.address_sealed === null) return null;
  const due = await cardFor(services, client, now.day);
  if (due === null) return null;
  const { count, card } = due;
  const address = new URL(sealer.open(channel.address_sealed, channelPlace(client)));
  const note = (tx: Tx, after: object, why: string | null = null) =>
    appendAudit(tx, {
      chain: client ?? WORKSPACE,
      actor: BYLAW,
      action: 'reminders.card',
      subject:
        client === null
          ? { kind: 'workspace', id: null }
          : { kind: 'client', id: client, name: channel.name ?? '' },
      reason: why,
      after: { day, host: channel.host, count, ...after },
      at: clock(),
    });
  const claimed = await store.write(scope, async (tx) => {
    const state = count === 0 ? 'nothing' : 'sending';
    if (!(await claimChannel(tx, channel, { day, state, at: clock() }))) return false;
    if (count > 0) await note(tx, { state });
    return count > 0;
  });
  if (!claimed) return null;
  const posted = await postCard(services, address, card);
  const end = endOf(posted, channel.claimed_on === day ? channel.attempts + 1 : 1, clock());
  await store.write(scope, async (tx) => {
    await endChannel(tx, channel, { day, count, at: clock(), ...end });
    await note(tx, { state: end.state, status: posted.status, answer: posted.answer }, end.why);
  });
  if (client !== null) services.events.publish({ client, topic: 'client', id: null });
  return posted;
}

/** The card for a channel, and how much is due; null: for the sandbox or a removed client. */
async function cardFor(
  services: Services,
  client: string | null,
  today: string,
): Promise<{ readonly count: number; readonly card: CardText } | null> {
  const { origin } = services.config;
  const limits = services.catalogue.teams;
  if (client === null) {
    const all = await dueEverywhere(services);
    const count = sumOf(countsOf(dueNow(all.flatMap(({ items }) => items))));
    return { count, card: workspaceCard(all, today, origin, limits) };
  }
  const due = await dueAt(services, client);
  return due && { count: sumOf(countsOf(dueNow(due.items))), card: dueCard(due, origin, limits) };
}

/** The current time for a channel: in the clients' time zone, if they all have the same. */
async function nowAt({ store, clock }: Services, { client_id, profile }: Channel): Promise<LocalTime> {
  const zone =
    client_id === null ? ((await store.read('system', (tx) => commonZone(tx))) ?? 'UTC') : zoneOf(profile);
  return localTime(clock(), zone);
}

/** The day of the card that is due at an instant; null: none is. */
function dayOf(channel: Channel, now: LocalTime, at: Date): string | null {
  const day = periodOf({ rhythm: rhythmOf(channel.rhythm), weekday: channel.weekday }, now);
  if (day === null || !isTime(now)) return null;
  const claimed = believable(channel.claimed_on, now.day);
  if (claimed === null || claimed < day) return day;
  return claimed === day && mayTryAgain(channel, at) ? day : null;
}

function mayTryAgain({ state, state_at, retry_at }: ChannelRow, at: Date): boolean {
  if (state !== 'throttled' || retry_at === null) return false;
  // A time in the future was stored before the clock was set back, and so was the retry.
  return retry_at <= at || (state_at !== null && state_at > latestBelievable(at));
}

function endOf({ outcome, says, answer, retryAfter }: Posted, tries: number, now: Date) {
  const none = { retryAt: null };
  const why = answer === null ? says : `${says} It said: ${answer}`;
  if (outcome === 'accepted') return { ...none, state: 'sent', why: null } as const;
  if (outcome === 'unknown') return { ...none, state: 'unknown', why } as const;
  if (outcome === 'refused' || tries >= MAX_TRIES) return { ...none, state: 'failed', why } as const;
  const seconds = Math.min(Math.max(retryAfter ?? WAIT.usual * 2 ** (tries - 1), WAIT.least), WAIT.max);
  return { state: 'throttled', why, retryAt: new Date(now.getTime() + seconds * 1000) } as const;
}
// Guide: G2.2-34
