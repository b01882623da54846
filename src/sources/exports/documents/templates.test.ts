import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attestationsSchema } from '#domain/model/attestation.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { journalSchema } from '#domain/model/journal.ts';
import type { DocumentKind } from '#domain/model/kinds.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { check } from './check.ts';
import { readDocument, recognizeDocument } from './index.ts';
import { pathsOf } from './schema.ts';
import { TEMPLATES } from './templates.ts';
import { parseYaml } from './yaml.ts';

const SCHEMAS: readonly (readonly [string, DocumentKind, z.ZodType])[] = [
  ['client.yaml', 'profile', profileSchema],
  ['charter.yaml', 'charter', charterSchema],
  ['journal.yaml', 'journal', journalSchema],
  ['attestations.yaml', 'attestations', attestationsSchema],
];

/** Uncomments all examples, as a person who fills everything in would; explanations stay. */
function uncommented(template: string): string {
  return template
    .split('\n')
    .map((line) => (/^#( {2,}\S|[A-Za-z])/.test(line) ? line.slice(1) : line))
    .join('\n');
}

const template = (name: string): string => TEMPLATES[name] ?? '';

/** All key paths in a value, with `[]` for entries, in the format of `pathsOf`. */
function pathsIn(value: unknown, prefix: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, [...prefix, '[]']));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    [...prefix, key].join('.'),
    ...pathsIn(item, [...prefix, key]),
  ]);
}

describe.each(SCHEMAS)('%s', (name, kind, schema) => {
  it('states nothing as it is written', () => {
    expect(parseYaml(template(name)).value).toBeNull();
    const content = { form: 'yaml', value: null, lines: {}, text: template(name) } as const;
    expect(recognizeDocument(content, 'renamed.yaml')).toBe(kind);
    if (kind !== 'profile') expect(() => readDocument(kind, content, name, 'sha')).not.toThrow();
  });

  it('is valid with every example filled in', () => {
    expect(() => check(parseYaml(uncommented(template(name))), schema, kind)).not.toThrow();
  });

  it('shows every key of the schema', () => {
    const shown = new Set(pathsIn(parseYaml(uncommented(template(name))).value));
    // Keys that every journal entry may have are explained once at the top and shown only in the first entry.
    const everywhere = new Set(
      ['note', 'file'].filter((key) => [...shown].some((path) => path.endsWith(`.${key}`))),
    );
    const missing = pathsOf(schema).filter(
      (path) => !shown.has(path.join('.')) && !(path.length === 2 && everywhere.has(path[1] ?? '')),
    );
    expect(missing).toEqual([]);
  });

  it('names every word that a key can take', () => {
    const words: string[] = [];
    const visit = (part: unknown): void => {
      if (part instanceof z.ZodEnum) words.push(...part.options.map(String));
      else if (part instanceof z.ZodObject) for (const one of Object.values(part.shape)) visit(one);
      else if (part instanceof z.ZodArray) visit(part.element);
      else if (part instanceof z.ZodRecord) visit(part.valueType);
      else if (part instanceof z.ZodUnion) for (const one of part.options) visit(one);
      else if (part instanceof z.ZodOptional || part instanceof z.ZodNullable || part instanceof z.ZodDefault)
        visit(part.unwrap());
      else if (part instanceof z.ZodPipe) visit(part.in);
    };
    visit(schema);
    const missing = words.filter(
      (word) => !new RegExp(`(^|[^A-Za-z_])${word}($|[^A-Za-z_])`).test(template(name)),
    );
    expect(missing).toEqual([]);
  });

  it('has lines that fit a screen and no tabs', () => {
    expect(template(name)).not.toContain('\t');
    expect(
      template(name)
        .split('\n')
        .filter((line) => line.length > 120),
    ).toEqual([]);
  });
});

it('takes the SHA-256 of the lockdown’s file in either case, as it is written everywhere else', () => {
  const lockdown = { on: '2026-11-01', by: 'The Board', sha256: 'AB'.repeat(32) };
  expect(journalSchema.parse({ lockdown }).lockdown?.sha256).toBe('ab'.repeat(32));
  expect(journalSchema.safeParse({ lockdown: { ...lockdown, sha256: 'AB' } }).success).toBe(false);
});
