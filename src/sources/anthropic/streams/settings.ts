import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SourceStream } from '../../source.ts';
import { recordingNow } from '../test-key.ts';

const placeSchema = z.object({
  /** What was read last, as a digest per organisation, and when it was kept. */
  kept: z.record(z.string(), z.object({ digest: z.string(), at: z.string() })),
});

/** What says the same is kept again after a day, so that it does not grow old. */
const KEEP_MS = 22 * 3_600_000;

/** The settings in force and the keys of each organisation. Kept when something changed, and once a day. */
export const settings: SourceStream = {
  id: 'settings',
  title: 'Settings in force and API keys',
  keyKinds: ['access'],
  scopes: ['read:compliance_org_data'],
  everyMinutes: 60,
  ledger: null,
  async *read({ client, place, organisations, clock }) {
    let { kept } = placeSchema.safeParse(place).data ?? { kept: {} };
    const files: { name: string; bytes: Uint8Array }[] = [];
    const now = clock();
    for (const organisation of organisations) {
      const answer = await client.get(
        `/v1/compliance/organizations/${encodeURIComponent(organisation)}/settings`,
      );
      const bytes = Buffer.from(`${JSON.stringify(answer, null, 1)}\n`);
      const digest = createHash('sha256').update(bytes).digest('hex');
      const before = kept[organisation];
      const fresh = before !== undefined && now.getTime() - Date.parse(before.at) < KEEP_MS;
      if (before?.digest === digest && fresh) continue;
      kept = { ...kept, [organisation]: { digest, at: now.toISOString() } };
      files.push({ name: `settings-${organisation.slice(0, 8)}-${stamp(now)}.json`, bytes });
    }
    const recording = await recordingNow(client);
    yield {
      // The importers take the settings of one organisation at a time, so only the first is decided on.
      files: files.slice(0, 1),
      place: { kept },
      ...(recording === null ? {} : { recording: { on: recording, at: now.toISOString() } }),
      ...(organisations.length > 1
        ? {
            says: `Settings of the first of ${organisations.length} linked organizations count; the others are not decided on.`,
          }
        : {}),
    };
  },
};

/** 20261124-150000, for names of files. */
export function stamp(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
