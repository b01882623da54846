import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { toolResolver } from '#domain/activity/tools.ts';
import { sharedCatalogue } from '../catalogue/testing/shared.ts';
import { decodeJson } from './json.ts';
import { normalize } from './normalize.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Traffic recorded from the real client, where it lies beside the project; a small copy of our own always. */
const SHARED = fileURLToPath(new URL('../../../../shared/fixtures/otlp-claude-code/', import.meta.url));
const OWN = fileURLToPath(new URL('testing/', import.meta.url));

const client = {
  receivedAt: new Date('2026-11-24T15:00:00Z'),
  organizations: null,
  resolve: toolResolver(sharedCatalogue(), {}),
  content: null,
  vocabulary: vocabularyOf(sharedCatalogue()),
};

function made(folder: string, file: string): readonly Activity[] {
  const { path, body } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    path: string;
    body: unknown;
  };
  const signal = path === '/v1/logs' ? 'logs' : path === '/v1/metrics' ? 'metrics' : 'traces';
  const { activities, refused } = normalize(decodeJson(signal, Buffer.from(JSON.stringify(body))), client);
  expect([...refused]).toEqual([]);
  return activities;
}

const tools = (activities: readonly Activity[]) =>
  activities
    .filter(({ category }) => category === 'tool_call' || category === 'tool_decision')
    .map(({ category, connector, tool, effect, outcome }) =>
      [category, connector, tool, effect, outcome].join(' '),
    );

/** Contents of each recording, according to its README. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  'accept-details': [
    'tool_decision ams get_member unknown success',
    'tool_call ams get_member unknown success',
  ],
  'accept-nodetails': ['tool_decision unnamed  unknown success', 'tool_call unnamed  unknown success'],
  'needs-approval': ['tool_decision ams delete_member unknown rejected'],
  reject: [],
  'tool-error': ['tool_decision ams get_member unknown success', 'tool_call ams get_member unknown failure'],
  'api-error': [],
  'bash-write': [
    'tool_decision  Bash write success',
    'tool_call  Bash write success',
    'tool_decision  Write write success',
    'tool_call  Write write success',
  ],
  'elicit-form': [
    'tool_decision ams update_member unknown success',
    'tool_call ams update_member unknown failure',
  ],
  'requires-interaction': ['tool_decision ams get_member unknown rejected'],
};

describe('what the real client sent', () => {
  const folders = [OWN, ...(existsSync(SHARED) ? [SHARED] : [])];
  const recordings = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('_logs.json'))
      .map((file) => ({ folder, file, scenario: file.split('.')[0] ?? '' })),
  );

  it.each(recordings)(
    '$scenario in $folder: the calls, the message and the calls of the model',
    ({ folder, file, scenario }) => {
      const activities = made(folder, file);
      expect(tools(activities)).toEqual(TOOLS[scenario]);
      expect(activities.filter(({ category }) => category === 'message')).toHaveLength(1);
      const requests = activities.filter(({ type }) => type === 'api_request');
      expect(requests.length).toBeGreaterThan(0);
      for (const { amounts, model } of requests)
        expect([
          model,
          amounts.inputTokens,
          amounts.outputTokens,
          amounts.cacheReadTokens,
          amounts.costMicros,
        ]).toEqual(['claude-opus-5-5', 1200, 42, 900, 7320]);
      expect(new Set(activities.map(({ id }) => id)).size).toBe(activities.length);
      expect(
        activities.every(
          ({ surface, claimedAt, person }) =>
            surface === 'claude_code' && claimedAt === null && person === null,
        ),
      ).toBe(true);
      // Recorded results do not contain who allowed a tool to run; decisions do.
      for (const { category, detail } of activities)
        if (category === 'tool_decision') expect(detail.decision_source).toBe('config');
      // The recordings contain arguments of tools: ids of members, commands, paths, text.
      expect(JSON.stringify(activities)).not.toMatch(/10045|REDACTED|echo |"\//);
      // The same again is the same.
      expect(made(folder, file)).toEqual(activities);
    },
  );

  const figures = recordings
    .map((one) => ({ ...one, metrics: one.file.replace(/01\.v1_logs/, '02.v1_metrics') }))
    .filter(({ folder, metrics }) => existsSync(join(folder, metrics)));
  it.each(figures)(
    '$scenario in $folder: of the figures only those that no event says',
    ({ folder, metrics }) => {
      const activities = made(folder, metrics);
      const allowed = [
        'session.count',
        'active_time.total',
        'lines_of_code.count',
        'commit.count',
        'pull_request.count',
      ];
      expect(activities.map(({ type }) => type).filter((type) => !allowed.includes(type))).toEqual([]);
      expect(activities.filter(({ type }) => type === 'session.count')).toHaveLength(1);
      expect(
        activities.every(({ amounts }) => Object.values(amounts).every((amount) => amount === null)),
      ).toBe(true);
    },
  );

  it('names no part of Claude if only the scope speaks, which Cowork may share', () => {
    const text = readFileSync(join(OWN, 'accept-details.01.v1_logs.json'), 'utf8');
    const surfaces = (changed: string) => {
      const { body } = JSON.parse(changed) as { body: unknown };
      const { activities } = normalize(decodeJson('logs', Buffer.from(JSON.stringify(body))), client);
      expect(activities.some(({ category }) => category === 'tool_call')).toBe(true);
      return [...new Set(activities.map(({ surface }) => surface))];
    };
    const nameless = text.replace('"key": "service.name"', '"key": "service.instance.id"');
    expect(surfaces(nameless)).toEqual(['claude_code']);
    const bare = nameless.replaceAll('"claude_code.', '"');
    expect(surfaces(bare)).toEqual(['unknown']);
    expect(surfaces(bare.replaceAll('com.anthropic.claude_code', 'com.anthropic.cowork'))).toEqual([
      'cowork',
    ]);
  });
});
