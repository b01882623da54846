import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '#domain/model/kinds.ts';
import { fileKinds } from '#sources/exports/kinds/index.ts';
import { assessing } from './assessing.ts';

/**
 * Exported policies of a tenant, one per file, most in UTF-16. The folder is beside the repository and may be absent.
 */
const SHARED = fileURLToPath(new URL('../../../shared/fixtures/conditional-access/', import.meta.url));

const policy = (n: number) =>
  JSON.stringify({
    '@odata.context':
      'https://graph.microsoft.com/beta/$metadata#identity/conditionalAccess/policies/$entity',
    id: `7f1c0000-0000-4000-8000-00000000000${n}`,
    displayName: `CA00${n} MFA for everyone`,
    state: 'enabled',
    conditions: {
      applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [] },
      users: { includeUsers: ['All'], excludeUsers: [], includeGroups: [], excludeGroups: [] },
      clientAppTypes: ['all'],
    },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    sessionControls: null,
  });
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const OWN: Readonly<Record<string, Buffer>> = {
  'CA001.json': utf16(policy(1)),
  'CA002.json': Buffer.from(`\ufeff${policy(2)}`),
  'CA003.json': Buffer.from(policy(3)),
};
const shared = (): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    readdirSync(SHARED)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, readFileSync(join(SHARED, name))]),
  );

describe('Conditional Access policies, one a file', () => {
  it.each([['our own', () => OWN] as const, ...(existsSync(SHARED) ? [['exported', shared] as const] : [])])(
    'takes each of the %s, whatever its encoding',
    async (_, files) => {
      const given = files();
      const { files: read } = await assessing({ files: given });
      expect(read.map(({ file, outcome, kind, problem }) => [file, outcome, kind, problem])).toEqual(
        Object.keys(given)
          .sort()
          .map((file) => [file, 'taken', 'ca_policies', null]),
      );
    },
  );
});

describe('policies of one day as v1.0 and beta of Graph answered', () => {
  const CONTEXT = (version: string) =>
    `https://graph.microsoft.com/${version}/$metadata#identity/conditionalAccess/policies`;
  const one = (n: number, more: object = {}) => ({
    ...JSON.parse(policy(n)),
    '@odata.context': undefined,
    createdDateTime: '2026-03-02T10:00:00Z',
    modifiedDateTime: '2026-04-05T10:00:00Z',
    ...more,
  });
  const answer = (version: string, value: readonly object[]) =>
    JSON.stringify({ '@odata.context': CONTEXT(version), value });
  const beta = { sessionControls: { secureSignInSession: { isEnabled: true } } };
  const state = async (files: Readonly<Record<string, string>>) => {
    const { verdict } = await assessing({
      files,
      charter: { version: 1 },
      profile: { m365: 'business_premium' },
    });
    return verdict('CLA-M365-13');
  };

  it('are one where the same policies are in both, with what beta alone says', async () => {
    const found = await state({
      'v1.json': answer('v1.0', [one(1), one(2)]),
      'beta.json': answer('beta', [one(2, beta), one(1, beta), one(3)]),
    });
    expect(found.reason).not.toContain('differ and each could be');
    expect(found.reason).toBe(
      (await state({ 'beta.json': answer('beta', [one(2, beta), one(1, beta), one(3)]) })).reason,
    );
  });

  it.each([
    ['a policy was changed in between', [one(1), one(2, { modifiedDateTime: '2026-11-24T10:00:00Z' })]],
    ['one asks for something else', [one(1), one(2, { state: 'disabled' })]],
    ['v1.0 says more', [one(1)]],
  ])('ask where %s', async (_, policies) => {
    const found = await state({
      'v1.json': answer('v1.0', [one(1), one(2)]),
      'beta.json': answer('beta', policies),
    });
    expect(found).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('differ and each could be'),
    });
  });

  it('ask where neither says which version of Graph it is and one lists a policy more', async () => {
    const bare = (value: readonly object[]) => JSON.stringify({ value });
    const found = await state({ 'a.json': bare([one(1)]), 'b.json': bare([one(1), one(2)]) });
    expect(found.reason).toContain('differ and each could be');
    const same = await state({ 'a.json': bare([one(1)]), 'b.json': bare([one(1, beta)]) });
    expect(same.reason).not.toContain('differ and each could be');
  });
});

it('has a reader for each kind, so that --map can name it', () => {
  const read = new Set(fileKinds.map(({ kind }) => kind));
  expect(ALL_KINDS.filter((kind) => !read.has(kind))).toEqual([]);
});
