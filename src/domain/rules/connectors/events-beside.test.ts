import { describe, expect, it } from 'vitest';
import type { ActivityRow } from '../../model/kinds.ts';
import { runRule } from '../../testing/build.ts';
import { onlyChartered } from './only-chartered.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { ASANA, chartered, event, feed, rows, table } from './testing/charter.ts';
import { withinCharter } from './within-charter.ts';

const DAY = '2026-11-10';

describe('events since the connectors table', () => {
  const run = (rule: typeof withinCharter, ...events: Partial<ActivityRow>[]) =>
    runRule(
      rule,
      {},
      {
        catalogue: CATALOGUE,
        charter: chartered(ASANA),
        profile: { claudePlan: 'enterprise' },
        readings: { ...table(rows('Asana', ASANA), DAY), ...feed(events) },
      },
    );
  const named = event(
    'mcp_server_created',
    { mcp_server_id: 'srv_1', mcp_server_name: 'Asana' },
    '2026-11-02T10:00:00Z',
  );

  it('names the server of an event by an id that another event names', () => {
    const wide = event('mcp_tool_policy_updated', {
      mcp_server_id: 'srv_1',
      mcp_server_name: null,
      tool_name: 'delete_task',
      max_permission: 'allow',
    });
    expect(run(withinCharter, named).state).toBe('pass');
    expect(run(withinCharter, named, wide)).toMatchObject({
      state: 'fail',
      items: [{ key: 'asana/delete_task' }],
    });
    expect(run(withinCharter, wide)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('1 event since the connectors table of Nov 10, 2026'),
    });
  });

  it('does not pass with a change that does not say what it is about', () => {
    const renamed = event('mcp_tool_policy_updated', { tool: 'delete_task', permission: 'allow' });
    for (const rule of [withinCharter, onlyChartered])
      expect(run(rule, named, renamed).state).toBe('cannot_read');
    const before = { ...renamed, at: '2026-11-02T10:00:00Z' };
    expect(run(withinCharter, named, before).state).toBe('pass');
  });

  it('asks about a connector that is in use and not in the table', () => {
    const changed = (type: string) =>
      event(type, { mcp_server_id: 'srv_9', mcp_server_name: 'Dues exporter' });
    expect(run(onlyChartered, named, changed('mcp_server_updated'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Dues exporter is in events since Nov 10, 2026'),
    });
    expect(run(onlyChartered, changed('integration_user_connected')).state).toBe('cannot_read');
    expect(
      run(onlyChartered, event('claude_gdrive_integration_created', { folder_id: 'f' })).reason,
    ).toContain('Google Drive');
    const deleted = { ...changed('mcp_server_deleted'), at: '2026-11-21T10:00:00Z' };
    expect(run(onlyChartered, changed('mcp_server_updated'), deleted).state).toBe('pass');
  });
});
