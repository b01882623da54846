import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';

/** Vendor figures for a single day, in files whose day appears only in their names. */

const answer = (connector: string, writes: number) =>
  JSON.stringify({
    data: [
      {
        connector_name: connector,
        distinct_user_count: 1,
        read_call_count: 4,
        write_call_count: writes,
        unclassified_call_count: 0,
      },
    ],
    has_more: false,
  });

const written = async (files: Readonly<Record<string, string>>) => {
  const found = await assessing({
    files,
    charter: { version: 1, connectors: [{ name: 'Asana', actions: { 'Search tasks': 'allow' } }] },
    profile: { claudePlan: 'enterprise' },
  });
  return found.verdict('CLA-VIS-09');
};

describe('two files of one day', () => {
  it('with different figures of one connector are never added up', async () => {
    const alone = await written({ 'connectors 2026-11-20.json': answer('Asana', 3) });
    expect(alone).toMatchObject({ state: 'fail', reason: expect.stringContaining('Asana (3)') });
    const both = await written({
      'connectors 2026-11-20.json': answer('Asana', 3),
      'connectors 2026-11-20 (2).json': answer('Asana', 5),
    });
    expect(both).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('of one day was given more than once, with different figures'),
    });
  });

  it('of different connectors, and files of different days, add up', async () => {
    const connectors = await written({
      'connectors 2026-11-20.json': answer('Asana', 3),
      'connectors 2026-11-20 (2).json': answer('Slack', 0),
    });
    expect(connectors).toMatchObject({ state: 'fail', reason: expect.stringContaining('Asana (3)') });
    const days = await written({
      'connectors 2026-11-20.json': answer('Asana', 3),
      'connectors 2026-11-21.json': answer('Asana', 5),
    });
    expect(days).toMatchObject({ state: 'fail', reason: expect.stringContaining('Asana (8)') });
  });
});
