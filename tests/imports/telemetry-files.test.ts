import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';

const SHARED = fileURLToPath(new URL('../../../shared/fixtures/otlp-claude-code/', import.meta.url));
const OWN = fileURLToPath(new URL('../../src/sources/otlp/testing/', import.meta.url));
const ORGANIZATION = '0f3c8a52-2345-4789-8bcd-ef0123456789';

interface Call {
  readonly at: string;
  readonly tool?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** One export request by Cowork's exporter. */
function request(calls: readonly Call[]): string {
  const list = (attributes: Readonly<Record<string, string>>) =>
    Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  return JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: list({ 'service.name': 'cowork', 'service.version': '1.2.0' }) },
        scopeLogs: [
          {
            scope: { name: 'com.anthropic.claude_code.events' },
            logRecords: calls.map(({ at, tool = 'outlook_send_mail', more = {} }, n) => ({
              timeUnixNano: `${Date.parse(at)}000000`,
              body: { stringValue: 'claude_code.tool_result' },
              attributes: list({
                'event.name': 'tool_result',
                'event.sequence': `${n}-${at}`,
                'session.id': 'session-1',
                'organization.id': ORGANIZATION,
                'user.email': 'Jane@alder.example.org',
                tool_name: 'mcp_tool',
                tool_parameters: JSON.stringify({ mcp_server_name: 'Microsoft 365', mcp_tool_name: tool }),
                success: 'true',
                ...more,
              }),
            })),
          },
        ],
      },
    ],
  });
}

const charter = {
  claudeOrganization: ORGANIZATION,
  connectors: [
    {
      name: 'Microsoft 365 (Outlook)',
      sensitivity: 'high',
      actions: { 'Search email': 'allow', 'Send email': 'blocked', '*': 'blocked' },
    },
  ],
};
const normalHours = { start: '07:00', end: '19:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
const assessed = (files: Readonly<Record<string, string | Buffer>>, own: object = charter) =>
  assessing({
    files,
    charter: own,
    profile: { claudePlan: 'enterprise', m365: 'e5', normalHours } as object,
  });

describe('telemetry that a collector wrote into files', () => {
  it('finds a call that wrote, in one request and line by line, once', async () => {
    const wrote = request([{ at: '2026-11-20T15:00:00Z' }]);
    for (const content of [wrote, `${wrote}\n${wrote}\n`, `[${wrote}]`]) {
      const { files, verdict } = await assessed({ 'collector.json': content });
      expect(files.find(({ file }) => file === 'collector.json')).toMatchObject({
        outcome: 'taken',
        kind: 'telemetry',
        rows: 1,
        observedOn: '2026-11-20',
      });
      expect(files.find(({ kind }) => kind === 'charter')?.problem).toBeNull();
      expect(verdict('CLA-VIS-09')).toMatchObject({
        state: 'fail',
        reason: expect.stringContaining('jane@alder.example.org (1 call)'),
      });
    }
  });

  it('accuses no one of a read, a failed call or a foreign one, and never passes by itself', async () => {
    for (const call of [
      { tool: 'outlook_email_search' },
      { more: { success: 'false' } },
      { more: { decision_type: 'reject' } },
      { more: { 'organization.id': '99999999-2345-4789-8bcd-ef0123456789' } },
    ]) {
      const { verdict } = await assessed({
        'collector.jsonl': request([{ at: '2026-11-20T15:00:00Z', ...call }]),
      });
      expect(verdict('CLA-VIS-09').state).toBe('cannot_read');
    }
  });

  it('finds work at night', async () => {
    const { verdict } = await assessed({
      'collector.json': request([{ at: '2026-11-17T08:10:00Z', tool: 'outlook_email_search' }]),
    });
    expect(verdict('CLA-VIS-10')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('jane@alder.example.org'),
    });
  });

  it('takes the requests that were recorded of the real client', async () => {
    const folder = existsSync(SHARED) ? SHARED : OWN;
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const { files } = await assessed(
      Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))])),
    );
    const outcomes = files
      .filter(({ file }) => names.includes(file))
      .map(({ outcome, kind }) => `${outcome} ${kind}`);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(outcomes)).toEqual(new Set(['taken telemetry']));
  });

  it('keeps nothing of what people wrote', async () => {
    const { report } = await assessed({
      'collector.json': request([
        { at: '2026-11-20T15:00:00Z', more: { prompt: 'a secret that someone wrote' } },
      ]),
    });
    expect(JSON.stringify(report)).not.toContain('secret that someone');
  });
});
