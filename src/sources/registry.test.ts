import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sharedCatalogue } from './catalogue/testing/shared.ts';
import { SOURCES } from './registry.ts';
import type { LiveSource } from './source.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SANDBOX = fileURLToPath(new URL('../../sandbox/', import.meta.url));
const catalogue = sharedCatalogue();
const live = SOURCES.flatMap(({ id, live }) => (live === null ? [] : [[id, live] as const]));

/** The text of a vendor's facts that a test looks at; a vendor without any fails on its own. */
function factsOf(id: string) {
  const facts = catalogue.vendorSources.find((one) => one.id === id);
  if (facts === undefined) throw new Error(`${id}: src/sources/${id}/source.yaml is missing`);
  return facts;
}

/** Folders whose `index.ts` makes a source. */
const folders = readdirSync(FOLDER).filter(
  (name) => statSync(`${FOLDER}${name}`).isDirectory() && existsSync(`${FOLDER}${name}/index.ts`),
);

it('holds each folder that makes a source, under its name', () => {
  expect(SOURCES.map(({ id }) => id).sort(), 'a line in registry.ts for each folder').toEqual(folders.sort());
});

it('holds each vendor that has a source.yaml, and no other, as read by program', () => {
  expect(live.map(([id]) => id).sort(), 'source.yaml beside index.ts with `live`').toEqual(
    catalogue.vendorSources.map(({ id }) => id).sort(),
  );
});

describe.each(live)('%s', (id: string, source: LiveSource) => {
  it('has a simulator to be tested against', () => {
    expect(readdirSync(SANDBOX), `sandbox/${id}`).toContain(id);
  });

  it('has a field for each part of the credential, and seals what is called a secret', () => {
    expect(Object.keys(source.fields)).toEqual(Object.keys(source.credential.shape));
    for (const [name, { label, secret }] of Object.entries(source.fields)) {
      expect(label.length, name).toBeGreaterThan(1);
      if (/secret|token|password|key|certificate/i.test(name)) expect(secret, `${name} is sealed`).toBe(true);
    }
    expect(source.hosts({}).length, 'hosts that are asked').toBeGreaterThan(0);
  });

  it('knows each kind of key by the form that source.yaml gives it', () => {
    const [[field = ''] = []] = Object.entries(source.fields).filter(
      ([, { choices }]) => choices === undefined,
    );
    for (const { prefix, kind } of factsOf(id).keys)
      if (prefix !== undefined) expect(source.kindOf({ [field]: `${prefix}abc` }), prefix).toBe(kind);
  });

  it('asks for consent with parts of the credential that are no secrets', () => {
    const open = Object.entries(source.fields).flatMap(([name, { secret }]) =>
      secret === true ? [] : [name],
    );
    for (const { consent = '' } of factsOf(id).keys)
      for (const [, name] of consent.matchAll(/\{([^}]*)\}/gu)) expect(open, consent).toContain(name);
  });

  it('reads streams of its own names, with scopes and kinds of keys that source.yaml describes', () => {
    const { scopes, keys } = factsOf(id);
    const names = source.streams.map((stream) => stream.id);
    expect([...new Set(names)], 'each stream once').toEqual(names);
    for (const stream of source.streams) {
      for (const scope of stream.scopes)
        expect(
          scopes.map((one) => one.id),
          `scopes in source.yaml, for ${stream.id}`,
        ).toContain(scope);
      for (const kind of stream.keyKinds)
        expect(
          keys.map((one) => one.kind),
          `keys in source.yaml, for ${stream.id}`,
        ).toContain(kind);
    }
  });
});

it('gives each ledger to one vendor, and each kind of imported log one reader', () => {
  const ledgers = live.flatMap(([id, { streams }]) =>
    [...new Set(streams.flatMap(({ ledger }) => ledger ?? []))].map((ledger) => `${ledger} of ${id}`),
  );
  const names = ledgers.map((one) => one.split(' ')[0]);
  expect([...new Set(names)], ledgers.join(', ')).toEqual(names);
  const logs = SOURCES.flatMap((source) => Object.keys(source.logs));
  expect([...new Set(logs)]).toEqual(logs);
});
