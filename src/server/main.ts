import { restartLean } from './lean.ts';

/**
 * Entry point of `npm start`. The rest of the server is imported only after the process was restarted with its V8
 * options.
 */
if (import.meta.main) {
  restartLean();
  const { run } = await import('./run.ts');
  await run();
}
