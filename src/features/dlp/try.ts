import type { OwnPattern } from '#domain/dlp/own-patterns.ts';
import { findHook } from '#store/dlp/hooks.ts';
import { findIcapService } from '#store/dlp/icap.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { addIncidentNote } from './incident-note.ts';
import { rulesFor } from './rules-of-client.ts';
import { scanContent, warmScanner } from './scanning/scanner.ts';
import { refuseRepeated } from './tuning.ts';
import { guardTuningOf } from './tuning-of.ts';

/** Milliseconds for scanning a sample once the scanning thread has started: as long as for a large file. */
const MAX_MS = 5_000;

interface Trial {
  readonly text: string;
  readonly patterns?: readonly OwnPattern[] | undefined;
  readonly incident?: string | undefined;
}

/** What a channel does with findings: `by_hand` is configured in a portal, which Bylaw cannot see. */
type ChannelState = 'refuses' | 'watches' | 'not_set_up' | 'shows' | 'by_hand';

/**
 * Scans a made-up sample like the client's guards would, with stored or proposed patterns. The sample is not stored;
 * the incident for which it is tested gets the findings.
 */
export async function tryRules(context: HandlerContext, { text, patterns, incident }: Trial) {
  const { client, services } = context;
  const { tuning, channels } = await context.read(async (tx) => ({
    tuning: await guardTuningOf(tx, services, client.id),
    channels: await channelsNow(tx, client.id),
  }));
  const asked = patterns === undefined ? tuning : { ...tuning, patterns };
  refuseRepeated(asked.patterns);
  // No guard may have started the thread yet, which takes seconds on a busy machine and must not count against the
  // sample's time.
  await warmScanner(services.catalogue);
  const scanned = await scanContent(services.catalogue, {
    what: 'text',
    text,
    tuning: asked,
    fingerprintKey: null,
    until: Date.now() + MAX_MS,
  });
  if (scanned.is !== 'scanned' || !scanned.finished)
    throw unprocessable('The server had no time to search the sample. Try again in a moment.');
  const titles = new Map(rulesFor(services.catalogue, asked).map(({ id, title }) => [id, title]));
  const found = Object.entries(scanned.alarming).map(([rule, hits]) => ({
    rule,
    title: titles.get(rule) ?? rule,
    hits,
  }));
  const stored = patterns === undefined;
  await context.change(async (tx, recorder) => {
    if (incident !== undefined)
      await addIncidentNote(tx, context, incident, {
        act: found.length > 0 ? (stored ? 'sample_caught' : 'sample_caught_before') : 'sample_missed',
        note: found.map(({ title }) => title).join(', ') || null,
      });
    await recorder.record({
      subject: { kind: 'dlp_rules', id: client.id, name: client.name },
      // Do not record the sample: it may be a real secret after all.
      after: {
        found: found.map(({ rule }) => rule),
        characters: text.length,
        stored,
        incident: incident ?? null,
      },
    });
  });
  return { found, stored, channels: [...channels] };
}

/** Where patterns apply, and what happens to findings there. */
async function channelsNow(
  tx: Tx,
  clientId: string,
): Promise<
  readonly { readonly id: 'inference_hook' | 'icap' | 'browser' | 'purview'; readonly state: ChannelState }[]
> {
  const hook = await findHook(tx, clientId);
  const icap = await findIcapService(tx, clientId);
  return [
    {
      id: 'inference_hook',
      state: hook === null || hook.secret_sealed === null ? 'not_set_up' : stateOf(hook.mode),
    },
    { id: 'icap', state: icap === null ? 'not_set_up' : stateOf(icap.mode) },
    { id: 'browser', state: 'shows' },
    { id: 'purview', state: 'by_hand' },
  ];
}

const stateOf = (mode: string): ChannelState => (mode === 'enforce' ? 'refuses' : 'watches');
// Guide: G7.2-16
