import { hash } from 'node:crypto';
import type { ActivityActor } from '#domain/activity/activity.ts';
import { type TrustedInstant, trustedInstant } from '#domain/activity/instant.ts';
import type { TelemetryRecord } from './record.ts';
import { either, millis, textIn } from './values.ts';

/** Simple pattern that distinguishes email addresses from other names. */
export const ADDRESS = /^[^\s@]{1,120}@[^\s@]{1,130}$/;

/** The actor, and the person it is counted for. An installation's id is not a person's. */
export function whoIn(record: TelemetryRecord): {
  readonly actor: ActivityActor;
  readonly person: string | null;
} {
  const written = either(record, 'user.email');
  const email = written !== null && ADDRESS.test(written) ? written : null;
  const account =
    either(record, 'user.account_id') ?? either(record, 'user.account_uuid') ?? either(record, 'enduser.id');
  const installation = either(record, 'user.id');
  const type = email !== null || account !== null ? 'user' : installation !== null ? 'installation' : null;
  return {
    actor: { type, id: account ?? installation, email, name: null },
    person: email?.toLowerCase() ?? account,
  };
}

/**
 * Time of the event: the first plausible timestamp of the record. If none is plausible, the first one is kept as
 * claimed.
 */
export function instantIn(record: TelemetryRecord, receivedAt: Date): TrustedInstant {
  if (record.time !== null) {
    const instant = trustedInstant(millis(record.time), '', receivedAt);
    if (instant.claimedAt === null) return instant;
  }
  const stated =
    record.signal === 'logs'
      ? [record.time, textIn(record.attributes, 'event.timestamp'), record.otherTime]
      : [record.time];
  let first: TrustedInstant | null = null;
  for (const one of stated) {
    if (one === null) continue;
    const ms = millis(one);
    const instant = trustedInstant(ms, '', receivedAt);
    if (instant.claimedAt === null) return instant;
    first ??= trustedInstant(ms, writtenAs(one), receivedAt);
  }
  return first ?? trustedInstant(Number.NaN, 'not stated', receivedAt);
}

function writtenAs(instant: bigint | string): string {
  if (typeof instant === 'string') return instant;
  const ms = millis(instant);
  return Number.isNaN(ms) ? `${instant} ns` : new Date(ms).toISOString();
}

/**
 * Stable id of an event, independent of retries and encoding: from session and sequence number if present, from trace
 * and span, otherwise a hash of everything kept.
 */
export function idOf(record: TelemetryRecord, name: string): string {
  const { attributes, sender } = record;
  const session = textIn(attributes, 'session.id');
  const sequence = textIn(attributes, 'event.sequence');
  const parts: (string | null)[] =
    session !== null && sequence !== null
      ? [
          'event',
          session,
          sequence,
          textIn(attributes, 'organization.id'),
          textIn(attributes, 'user.account_uuid'),
          textIn(attributes, 'user.id'),
        ]
      : record.traceId !== null && record.spanId !== null && record.signal === 'traces'
        ? ['span', record.traceId, record.spanId]
        : [
            record.signal,
            sender.scope,
            ...[...sender.attributes, ...attributes].map(([key, value]) => `${key}=${value}`).sort(),
            String(record.otherTime),
            String(record.measure?.value),
          ];
  return hash('sha256', [name, String(record.time), ...parts].join('\x1f'), 'base64url').slice(0, 22);
}
