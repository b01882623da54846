import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const CACHE = join(MODULES, '.cache/bylaw');

/** Cache of parsed YAML texts. */
export interface YamlCache {
  /** Parsed value of a text; undefined: not cached. */
  get(text: string): unknown;
  add(text: string, value: unknown): void;
  /** Saves what was read or added, for the next process, replacing the previous cache. */
  save(): void;
}

/**
 * YAML texts parsed by an earlier process, because parsing takes four fifths of the time to load the catalogue. The key
 * is a text's SHA-256, so entries are never out of date. If the cache cannot be read or written, texts are parsed each
 * time.
 */
export function openYamlCache(folder = CACHE): YamlCache {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(MODULES, 'yaml/package.json'), 'utf8'),
  );
  const file = join(folder, `yaml-${version}.json`);
  const before = keptIn(file);
  const used = new Map<string, unknown>();
  let added = false;
  return {
    get(text) {
      const key = keyOf(text);
      const value = before.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    add(text, value) {
      // Values that JSON cannot represent, such as infinity, are not cached.
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value) ?? 'null'), value)) return;
      used.set(keyOf(text), value);
      added = true;
    },
    save() {
      if (!added) return;
      try {
        mkdirSync(folder, { recursive: true });
        const unfinished = join(folder, randomUUID());
        writeFileSync(unfinished, JSON.stringify([...used]));
        renameSync(unfinished, file);
      } catch {
        // Without write access to the modules, texts are parsed each time.
      }
    },
  };
}

function keptIn(file: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return new Map();
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
