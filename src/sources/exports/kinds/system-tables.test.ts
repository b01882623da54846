import { describe, expect, it } from 'vitest';
import { auditLog } from '../../anthropic/files/audit-log.ts';
import { usage } from '../../anthropic/files/usage.ts';
import { reading } from '../table/testing.ts';
import { permissionOf } from './connector-words.ts';
import { connectors } from './connectors.ts';

describe('connectors', () => {
  it.each([
    ['Always allow', 'allow'],
    ['allowed', 'allow'],
    ['Auto', 'allow'],
    ['Needs approval', 'ask'],
    ['needs_approval', 'ask'],
    ['Ask', 'ask'],
    ['Confirm', 'ask'],
    ['Blocked', 'blocked'],
    ['Denied', 'blocked'],
    ['never', 'blocked'],
    ['off', 'blocked'],
    ['Enabled', null],
    ['maybe', null],
    ['yes', null],
  ])('“%s” is %s', (text, permission) => expect(permissionOf(text)).toBe(permission));

  it('takes a line that is to hold from a later day for no state', () => {
    const lines = (day: string) => [
      'Connector,Action,Permission,Enabled,Effective from',
      `Asana,Create tasks,Blocked,yes,${day}`,
      'Asana,Read tasks,Always allow,yes,2026-09-01',
    ];
    const states = (day: string) => reading(connectors, lines(day)).rows.map(({ state }) => state);
    expect(states('2026-09-01')).toEqual(['blocked', 'allow']);
    expect(states('2099-02-01')).toEqual([null, 'allow']);
    expect(reading(connectors, lines('2099-02-01')).rows[0]?.stateText).toContain('from 2099-02-01');
  });

  it('counts a file that is named after the one connector in it as a part of the table', () => {
    const lines = ['Connector,Action,Permission', 'Gmail,Search threads,Always allow'];
    const complete = (file: string, more: readonly string[] = []) =>
      reading(connectors, [...lines, ...more], 'UTC', {}, file).complete;
    expect(complete('gmail connector 2026-11-20.csv')).toBe(false);
    expect(complete('exports/Gmail.csv')).toBe(false);
    expect(complete('connectors.csv')).toBe(true);
    expect(complete('gmail connector.csv', ['Asana,Create tasks,Blocked'])).toBe(true);
  });

  it('reads a column for each kind of tools, and whether a connector is on beside its permissions', () => {
    const kinds = reading(connectors, [
      'Connector,Read-only tools,Write/delete tools',
      'Slack,Always allow,Blocked',
      'Gmail,Always allow,perhaps',
    ]);
    expect(kinds.rows.map(({ connector, action, state }) => [connector, action, state])).toEqual([
      ['Slack', 'Read-only tools', 'allow'],
      ['Slack', 'Write/delete tools', 'blocked'],
      ['Gmail', 'Read-only tools', 'allow'],
      ['Gmail', 'Write/delete tools', null],
    ]);
    expect(kinds.says.some((text) => text.includes('“perhaps” is not one of'))).toBe(true);
    const beside = reading(connectors, [
      'Connector,Permission,Read-only tools,Write/delete tools',
      'Slack,Needs approval,Always allow,Blocked',
    ]);
    expect(beside.rows.map(({ action, state, unread }) => [action, state, unread?.field])).toEqual([
      ['Read-only tools', 'allow', undefined],
      ['Write/delete tools', 'blocked', undefined],
      [null, 'ask', 'action'],
    ]);
    const { rows } = reading(connectors, [
      'Connector,Tool,Permission,Status',
      'Slack,Read channel,Always allow,Enabled',
      'Notion,Search,Always allow,Disabled',
    ]);
    expect(rows.map(({ state, enabled }) => [state, enabled])).toEqual([
      ['allow', true],
      ['allow', false],
    ]);
  });

  it('reads a line per action, with blank connectors below their first line', () => {
    const { rows, says } = reading(connectors, [
      'Connector,Action,State,Enabled',
      'Slack,Read channel,Always allow,Yes',
      ',Send message,Needs approval,',
      ',Delete message,,',
      'Gmail,,Disabled,',
      'Asana,Create task,sometimes,',
    ]);
    expect(rows.map(({ connector, action, state, enabled }) => [connector, action, state, enabled])).toEqual([
      ['Slack', 'Read channel', 'allow', true],
      ['Slack', 'Send message', 'ask', null],
      ['Slack', 'Delete message', null, null],
      ['Gmail', null, null, false],
      ['Asana', 'Create task', null, null],
    ]);
    expect(says).toEqual([
      '6: “sometimes” is not one of Always allow, Needs approval and Blocked. Stored as unknown.',
      '2 blank cells were read as the connector above them.',
    ]);
  });

  it('reads marks in three columns and guesses nothing from two marks or none', () => {
    const { rows, says } = reading(connectors, [
      'Connector,Tool,Always allow,Needs approval,Blocked',
      'Slack,Read,x,,',
      'Slack,Send,,✓,',
      'Slack,Delete,no,no,yes',
      'Slack,Both,x,x,',
      'Slack,Neither,,,',
    ]);
    expect(rows.map(({ action, state }) => [action, state])).toEqual([
      ['Read', 'allow'],
      ['Send', 'ask'],
      ['Delete', 'blocked'],
      ['Both', null],
      ['Neither', null],
    ]);
    expect(says).toEqual(['5: The line marks 2 states: Always allow and Needs approval. Stored as unknown.']);
  });

  it('takes the connector from the name of the sheet', () => {
    const table = (sheet: string) => ({
      sheet,
      headingRow: 1,
      columns: ['Tool', 'State'],
      rows: [{ row: 2, cells: ['Read', 'Blocked'] }],
    });
    const environment = { file: 'a.xlsx', timezone: 'UTC', domains: [], today: '2026-11-24' };
    const [parsed] = connectors.parse(
      { form: 'table', tables: [table('Slack'), table('Gmail')] },
      environment,
    );
    expect(parsed?.rows).toMatchObject([
      { connector: 'Slack', state: 'blocked' },
      { connector: 'Gmail', state: 'blocked' },
    ]);
    // Codes may be explained on another sheet, so they are recognized; until they are explained, they are unknown.
    const coded = { ...table('Slack'), rows: [{ row: 2, cells: ['Read', 'B'] }] };
    for (const [title, state] of [
      [['N = Needs approval, B = Blocked'], 'blocked'],
      [[], null],
    ] as const) {
      const content = { form: 'table' as const, tables: [{ ...coded, title: [...title] }] };
      expect(connectors.recognize(content, 'connectors.xlsx')).toBeGreaterThanOrEqual(0.6);
      expect(connectors.parse(content, environment)[0]?.rows).toMatchObject([{ state }]);
    }
    expect(() => connectors.parse({ form: 'table', tables: [table('Sheet1')] }, environment)).toThrow(
      /No column is known to name the connector/,
    );
  });
});

describe('usage', () => {
  it('reads the spend report without its totals', () => {
    const { rows, says } = reading(usage, [
      'User email,Account UUID,Product,Model,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd,Date',
      'ann@alder.example.org,u1,Chat,claude-x,"1,200",300,40,$1.20,(1.50),10/01/2026',
      ',,Chat,claude-x,3,,,0,0,10/31/2026',
      'Total,,,,1203,300,40,1.2,1.5,',
    ]);
    expect(
      rows.map(({ email, requests, promptTokens, netUsd, grossUsd, from, to }) => [
        email,
        requests,
        promptTokens,
        netUsd,
        grossUsd,
        from,
        to,
      ]),
    ).toEqual([
      ['ann@alder.example.org', 1200, 300, 1.2, -1.5, '2026-10-01', '2026-10-01'],
      [null, 3, null, 0, 0, '2026-10-31', '2026-10-31'],
    ]);
    expect(says).toEqual([
      '4: The line of totals “Total” was left out.',
      '3: The line names no one. Its figures were kept without a person.',
    ]);
  });

  it('knows the period from a column of months or from the name of the file', () => {
    expect(reading(usage, ['User,Messages,Month', 'ann@alder.example.org,5,2026-02']).rows[0]).toMatchObject({
      from: '2026-02-01',
      to: '2026-02-28',
      messages: 5,
    });
    expect(reading(usage, ['User,Messages,Month', 'ann@alder.example.org,5,2026-02'])).toMatchObject({
      covers: { from: '2026-02-01', to: '2026-02-28' },
      observedOn: '2026-02-28',
    });
  });

  it('knows the period from the month of its name once that is over, and asks of several or of one that runs', () => {
    const named = (file: string) =>
      reading(usage, ['User,Messages', 'ann@alder.example.org,5'], undefined, {}, file);
    const october = { from: '2026-10-01', to: '2026-10-31' };
    expect(named('Spend October 2026.csv')).toMatchObject({ covers: october, observedOn: '2026-10-31' });
    expect(named('Spend October 2026 (exported 2026-11-02).csv').covers).toEqual(october);
    for (const file of [
      'Spend November 2026.csv',
      'Spend Aug 2026 to Oct 2026.csv',
      'Spend October.csv',
      'Spend 5 Oct 2026.csv',
      'Spend_since_October_2026.csv',
    ])
      expect([file, named(file).covers]).toEqual([file, undefined]);
  });

  it('sees a period that still runs up to today, and leaves one that has not begun where it is', () => {
    expect(reading(usage, ['User,Messages,Month', 'ann@alder.example.org,5,2026-11'])).toMatchObject({
      covers: { from: '2026-11-01', to: '2026-11-30' },
      observedOn: '2026-11-24',
    });
    expect(reading(usage, ['User,Messages,Month', 'ann@alder.example.org,5,2026-12']).observedOn).toBe(
      '2026-12-31',
    );
  });

  it('does not take other currencies for dollars', () => {
    const { rows, says } = reading(usage, [
      'User,Spend',
      'ann@alder.example.org,€5.00',
      'bo@alder.example.org,$5.00',
    ]);
    expect(rows.map(({ netUsd }) => netUsd)).toEqual([null, 5]);
    expect(says).toContain('2: “€5.00” is not in US dollars. Stored as empty.');
  });
});

describe('the audit log', () => {
  const HEADING =
    'created_at,actor_info,event,event_info,entity_info,ip_address,device_id,user_agent,client_platform';
  const actor = `"{'name': 'Reece O'Sullivan', 'uuid': 'u-1', 'metadata': {'email_address': 'reece@alder.example.org'}}"`;

  it('names events as the feed does and keeps who and what, with apostrophes that nothing escapes', () => {
    const { rows, covers, observedOn } = reading(auditLog, [
      HEADING,
      `2026-05-01T09:00:00.5Z,${actor},org_user_deleted,{},"{'type': 'account', 'uuid': 'u-2', 'name': 'Bo Roe', 'metadata': {'email_address': 'bo@alder.example.org'}}",192.0.2.1,d,Agent,iOS`,
      `2026-05-02T09:00:00Z,${actor},org_user_invite_sent,"{'role': 'admin'}","{'type': 'invite', 'uuid': 'i-1', 'metadata': {'email': 'cy@alder.example.org'}}",,,,`,
      `2026-05-03T02:00:00Z,,user_signed_in_google,{},{},,,,`,
      `2026-05-03T01:00:00Z,{},a_new_event,,,,,,`,
    ]);
    expect(rows[0]).toEqual({
      file: 'file.csv',
      row: 2,
      id: null,
      at: '2026-05-01T09:00:00.5Z',
      type: 'org_user_deleted',
      actorType: 'user_actor',
      actorEmail: 'reece@alder.example.org',
      actorName: "Reece O'Sullivan",
      ip: '192.0.2.1',
      detail: {
        email_address: 'bo@alder.example.org',
        entity_type: 'account',
        entity_uuid: 'u-2',
        entity_name: 'Bo Roe',
        deleted_user_email: 'bo@alder.example.org',
        deleted_user_id: 'u-2',
        actor_uuid: 'u-1',
      },
    });
    expect(rows[1]?.detail).toMatchObject({
      invited_email: 'cy@alder.example.org',
      invited_role: 'admin',
      invite_id: 'i-1',
    });
    expect(rows[2]).toMatchObject({
      type: 'social_login_succeeded',
      actorEmail: null,
      detail: { event: 'user_signed_in_google', provider: 'google' },
    });
    expect(rows[3]?.type).toBe('a_new_event');
    expect(covers).toEqual({ from: '2026-05-01', to: '2026-05-02' });
    expect(observedOn).toBe('2026-05-02');
  });

  it('keeps nothing of what was said in a conversation', () => {
    const { rows } = reading(auditLog, [
      HEADING,
      `2026-05-01T09:00:00Z,${actor},conversation_renamed,"{'new_name': 'Secret merger', 'content': 'x', 'prompt': 'y'}","{'type': 'chat_conversation', 'uuid': 'c-1', 'name': 'Secret merger', 'metadata': {'title': 'Secret merger'}}",,,,`,
      `2026-05-01T09:00:00Z,${actor},file_uploaded,{},"{'type': 'file', 'uuid': 'f-1', 'name': 'Dues 2026.xlsx', 'metadata': {}}",,,,`,
    ]);
    expect(JSON.stringify(rows[0])).not.toMatch(/Secret|merger|"x"|"y"/);
    expect(rows[0]).toMatchObject({ type: 'claude_chat_settings_updated', detail: { entity_uuid: 'c-1' } });
    expect(rows[1]).toMatchObject({ type: 'claude_file_uploaded', detail: { filename: 'Dues 2026.xlsx' } });
  });

  it('tells two integrations apart and guesses neither', () => {
    const { rows } = reading(auditLog, [
      HEADING,
      `2026-05-01T09:00:00Z,,integration_org_enabled,"{'integration_type': 'google_drive'}",,,,,`,
      `2026-05-01T09:00:00Z,,integration_org_disabled,,"{'name': 'GitHub'}",,,,`,
      `2026-05-01T09:00:00Z,,integration_org_enabled,,,,,,`,
    ]);
    expect(rows.map(({ type }) => type)).toEqual([
      'claude_gdrive_integration_created',
      'claude_github_integration_deleted',
      'integration_org_enabled',
    ]);
  });

  it('names an event without a readable time, and refuses a log that a spreadsheet has saved', () => {
    const { rows, says } = reading(auditLog, [
      HEADING,
      '2026-05-01T09:00:00Z,,a_b,,,,,,',
      '2026-05-01T09:00:00Z,,a_b,,,,,,',
      'yesterday,,a_b,,,,,,',
    ]);
    expect(rows).toHaveLength(2);
    expect(says).toEqual(['4: “yesterday” is not a time that Bylaw can read, so the event was left out.']);
    expect(() => reading(auditLog, [HEADING, '5/1/2026 9:00,,a_b,,,,,,'])).toThrow(
      /spreadsheet program has saved the file again/,
    );
    expect(() => reading(auditLog, [HEADING])).toThrow(/lists no event/);
  });

  it('speaks for no day after its last event', () => {
    const { observedOn } = reading(auditLog, [HEADING, '2027-05-01T09:00:00Z,,a_b,,,,,,']);
    expect(observedOn).toBe('2026-11-24');
  });
});
