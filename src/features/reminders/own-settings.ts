import { DateTime } from 'luxon';
import { countsOf, dueNow, sumOf } from '#domain/reminders/due.ts';
import { type LocalTime, nextDay, periodOf, RHYTHMS, type Rhythm } from '#domain/reminders/schedule.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import { type DigestRow, findDigest, putDigest } from '#store/reminders/digests.ts';
import { findFeed, putFeed, removeFeed } from '#store/reminders/feeds.ts';
import type { HandlerContext } from '../context.ts';
import { zoneFor } from '../mail/index.ts';
import { unauthorized } from '../problems.ts';
import { needProof, ownRow } from '../shared/own-session.ts';
import { dueFor, viewerNow } from './due.ts';
import { lastOf } from './last.ts';

export interface Wanted {
  readonly rhythm: Rhythm;
  readonly weekday: number;
  readonly ownOnly: boolean;
}

/** Default for someone who set nothing: no mail, and a calendar of their own work. */
const DEFAULT_DIGEST: Pick<DigestRow, 'rhythm' | 'weekday' | 'own_only' | 'claimed_on'> = {
  rhythm: 'never',
  weekday: 1,
  own_only: true,
  claimed_on: null,
};
const NO_LAST = {
  state: null,
  state_at: null,
  sent_at: null,
  sent_count: null,
  failed_at: null,
  failed_why: null,
};

/** Day and hour of an instant in a time zone. */
export function localTime(at: Date, zone: string): LocalTime {
  const local = DateTime.fromJSDate(at, { zone });
  return { day: local.toFormat('yyyy-MM-dd'), hour: local.hour };
}

export function rhythmOf(text: string): Rhythm {
  return RHYTHMS.find((one) => one === text) ?? 'never';
}

/** The caller's reminder settings, the outcome of the last reminder, and whether their calendar has an address. */
export async function showMine(context: HandlerContext) {
  const { actor, services, now } = context;
  const { viewer, row, feed, zone } = await context.read(async (tx) => ({
    viewer: await viewerNow(tx, actor.userId),
    row: { ...NO_LAST, ...DEFAULT_DIGEST, ...(await findDigest(tx, actor.userId)) },
    feed: await findFeed(tx, actor.userId),
    zone: (await zoneFor(tx, actor.userId)) ?? 'UTC',
  }));
  if (viewer === null) throw unauthorized();
  // A token for one client does not count the work of others, although the mail would.
  const here = actor.limits.client;
  const due = (await dueFor(services, viewer, { ownOnly: row.own_only })).filter(
    ({ client }) => here === null || client.id === here,
  );
  const schedule = { rhythm: rhythmOf(row.rhythm), weekday: row.weekday };
  return {
    rhythm: schedule.rhythm,
    weekday: row.weekday,
    ownOnly: row.own_only,
    zone,
    to: viewer.email,
    mail: await services.mail.configured(),
    due: sumOf(countsOf(dueNow(due.flatMap(({ items }) => items)))),
    ...lastOf(row, now, 'mail'),
    next: nextDay(schedule, localTime(now, zone), row.claimed_on),
    feed:
      feed === null
        ? null
        : { madeAt: feed.made_at.toISOString(), lastReadAt: feed.last_read_at?.toISOString() ?? null },
  };
}

/** Changes the caller's reminder settings. Reminders start with the next date; missed ones are not sent. */
export async function setMine(context: HandlerContext, wanted: Wanted) {
  const { actor, now } = context;
  await context.change(async (tx, recorder) => {
    const user = await ownRow(context, tx);
    const before = { ...DEFAULT_DIGEST, ...(await findDigest(tx, actor.userId)) };
    const said = { rhythm: before.rhythm, weekday: before.weekday, ownOnly: before.own_only };
    if (said.rhythm === wanted.rhythm && said.weekday === wanted.weekday && said.ownOnly === wanted.ownOnly)
      return recorder.unchanged();
    const zone = (await zoneFor(tx, actor.userId)) ?? 'UTC';
    const over = periodOf(wanted, localTime(now, zone));
    await putDigest(tx, {
      user_id: actor.userId,
      rhythm: wanted.rhythm,
      weekday: wanted.weekday,
      own_only: wanted.ownOnly,
      changed_at: now,
      claimed_on: later(before.claimed_on, over),
    });
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: said,
      after: { ...wanted },
    });
  });
  return showMine(context);
}

/** The later of two days; null: neither is given. */
export function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** Creates the secret address of the caller's calendar. It is shown once; only its hash is stored. */
export async function makeFeed(context: HandlerContext) {
  const secret = newSecret();
  await context.change(async (tx, recorder) => {
    await needProof(context, tx);
    const user = await ownRow(context, tx);
    const before = await findFeed(tx, user.id);
    await putFeed(tx, user.id, hashSecret(secret), context.now);
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      after: { calendar: before === null ? 'made' : 'replaced' },
    });
  });
  const { origin } = context.services.config;
  return { ...(await showMine(context)), address: `${origin}/calendar/${secret}.ics` };
}

/** Revokes the address: requests to it get nothing from now on. */
export async function endFeed(context: HandlerContext) {
  await context.change(async (tx, recorder) => {
    const user = await ownRow(context, tx);
    if (!(await removeFeed(tx, user.id))) return recorder.unchanged();
    await recorder.record({
      subject: { kind: 'user', id: user.id, name: user.name },
      before: { calendar: 'made' },
      after: { calendar: null },
    });
  });
  return showMine(context);
}
