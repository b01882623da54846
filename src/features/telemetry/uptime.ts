import { randomUUID } from 'node:crypto';
import { noteRun } from '#store/telemetry/runs.ts';
import type { Services } from '../context.ts';
import { refreshIngestTokens } from './door.ts';

const MINUTE = 60_000;

/**
 * Notes each minute that the server is at work, so that the time in which none was is known: what is sent then is lost.
 * Beside the jobs, which wait for each other. The tokens of telemetry are read at the same time, so that they are
 * remembered should the database go away.
 */
export function startUptime({ store, clock, log }: Pick<Services, 'store' | 'clock' | 'log'>): {
  stop(): Promise<void>;
} {
  const id = randomUUID();
  const from = clock();
  let last: Promise<void> = Promise.resolve();
  const note = (): Promise<void> => {
    last = store
      .write('system', (tx) => noteRun(tx, id, from, clock()))
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
