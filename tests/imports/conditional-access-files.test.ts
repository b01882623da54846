import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '#domain/model/kinds.ts';
import { fileKinds } from '#sources/exports/kinds/index.ts';
import { assessing } from './assessing.ts';

/** Policies as a tenant exports them, one a file, most in UTF-16; where they lie beside the project. */
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

it('has a reader for each kind, so that --map can name it', () => {
  const read = new Set(fileKinds.map(({ kind }) => kind));
  expect(ALL_KINDS.filter((kind) => !read.has(kind))).toEqual([]);
});
