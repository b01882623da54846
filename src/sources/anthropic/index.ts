import type { KeyKind } from '#domain/model/vendor-source.ts';
import type { Source } from '../source.ts';
import { ANTHROPIC } from './client.ts';
import { activityFeed, consoleFeed } from './streams/activity-feed.ts';
import { analytics } from './streams/analytics.ts';
import { calls } from './streams/calls.ts';
import { directory } from './streams/directory.ts';
import { members } from './streams/members.ts';
import { settings } from './streams/settings.ts';
import { testKey } from './test-key.ts';

const PREFIXES: readonly (readonly [string, KeyKind])[] = [
  ['sk-ant-api01-', 'access'],
  ['sk-ant-admin01-', 'admin'],
  ['sk-ant-api03-', 'model'],
];

/** Claude Enterprise and Console organizations through Anthropic's Compliance, Admin and Analytics interfaces. */
export const anthropic: Source = {
  id: 'anthropic',
  host: ANTHROPIC,
  recognize: (key) => PREFIXES.find(([prefix]) => key.startsWith(prefix))?.[1] ?? null,
  test: testKey,
  streams: [activityFeed, consoleFeed, calls, members, directory, settings, analytics],
};
