import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { ASSOCIATION } from '../../sandbox/generate.ts';
import { command } from '../support/command.ts';

/** The console, planner, report, command and MCP tools report equal figures for the sandbox association. */
let bylaw: TestConsole;
let slug: string;
let claude: Client;
let report: Reported;
let folder: string;

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, of which single numbers are compared.
type Reported = any;

beforeAll(async () => {
  bylaw = await testConsole();
  const address = new URL('/mcp', await bylaw.app.listen({ host: '127.0.0.1', port: 0 }));
  slug = (await bylaw.owner.call('POST', '/sandbox', {})).body.client;
  const token = (await bylaw.owner.call('POST', '/me/tokens', { name: 'Claude', purpose: 'mcp' })).body
    .secret;
  claude = new Client({ name: 'claude', version: '1' });
  await claude.connect(
    new StreamableHTTPClientTransport(address, {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  const made = await bylaw.owner.call('POST', `/clients/${slug}/reports`, {});
  report = JSON.parse(
    (
      await bylaw.owner.call('GET', `/clients/${slug}/reports/${made.body.id}/file?format=json`)
    ).bytes.toString(),
  );
  folder = mkdtempSync(join(tmpdir(), 'bylaw-one-number-'));
});
afterAll(async () => {
  await claude?.close();
  await bylaw?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const get = async (path: string): Promise<Reported> =>
  (await bylaw.owner.call('GET', `/clients/${slug}${path}`)).body;
async function ask(name: string, input: Record<string, unknown> = {}): Promise<Reported> {
  const { content } = (await claude.callTool({ name, arguments: { client: slug, ...input } })) as Reported;
  return JSON.parse(content[0].text);
}

const days = (list: readonly { id: string; observedOn: string | null }[]) =>
  Object.fromEntries(list.map(({ id, observedOn }) => [id, observedOn]));

const states = (list: readonly Reported[]) =>
  Object.fromEntries(list.map(({ id, state }: Reported) => [id, state]));

const apart = (list: readonly Reported[], id: string): [Reported, Reported[]] => [
  list.find((one) => one.id === id),
  list.filter((one) => one.id !== id),
];

/** Title, state and reason of each control. */
const said = (list: readonly Reported[]): Record<string, Reported> =>
  Object.fromEntries(list.map(({ id, title, state, reason }: Reported) => [id, { title, state, reason }]));

/** All controls from the MCP tool, by state and area, because they do not fit into one response. */
async function listedByClaude(): Promise<Record<string, { id: string; observedOn: string | null }[]>> {
  const { counts, items } = await get('/controls');
  const areas = [...new Set(items.map(({ area }: Reported) => area))];
  const listed: Record<string, { id: string; observedOn: string | null }[]> = {};
  for (const state of Object.keys(counts)) {
    listed[state] = [];
    for (const area of areas) listed[state].push(...(await ask('controls_list', { state, area })).items);
  }
  return listed;
}

describe('of the sandbox association', () => {
  it('every surface counts the same states', async () => {
    const controls = await get('/controls');
    const { counts } = controls;
    expect(controls.items).toHaveLength(controls.all);
    expect(report.counts).toEqual(counts);
    expect(report.total).toBe(controls.all);
    expect((await get('/home')).status).toMatchObject({ counts, total: controls.all });
    const fleet = (await bylaw.owner.call('GET', '/fleet')).body.items.find(
      ({ client }: Reported) => client === slug,
    );
    expect(fleet.status).toMatchObject({ counts, total: controls.all });
    const planner = (await get('/planner')).today.count;
    expect({
      policy_only: planner.policy_only,
      not_licensed: planner.not_licensed,
      not_applicable: planner.not_applicable,
    }).toEqual({
      policy_only: counts.policy_only,
      not_licensed: counts.not_licensed,
      not_applicable: counts.not_applicable,
    });
    expect((await get('/planner/compare')).today.count).toEqual(planner);
    expect(report.upgrades.today).toEqual((await get('/planner')).today);
    expect((await ask('home_get')).status.counts).toEqual(counts);
    for (const [state, list] of Object.entries(await listedByClaude()))
      expect([state, list.length]).toEqual([state, counts[state]]);
  });

  it('`bylaw assess` decides and counts the same folder alike', async () => {
    const out = join(folder, 'report.json');
    const words = [
      ...['assess', ASSOCIATION, '--profile', join(ASSOCIATION, 'client.yaml')],
      ...['--as-of', TEST_NOW.toISOString().slice(0, 10), '--report', out],
    ];
    const run = await command(words, { folder, environment: process.env });
    expect(run.out).toContain('Only current staff hold a seat');
    const assessed: Reported = JSON.parse(readFileSync(out, 'utf8'));
    expect(assessed.upgrades).toEqual(report.upgrades);
    expect(assessed.client.staffCount).toBe(report.client.staffCount);
    // The console received calls that are in none of the folder's files.
    const [called, rest] = apart(report.controls, 'CLA-CON-30');
    const [unseen, others] = apart(assessed.controls, 'CLA-CON-30');
    expect([called?.state, unseen?.state]).toEqual(['fail', 'cannot_read']);
    expect(days(others)).toEqual(days(rest));
    expect(states(others)).toEqual(states(rest));
  });

  it('each control was observed on one day', async () => {
    const listed = days((await get('/controls')).items);
    expect(Object.values(listed).filter((day) => day !== null).length).toBeGreaterThan(60);
    expect(days(report.controls)).toEqual(listed);
    for (const list of Object.values(await listedByClaude()))
      for (const { id, observedOn } of list) expect([id, observedOn]).toEqual([id, listed[id]]);
    for (const id of ['CLA-ACC-07', 'CLA-OPS-01', 'CLA-CON-09'])
      expect((await bylaw.owner.call('GET', `/across/${id}`)).body.items[0].observedOn).toBe(listed[id]);
  });

  it('each control has one name, one state and one reason', async () => {
    const listed = said((await get('/controls')).items);
    expect(Object.keys(listed).length).toBeGreaterThan(100);
    const reported = said(report.controls);
    for (const [state, list] of Object.entries(await listedByClaude()))
      for (const one of list as Reported[]) {
        expect([one.id, said([one])[one.id]]).toEqual([one.id, listed[one.id]]);
        expect([one.id, listed[one.id]?.state]).toEqual([one.id, state]);
      }
    for (const [id, { title, state, reason }] of Object.entries(listed)) {
      expect([id, reported[id]?.title, reported[id]?.state]).toEqual([id, title, state]);
      // The report adds which statements were typed into a file.
      expect(reported[id]?.reason.startsWith(reason), `${id}: ${reported[id]?.reason}`).toBe(true);
    }
    for (const id of ['CLA-ACC-07', 'CLA-OPS-01', 'CLA-CON-09']) {
      const { title, state, reason } = await get(`/controls/${id}`);
      expect({ title, state, reason }).toEqual(listed[id]);
    }
  });

  it('there is one number of staff, and one of seats', async () => {
    const people = await get('/people');
    expect(people.staff).toBeGreaterThan(50);
    expect(report.client.staffCount).toBe(people.staff);
    expect((await get('/planner')).staff).toBe(people.staff);
    expect((await get('/deployment')).staff).toBe(people.staff);
    expect((await ask('people_list')).staff).toBe(people.staff);
    expect((await get('/planner/compare')).staff).toBe(people.staff);
    expect((await get('/home')).client.seats.used).toBe(people.seats);
  });

  it('open work is counted once', async () => {
    const work = await get('/work');
    const home = (await get('/home')).work;
    expect(home.counts).toEqual(work.counts);
    expect(home.items.length + home.inDoNow).toBe(home.now);
    expect(work.now).toBe(home.now);
    expect((await ask('work_list')).counts).toEqual(work.counts);
    const deployment = await get('/deployment');
    expect((await ask('deployment_summary')).completion).toEqual(deployment.completion);
  });
});
