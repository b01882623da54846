import { randomUUID } from 'node:crypto';
import { recordRun } from '#store/telemetry/runs.ts';
import type { Services } from '../context.ts';
import { refreshIngestTokens } from './door.ts';

const MINUTE = 60_000;

/**
 * Records every minute that the server is running, so that outages are known: telemetry sent during one is lost. It
 * does not run as a job, because jobs wait for each other. It also reloads the telemetry tokens, so that the cache is
 * current if the database becomes unavailable.
 */
export function startUptime({ store, clock, log }: Pick<Services, 'store' | 'clock' | 'log'>): {
  stop(): Promise<void>;
} {
  const id = randomUUID();
  const from = clock();
  let last: Promise<void> = Promise.resolve();
  const note = (): Promise<void> => {
    last = store
      .write('system', (tx) => recordRun(tx, id, from, clock()))
      .catch((error: unknown) => log.warn({ err: error }, 'that the server is at work could not be noted'));
    return last;
  };
  void note();
  const every = setInterval(() => {
    void note();
    refreshIngestTokens({ store, clock, log }).catch((error: unknown) =>
      log.warn({ err: error }, 'the tokens of telemetry could not be read'),
    );
  }, MINUTE);
  every.unref();
  return {
    stop: async () => {
      clearInterval(every);
      await last;
      await note();
    },
  };
}
