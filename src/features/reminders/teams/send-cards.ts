import { countsOf, dueNow, sumOf } from '#domain/reminders/due.ts';
import { isTime, periodOf } from '#domain/reminders/schedule.ts';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import {
  activeChannels,
  type ChannelRow,
  channelPlace,
  claimChannel,
  endChannel,
} from '#store/reminders/channels.ts';
import type { Services } from '../../context.ts';
import { zoneOf } from '../../verdicts/service.ts';
import { dueAt } from '../due.ts';
import { localTime, rhythmOf } from '../mine.ts';
import { dueCard } from './card.ts';
import { type Posted, postCard } from './post.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by itself' };
/** How often a card is tried that the far side had no time for. */
const MOST_TRIES = 5;
/** Seconds to wait where it does not say how long, and the least and the most that it is listened to. */
const WAIT = { usual: 15 * 60, least: 60, most: 6 * 3600 } as const;

/** Channels in a row from which no answer came, after which the others wait for the next look. */
const PATIENCE = 3;

type Channel = Awaited<ReturnType<typeof activeChannels>>[number];

/**
 * Posts the card of what is due into every channel whose time has come. Each is claimed before it goes out, so that
 * however many processes look there is at most one a period. Only what the far side said that it did not take is sent
 * again.
 */
export async function sendDueCards(services: Services): Promise<void> {
  let silent = 0;
  for (const channel of await services.store.read('system', activeChannels)) {
    if (silent >= PATIENCE) return;
    try {
      const posted = await remind(services, channel);
      if (posted !== null) silent = posted.status === null ? silent + 1 : 0;
    } catch (error) {
      services.log.error({ err: error, client: channel.client_id }, 'a channel could not be reminded');
    }
  }
}

/** Posts the card of one channel; null: none was due. */
async function remind(services: Services, channel: Channel): Promise<Posted | null> {
  const { store, clock, sealer, config, catalogue } = services;
  const id = channel.client_id;
  const day = dayOf(channel, clock());
  if (day === null || channel.address_sealed === null) return null;
  const due = await dueAt(services, id);
  if (due === null) return null;
  const count = sumOf(countsOf(dueNow(due.items)));
  const address = new URL(sealer.open(channel.address_sealed, channelPlace(id)));
  const note = (tx: Tx, after: object, why: string | null = null) =>
    appendAudit(tx, {
      chain: id,
      actor: BYLAW,
      action: 'reminders.card',
      subject: { kind: 'client', id, name: channel.name },
      reason: why,
      after: { day, host: channel.host, count, ...after },
      at: clock(),
    });
  const claimed = await store.write([id], async (tx) => {
    const state = count === 0 ? 'nothing' : 'sending';
    if (!(await claimChannel(tx, channel, { day, state, at: clock() }))) return false;
    if (count > 0) await note(tx, { state });
    return count > 0;
  });
  if (!claimed) return null;
  const posted = await postCard(services, address, dueCard(due, config.origin, catalogue.teams));
  const end = endOf(posted, channel.claimed_on === day ? channel.attempts + 1 : 1, clock());
  await store.write([id], async (tx) => {
    await endChannel(tx, id, { day, count, at: clock(), ...end });
    await note(tx, { state: end.state, status: posted.status, answer: posted.answer }, end.why);
  });
  services.events.publish({ client: id, topic: 'client', id: null });
  return posted;
}

/** The day of the card that is due at a moment; null: none is. */
function dayOf(channel: Channel, at: Date): string | null {
  const now = localTime(at, zoneOf(channel.profile));
  const day = periodOf({ rhythm: rhythmOf(channel.rhythm), weekday: channel.weekday }, now);
  if (day === null || !isTime(now)) return null;
  if (channel.claimed_on === null || channel.claimed_on < day) return day;
  return channel.claimed_on === day && mayTryAgain(channel, at) ? day : null;
}

function mayTryAgain({ state, retry_at }: ChannelRow, at: Date): boolean {
  return state === 'throttled' && retry_at !== null && retry_at <= at;
}

function endOf({ outcome, says, answer, retryAfter }: Posted, tries: number, now: Date) {
  const none = { retryAt: null };
  const why = answer === null ? says : `${says} It said: ${answer}`;
  if (outcome === 'accepted') return { ...none, state: 'sent', why: null } as const;
  if (outcome === 'unknown') return { ...none, state: 'unknown', why } as const;
  if (outcome === 'refused' || tries >= MOST_TRIES) return { ...none, state: 'failed', why } as const;
  const seconds = Math.min(Math.max(retryAfter ?? WAIT.usual * 2 ** (tries - 1), WAIT.least), WAIT.most);
  return { state: 'throttled', why, retryAt: new Date(now.getTime() + seconds * 1000) } as const;
}
