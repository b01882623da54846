import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadCatalogue } from './catalogue/load.ts';
import { SOURCES, sourceOfKey } from './registry.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const catalogue = loadCatalogue();
const known = (id: string) => catalogue.vendorSources.find((one) => one.id === id);

it('holds each source that the catalogue describes, in a folder of its name', () => {
  const folders = readdirSync(folder('.'));
  expect(SOURCES.map(({ id }) => id).sort(), 'a line in registry.ts').toEqual(
    catalogue.vendorSources.map(({ id }) => id).sort(),
  );
  for (const { id } of SOURCES) {
    expect(folders, `src/sources/${id}`).toContain(id);
    expect(readdirSync(folder('../../sandbox')), `a simulator in sandbox/${id}`).toContain(id);
  }
});

it('knows each kind of key by the form that the catalogue gives it', () => {
  for (const source of SOURCES)
    for (const { prefix, kind } of known(source.id)?.keys ?? [])
      expect(sourceOfKey(`${prefix}abc`), prefix).toEqual({ source, kind });
  expect(sourceOfKey('hello')).toBeNull();
});

it('reads each scope that the catalogue says what is blind without, and no other', () => {
  for (const { id, streams } of SOURCES) {
    const scopes = new Set(known(id)?.scopes.map((one) => one.id));
    for (const stream of streams) {
      expect(
        streams.filter((one) => one.id === stream.id),
        `${stream.id} stands once`,
      ).toHaveLength(1);
      for (const scope of stream.scopes) expect(scopes, `${id}.yaml lacks ${scope}`).toContain(scope);
    }
  }
});
