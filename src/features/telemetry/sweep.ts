import { forgetIntake } from '#store/telemetry/intake.ts';
import type { Services } from '../context.ts';

/** Days for which the hours of what came in are kept. The events themselves have a retention of their own. */
const KEPT_DAYS = 400;

export async function sweepTelemetry({ store, clock }: Services): Promise<void> {
  const before = new Date(clock().getTime() - KEPT_DAYS * 86_400_000);
  await store.write('system', (tx) => forgetIntake(tx, before));
}
