import { expect, it } from 'vitest';
import type { Rows } from '#domain/model/kinds.ts';
import { compareRows } from './row-diff.ts';

it('shows days and instants of rows in readable form, and leaves names of files unchanged', () => {
  const use = (model: string, row: number) =>
    ({ file: 'use.csv', row, email: 'ann@x.org', model, from: '2026-10-01' }) as Rows['usage'];
  const names = compareRows('usage', [], [use('members-2026-10-01.csv', 1)], 'UTC').rows;
  expect(names[0]?.name).toBe('ann@x.org, members-2026-10-01.csv, Oct 1, 2026');

  const event = {
    file: 'log.csv',
    row: 1,
    id: 'a',
    type: 'sso_login_succeeded',
    at: '2026-11-21T03:12:05.000Z',
  };
  const log = compareRows('telemetry', [], [event as unknown as Rows['telemetry']], 'America/New_York');
  expect(log.rows[0]?.name).toBe('Signed in with single sign-on, Nov 20, 2026, 10:12 PM');
});
