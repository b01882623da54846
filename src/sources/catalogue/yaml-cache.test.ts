import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openYamlCache } from './yaml-cache.ts';

const TEXT = 'title: A list\nof: [1, two, null]\n';
const VALUE = { title: 'A list', of: [1, 'two', null] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bylaw-yaml-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('gives the next process what a text holds, and nothing for a text that changed', () => {
  const place = join(folder, 'cache');
  const first = openYamlCache(place);
  expect(first.get(TEXT)).toBeUndefined();
  first.add(TEXT, VALUE);
  first.save();
  const next = openYamlCache(place);
  expect(next.get(TEXT)).toEqual(VALUE);
  expect(next.get(`${TEXT}# changed`)).toBeUndefined();
});

it('drops texts that were not asked for when it keeps another', () => {
  const first = openYamlCache(folder);
  first.add('a: 1', { a: 1 });
  first.add('b: 2', { b: 2 });
  first.save();
  const second = openYamlCache(folder);
  second.get('a: 1');
  second.add('c: 3', { c: 3 });
  second.save();
  const third = openYamlCache(folder);
  expect(['a: 1', 'b: 2', 'c: 3'].map((text) => third.get(text))).toEqual([{ a: 1 }, undefined, { c: 3 }]);
});

it('keeps nothing that would come back as something else, and starts again from a damaged file', () => {
  const first = openYamlCache(folder);
  first.add('a: .inf', { a: Number.POSITIVE_INFINITY });
  first.add('b: 2', { b: 2 });
  first.save();
  const second = openYamlCache(folder);
  expect([second.get('a: .inf'), second.get('b: 2')]).toEqual([undefined, { b: 2 }]);
  for (const file of readdirSync(folder)) writeFileSync(join(folder, file), '[["half');
  expect(openYamlCache(folder).get('b: 2')).toBeUndefined();
});
