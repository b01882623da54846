import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilledConsole, filledConsole } from '../support/filled-console.ts';
import { EACH, SOME, walk } from '../support/walk.ts';
let here: FilledConsole;
beforeAll(async () => { here = await filledConsole(); }, 240_000);
afterAll(() => here.close());
test('walk', async () => {
  const page = await here.open(here.bylaw.owner);
  const { first, others } = here.addresses((route) => route.startsWith('/c/'));
  const mine = (list: string[]) => list.filter((one) => /connections\/(sinks|failed)/.test(one));
  console.log(mine(first), mine(others));
  expect(await walk(page, mine(first), { named: here.client.name, looks: EACH })).toEqual([]);
  expect(await walk(page, mine(others), { named: here.client.name, looks: SOME })).toEqual([]);
  for (const [path, file, width] of [[mine(first).find((x) => x.includes('sinks')), 'a', 1440], [mine(others).find((x) => x.includes('add=syslog')), 'b', 1440], [mine(first).find((x) => x.includes('sinks')), 'c', 360], [mine(others).find((x) => x.includes('failed?panel')), 'd', 1440]] as const) {
    await page.setViewportSize({ width, height: 1000 });
    await page.goto(path ?? '');
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/sinks-${file}.png`, fullPage: true });
  }
}, 300_000);
