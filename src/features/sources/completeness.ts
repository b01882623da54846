import type { z } from 'zod';
import {
  completeSince,
  GAP_WORDS,
  isComplete,
  ledgerOf,
  type Span,
  type Tail,
} from '#domain/activity/completeness.ts';
import type { Source } from '#sources/source.ts';
import type { Tx } from '#store/open.ts';
import { type ConnectionRow, connectionsOf } from '#store/sources/connections.ts';
import { allSpans } from '#store/sources/spans.ts';
import { type StreamRow, streamsOf } from '#store/sources/streams.ts';
import type { HandlerContext } from '../context.ts';
import { telemetrySpans } from '../telemetry/index.ts';
import type { completenessSchema, ledgerSchema } from './schemas.ts';

type Ledger = z.infer<typeof ledgerSchema>;
const DAY_MS = 86_400_000;
/** Gaps younger than this are not reported: these events are still being read. */
const MIN_GAP_AGE_MS = 10 * 60_000;

export async function showCompleteness(
  context: HandlerContext,
  { days, source }: { readonly days: number; readonly source?: string | undefined },
): Promise<z.infer<typeof completenessSchema>> {
  const { client, now, read, services } = context;
  const period = {
    from: new Date(now.getTime() - days * DAY_MS).toISOString(),
    to: new Date(now.getTime() - MIN_GAP_AGE_MS).toISOString(),
  };
  const telemetry = await telemetrySpans(context, period);
  const ledgers = [
    ...(await read((tx) => ledgersOf(services.sources, tx, client.id, period))),
    ...(telemetry === null ? [] : [ofTelemetry(telemetry)]),
  ].filter((one) => source === undefined || one.source === source);
  const gaps = ledgers.some(({ spans }) => spans.some(({ gap }) => gap !== null));
  const whole =
    ledgers.length > 0 && ledgers.every(({ proves, spans }) => proves && isComplete(spans, period));
  return { ...period, zone: client.timezone, whole, gaps, says: wordsOf(ledgers, whole), ledgers };
}

/**
 * A ledger without proof of completeness: it has no complete spans, only spans in which nothing is known to be
 * missing.
 */
function ofTelemetry(spans: readonly Span[]): Ledger {
  return {
    source: 'otlp',
    title: 'Telemetry',
    connected: spans.at(-1)?.gap !== 'no_token',
    proves: false,
    complete: null,
    spans: spans.map(shown),
  };
}

function wordsOf(all: readonly Ledger[], whole: boolean): string {
  if (all.length === 0) return 'No source is connected, so nothing says which time is complete.';
  const ledgers = all.filter(({ proves }) => proves);
  const telemetry = all.filter(({ proves }) => !proves);
  const telemetryNotes = telemetry.length === 0 ? [] : [telemetryWords(telemetry)];
  if (ledgers.length === 0) return telemetryNotes.join(' ');
  return [keyWords(ledgers, whole || ledgers.every(isWhole), telemetry.length > 0), ...telemetryNotes].join(
    ' ',
  );
}

function isWhole({ spans }: Ledger): boolean {
  return spans.every(({ gap }) => gap === null);
}

function telemetryWords(ledgers: readonly Ledger[]): string {
  const gaps = ledgers.flatMap(({ spans }) => spans.flatMap(({ gap }) => gap ?? []));
  if (gaps.length === 0)
    return 'Nothing is known to be missing from telemetry in this period; Bylaw cannot see events that never arrived.';
  if (gaps.every((gap) => gap === 'no_sender' || gap === 'not_known'))
    return 'Telemetry covers only part of this period; of that part, nothing is known to be missing.';
  return 'Telemetry of some time in this period is missing, or may be. Its numbers may be too low.';
}

function keyWords(ledgers: readonly Ledger[], whole: boolean, besides: boolean): string {
  // A figure beside it may be based on more than this, so complete spans are named and the rest is not assumed
  // complete.
  if (whole)
    return `Nothing is missing in this period of what is read by key: ${ledgers.map(({ title }) => title).join(', ')}. This says nothing about ${besides ? '' : 'telemetry, '}imports or what no source reports.`;
  const lost = ledgers.some(({ spans }) => spans.some(({ gap, mendable }) => gap !== null && !mendable));
  const late = ledgers.some(({ spans }) => spans.some(({ gap }) => gap === 'late_indexed'));
  const open = ledgers.some(({ spans }) => spans.some(({ gap }) => gap !== null && gap !== 'late_indexed'));
  if (late && !open)
    return 'Some events from this period arrived late, after the period was considered complete. They are counted now; until Bylaw has looked again, more may come.';
  return lost
    ? 'Part of this period was never recorded and cannot be read later. Its numbers are too low.'
    : 'Part of this period was not read. Its numbers may be too low.';
}

/** The ledgers of current and former connections for a period. */
export async function ledgersOf(
  sources: readonly Source[],
  tx: Tx,
  clientId: string,
  period: { readonly from: string; readonly to: string },
): Promise<Ledger[]> {
  const connections = await connectionsOf(tx, clientId);
  const streams = await streamsOf(tx, clientId);
  const spans = await allSpans(tx, clientId);
  // Titles of ledgers for people.
  const titles = new Map(
    sources.flatMap(({ live }) => live?.streams.map(({ ledger, title }) => [ledger, title] as const) ?? []),
  );
  const live = new Map<string, Tail | null>();
  for (const connection of connections)
    for (const stream of streams)
      if (stream.source_connection_id === connection.id) {
        const ledger = ledgerNamed(sources, connection, stream);
        if (ledger !== null) live.set(ledger, tailOf(connection, stream));
      }
  const names = new Set([...live.keys(), ...spans.keys()]);
  return [...names].sort().map((source): Ledger => {
    const connected = live.has(source);
    const tail = connected
      ? (live.get(source) ?? null)
      : ({ cause: 'not_connected', mendable: true } as const);
    const ledger = ledgerOf(spans.get(source) ?? [], period, tail);
    return {
      source,
      title: titles.get(source) ?? source,
      connected,
      proves: true,
      complete: completeSince(spans.get(source) ?? []),
      spans: ledger.map(shown),
    };
  });
}

export function ledgerNamed(
  sources: readonly Source[],
  { vendor }: ConnectionRow,
  { stream }: StreamRow,
): string | null {
  const source = sources.find(({ id }) => id === vendor);
  return source?.live?.streams.find(({ id }) => id === stream)?.ledger ?? null;
}

function shown(span: Span) {
  return { ...span, says: span.gap === null ? null : GAP_WORDS[span.gap] };
}

/** Why nothing is complete after the last complete span. */
export function tailOf(
  { state, key_sealed, recording }: ConnectionRow,
  stream: Pick<StreamRow, 'state'>,
): Tail | null {
  if (recording === 'off') return { cause: 'recording_off', mendable: false };
  if (state === 'refused' || key_sealed === null) return { cause: 'key_refused', mendable: true };
  switch (stream.state) {
    case 'waiting':
      return { cause: 'rate_limited', mendable: true };
    case 'stuck':
      return { cause: 'feed_stuck', mendable: true };
    case 'not_offered':
    case 'no_scope':
      return { cause: 'not_offered', mendable: true };
    default:
      return null;
  }
}
// Guide: G1.1-10 G5-00 G5.2-00
