import { TOKEN_STATE_WORDS } from '../../../../src/domain/access/words.ts';
import type { client } from '../../api.ts';

export type Telemetry = Awaited<ReturnType<typeof client.telemetry.show>>;
export type Emitter = Telemetry['emitters'][number];
export type Seen = Telemetry['newest'][number];
export type Refusal = Telemetry['refusals'][number];
export type IngestToken = Awaited<ReturnType<typeof client.telemetry.tokens>>['items'][number];

export const STATE_WORDS: Readonly<Record<IngestToken['state'], string>> = TOKEN_STATE_WORDS;

/** Example: "1 event", "12,000 events". */
export function events(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;
}
