import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columnSchema } from '#features/planner/schemas.ts';
import { type Report, reportSchema } from '#features/reports/model.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { command } from '../support/command.ts';

/**
 * An upgrade has the same figures everywhere: the planner's API and command, the console's report, and `bylaw assess`.
 */
let server: TestConsole;
let folder: string;
let client: string;
let commandLine: { readonly BYLAW_SERVER: string; readonly BYLAW_TOKEN: string };
let report: Report;
let html: string;

const QUOTED = 'claude:enterprise';
const PROFILE = { claudeSeats: 70, staffCount: 61, m365: 'business_premium', swg: 'none', siem: 'none' };

beforeAll(async () => {
  server = await testConsole();
  folder = mkdtempSync(join(tmpdir(), 'bylaw-upgrades-'));
  client = (await server.client('Alder Society', PROFILE)).slug;
  const origin = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { secret } = (await server.owner.call('POST', '/me/tokens', { name: 'Commands', purpose: 'cli' }))
    .body;
  commandLine = { BYLAW_SERVER: origin, BYLAW_TOKEN: secret };
  const quoted = await server.owner.call('PUT', `/clients/${client}/planner/quotes/${QUOTED}`, {
    usdPerMonth: 41,
  });
  expect(quoted.status).toBe(200);
  const { id } = (await server.owner.call('POST', `/clients/${client}/reports`, {})).body;
  const file = async (format: string) =>
    (
      await server.owner.call('GET', `/clients/${client}/reports/${id}/file?format=${format}&part=appendix`)
    ).bytes.toString();
  report = reportSchema.parse(JSON.parse(await file('json')));
  html = await file('html');
});
afterAll(async () => {
  await server?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** Output of a command. Its exit code is ignored, since it depends on verdicts. */
async function bylaw(...args: string[]): Promise<string> {
  const environment = { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, ...commandLine };
  return (await command(args, { folder, environment })).out;
}

const comparison = z.object({ today: columnSchema, columns: z.array(columnSchema) });

/** What a comparison says of a set, except the letter that the set has in it. */
function figures({ cost, count, gains, risks, goals, purchases }: z.infer<typeof columnSchema>) {
  return { cost, count, gains, risks, goals, purchases };
}

const upgrades = (of: Report) => of.upgrades?.upgrades ?? [];

describe('an upgrade', () => {
  it('has the numbers in the report that the planner’s API gives for it', async () => {
    expect(upgrades(report).length).toBeGreaterThan(3);
    for (const one of upgrades(report)) {
      const path = `/clients/${client}/planner/compare?sets=${encodeURIComponent(one.key)}`;
      const asked = comparison.parse((await server.owner.call('GET', path)).body);
      expect(asked.columns.map(figures), one.label).toEqual([figures(one)]);
      expect(asked.today).toEqual(report.upgrades?.today);
    }
  });

  it('has them in the planner’s command', async () => {
    const some = upgrades(report).slice(0, 4);
    const sets = some.map(({ key }) => key).join(';');
    const typed = comparison.parse(
      JSON.parse(await bylaw('planner', 'compare', client, '--sets', sets, '--json')),
    );
    expect(typed.columns.map(figures)).toEqual(some.map(figures));
  });

  it('counts the quote that was entered, and says who entered it', () => {
    const quoted = upgrades(report).find(({ key }) => key === QUOTED);
    expect(quoted?.cost.lines[0]).toMatchObject({ usdEach: 41, from: { kind: 'quote' } });
    expect(sectionOf(html)).toContain('Quote entered by Olive Owner');
  });

  it('has them in `bylaw assess`, but for the quote, which no folder holds', async () => {
    const files = join(folder, 'files');
    mkdirSync(files);
    const lines = Object.entries({ ...PROFILE, name: 'Alder Society', claudePlan: 'team' });
    const profile = [...lines.map((line) => line.join(': ')), 'domains: [alder.example.org]'];
    writeFileSync(join(folder, 'client.yaml'), [...profile, 'timezone: America/New_York'].join('\n'));
    const out = join(folder, 'report.json');
    await bylaw('assess', files, '--profile', 'client.yaml', '--as-of', report.asOf, '--report', out);
    const assessed = reportSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    const unquoted = (of: Report) => upgrades(of).filter(({ key }) => key !== QUOTED);
    expect(unquoted(assessed).map(figures)).toEqual(unquoted(report).map(figures));
    const here = upgrades(assessed).find(({ key }) => key === QUOTED);
    expect(here?.cost).toMatchObject({ usdPerMonth: null, month: 'Not known' });
  });
});

describe('the section of the report', () => {
  it('stands in the contents and shows what the model holds', () => {
    expect(html).toContain('<a href="#upgrades"><span>What each upgrade would buy</span>');
    const section = sectionOf(html);
    for (const { label, cost, count, gains } of upgrades(report)) {
      expect(section).toContain(label);
      expect(section).toContain(cost.month);
      const added = gains.length === 0 ? '' : ` (+${gains.length})`;
      expect(section).toContain(`<td>${count.enforceable}${added}<br>`);
    }
  });

  it('never says “enforced” of what a plan would only allow', () => {
    const words = sectionOf(html).replace(/<[^>]*>/g, ' ');
    expect(words).toMatch(/could be enforced/);
    expect(words.match(/(?<!\b(?:can|could) be )\benforced\b/gi)).toBeNull();
  });
});

function sectionOf(page: string): string {
  const from = page.indexOf('<section aria-labelledby="upgrades">');
  expect(from).toBeGreaterThan(0);
  return page.slice(from, page.indexOf('</section>', from));
}
