import { describe, expect, it } from 'vitest';
import { fold } from '../decide/conditions.ts';
import { connectorWords, words as wordsOfName } from '../rules/connectors/spelling.ts';
import { looksLikeClaude } from '../rules/microsoft/look-alike.ts';
import { versionKey } from '../rules/policy/version-key.ts';
import { leastCpu } from '../testing/cpu.ts';
import { searchable, unicodeForm } from './unicode-form.ts';

describe('the Unicode form of a text', () => {
  it('is the same for each way of writing a letter', () => {
    expect([unicodeForm('Mu\u0308ller', 'NFC'), unicodeForm('M\u00fcller', 'NFKD')]).toEqual([
      'M\u00fcller',
      'Mu\u0308ller',
    ]);
    expect([unicodeForm('Plain', 'NFKD'), unicodeForm('\uff21', 'NFKC')]).toEqual(['Plain', 'A']);
  });

  it.each([
    ['a name of the charter', fold],
    ['the name of an action', wordsOfName],
    ['the name of a connector', connectorWords],
    ['the name of an application', looksLikeClaude],
    ['the version of a policy', versionKey],
    ['what is searched for', searchable],
  ])('is unchanged, and quick, if %s has very many marks', async (_what, read) => {
    const text = `a${'\u0301\u0327'.repeat(20_000)}`;
    expect(await leastCpu(500, () => read(text))).toBeLessThan(500);
  });
});
