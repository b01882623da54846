import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Loads every source that a server may load, at its start, with the first question to a feature, or in a thread. A server that
 * meets one that was never read before loads Node's own compiler of TypeScript for it, in each such thread, and holds
 * that until it ends: 70 to 90 MB.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
/** What the command line alone loads, which would begin, and what only tests do. */
const LEFT_OUT = ['src/cli/**', '**/*.test.ts', '**/testing/**', '**/testing*.ts', '**/*.d.ts'];

// A thread's file that is loaded by no thread says so; all that it imports was read by then.
process.on('unhandledRejection', () => {});
for (const file of globSync('src/**/*.ts', { cwd: root, exclude: LEFT_OUT }))
  await import(pathToFileURL(`${root}${file}`).href).catch(() => {});
process.exit(0);
