import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../model/kinds.ts';
import { dana, noor } from '../../rules/accounts/fixtures.ts';
import { TODAY } from '../../testing/build.ts';
import { cases } from '../../testing/cases.ts';
import type { Gate } from './gate.ts';
import {
  account,
  assign,
  CLIENT,
  FOR_ALL,
  FULL,
  GRAPH,
  LOCKED,
  ofPerson,
  own,
  type Rowed,
  SERVER,
} from './testing/scene.ts';

describe('taking evidence away', () => {
  const KINDS = Object.keys({ ...FULL, app_assignments: 1, entra_groups: 1, audit_log: 1 }) as Kind[];
  const some = <T>(...values: T[]) => fc.constantFrom(...values);
  const scene = fc.record({
    state: some<'allow' | 'ask' | 'blocked' | null>('allow', 'ask', 'blocked', null),
    enabled: some(true, false, null),
    apps: some<readonly object[]>([GRAPH], [GRAPH, CLIENT, SERVER], LOCKED, [
      GRAPH,
      CLIENT,
      { ...SERVER, enabled: false },
    ]),
    grants: some<readonly object[]>([], [own('u-dana')], [own('u-kim')], [FOR_ALL], [FOR_ALL, own('u-dana')]),
    assigned: some<readonly object[] | null>(null, assign('u-dana'), assign('u-kim'), assign('g-1', 'Group')),
    group: some<readonly string[] | null>(null, ['u-dana'], ['u-kim']),
    status: some<'active' | 'invited' | 'suspended' | null>('active', 'invited', 'suspended', null),
    event: some<string | null>(null, 'integration_user_connected', 'integration_user_disconnected'),
    who: some(account(dana), { name: noor.name, account: null, addresses: [noor.email], outside: false }),
  });

  it('never turns unknown into yes, nor no into yes while the evidence for the no remains', () => {
    fc.assert(
      fc.property(scene, fc.subarray(KINDS, { minLength: 1, maxLength: 3 }), (made, taken) => {
        const rows: Record<string, readonly object[]> = {
          ...FULL,
          members: [{ ...dana, status: made.status }],
          connectors: [
            { connector: 'SharePoint', action: 'Search content', state: made.state, enabled: made.enabled },
          ],
          service_principals: made.apps,
          permission_grants: made.grants,
          ...(made.assigned ? { app_assignments: made.assigned } : {}),
          ...(made.group ? { entra_groups: [{ id: 'g-1', name: 'Claude', members: made.group }] } : {}),
          ...(made.event
            ? {
                audit_log: [
                  {
                    type: made.event,
                    at: `${TODAY}T10:00:00Z`,
                    actorEmail: dana.email,
                    detail: { mcp_server_name: 'SharePoint' },
                  },
                ],
              }
            : {}),
        };
        const profile = { claudePlan: 'enterprise' } as const;
        const look = (some: Rowed) =>
          ofPerson(some, made.who, { profile }).connectors.find(({ id }) => id === 'microsoft365_sharepoint');
        const before = look(rows as Rowed);
        const left = Object.fromEntries(
          Object.entries(rows).filter(([kind]) => !taken.includes(kind as Kind)),
        );
        const after = look(left as Rowed);
        for (const row of after?.actions ?? []) {
          if (row.result !== 'allow' && row.result !== 'ask') continue;
          const was = before?.actions.find(({ id }) => id === row.id);
          if (was === undefined || was.result === 'allow' || was.result === 'ask') continue;
          const gates: Gate[] = [was.organization, ...(before ? [before.signIn] : [])];
          const rested = gates
            .filter(({ state }) => state === 'closed')
            .flatMap(({ evidence }) => evidence.map(({ kind }) => kind as Kind));
          // An unknown gate has no evidence of a "no" to lose.
          expect(rested.some((kind) => taken.includes(kind))).toBe(true);
        }
      }),
      { numRuns: cases(300) },
    );
  });
});
// Guide: G3.1-02
