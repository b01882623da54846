import { describe, expect, it } from 'vitest';
import type { AiTools } from '../../model/ai-tools.ts';
import type { AiTrafficRow } from '../../model/kinds.ts';
import { type Given, reading, runRule, TODAY } from '../../testing/build.ts';
import { aiToolsDecided } from './ai-tools.ts';

const source = { title: 'x', url: 'https://example.org', read: TODAY };
const tool = (id: string, title: string, host: string) => ({
  id,
  title,
  vendor: title,
  kind: 'assistant' as const,
  hosts: [host],
  names: [],
  takes: 'Text.',
  sources: [source],
});
const aiTools: AiTools = {
  asOf: TODAY,
  categories: [{ name: 'Generative AI', of: 'x' }],
  tools: [tool('claude', 'Claude', 'claude.ai'), tool('chatgpt', 'ChatGPT', 'chatgpt.com')],
};
const COVERS = { from: '2026-11-09', to: '2026-11-22' };
const row = (
  toolId: string | null,
  host: string,
  more: Partial<AiTrafficRow> = {},
): Partial<AiTrafficRow> => ({
  on: '2026-11-20',
  tool: toolId,
  host,
  person: 'avery@alder.example.org',
  times: 3,
  refused: 0,
  place: 'Main office',
  first: '09:00',
  last: '10:00',
  ...more,
});
const claude = row('claude', 'claude.ai');
const chatgpt = row('chatgpt', 'chatgpt.com');
const run = (
  rows: readonly Partial<AiTrafficRow>[],
  decisions: readonly object[] = [],
  more: object = {},
  given: Given = {},
) =>
  runRule(
    aiToolsDecided,
    { days: 45, minimumDays: 7 },
    {
      charter: { aiTools: decisions },
      catalogue: { aiTools },
      readings: {
        ai_traffic: [reading('ai_traffic', rows, { covers: COVERS, observedOn: COVERS.to, ...more })],
      },
      ...given,
    },
  );
const decided = (decision: string, until?: string) => [
  { tool: 'Chat GPT', decision, reason: 'x', ...(until === undefined ? {} : { until }) },
];

describe('AI tools in use', () => {
  it.each([
    ['Needed by the design team', 'pass'],
    ['Rejected by the board', 'cannot_read'],
    ['TBD', 'cannot_read'],
    ['n/a', 'cannot_read'],
    ['Not approved yet', 'cannot_read'],
  ])('reads an approval with the reason “%s” as %s', (reason, state) =>
    expect(run([claude, chatgpt], [{ tool: 'ChatGPT', decision: 'approved', reason }]).state).toBe(state),
  );

  it('fails for a tool without a decision, a forbidden one or one whose time is over', () => {
    expect(run([claude, chatgpt])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('ChatGPT (no one has decided on it)'),
      items: [{ key: 'chatgpt', detail: expect.stringContaining('1 person, 3 times') }],
    });
    expect(run([claude, chatgpt], decided('forbidden')).state).toBe('fail');
    expect(run([claude, chatgpt], decided('tolerated', '2026-11-01')).reason).toContain('is over');
    expect(run([claude, row(null, 'newbot.example')]).reason).toContain('newbot.example');
  });

  it('passes for the days and places of the logs if each tool is allowed or was refused', () => {
    const allowed = run([claude, chatgpt], decided('approved'));
    expect(allowed.state).toBe('pass');
    expect(allowed.reason).toMatch(/Main office of 14 days from Nov 9, 2026 to Nov 22, 2026/);
    expect(run([claude, chatgpt], decided('tolerated', '2026-12-31')).state).toBe('pass');
    expect(run([claude, row('chatgpt', 'chatgpt.com', { refused: 3 })], decided('forbidden')).state).toBe(
      'pass',
    );
    expect(run([claude])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('searched for Claude'),
    });
    expect(allowed.reason).not.toContain('searched');
    // A DNS log does not show whether a connection to a name was allowed.
    const asked = row('chatgpt', 'chatgpt.com', { refused: null });
    expect(run([claude, asked], decided('forbidden'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('looked up by name'),
    });
    expect(run([claude, asked]).state).toBe('fail');
    expect(run([claude, asked], decided('approved')).state).toBe('pass');
  });

  it('cannot tell from logs that show no tool, cover too little or give no days', () => {
    expect(run([]).reason).toContain('not even Claude');
    expect(run([]).state).toBe('cannot_read');
    expect(run([claude], [], { covers: { from: '2026-11-21', to: '2026-11-22' } }).state).toBe('cannot_read');
    expect(run([row('claude', 'claude.ai', { on: null })], [], { covers: undefined }).state).toBe(
      'cannot_read',
    );
    expect(run([claude], [], { complete: false }).state).toBe('cannot_read');
    expect(run([claude], [], {}, { readings: {} }).state).toBe('cannot_read');
    expect(run([claude], [], {}, { charter: undefined as never }).state).toBe('cannot_read');
    // If a tool has two decisions, the narrower counts.
    expect(run([claude, chatgpt], [...decided('approved'), ...decided('forbidden')]).state).toBe('fail');
  });
});
// Guide: G4-00
