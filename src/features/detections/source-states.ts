import type { ActivitySource } from '#domain/activity/activity.ts';
import { localTime } from '#domain/model/local-time.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Source } from '#sources/source.ts';
import type { Tx } from '#store/open.ts';
import { lastBySource } from '#store/usage/read.ts';
import type { ClientRef } from '../context.ts';
import { ledgersOf } from '../sources/index.ts';

/** Whether a source delivers. `unknown`: partly, or it cannot be determined; `why` gives the reason as a sentence. */
export interface SourceState {
  readonly can: 'yes' | 'no' | 'unknown';
  readonly why: string | null;
}
export type SourceStates = Readonly<Record<ActivitySource, SourceState>>;

export const SOURCE_WORDS: Readonly<Record<ActivitySource, string>> = {
  compliance_feed: 'the activity feed',
  sessions: 'session transcripts',
  audit_export: 'an audit log export',
  otlp: 'telemetry of Cowork or Claude Code',
  gateway: 'a gateway in front of connectors',
  vendor_log: 'the log of another vendor',
  guard: 'a content check by Bylaw',
};

const DAY_MS = 86_400_000;
/** Gaps younger than this in milliseconds are still being read. */
const MIN_GAP_AGE_MS = 3_600_000;
/** No ledger proves that pushed records are complete; after this many days without any, a source counts as silent. */
const SILENT_DAYS = 7;
/** Days within which records show that a source without a connection exists. */
const HEARD_DAYS = 90;

/** States of a client's sources: by the ledger if there is one, otherwise by the newest records. */
export async function sourceStates(
  sources: readonly Source[],
  tx: Tx,
  { id: clientId, timezone: zone }: Pick<ClientRef, 'id' | 'timezone'>,
  now: Date,
): Promise<SourceStates> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const ledgers = await ledgersOf(sources, tx, clientId, {
    from: ago(DAY_MS + MIN_GAP_AGE_MS).toISOString(),
    to: ago(MIN_GAP_AGE_MS).toISOString(),
  });
  const last = await lastBySource(
    tx,
    clientId,
    ago(HEARD_DAYS * DAY_MS)
      .toISOString()
      .slice(0, 10),
  );
  const dayOf = (at: Date) => {
    const text = at.toISOString();
    return dayWords(localTime(text, zone)?.day ?? text.slice(0, 10));
  };
  const unknown = (why: string): SourceState => ({ can: 'unknown', why });
  const no: SourceState = { can: 'no', why: null };
  const read = (source: 'compliance_feed' | 'sessions', title: string): SourceState => {
    const heard = last.get(source);
    const ledger = ledgers.find((one) => one.source === source && one.connected);
    const end = ledger?.spans.at(-1);
    if (end !== undefined)
      return end.gap === null
        ? { can: 'yes', why: null }
        : unknown(`${title} is connected but not complete at the moment. ${end.says ?? ''}`.trim());
    return heard === undefined
      ? no
      : unknown(
          `${title} is not connected, so only imported files are seen; the newest is from ${dayOf(heard)}.`,
        );
  };
  const sent = (source: 'otlp' | 'gateway', title: string): SourceState => {
    const heard = last.get(source);
    if (heard === undefined) return no;
    return heard < ago(SILENT_DAYS * DAY_MS)
      ? unknown(`${title} has been silent since ${dayOf(heard)}.`)
      : { can: 'yes', why: null };
  };
  const audit = last.get('audit_export');
  return {
    compliance_feed: read('compliance_feed', 'The activity feed'),
    sessions: read('sessions', 'Reading of session transcripts'),
    gateway: sent('gateway', 'The gateway'),
    otlp: sent('otlp', 'Telemetry'),
    vendor_log: last.has('vendor_log') ? unknown('No detection looks at the logs of other vendors yet.') : no,
    guard: last.has('guard') ? { can: 'yes', why: null } : no,
    audit_export:
      audit === undefined
        ? no
        : unknown(`Only imported audit logs are seen; the newest event is from ${dayOf(audit)}.`),
  };
}
