import type { VendorSource } from '#domain/model/vendor-source.ts';
import { dayWords } from '#domain/text/words.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import type { StreamRow } from '#store/sources/streams.ts';

export interface SourceFinding {
  readonly key: string;
  /** true: what is not recorded in the meantime can never be read. */
  readonly urgent: boolean;
  readonly title: string;
  readonly says: string;
}

/** Time without a reading after which someone should look, in milliseconds. */
const SILENT_MS = 24 * 3_600_000;
/** How long before a credential expires this is reported, in milliseconds. */
const EXPIRING_MS = 30 * 24 * 3_600_000;

/** Problems with connected sources that someone has to solve, most severe first. */
export function sourceFindings(
  connections: readonly ConnectionRow[],
  streams: readonly StreamRow[],
  { vendorSources, now }: { readonly vendorSources: readonly VendorSource[]; readonly now: Date },
): readonly SourceFinding[] {
  const findings = connections.flatMap((connection): SourceFinding[] => {
    const { id, vendor, recording, recording_at, state, key_sealed, problem } = connection;
    const facts = vendorSources.find((one) => one.id === vendor);
    if (facts === undefined) return [];
    const { credential } = facts.words;
    const stillRecording = facts.recording === undefined ? '' : ' The vendor keeps recording meanwhile.';
    const own = streams.filter(({ source_connection_id }) => source_connection_id === id);
    const nothing = own.length > 0 ? 'nothing is read' : 'nothing is changed with it';
    const found: SourceFinding[] = [];
    if (recording === 'off' && facts.recording !== undefined)
      found.push({
        key: `recording_off:${id}`,
        urgent: true,
        title: facts.recording.title,
        says: `${facts.name} has recorded nothing${recording_at === null ? '' : ` since ${dayWords(recording_at.toISOString())}`}. What happens meanwhile can never be read. ${facts.recording.restore}`,
      });
    if (key_sealed === null || state === 'no_key')
      found.push({
        key: `key_lost:${id}`,
        urgent: false,
        title: `Enter the ${credential} of the source again`,
        says: `It was lost with the key that sealed it, so ${nothing}.${stillRecording}`,
      });
    else if (state === 'refused')
      found.push({
        key: `key_refused:${id}`,
        urgent: false,
        title: `Replace the refused ${credential}`,
        says: `${problem ?? `${facts.name} refuses the ${credential}.`}${stillRecording}`,
      });
    const ends = connection.expires_at;
    if (ends !== null && state === 'connected' && ends.getTime() - now.getTime() < EXPIRING_MS)
      found.push({
        key: `expiring:${id}`,
        urgent: false,
        title: `Replace the ${credential} of ${facts.name}`,
        says: `It ${ends <= now ? 'expired' : 'expires'} on ${dayWords(ends.toISOString())}, and ${nothing} after that.`,
      });
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
// Guide: G1.2-08
