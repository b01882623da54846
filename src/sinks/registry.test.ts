import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SINK_KINDS, secretsOf } from './registry.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const folders = readdirSync(FOLDER).filter((name) => statSync(join(FOLDER, name)).isDirectory());

describe('the kinds of sinks', () => {
  it('are one for each folder, which is called like it and has a test', () => {
    expect(SINK_KINDS.map(({ id }) => id).sort()).toEqual(folders.sort());
    for (const name of folders)
      expect(existsSync(join(FOLDER, name, `${name}.test.ts`)), `${name}/${name}.test.ts`).toBe(true);
  });

  it.each(SINK_KINDS.map((kind) => [kind.id, kind] as const))(
    '%s has words for all that it asks',
    (_, kind) => {
      expect(Object.keys(kind.fields)).toEqual(Object.keys(kind.settings.shape));
      for (const text of [kind.title, kind.about, kind.promise, ...kind.steps])
        expect(text.length).toBeGreaterThan(3);
      for (const { label } of Object.values(kind.fields)) expect(label.length).toBeGreaterThan(2);
      // What is called a secret is sealed.
      const named = Object.keys(kind.fields).filter((name) => /secret|token|password|key/i.test(name));
      for (const name of named) expect(secretsOf(kind), `secret: true for the field ${name}`).toContain(name);
    },
  );
});
