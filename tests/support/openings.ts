import { expect, test } from 'vitest';
import type { FilledConsole } from './filled-console.ts';
import { walk } from './walk.ts';

export const ofClient = (path: string): boolean => path.startsWith('/c/');

/** The test of what opens on the pages of a client: panels, dialogs, tabs, and what else a page may show. */
export function openingsOfClient(console: () => FilledConsole): void {
  test('what opens on the pages of a client', async () => {
    const here = console();
    const page = await here.open(here.bylaw.owner);
    const { others } = here.addresses(ofClient);
    expect(others.length).toBeGreaterThan(20);
    expect(await walk(page, others, { named: here.client.name, by: 'links' })).toEqual([]);
    await here.leave(page);
  }, 1_800_000);
}
