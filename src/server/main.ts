import { beginLean } from './lean.ts';

/** `npm start`. What the server is made of is loaded only once the process is as it is to be. */
if (import.meta.main) {
  beginLean();
  const { run } = await import('./run.ts');
  await run();
}
