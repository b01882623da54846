import type { Services } from '#features/context.ts';
import { inPassing } from '#store/cache.ts';
import { JOBS, type Job } from './jobs.ts';
import { steadyMs } from './steady-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The first run is soon after startup, once the first pages have been served. */
const FIRST = 10_000;

/** Runs due jobs until stopped, one at a time. A job that fails is logged and tried again at its next run. */
export function startJobs(services: Services, jobs: readonly Job[] = JOBS): { stop(): Promise<void> } {
  let stopped = false;
  let chain: Promise<void> = Promise.resolve();
  const timers = jobs.map((job) => {
    const look = () => {
      chain = chain.then(() => (stopped ? undefined : runOne(services, job)));
    };
    const first = setTimeout(look, FIRST);
    const every = setInterval(look, job.everyMinutes * MINUTE);
    first.unref();
    every.unref();
    return () => {
      clearTimeout(first);
      clearInterval(every);
    };
  });
  return {
    stop: async () => {
      stopped = true;
      for (const end of timers) end();
      await chain;
    },
  };
}

export async function runOne(services: Services, job: Job): Promise<void> {
  try {
    const { steadyHours } = job;
    if (steadyHours !== undefined && (await steadyMs(services)) < steadyHours * HOUR) return;
    await inPassing(() => job.run(services));
    services.tally.add('jobs', `${job.name}/done`);
  } catch (error) {
    services.tally.add('jobs', `${job.name}/failed`);
    services.log.error({ err: error, job: job.name }, 'a job failed and is tried again at its next time');
  }
}
