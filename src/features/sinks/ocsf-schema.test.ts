import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { ALERT_CHANGES, type ForwardedEvent, SEVERITIES } from '#domain/forwarding/event.ts';
import { OCSF_VERSION, ocsfOf } from '#domain/forwarding/ocsf.ts';
import { ocsfProblems, SCHEMA_VERSION } from '#domain/forwarding/testing/ocsf-schema.ts';
import { activityReader } from '#sources/anthropic/activity.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

const NOW = new Date('2026-11-20T09:00:02.000Z');
const client = { id: 'alder', name: 'Alder' };
const catalogue = sharedCatalogue();
const read = activityReader(catalogue);

function ofActivity(activity: ReturnType<typeof anActivity>): ForwardedEvent {
  return {
    stream: 'activities',
    client,
    test: false,
    activity: { ...activity, seq: 3, receivedAt: NOW.toISOString() },
  };
}

const ACTORS = [
  { type: 'user_actor', user_id: 'user_1', email_address: 'dana@alder.example', ip_address: '203.0.113.5' },
  { type: 'api_actor', api_key_id: 'key_1' },
  { type: 'anthropic_actor' },
];

/** One activity of a type with every field that the vendor documents, by each kind of actor. */
function fed(type: string, fields: readonly string[]): ForwardedEvent[] {
  return ACTORS.flatMap((actor, at) => {
    const raw = {
      id: `activity_${at}`,
      type,
      created_at: '2026-11-20T09:00:00.000Z',
      organization_uuid: 'org_1',
      actor,
      ...Object.fromEntries(fields.map((name) => [name, /ids$|scopes/u.test(name) ? ['a'] : `${name} 1`])),
    };
    const activity = read(raw, NOW);
    return activity === null ? [] : [ofActivity(activity)];
  });
}

const alerts = ALERT_CHANGES.flatMap((change) =>
  SEVERITIES.flatMap((severity) =>
    (['open', 'follow_up', 'real', 'benign', 'merged', 'withdrawn'] as const).map(
      (state): ForwardedEvent => ({
        stream: 'alerts',
        client,
        test: false,
        alert: {
          seq: 1,
          id: 'alert_1',
          version: 2,
          change,
          changedAt: '2026-11-20T09:40:02.000Z',
          changedBy: 'Dana',
          at: '2026-11-20T09:00:00.000Z',
          lastAt: '2026-11-20T09:30:00.000Z',
          count: 9,
          raisedAt: '2026-11-20T09:00:02.000Z',
          rule: { id: 'rule', title: 'Rule' },
          severity,
          title: 'Something',
          says: 'Something happened 9 times.',
          state,
          person: 'dana@alder.example',
          activities: ['a'],
        },
      }),
    ),
  ),
);

describe('OCSF', () => {
  it('names a version that the vendored schema is of', () => expect(OCSF_VERSION).toBe(SCHEMA_VERSION));

  it('is valid for every type of the feed that the catalogue knows, and for one that it does not', () => {
    const types = catalogue.activityTypes.flatMap((file) => Object.entries(file.types));
    expect(types.length).toBeGreaterThan(400);
    const wrong = [...types, ['not_known_yet', { fields: [] }] as const].flatMap(([type, { fields = [] }]) =>
      [
        ...fed(type, fields).flatMap((event) => ocsfProblems(ocsfOf(event))),
        ...fed(type, []).flatMap((event) => ocsfProblems(ocsfOf(event))),
      ].map((problem) => `${type}: ${problem}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('is valid for telemetry of every category, with all and with nothing known', () => {
    const nothing = {
      actor: { type: null, id: null, email: null, name: null },
      session: null,
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
      outcome: null,
    };
    const all = {
      ip: '203.0.113.5',
      userAgent: 'claude-code/2',
      prompt: 'prompt-1',
      model: 'claude-sonnet',
      organization: 'org_1',
      detail: { user_email: 'b@alder.example', role: 'admin' },
      amounts: { ...anActivity().amounts, inputTokens: 5, outputTokens: 7, durationMs: 12 },
    };
    const wrong = CATEGORIES.flatMap((category) =>
      [nothing, all, { outcome: 'failure' as const }, { outcome: 'rejected' as const }].flatMap((change) =>
        ocsfProblems(ocsfOf(ofActivity(anActivity({ category, ...change })))).map(
          (problem) => `${category}: ${problem}`,
        ),
      ),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('is valid for every change and state of an alert', () =>
    expect([...new Set(alerts.flatMap((event) => ocsfProblems(ocsfOf(event))))]).toEqual([]));

  it('is valid for a record of the audit log, of whoever', () => {
    const wrong = (['user', 'token', 'system', 'unreadable'] as const).flatMap((kind) =>
      ['sinks.add', 'sinks.remove', 'settings.rename'].flatMap((action) =>
        [null, 'x'].flatMap((id) =>
          ocsfProblems(
            ocsfOf({
              stream: 'audit',
              client,
              test: false,
              record: {
                seq: 4,
                id: 'r4',
                at: NOW.toISOString(),
                chain: client.id,
                actor: { kind, id, name: id === null ? '' : 'Dana' },
                action,
                title: 'Add a sink',
                subject: { kind: 'sink', id, name: id },
                prev: '0'.repeat(64),
                hash: '1'.repeat(64),
              },
            }),
          ),
        ),
      ),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('refuses what the schema does not know', () => {
    const event = ocsfOf(ofActivity(anActivity()));
    expect(ocsfProblems({ ...event, color: 'red' })).toEqual(['color is not in the schema']);
    expect(ocsfProblems({ ...event, severity_id: 17 })).toEqual(['severity_id may not be 17']);
    const { api: _, ...without } = event;
    expect(ocsfProblems(without)).toEqual(['api is missing']);
  });
});
