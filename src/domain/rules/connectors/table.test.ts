import { describe, expect, it } from 'vitest';
import type { ConnectorRow } from '../../model/kinds.ts';
import type { Events } from '../../model/rule.ts';
import { reading } from '../../testing/build.ts';
import { eventLines } from './events.ts';
import { lineOf } from './line.ts';
import { readOut } from './read-out.ts';
import { readTable } from './table.ts';
import { CATALOGUE, SHAREPOINT } from './testing/catalogue.ts';

type Row = Partial<ConnectorRow> & { connector: string };

const linesOf = (rows: readonly Row[]) =>
  reading('connectors', rows).rows.map((row) =>
    lineOf(row, { kind: 'connectors', file: row.file, row: row.row, observedOn: '2026-11-24', says: '' }),
  );
const table = (rows: readonly Row[]) => readTable(linesOf(rows), CATALOGUE);

const cell = (rows: readonly Row[], key: string) =>
  table(rows)
    .flatMap((one) => one.cells)
    .find((one) => one.key === key);

describe('readTable', () => {
  it('prefers the tool to its category, and the category to the default', () => {
    const rows: Row[] = [
      { connector: 'Asana', action: '*', state: 'allow' },
      { connector: 'Asana', action: 'write/delete tools', state: 'ask' },
      { connector: 'Asana', action: 'Delete task', state: 'blocked' },
    ];
    expect(cell(rows, 'asana/delete_task')?.width).toBe('blocked');
    expect(cell(rows, 'asana/create_task')?.width).toBe('ask');
    expect(cell(rows, 'asana/read_tasks')?.width).toBe('allow');
  });

  it('uses the wider of two lines for one action, in either order, and says so', () => {
    const two: Row[] = [
      { connector: 'SharePoint', action: 'Delete item', state: 'blocked' },
      { connector: 'Microsoft 365', action: 'sharepoint_delete_item', state: 'ask' },
    ];
    for (const rows of [two, [...two].reverse()]) {
      const found = cell(rows, 'microsoft365_sharepoint/sharepoint_delete_item');
      expect(found?.width).toBe('ask');
      expect(found?.conflict).toContain('twice');
      expect(found?.evidence).toHaveLength(2);
    }
  });

  it('never accepts a narrow line if another line for the action is unreadable', () => {
    const rows: Row[] = [
      { connector: 'Asana', action: 'Delete task', state: 'blocked' },
      { connector: 'Asana', action: 'Delete task', state: null, stateText: 'see note' },
    ];
    expect(cell(rows, 'asana/delete_task')).toMatchObject({ width: null, lack: 'unreadable' });
  });

  it('distinguishes an empty cell, an unreadable one and an action that is not listed', () => {
    const rows: Row[] = [
      { connector: 'Asana', action: 'Read tasks', state: null, stateText: '' },
      { connector: 'Asana', action: 'Create task', state: null, stateText: 'sometimes' },
    ];
    expect(cell(rows, 'asana/read_tasks')?.lack).toBe('unset');
    expect(cell(rows, 'asana/create_task')?.lack).toBe('unreadable');
    expect(cell(rows, 'asana/delete_task')?.lack).toBe('missing');
  });

  it('treats “not offered” as narrower than blocked, and a dash or “N/A” as unreadable', () => {
    expect(
      cell([{ connector: 'Asana', action: 'Delete task', stateText: 'Not offered' }], 'asana/delete_task')
        ?.width,
    ).toBe('off');
    for (const stateText of ['-', 'N/A', 'n/a'])
      expect(
        cell([{ connector: 'Asana', action: 'Delete task', stateText }], 'asana/delete_task')?.lack,
        stateText,
      ).toBe('unreadable');
  });

  it('keeps an unknown connector and its actions under their own names, with unknown effect', () => {
    const [connector] = table([{ connector: 'Chapter Portal', action: 'find_chapter', state: 'allow' }]);
    expect(connector).toMatchObject({ key: 'chapter portal', name: 'Chapter Portal', enabled: true });
    expect(connector?.cells).toMatchObject([
      { key: 'chapter portal/findchapter', effects: ['unknown'], width: 'allow' },
    ]);
  });

  it('adds the category that a table of an unknown connector leaves out', () => {
    const rows: Row[] = [{ connector: 'Chapter Portal', action: 'read-only tools', state: 'allow' }];
    expect(cell(rows, 'chapter portal/write-delete tools')).toMatchObject({ width: null, lack: 'missing' });
    const whole: Row[] = [
      ...rows,
      { connector: 'Chapter Portal', action: 'write/delete tools', state: 'blocked' },
    ];
    expect(table(whole)[0]?.cells.map((one) => one.width)).toEqual(['allow', 'blocked']);
  });

  it('counts a connector as enabled unless its line says no', () => {
    expect(table([{ connector: 'Slack' }])[0]?.enabled).toBe(true);
    expect(table([{ connector: 'Slack', enabled: false }])[0]?.enabled).toBe(false);
    expect(
      table([
        { connector: 'Slack', enabled: false },
        { connector: 'slack', enabled: true },
      ])[0]?.enabled,
    ).toBe(true);
  });

  it('lets a later event replace the table, and the last of several count', () => {
    const base = reading('connectors', [
      { connector: 'Asana', action: 'Delete task', state: 'allow' },
    ]).rows.map((row) =>
      lineOf(row, { kind: 'connectors', file: row.file, observedOn: '2026-11-01', says: '' }),
    );
    const event = (at: string, width: 'ask' | 'blocked') => ({
      connector: 'Asana',
      action: 'delete_task',
      enabled: null,
      width,
      lack: null,
      text: null,
      after: at,
      evidence: { kind: 'activities' as const, file: 'a.json', observedOn: '2026-11-24', says: '' },
    });
    const found = readTable(
      [...base, event('2026-11-09T10:00:00Z', 'blocked'), event('2026-11-05T10:00:00Z', 'ask')],
      CATALOGUE,
    );
    expect(found[0]?.cells.find((one) => one.key === 'asana/delete_task')?.width).toBe('blocked');
  });

  it('applies the default to an action whose own policy was removed, not to an unreadable one', () => {
    const base = reading('connectors', [
      { connector: 'Asana', action: 'Delete task', state: 'allow' },
      { connector: 'Asana', action: '*', state: 'blocked' },
    ]).rows.map((row) =>
      lineOf(row, { kind: 'connectors', file: row.file, observedOn: '2026-11-01', says: '' }),
    );
    const after = (detail: Record<string, unknown>) => {
      const events: Events = {
        ok: true,
        rows: reading('activities', [
          {
            at: '2026-11-05T10:00:00Z',
            type: 'mcp_tool_policy_updated',
            detail: { mcp_server_name: 'Asana', tool_name: 'delete_task', ...detail },
          },
        ]).rows,
        from: '2026-11-05',
        to: '2026-11-05',
        evidence: [],
        cite: () => ({ kind: 'activities', file: 'a.json', observedOn: '2026-11-05', says: '' }),
      };
      return readTable([...base, ...eventLines(events, '2026-11-01', 'UTC')], CATALOGUE)[0]?.cells.find(
        (one) => one.key === 'asana/delete_task',
      );
    };
    expect(after({ max_permission: null })).toMatchObject({ width: 'blocked' });
    expect(after({ max_permission: 'once_a_day' })).toMatchObject({ width: null, lack: 'unreadable' });
    expect(after({})).toMatchObject({ width: null, lack: 'unreadable' });
  });

  it('reads the same whatever the order of its lines', () => {
    const rows: Row[] = [
      { connector: 'SharePoint', action: '*', state: 'ask' },
      { connector: 'Outlook', action: 'send', state: 'blocked' },
      { connector: 'M365', action: 'Search', state: 'allow' },
      { connector: 'Zebra', action: 'x', state: 'ask' },
    ];
    const view = (list: readonly Row[]) =>
      table(list).map((one) => [
        one.key,
        one.name,
        [...one.cells].sort((a, b) => (a.key < b.key ? -1 : 1)).map((c) => [c.key, c.width]),
      ]);
    expect(view([...rows].reverse())).toEqual(view(rows));
  });

  it('calls a part of Microsoft 365 by its own name, and an action as the table writes it', () => {
    const rows: Row[] = [
      { connector: 'Microsoft 365', action: 'Delete files', state: 'ask' },
      { connector: 'Microsoft 365', action: 'outlook_send_mail', state: 'ask' },
    ];
    expect(cell(rows, 'microsoft365_sharepoint/sharepoint_delete_item')).toMatchObject({
      connector: 'Microsoft 365 (SharePoint / OneDrive)',
      action: 'Delete files',
    });
    expect(cell(rows, 'microsoft365_outlook/outlook_send_mail')?.action).toBe('Send e-mail');
  });

  it('does not ask for an action without a vendor tool, and reads it if it is listed', () => {
    const sharing = {
      id: 'share',
      title: 'Share permissions',
      aliases: [],
      effect: 'admin' as const,
      baseline: null,
      tool: false,
    };
    const connector = { ...SHAREPOINT, actions: [...SHAREPOINT.actions, sharing] };
    const read = (action: string) =>
      readTable(
        [
          {
            connector: 'SharePoint',
            action,
            enabled: null,
            width: 'blocked',
            lack: null,
            text: null,
            after: null,
            evidence: { kind: 'connectors', file: 'c.csv', observedOn: '2026-11-24', says: '' },
          },
        ],
        { connectors: [connector] },
      )[0]?.cells.map((one) => one.key);
    expect(read('Edit file')).not.toContain('microsoft365_sharepoint/share');
    expect(read('Share permissions')).toContain('microsoft365_sharepoint/share');
  });
});

describe('a bare verb in a table', () => {
  const OUTLOOK_KEY = 'microsoft365_outlook';
  const line = (action: string, state: Row['state'] = 'blocked'): Row => ({
    connector: 'Outlook',
    action,
    state,
  });
  const cells = (rows: readonly Row[]) =>
    new Map(
      readTable(readOut(linesOf(rows), CATALOGUE), CATALOGUE)
        .flatMap((one) => one.cells)
        .map((one) => [one.key.replace(`${OUTLOOK_KEY}/outlook_`, ''), one.width ?? one.lack]),
    );

  it('is ambiguous among tools if it may be several of them', () => {
    const found = cells([line('Send'), line('Search', 'allow')]);
    expect([found.get('send_mail'), found.get('send_draft')]).toEqual(['ambiguous', 'ambiguous']);
    const rest = cells([line('Send'), line('Search', 'allow'), line('All other actions')]);
    expect([rest.get('send_mail'), rest.get('trash_thread')]).toEqual(['blocked', 'blocked']);
  });

  it('is the only tool that begins with it', () => {
    const found = cells([
      line('Send draft'),
      line('Restore thread', 'ask'),
      { connector: 'SharePoint', action: 'Delete', state: 'blocked' },
    ]);
    expect(found.get('microsoft365_sharepoint/sharepoint_delete_item')).toBe('blocked');
    expect(found.get('trash_thread')).toBe('missing');
  });

  it('is a class if the connector is listed by classes or if the line says so', () => {
    expect(cells([line('Read', 'allow'), line('Delete'), line('Send')]).get('send_draft')).toBe('blocked');
    expect(cells([line('Search', 'allow'), line('Send tools')]).get('send_draft')).toBe('blocked');
  });
});
