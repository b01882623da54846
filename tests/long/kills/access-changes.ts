import type { ChangePlan } from '#domain/changes/plan.ts';
import { hashOf } from '#features/changes/plan.ts';
import { profileFrom } from '#features/clients/create.ts';
import { graphWrites } from '#features/conditional-access/writes.ts';
import type { Services } from '#features/context.ts';
import type { ChangeTarget } from '#features/shared/services/change-targets.ts';
import { insertChange } from '#store/changes/changes.ts';
import type { Sealer } from '#store/seal.ts';
import { insertConnection, sourceKeyPlace } from '#store/sources/connections.ts';
import { WRITER } from '../../../sandbox/microsoft/simulator.ts';

export const CLIENT = 'alder';

/**
 * Changes Conditional Access as the application does, but verifies through Graph immediately instead of with the next
 * reading.
 */
export const target: ChangeTarget = {
  id: 'conditional_access',
  plan: async () => ({ ok: false, why: 'Nothing is planned here.' }),
  verify: async (context, plan, since, made) => {
    for (const step of plan.steps)
      if ((await graphWrites.look(context, step, made, since)).is !== 'done') return { is: 'not_yet' };
    return { is: 'holds', proof: { ...made }, sha256: null };
  },
  writes: graphWrites,
};

/** Plan for a policy and the location that it excludes. */
function planOf(at: number): ChangePlan {
  const location = { displayName: `Connector ${at}`, isTrusted: false, ipRanges: [] };
  const policy = {
    displayName: `Policy ${at}`,
    state: 'enabledForReportingButNotEnforced',
    conditions: {
      clientAppTypes: ['all'],
      applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [] },
      users: { includeUsers: ['All'] },
      locations: { includeLocations: ['All'], excludeLocations: ['{id of the new location}'] },
    },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    sessionControls: null,
  };
  const step = (what: string, body: typeof location | typeof policy) => ({
    what,
    name: body.displayName,
    mark: `${what}:${body.displayName}`,
    body,
    before: null,
  });
  return {
    target: target.id,
    subject: `policy ${at}`,
    intent: {},
    rests: '',
    steps: [step('create_location', location), step('create_policy', policy)],
    measured: null,
    back: null,
  };
}

/** Adds a client with a connected tenant and no changes. */
export async function addTenant({ store, clock }: Services, sealer: Sealer): Promise<void> {
  const now = clock();
  const profile = profileFrom({ name: 'Alder', domains: ['alder.example.org'], claudePlan: 'team' });
  await store.write('system', (tx) =>
    tx
      .insertInto('clients')
      .values({
        id: CLIENT,
        slug: CLIENT,
        name: 'Alder',
        profile: JSON.stringify(profile),
        settings: '{}',
        created_at: now,
      })
      .execute(),
  );
  const { secret, ...settings } = { use: 'writing', cloud: 'global', ...WRITER };
  await store.write([CLIENT], (tx) =>
    insertConnection(tx, {
      client_id: CLIENT,
      id: 'writer',
      vendor: 'microsoft',
      key_kind: 'writing',
      key_sealed: sealer.seal(JSON.stringify({ secret }), sourceKeyPlace(CLIENT, 'writer')),
      settings: JSON.stringify(settings),
      key_hint: 'test',
      scopes: '[]',
      tenants: '[]',
      parent: 'writer',
      state: 'connected',
      recording: 'unknown',
      tested_at: now,
      connected_by_name: 'Test',
      connected_at: now,
    }),
  );
}

/** Adds an approved change of two steps that is due, and returns its id. */
export async function addChange(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  at: number,
): Promise<string> {
  const plan = planOf(at);
  const id = `change-${String(at).padStart(3, '0')}`;
  const now = clock();
  await store.write([CLIENT], (tx) =>
    insertChange(tx, {
      client_id: CLIENT,
      id,
      target: target.id,
      subject: plan.subject,
      title: plan.subject,
      plan: JSON.stringify(plan),
      plan_sha256: hashOf(plan),
      state: 'applying',
      reason: 'Test',
      planned_by: 'test',
      planned_by_name: 'Test',
      planned_at: now,
      approvals: '[]',
      applied_by: 'test',
      applied_by_name: 'Test',
      applied_at: now,
      changed_by_name: 'Test',
      changed_at: now,
    }),
  );
  return id;
}
