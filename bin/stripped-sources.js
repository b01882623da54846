// Loaded by Node before a server's own code (`src/server/lean.ts`), so it cannot be TypeScript itself.
import { hash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Keeps each source without its types on disk, by its content, and loads it from there. Node's compile cache would do
 * this too, but holds everything that it has read in memory until the process ends (29 MB for a server), and without
 * either, Node would load its TypeScript compiler into every process and thread.
 */
const STRIPPED_FOLDER = fileURLToPath(new URL('../node_modules/.cache/bylaw/stripped/', import.meta.url));
/** Ends each kept file: one that a crash cut off is made again. */
const END = '\n// complete';

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    return {
      format: 'module',
      source: stripped(readFileSync(fileURLToPath(url), 'utf8')),
      shortCircuit: true,
    };
  },
});

function stripped(source) {
  const file = `${STRIPPED_FOLDER}${hash('sha256', source)}.js`;
  try {
    const kept = readFileSync(file, 'utf8');
    if (kept.endsWith(END)) return kept;
  } catch {
    // Not kept yet.
  }
  const text = stripTypeScriptTypes(source) + END;
  try {
    mkdirSync(STRIPPED_FOLDER, { recursive: true });
    const unfinished = `${STRIPPED_FOLDER}${randomUUID()}`;
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    // The folder cannot be written: the next start strips this source again.
  }
  return text;
}
