import { SourceProblem } from '#sources/problem.ts';
import type { AccessTest, Credential, LiveSource } from '#sources/source.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import type { Recognized } from './entered.ts';
import { streamsFor } from './run-stream.ts';
import { openVendor } from './vendor.ts';

/** Tests what a credential may read. Nothing of it is stored unless the vendor accepts it. */
export async function tested(
  { services, now }: HandlerContext,
  { vendor, kind, credential }: Recognized,
): Promise<{ readonly test: AccessTest; readonly credential: Credential }> {
  const { words } = vendor.facts;
  let latest = credential;
  try {
    const source = openVendor(services, vendor, {
      credential,
      parent: vendor.live.hint(credential),
      renewed: async (next) => {
        latest = next;
      },
    });
    const test = await source.test(kind, now);
    if (test.scopes.every(({ state }) => state === 'missing'))
      throw unprocessable(
        `The ${words.credential} has none of the permissions Bylaw needs. Create one with the permissions listed below, and enter it.`,
      );
    return { test, credential: latest };
  } catch (error) {
    if (error instanceof SourceProblem) throw unprocessable(`${error.message} Nothing was stored.`);
    throw error;
  }
}

/** The streams that can be read according to a test. */
export function streamIds(live: LiveSource, kind: string, test: AccessTest): string[] {
  return streamsFor(live, kind, [...test.scopes]).map(({ id }) => id);
}

/** Results of a test that are stored with the credential. */
export function testValues(test: AccessTest, now: Date, id: string, before: ConnectionRow | null = null) {
  return {
    scopes: JSON.stringify(test.scopes),
    tenants: JSON.stringify(test.tenants),
    parent: test.parent ?? id,
    expires_at: test.expiresAt ?? null,
    tested_at: now,
    ...(test.recording === null && before !== null
      ? { recording: before.recording, recording_at: before.recording_at }
      : {
          recording: test.recording === null ? 'unknown' : test.recording ? 'on' : 'off',
          recording_at: test.recording === null ? null : now,
        }),
  };
}

/** A test's fields in the audit log. */
export function recorded(test: AccessTest) {
  return {
    scopes: test.scopes.filter(({ state }) => state === 'granted').map(({ scope }) => scope),
    tenants: test.tenants.map(({ id }) => id),
  };
}
