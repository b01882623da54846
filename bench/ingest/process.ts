import { type EngineName, measureEngine, type Reported } from './ingest.ts';

/** Measures one engine and reports to the parent process. */
const send = (reported: Reported) => void process.send?.(reported);
await measureEngine(
  process.argv[2] as EngineName,
  (...line) => send({ is: 'line', line }),
  (text) => send({ is: 'note', text }),
);
process.disconnect();
