import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { API_CALL, groupKey, isRuleEvent } from '#domain/activity/rule-events.ts';
import { sharedCatalogue } from './testing/shared.ts';

const types = sharedCatalogue().activityTypes.flatMap((file) => Object.entries(file.types));
const event = (type: string, category: (typeof types)[number][1]['category'], detail = {}) =>
  ({ source: 'compliance_feed', category, type, detail }) as const;

it('takes every type that a rule, a control or drift names', () => {
  const texts = globSync(['src/domain/{rules,drift,connectors}/**/*.ts', 'catalogue/controls/*.yaml'])
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const named = types.filter(([type]) => type !== API_CALL && new RegExp(`\\b${type}\\b`).test(texts));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(([type, { category }]) => !isRuleEvent(event(type, category)))).toEqual([]);
});

it('leaves out what people do all day, telemetry, and calls of the interface that open nothing', () => {
  expect(isRuleEvent(event('claude_chat_viewed', 'content'))).toBe(false);
  expect(isRuleEvent({ ...event('mcp_server_created', 'connectors'), source: 'otlp' })).toBe(false);
  const call = (url: string) => isRuleEvent(event(API_CALL, 'compliance', { url }));
  expect(call('https://api.anthropic.com/v1/compliance/activities?limit=5000')).toBe(false);
  expect(call('https://api.anthropic.com/v1/compliance/apps/chats/c1/messages?limit=100')).toBe(true);
  const by = (id: string, at: string) =>
    groupKey({ type: API_CALL, at, actor: { type: 'api_actor', id, email: null, name: null } });
  expect(by('a', '2026-11-24T10:00:00.000Z')).toBe(by('a', '2026-11-24T11:00:00.000Z'));
  expect(by('a', '2026-11-24T10:00:00.000Z')).not.toBe(by('b', '2026-11-24T10:00:00.000Z'));
  // Someone at work: once a week, whatever they do.
  const works = (type: string, at: string, id = 'a') =>
    groupKey({ type, at, actor: { type: 'user_actor', id, email: null, name: null } });
  const monday = works('claude_chat_created', '2026-11-23T10:00:00.000Z');
  expect(works('claude_file_uploaded', '2026-11-25T10:00:00.000Z')).toBe(monday);
  expect(works('claude_chat_created', '2026-12-02T10:00:00.000Z')).not.toBe(monday);
  expect(works('claude_chat_created', '2026-11-23T10:00:00.000Z', 'b')).not.toBe(monday);
});
