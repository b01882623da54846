import { afterEach, beforeEach, expect, it } from 'vitest';
import { wrongWith } from '../../../../sandbox/microsoft/contract.ts';
import {
  type MicrosoftSimulator,
  PROMPT_ASKER,
  startMicrosoft,
} from '../../../../sandbox/microsoft/simulator.ts';
import { type GraphClient, graphClient } from './client.ts';
import { accountOf, processPrompt } from './process-content.ts';
import { reachTo } from './testing.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const { application } = PROMPT_ASKER;

let microsoft: MicrosoftSimulator;
let graph: GraphClient;
beforeEach(async () => {
  const way = reachTo(() => microsoft.url, NOW);
  microsoft = await startMicrosoft({ now: way.clock });
  graph = graphClient({ cloud: 'global', ...PROMPT_ASKER }, way.reach);
});
afterEach(() => microsoft.close());

const user = () => String(microsoft.tenant.users[0]?.id);
const ask = (text: string, more: object = {}) =>
  processPrompt(graph, application, {
    user: user(),
    text,
    reference: '7KQ4-M2XD-9RTB',
    session: '22222222-2222-2222-2222-222222222222',
    at: NOW,
    ...more,
  });

it('treats only a block as a block; what could not be evaluated was not allowed', async () => {
  expect(await ask('Project Nightjar is due.')).toBe('blocked');
  expect(await ask('The minutes are due.')).toBe('allowed');
  for (const action of ['warn', 'audit'] as const) {
    microsoft.purview.action = action;
    expect(await ask('Project Nightjar is due.', { session: null })).toBe('allowed');
  }
  microsoft.purview.action = 'block';
  microsoft.purview.fails = true;
  expect(await ask('Project Nightjar is due.')).toBe('not_answered');
  microsoft.purview.fails = false;
  // A policy for another application says nothing of this one.
  microsoft.purview.location = '00000000-0000-4000-8000-000000007777';
  expect(await ask('Project Nightjar is due.')).toBe('allowed');
  expect(microsoft.exchanges.flatMap(wrongWith)).toEqual([]);
});

it('says that the tenant has no license or billing, and does not take that for a refused credential', async () => {
  for (const licensed of ['no_billing', 'no_plan'] as const) {
    microsoft.purview.licensed = licensed;
    await expect(ask('The minutes are due.')).rejects.toMatchObject({ code: 'not_licensed' });
  }
  microsoft.purview.licensed = 'yes';
  microsoft.consentedToPrompts = ['User.ReadBasic.All'];
  microsoft.revoke();
  await expect(ask('The minutes are due.')).rejects.toMatchObject({ code: 'missing_permission' });
});

it('finds the one account of an address, whatever is in the address', async () => {
  const [first, second] = microsoft.tenant.users;
  if (first === undefined || second === undefined) throw new Error('There are no users.');
  Object.assign(first, { mail: "pat.o'brien@alder.example" });
  expect(await accountOf(graph, "Pat.O'Brien@alder.example")).toBe(first.id);
  expect(await accountOf(graph, String(first.userPrincipalName))).toBe(first.id);
  expect(await accountOf(graph, "nobody' or id ne '")).toBeNull();
  // Whose prompt it is has to be certain.
  Object.assign(second, { mail: "pat.o'brien@alder.example" });
  expect(await accountOf(graph, "pat.o'brien@alder.example")).toBeNull();
});
// Guide: G7.2-16
