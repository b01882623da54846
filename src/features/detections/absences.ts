import { isComplete } from '#domain/activity/completeness.ts';
import {
  type Comparison,
  HOUR_MS,
  type HourCount,
  LATE_RECORDS_MS,
  type Missing,
  missingRecords,
} from '#domain/detections/absence.ts';
import { EMITTERS } from '#sources/otlp/emitter.ts';
import type { Tx } from '#store/open.ts';
import { allSpans } from '#store/sources/spans.ts';
import { intakeHours } from '#store/telemetry/intake.ts';
import { type Counted, countsOf } from '#store/usage/read.ts';
import { REASONS, REFUSALS } from '../telemetry/index.ts';

const DAY_MS = 86_400_000;
/** Parts of Claude that send telemetry. Records of other emitters do not show whether those of Claude arrive. */
const CLAUDE_EMITTERS = EMITTERS.filter((emitter) => emitter !== 'gateway' && emitter !== 'other');
const LOST = REFUSALS.filter((reason) => REASONS[reason].kind !== 'left_out');
/** A connector counts as going through a source if the source had records of it within this many days. */
const CARRIED_DAYS = 28;

/** Instants in milliseconds since 1970; `to` is exclusive. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The whole hours that can be judged: from an instant up to the last hour for which late records have arrived. */
export function judgedStretch(from: number, now: Date): Stretch {
  return { from: hourOf(from), to: hourOf(now.getTime() - LATE_RECORDS_MS - HOUR_MS) };
}

/** The hours in which one of two sources lacks what the other has. Reads one day at a time to limit memory. */
export async function missingIn(
  tx: Tx,
  clientId: string,
  comparison: Comparison,
  stretch: Stretch,
): Promise<Missing[]> {
  const around = { from: stretch.from - HOUR_MS, to: stretch.to + HOUR_MS };
  const whole = await wholeHours(tx, clientId, comparison.absence.source, around);
  const carried = comparison.by.includes('connector')
    ? await carriedBy(tx, clientId, comparison.absence.source, stretch.to)
    : null;
  const found: Missing[] = [];
  for (let from = stretch.from; from < stretch.to; from += DAY_MS) {
    const to = Math.min(from + DAY_MS, stretch.to);
    const counts = await hourCounts(tx, clientId, { from: from - HOUR_MS, to: to + HOUR_MS });
    for (const one of missingRecords(comparison, counts, whole, carried))
      if (one.hour >= from && one.hour < to) found.push(one);
  }
  return found;
}

/**
 * Tells which hours of a source are complete. No ledger proves that for pushed records: an hour counts as complete if
 * some records arrived in it and none were lost. Records left out because another source reports the same are not lost.
 */
async function wholeHours(
  tx: Tx,
  clientId: string,
  source: string,
  stretch: Stretch,
): Promise<(hour: number) => boolean> {
  const spans = (await allSpans(tx, clientId, source)).get(source);
  const emitters = source === 'otlp' ? CLAUDE_EMITTERS : source === 'gateway' ? ['gateway'] : null;
  if (spans !== undefined || emitters === null)
    return (hour) =>
      isComplete(spans ?? [], {
        from: new Date(hour).toISOString(),
        to: new Date(hour + HOUR_MS).toISOString(),
      });
  const period = { from: new Date(stretch.from), to: new Date(stretch.to) };
  const hours = await intakeHours(tx, clientId, period, { emitters, lostFor: LOST });
  return (hour) => hours.has(hour);
}

async function carriedBy(tx: Tx, clientId: string, source: string, to: number): Promise<ReadonlySet<string>> {
  const from = new Date(to - CARRIED_DAYS * DAY_MS).toISOString().slice(0, 10);
  const rows = await countsOf(tx, clientId, 'connector_day', { from }, ['connector'], { source });
  return new Set(rows.flatMap(({ connector }) => connector ?? []));
}

/** The last days up to now. */
export function lastDays(now: Date, days: number): Stretch {
  return { from: now.getTime() - days * DAY_MS, to: now.getTime() + HOUR_MS };
}

/** Counts per hour, of all sources or of one. */
export async function hourCounts(
  tx: Tx,
  clientId: string,
  { from, to }: Stretch,
  source?: string,
): Promise<HourCount[]> {
  const rows = await countsOf(
    tx,
    clientId,
    'hour',
    { from: startOfHour(from), to: startOfHour(to - HOUR_MS) },
    ['start', 'source', 'surface', 'category', 'person', 'connector'],
    source === undefined ? {} : { source },
  );
  return rows.flatMap((row: Counted) =>
    row.start === null
      ? []
      : [
          {
            source: row.source,
            surface: row.surface,
            category: row.category,
            person: row.person,
            connector: row.connector,
            hour: Date.parse(`${row.start}:00:00Z`),
            events: row.events,
          },
        ],
  );
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

function startOfHour(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}
