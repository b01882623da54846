import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const CACHE = join(MODULES, '.cache/bylaw');

/** What YAML texts hold. */
export interface YamlCache {
  /** What a text holds; undefined where that was not kept. */
  get(text: string): unknown;
  add(text: string, value: unknown): void;
  /** Keeps what was asked for and added for the next process, in place of what was kept before. */
  save(): void;
}

/**
 * What YAML texts were found to hold by an earlier process: parsing is four fifths of the time that the catalogue takes
 * to load. A text is known by its SHA-256, so that what is kept is never out of date; where it cannot be read or
 * written, texts are parsed each time.
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
      // What JSON cannot hold, as infinity, is not kept.
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
        // A program that may not write beside its modules parses each time.
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
