/*
 * A process that carries changes of Conditional Access out as the server does, until it is killed. It says `working` once
 * it begins. `setup` makes the client, its application and the changes, and ends; `rest` ends once each is verified.
 * Arguments: data directory, database address or "-", folder for keys, address of Microsoft's simulator, stage, minutes by
 * which its clock is ahead, number of changes.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangePlan } from '#domain/changes/plan.ts';
import { hashOf } from '#features/changes/plan.ts';
import { goOnWithChanges } from '#features/changes/verify.ts';
import { profileFrom } from '#features/clients/create.ts';
import { graphWrites } from '#features/conditional-access/writes.ts';
import type { ChangeTarget } from '#features/shared/services/change-targets.ts';
import { allChanges, insertChange } from '#store/changes/changes.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { insertConnection, sourceKeyPlace } from '#store/sources/connections.ts';
import { WRITER } from '../../../sandbox/microsoft/simulator.ts';
import { createServices } from '../../../src/server/services.ts';

const [dataDir = '', databaseUrl = '-', keys = '', url = '', stage = '', ahead = '0', count = '0'] =
  process.argv.slice(2);
const CLIENT = 'alder';
/** Hours of waiting pass in seconds here. */
const FASTER = 200;

const began = Date.now();
const clock = () => new Date(began + Number(ahead) * 60_000 + (Date.now() - began) * FASTER);
const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const sealer = await openSealer({ keyFile: join(keys, 'secret.key') });
const target: ChangeTarget = {
  id: 'conditional_access',
  plan: async () => ({ ok: false, why: 'Nothing is planned here.' }),
  // What Graph shows afterwards, in place of the next reading.
  verify: async (context, plan, since, made) => {
    for (const step of plan.steps)
      if ((await graphWrites.look(context, step, made, since)).is !== 'done') return { is: 'not_yet' };
    return { is: 'holds', proof: { ...made }, sha256: null };
  },
  writes: graphWrites,
};
const services = await createServices({
  store,
  sealer,
  clock,
  changeTargets: [target],
  config: {
    origin: 'http://127.0.0.1:7700',
    dataDir: keys,
    privateHosts: ['127.0.0.1'],
    resolvers: [],
    vendorUrls: { microsoft: url },
    version: 'test',
    build: 'test',
  },
});

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

if (stage === 'setup') {
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
  await store.write([CLIENT], async (tx) => {
    await insertConnection(tx, {
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
    });
    for (let at = 0; at < Number(count); at += 1) {
      const plan = planOf(at);
      await insertChange(tx, {
        client_id: CLIENT,
        id: `change-${String(at).padStart(3, '0')}`,
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
      });
    }
  });
  await services.close();
  process.exit(0);
}

writeSync(1, 'working\n');
for (;;) {
  await goOnWithChanges(services);
  const changes = await store.read([CLIENT], (tx) => allChanges(tx, CLIENT));
  if (stage === 'rest' && changes.every(({ state }) => state === 'verified' || state === 'failed')) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
await services.close();
process.exit(0);
