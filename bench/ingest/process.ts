import { type EngineName, measureEngine, type Told } from './ingest.ts';

/** Measures on one engine, and tells the process that asked. */
const tell = (told: Told) => void process.send?.(told);
await measureEngine(
  process.argv[2] as EngineName,
  (...line) => tell({ is: 'line', line }),
  (text) => tell({ is: 'note', text }),
);
process.disconnect();
