import { dayWords } from '#domain/text/words.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import type { StreamRow } from '#store/sources/streams.ts';

export interface SourceFinding {
  readonly key: string;
  /** true: what is not recorded meanwhile can never be read. */
  readonly urgent: boolean;
  readonly title: string;
  readonly says: string;
}

/** Hours without a reading after which somebody should look. */
const SILENT_MS = 24 * 3_600_000;

/** What somebody has to put right about connected sources, the worst first. */
export function sourceFindings(
  connections: readonly ConnectionRow[],
  streams: readonly StreamRow[],
  now: Date,
): readonly SourceFinding[] {
  const findings = connections.flatMap((connection): SourceFinding[] => {
    const { id, recording, recording_at, state, key_sealed, problem } = connection;
    const found: SourceFinding[] = [];
    if (recording === 'off')
      found.push({
        key: `recording_off:${id}`,
        urgent: true,
        title: 'Switch the recording of the Compliance API on again',
        says: `Anthropic has recorded nothing${recording_at === null ? '' : ` since ${dayWords(recording_at.toISOString())}`}. What happens meanwhile can never be read. A primary owner switches it on under Organization settings > API.`,
      });
    if (key_sealed === null || state === 'no_key')
      found.push({
        key: `key_lost:${id}`,
        urgent: false,
        title: 'Paste the key of the source again',
        says: 'It was lost with the key that sealed it, so nothing is read. The vendor keeps recording meanwhile.',
      });
    else if (state === 'refused')
      found.push({
        key: `key_refused:${id}`,
        urgent: false,
        title: 'Put a new key in place of the refused one',
        says: `${problem ?? 'Anthropic refuses the key.'} The vendor keeps recording meanwhile.`,
      });
    const own = streams.filter(({ source_connection_id }) => source_connection_id === id);
    for (const stream of own)
      if (
        state === 'connected' &&
        ['failed', 'stuck'].includes(stream.state) &&
        now.getTime() - (stream.read_at ?? connection.connected_at).getTime() > SILENT_MS
      )
        found.push({
          key: `silent:${id}:${stream.stream}`,
          urgent: false,
          title: 'A source has not been read for a day',
          says: stream.says ?? 'It failed; the page of connections says more.',
        });
    return found;
  });
  return findings.sort((a, b) => Number(b.urgent) - Number(a.urgent));
}
