import { forgetIntake } from '#store/telemetry/intake.ts';
import { forgetRuns } from '#store/telemetry/runs.ts';
import { forgetSequences } from '#store/telemetry/sequences.ts';
import type { Services } from '../context.ts';

/** Days for which hourly counts are kept. The events have their own retention. */
export const KEPT_DAYS = 400;
/** Days after which no further event of a session is expected. */
const SESSION_OVER_DAYS = 14;

export async function sweepTelemetry({ store, clock }: Services): Promise<void> {
  const before = new Date(clock().getTime() - KEPT_DAYS * 86_400_000);
  const settled = new Date(clock().getTime() - SESSION_OVER_DAYS * 86_400_000);
  await store.write('system', async (tx) => {
    await forgetIntake(tx, before);
    await forgetSequences(tx, { whole: settled, holed: before });
    await forgetRuns(tx, before);
  });
}
