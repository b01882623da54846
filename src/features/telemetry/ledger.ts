import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Span } from '#domain/activity/completeness.ts';
import {
  holesOf,
  type Stretch,
  telemetryLedger,
  united,
  without,
} from '#domain/activity/telemetry-ledger.ts';
import type { Tx } from '#store/open.ts';
import { firstIntake, hoursOf } from '#store/telemetry/intake.ts';
import { serverRuns } from '#store/telemetry/runs.ts';
import { sessionsWithHoles } from '#store/telemetry/sequences.ts';
import { type IngestToken, ingestTokens } from '#store/telemetry/tokens.ts';
import type { HandlerContext } from '../context.ts';
import { type RefusalReason, writeRefusals } from './refusals.ts';
import { KEPT_DAYS } from './sweep.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Permanent refusals: the sender does not retry them, as it does when told to come back later. */
const LOSSES: readonly RefusalReason[] = [
  'malformed',
  'too_many_attributes',
  'unreadable_request',
  'too_large',
  'unknown_encoding',
  // Senders retry for a few minutes only.
  'queue_full',
];

/**
 * Shortest outage that loses data, in milliseconds: senders bridge shorter ones by retrying. A server records every
 * minute that it is running.
 */
const MIN_OUTAGE_MS = 3 * 60_000;

/** Known gaps in a client's telemetry in a period; null: nothing was ever sent or expected. */
export async function telemetrySpans(
  { services, client, now, read }: HandlerContext,
  period: Stretch,
): Promise<Span[] | null> {
  await writeRefusals(services);
  const { tokens, runs } = await services.store.read('system', async (tx) => ({
    tokens: await ingestTokens(tx, client.id),
    runs: await serverRuns(tx),
  }));
  return read(async (tx) => {
    const first = await firstIntake(tx, client.id);
    if (first === null && tokens.length === 0) return null;
    const from = new Date(period.from);
    const { heard, refused } = await hoursOf(
      tx,
      client.id,
      { from: new Date(from.getTime() - (from.getTime() % HOUR) - DAY), to: new Date(period.to) },
      LOSSES,
    );
    const spoke = heard.map(hour);
    return telemetryLedger(
      {
        first: first?.toISOString() ?? null,
        forgotten: first !== null && first.getTime() < now.getTime() - (KEPT_DAYS - 2) * DAY,
        heard: spoke,
        refused: refused.map(hour),
        open: tokens.flatMap((token) => openOf(token, now)),
        down: downOf(runs, now),
        holes: (await sessionsWithHoles(tx, client.id, period)).flatMap(holesOf),
        silent: first === null ? [] : await silentDays(tx, client, { first, now, period, spoke }),
      },
      period,
    );
  });
}

function hour(at: Date): Stretch {
  return { from: at.toISOString(), to: new Date(at.getTime() + HOUR).toISOString() };
}

function openOf({ createdAt, expiresAt, revokedAt }: IngestToken, now: Date): Stretch[] {
  const end = Math.min(
    expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    revokedAt?.getTime() ?? Number.POSITIVE_INFINITY,
    now.getTime(),
  );
  return end <= createdAt.getTime()
    ? []
    : [{ from: createdAt.toISOString(), to: new Date(end).toISOString() }];
}

/** Outages since a server first recorded that it was running; nothing is known about the time before. */
function downOf(runs: readonly Stretch[], now: Date): Stretch[] {
  const [earliest] = runs;
  if (earliest === undefined) return [];
  const noted = united(runs);
  return without([{ from: earliest.from, to: now.toISOString() }], noted).filter(
    ({ from, to }) => Date.parse(to) - Date.parse(from) > MIN_OUTAGE_MS,
  );
}

const USUAL_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const WEEKDAYS = [...USUAL_DAYS, 'sat', 'sun'] as const;
const calendar = z.object({
  holidays: z.array(z.string()),
  normalHours: z.object({ days: z.array(z.string()) }),
});

interface Asked {
  readonly first: Date;
  readonly now: Date;
  readonly period: Stretch;
  /** Hours in which a sender sent something. */
  readonly spoke: readonly Stretch[];
}

/** Past working days of the client on which no sender sent anything, since the day after the first event. */
async function silentDays(
  tx: Tx,
  { id, timezone: zone }: { readonly id: string; readonly timezone: string },
  { first, now, period, spoke }: Asked,
): Promise<Stretch[]> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', id).executeTakeFirst();
  const profile = calendar.partial().safeParse(row?.profile).data ?? {};
  const works = new Set<string>(profile.normalHours?.days ?? USUAL_DAYS);
  const holidays = new Set(profile.holidays ?? []);
  const heard = united(spoke);
  const days: Stretch[] = [];
  const after = DateTime.fromJSDate(first, { zone }).startOf('day').plus({ days: 1 });
  const begin = DateTime.fromISO(period.from, { zone }).startOf('day');
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  for (let day = begin < after ? after : begin; day < today; day = day.plus({ days: 1 })) {
    const weekday = WEEKDAYS[day.weekday - 1] ?? 'sun';
    if (!works.has(weekday) || holidays.has(day.toFormat('yyyy-MM-dd'))) continue;
    const from = day.toUTC().toISO() ?? '';
    const to = day.plus({ days: 1 }).toUTC().toISO() ?? '';
    if (!heard.some((one) => one.from < to && one.to > from)) days.push({ from, to });
  }
  return days;
}
// Guide: G5.3-00
