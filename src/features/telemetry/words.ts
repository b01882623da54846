import type { Category, StoredActivity } from '#domain/activity/activity.ts';
import type { Emitter } from '#sources/otlp/emitter.ts';
import { OTHER_ORGANIZATION } from '#sources/otlp/normalize.ts';
import { MAX_ATTRIBUTES } from '#sources/otlp/record.ts';
import type { RefusalReason } from './refusals.ts';

export const EMITTER_TITLES: Readonly<Record<Emitter, string>> = {
  cowork: 'Cowork',
  claude_code: 'Claude Code',
  office_agents: 'Claude in Office',
  gateway: 'A gateway',
  other: 'An unknown sender',
};

interface Reason {
  readonly kind: 'refused' | 'left_out' | 'later';
  readonly words: string;
}

export const REASONS: Readonly<Record<RefusalReason, Reason>> = {
  malformed: { kind: 'refused', words: 'A record cannot be read. The others in its batch were accepted.' },
  too_many_attributes: {
    kind: 'refused',
    words: `A record has more than ${MAX_ATTRIBUTES} attributes. The others in its batch were accepted.`,
  },
  unreadable_request: {
    kind: 'refused',
    words:
      'A whole request is not OTLP, is cut off or cannot be decompressed. Check the sender: it should send OTLP over HTTP.',
  },
  too_large: {
    kind: 'refused',
    words: 'A whole request is too large. Make the sender’s batches smaller.',
  },
  unknown_encoding: {
    kind: 'refused',
    words: 'A whole request is compressed with something other than gzip or zstd.',
  },
  later: {
    kind: 'later',
    words: 'More arrived than could be written, so the sender was asked to send it again later.',
  },
  queue_full: {
    kind: 'refused',
    words:
      'The database was unavailable and the queue on disk was full, so the sender was asked to send it again later. Anything it could not keep until then is lost. See BYLAW_SPOOL_MB.',
  },
  repeats_events: {
    kind: 'left_out',
    words: 'A figure or span from Claude Code that its events also report. It is not counted twice.',
  },
  repeats_records: {
    kind: 'left_out',
    words:
      'A gateway record that it also sends in another form, which is the one that counts; the settings on this page say which. It is not counted twice.',
  },
  running_total: {
    kind: 'left_out',
    words:
      'A figure that is sent as a running total, which cannot be added up. Set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE to delta.',
  },
  unknown_metric: { kind: 'left_out', words: 'A metric that is not Claude’s.' },
  no_value: { kind: 'left_out', words: 'A figure without a value.' },
};

const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  message: 'A message someone sent',
  tool_call: 'A tool call',
  tool_decision: 'A decision on whether a tool may run',
  model_request: 'A model request',
  connection: 'A connection to a connector',
  session: 'A session',
  sign_in: 'A sign-in',
  membership: 'A change of members',
  access: 'A change of access',
  settings: 'A change of settings',
  connectors: 'A change of connectors',
  content: 'Something about content',
  compliance: 'An administrator looked at something',
  other: 'Kept, not counted as anything specific',
};

/** What an event was recognized as, in words. */
export function recognizedAs({ type, category }: StoredActivity): string {
  return type === OTHER_ORGANIZATION
    ? 'An event of another organization: kept apart'
    : CATEGORY_WORDS[category];
}
