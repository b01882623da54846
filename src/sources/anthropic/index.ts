import { z } from 'zod';
import { API_CALL } from '#domain/activity/rule-events.ts';
import { defineSource } from '../source.ts';
import { ANTHROPIC, anthropicClient } from './client.ts';
import { claudeFiles } from './files/index.ts';
import { importedReader, spendActivity } from './imported.ts';
import { activityFeed, consoleFeed } from './streams/activity-feed.ts';
import { analytics } from './streams/analytics.ts';
import { calls } from './streams/calls.ts';
import { directory } from './streams/directory.ts';
import { members } from './streams/members.ts';
import { settings } from './streams/settings.ts';
import { testKey } from './test-key.ts';

const ENTERPRISE = 'sk-ant-api01-';
/** A key that changes members is a separate credential, so that it can be revoked without the one for reading. */
const USES = ['reading', 'members'] as const;
const PREFIXES = [
  [ENTERPRISE, 'access'],
  ['sk-ant-admin01-', 'admin'],
  ['sk-ant-api03-', 'model'],
] as const;

/** Claude Enterprise and Console organizations through Anthropic's Compliance, Admin and Analytics APIs. */
export const anthropic = defineSource({
  id: 'anthropic',
  files: claudeFiles,
  logs: {
    activities: ({ catalogue }) => importedReader(catalogue, 'activities'),
    audit_log: ({ catalogue }) => importedReader(catalogue, 'audit_log'),
    usage:
      ({ observedOn }) =>
      (row) =>
        spendActivity(row, observedOn),
  },
  live: {
    credential: z
      .object({
        use: z.enum(USES).default('reading'),
        key: z
          .string()
          .trim()
          .min(1, 'Paste a key.')
          .max(500)
          .regex(/^\S*$/, 'The key contains a space or a line break. Copy it again as a single string.'),
      })
      .refine(({ use, key }) => use === 'reading' || key.startsWith(ENTERPRISE), {
        path: ['key'],
        message: `Members are changed with a key of Claude Enterprise, which begins with ${ENTERPRISE}.`,
      }),
    fields: {
      use: {
        label: 'What it is for',
        choices: {
          reading: 'Reading how Claude is used',
          members: 'Removing and inviting members, as approved',
        },
      },
      key: {
        label: 'Key',
        help: 'It is encrypted with a key outside the database and never shown again.',
        secret: true,
      },
    },
    kindOf: ({ use, key }) =>
      use === 'members' ? use : (PREFIXES.find(([prefix]) => key.startsWith(prefix))?.[1] ?? null),
    // Its type, and its last four characters.
    hint: ({ key }) => `${/^sk-ant-[a-z]+\d+-/.exec(key)?.[0] ?? ''}…${key.slice(-4)}`,
    hosts: () => [ANTHROPIC],
    streams: [activityFeed, consoleFeed, calls, members, directory, settings, analytics],
    ownRequest: ({ type, detail, actor }) =>
      type === API_CALL &&
      actor.type === 'api_actor' &&
      actor.id !== null &&
      typeof detail.request_id === 'string'
        ? { requestId: detail.request_id, credentialId: actor.id }
        : null,
    connect: ({ key }, reach) => anthropicClient(key, reach),
    test: testKey,
  },
});
// Guide: G5.2-00
