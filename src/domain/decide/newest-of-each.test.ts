import { describe, expect, it } from 'vitest';
import { apiKeysKnown } from '../rules/visibility/api-keys-known.ts';
import { reading, runRule, TODAY } from '../testing/build.ts';
import { currentReading } from './current.ts';

const OLD = { observedOn: '2026-11-10' };
const NEW = { observedOn: '2026-11-20' };

const settings = (file: string, organizations: readonly (string | null)[], more: object) =>
  reading(
    'settings',
    organizations.map((id) => ({
      name: 'sso_enabled',
      value: file,
      ...(id === null ? {} : organizations.length > 1 ? { organization: id } : { ofAll: id }),
    })),
    { file, ...more },
  );
const read = (list: ReturnType<typeof settings>[], organizations?: ReadonlySet<string>) =>
  currentReading('settings', list, TODAY, 30, [], undefined, organizations);
const said = (list: ReturnType<typeof settings>[]) => {
  const current = read(list);
  return current.ok && current.rows.map(({ organization, value }) => [organization, value]);
};

describe('settings of linked organizations', () => {
  it('use the newest answer for each, even if a newer answer covers only one of them', () => {
    expect(said([settings('both.json', ['one', 'two'], OLD), settings('one.json', ['one'], NEW)])).toEqual([
      ['two', 'both.json'],
      ['one', 'one.json'],
    ]);
    expect(said([settings('two.json', ['two'], OLD), settings('both.json', ['one', 'two'], NEW)])).toEqual([
      ['one', 'both.json'],
      ['two', 'both.json'],
    ]);
  });

  it('use the last one stored if several are of one day', () => {
    const stored = (hour: string) => ({ ...NEW, storedAt: `2026-11-20T${hour}:00:00Z` });
    expect(
      said([
        settings('both.json', ['one', 'two'], stored('09')),
        settings('one.json', ['one'], stored('10')),
      ]),
    ).toEqual([
      ['two', 'both.json'],
      ['one', 'one.json'],
    ]);
  });

  it('are unknown if a newer answer does not say which of several organizations it covers', () => {
    const list = [
      settings('one.json', ['one'], OLD),
      settings('two.json', ['two'], OLD),
      settings('unnamed.json', [null], NEW),
    ];
    expect(read(list)).toMatchObject({ ok: false, code: 'contradicted' });
    expect(read(list)).toMatchObject({ why: expect.stringContaining('unnamed.json does not say of which') });
    expect(said([settings('one.json', ['one'], OLD), settings('unnamed.json', [null], NEW)])).toEqual([
      [undefined, 'unnamed.json'],
    ]);
    expect(
      read([settings('one.json', [null], OLD), settings('one.json', ['one'], NEW)], new Set(['two'])).ok,
    ).toBe(false);
  });
});

describe('API keys of linked organizations', () => {
  const answer = (organizations: readonly string[], keys: readonly object[], observedOn: string) => {
    const file = `${organizations.join('-')}.json`;
    return {
      settings: settings(file, organizations, { observedOn, sha256: file }),
      api_keys: reading('api_keys', keys, { observedOn, file, sha256: file }),
    };
  };
  const known = (...answers: ReturnType<typeof answer>[]) =>
    runRule(
      apiKeysKnown,
      {},
      {
        charter: { approvedApiKeys: ['Shared', 'Own'] },
        readings: {
          settings: answers.map(({ settings }) => settings),
          api_keys: answers.map(({ api_keys }) => api_keys),
        },
      },
    );
  const of = (id: string, name: string, organizations?: readonly string[]) => ({
    id,
    name,
    active: true,
    ...(organizations === undefined ? {} : { organizations }),
  });

  it('use the newest answer for each, even if a newer answer covers only one of them', () => {
    const both = (name: string) =>
      answer(['one', 'two'], [of('k1', 'Stranger', ['one']), of('k2', name, ['two'])], OLD.observedOn);
    const one = answer(['one'], [of('k3', 'Own')], NEW.observedOn);
    expect(known(both('Shared'), one)).toMatchObject({ state: 'pass' });
    expect(known(both('Unknown'), one)).toMatchObject({ state: 'fail', items: [{ key: 'k2' }] });
    // Of a key that does not say which organization lists it, nobody knows whether it is still there.
    const unsaid = answer(['one', 'two'], [of('k1', 'Stranger')], OLD.observedOn);
    expect(known(unsaid, one)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('their answers overlap'),
    });
  });
});
