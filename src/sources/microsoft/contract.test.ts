import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CaPolicyRow, Kind, Rows } from '#domain/model/kinds.ts';
import { graphKinds } from './kinds.ts';

/** Microsoft's own examples and exported policies, if there is a copy next to the repository. */
const shared = fileURLToPath(new URL('../../../../shared', import.meta.url));
const examples = join(shared, 'contracts/microsoft-graph/examples');
const policies = join(shared, 'fixtures/conditional-access');

function decode(path: string): unknown {
  const bytes = readFileSync(path);
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return JSON.parse(new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes));
}

function read<K extends Kind>(kind: K, value: unknown): { rows: readonly Rows[K][]; complete: boolean } {
  const content = { form: 'json', value, text: '' } as const;
  const best = graphKinds.filter((one) => one.recognize(content, 'x.json') > 0);
  expect(best.map((one) => one.kind)).toEqual([kind]);
  const parsed = best[0]?.parse(content, {
    file: 'x.json',
    timezone: 'UTC',
    domains: [],
    today: '2026-11-24',
  })[0];
  return { rows: (parsed?.rows ?? []) as readonly Rows[K][], complete: parsed?.complete ?? false };
}

describe.skipIf(!existsSync(examples))(
  'examples of the Graph contract, where a copy stands beside the repository',
  () => {
    const example = (name: string) => decode(join(examples, `${name}.json`));

    it('subscribedSkus', () => {
      const { rows, complete } = read('subscribed_skus', example('subscribedSkus.response'));
      expect(rows.map((row) => [row.partNumber, row.capabilityStatus, row.enabledUnits])).toEqual([
        ['ENTERPRISEPREMIUM', 'Enabled', 25],
        ['CRMSTANDARD', 'Suspended', 0],
      ]);
      expect(rows[0]?.servicePlans[0]).toEqual({
        id: '8c098270-9dd4-4350-9b30-ba4703f3b36b',
        name: 'ADALLOM_S_O365',
        provisioningStatus: 'Success',
      });
      expect(complete).toBe(true);
    });

    it('signIns', () => {
      const { rows, complete } = read('sign_ins', example('signIns.response'));
      expect(rows[0]).toMatchObject({
        at: '2020-03-13T19:15:41.619Z',
        errorCode: 0,
        caStatus: 'notApplied',
        compliantDevice: null,
        managedDevice: null,
        mfa: null,
        riskLevel: 'none',
      });
      expect(complete).toBe(false);
    });

    it('a created policy, and requests that are no answers', () => {
      expect(read('ca_policies', example('ca-policy-created.response')).rows[0]).toMatchObject({
        state: 'enabled',
        includeGroups: ['ba8e7ded-8b0f-4836-ba06-8ff1ecc5c8ba'],
        excludeLocations: ['AllTrusted'],
      });
      for (const name of readdirSync(examples).filter((file) => /^ca-.*request\.json$/.test(file))) {
        expect(() =>
          read('ca_policies', {
            value: [
              { sessionControls: null, grantControls: null, ...(decode(join(examples, name)) as object) },
            ],
          }),
        ).toThrow(/draft or a template/);
      }
    });

    it('a batch, and each documented error', () => {
      expect(read('entra_users', example('batch.response')).rows[0]).toMatchObject({
        upn: 'LynneR@contoso.com',
        enabled: null,
        userType: null,
      });
      for (const { body } of example('errors') as { body: unknown }[]) {
        const content = { form: 'json', value: body, text: '' } as const;
        const kind = graphKinds.find((one) => one.recognize(content, 'x.json') > 0);
        expect(() =>
          kind?.parse(content, { file: 'x', timezone: 'UTC', domains: [], today: '2026-11-24' }),
        ).toThrow(/error from Microsoft Graph/);
      }
    });
  },
);

describe.skipIf(!existsSync(policies))(
  'exported policies of a real baseline, where a copy stands beside the repository',
  () => {
    const all = (existsSync(policies) ? readdirSync(policies) : [])
      .filter((file) => file.endsWith('.json'))
      .map((file) => ({ file, value: decode(join(policies, file)) }));
    const one = (name: string): CaPolicyRow => {
      const found = all.find(({ file }) => file.startsWith(name));
      const row = read('ca_policies', found?.value).rows[0];
      if (!row || 'unread' in row) throw new Error(name);
      return row;
    };

    it('each is read, by itself and as one list', () => {
      for (const { value } of all) expect(read('ca_policies', value).complete).toBe(false);
      const list = read('ca_policies', { value: all.map(({ value }) => value) });
      expect(list.rows).toHaveLength(all.length);
      expect(list.complete).toBe(true);
    });

    it('the ones that reach only some sign-ins say so', () => {
      expect(one('CA000').otherConditions).toEqual([]);
      expect(one('CA000').includeUsers).toEqual(['All']);
      expect(one('CA003').otherConditions).toEqual(['applications.includeUserActions']);
      expect(one('CA004').otherConditions).toEqual(['authenticationFlows']);
      expect(one('CA202').otherConditions).toContain('devices');
      expect(one('CA400').otherConditions).toEqual(['users.includeGuestsOrExternalUsers']);
      expect(one('CA105').grant).toEqual({
        operator: 'OR',
        controls: [],
        authenticationStrength: 'Phishing-resistant MFA',
      });
      expect(one('CA102').session.signInFrequency).toMatch(/^\d+ hours$|^everyTime$/);
    });
  },
);
