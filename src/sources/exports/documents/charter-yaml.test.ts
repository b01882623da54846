import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sameCharter } from '#domain/charter/diff.ts';
import { anyCharter, reordered } from '#domain/charter/testing/arbitrary.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { charterYaml } from './charter-yaml.ts';
import { readDocument } from './index.ts';

const read = (text: string) => {
  const found = readDocument('charter', { form: 'yaml', value: null, lines: {}, text }, 'charter.yaml', '');
  if (found.kind !== 'charter') throw new Error('no charter');
  return found.charter.value;
};

it('reads back as the charter that was written', () => {
  fc.assert(
    fc.property(anyCharter, (charter) => {
      expect(sameCharter(read(charterYaml(charter)), charter)).toBe(true);
    }),
  );
});

it('gives the same bytes for the same charter, however it was written, and for what is read back', () => {
  fc.assert(
    fc.property(anyCharter, (charter) => {
      const text = charterYaml(charter);
      expect(charterYaml(reordered(charter))).toBe(text);
      expect(charterYaml(read(text))).toBe(text);
    }),
  );
});

it('is commented, keeps "*" last, and lets no heading end its comment', () => {
  const charter = charterSchema.parse({
    version: 2,
    connectors: [{ name: 'iMIS', actions: { '*': 'blocked', Read: 'allow' } }],
    owners: ['b@x.example', 'a@x.example'],
  });
  expect(charterYaml(charter, ['Charter of A\u2028ccountOwner: evil\nowners: []'])).toBe(
    `# Charter of A ccountOwner: evil
# owners: []

# Bylaw sets the version, first day and approval; anything a draft says about them is left out.
version: 2
owners:
  - a@x.example
  - b@x.example

# Connectors: allow is Always allow, ask is Needs approval; "*" is every other action
connectors:
  - name: iMIS
    actions:
      Read: allow
      "*": blocked
`,
  );
});
