import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../activity/activity.ts';
import { anActivity } from '../activity/testing.ts';
import type { ForwardedEvent } from './event.ts';
import { ocsfOf } from './ocsf.ts';

/** What the schema demands of the classes that are used, beside what each event has. */
const REQUIRED: Readonly<Record<number, readonly string[]>> = {
  6003: ['actor', 'api', 'src_endpoint'],
  3001: ['user'],
  3002: ['user', 'service'],
  3005: ['user'],
  2004: ['finding_info'],
};
const BASE = ['activity_id', 'category_uid', 'class_uid', 'type_uid', 'severity_id', 'time', 'metadata'];
const FILES: Readonly<Record<number, string>> = {
  6003: 'events/application/api_activity.json',
  3001: 'events/iam/account_change.json',
  3002: 'events/iam/authentication.json',
  3005: 'events/iam/user_access.json',
  2004: 'events/findings/finding.json',
};

function event(change: Parameters<typeof anActivity>[0] = {}): ForwardedEvent {
  return {
    stream: 'activities',
    client: { id: 'alder', name: 'Alder' },
    test: false,
    activity: { ...anActivity(change), seq: 3, receivedAt: '2026-11-20T09:00:02.000Z' },
  };
}

const alert: ForwardedEvent = {
  stream: 'alerts',
  client: { id: 'alder', name: 'Alder' },
  test: false,
  alert: {
    seq: 1,
    id: 'alert_1',
    version: 1,
    change: 'raised',
    changedAt: '2026-11-20T09:00:02.000Z',
    changedBy: null,
    at: '2026-11-20T09:00:00.000Z',
    lastAt: '2026-11-20T09:30:00.000Z',
    count: 9,
    raisedAt: '2026-11-20T09:00:02.000Z',
    rule: { id: 'rule', title: 'Rule' },
    severity: 'high',
    title: 'Something',
    says: 'Something happened 9 times.',
    state: 'open',
    person: null,
    activities: ['a'],
  },
};

const EVENTS: readonly ForwardedEvent[] = [
  ...CATEGORIES.map((category) => event({ category })),
  event({ category: 'sign_in', type: 'sso_login_succeeded' }),
  event({ category: 'sign_in', type: 'user_logged_out' }),
  event({
    category: 'membership',
    type: 'org_user_deleted',
    detail: { deleted_user_email: 'b@example.org' },
  }),
  event({ category: 'membership', type: 'org_invite_created', detail: { invited_email: 'b@example.org' } }),
  event({ category: 'access', type: 'role_assignment_granted', detail: { user_id: 'u2' } }),
  event({ category: 'access', type: 'role_removed', detail: { principal_id: 'u2' } }),
  event({ category: 'model_request', model: 'claude-sonnet', effect: null }),
  alert,
];

describe('OCSF', () => {
  it('has what the schema demands, and a type that is class and activity', () => {
    for (const one of EVENTS) {
      const made = ocsfOf(one);
      const cls = Number(made.class_uid);
      expect(Object.keys(made)).toEqual(
        expect.arrayContaining([...BASE, ...(REQUIRED[cls] ?? ['unknown class'])]),
      );
      expect(made.type_uid).toBe(cls * 100 + Number(made.activity_id));
      expect(JSON.stringify(made)).not.toContain(':null');
    }
  });

  it('tells sign-in, account, role and call apart', () => {
    expect(ocsfOf(event({ category: 'sign_in', type: 'user_logged_out' }))).toMatchObject({
      type_uid: 300_202,
    });
    expect(
      ocsfOf(event({ category: 'membership', type: 'org_user_deleted', detail: { deleted_user_id: 'u' } })),
    ).toMatchObject({ type_uid: 300_106, user: { uid: 'u' } });
    expect(ocsfOf(event({ category: 'membership', type: 'org_user_deleted' }))).toMatchObject({
      class_uid: 6003,
    });
    expect(ocsfOf(event())).toMatchObject({
      type_uid: 600_302,
      api: { operation: 'outlook_search', service: { name: 'Microsoft 365' } },
      actor: { user: { uid: 'user_1', email_addr: 'Jane@example.org' } },
      status: 'Success',
    });
    expect(ocsfOf(alert)).toMatchObject({ type_uid: 200_401, severity_id: 4, is_alert: true });
  });

  const subset = fileURLToPath(
    new URL('../../../../shared/facts/ocsf-1.9.0-dev-subset.json', import.meta.url),
  );
  it.runIf(existsSync(subset))('fits the published schema, where that is at hand', () => {
    const schema = JSON.parse(readFileSync(subset, 'utf8'));
    for (const one of EVENTS) {
      const made = ocsfOf(one);
      const { attributes, uid, constraints } = schema[FILES[Number(made.class_uid)] ?? ''];
      if (uid !== undefined) expect(Number(made.class_uid) % 1000).toBe(uid);
      for (const [name, attribute] of Object.entries<{ requirement?: string }>(attributes))
        if (attribute.requirement === 'required') expect(Object.keys(made)).toContain(name);
      // 0 and 99 are every class's "unknown" and "other".
      const allowed = [...Object.keys(attributes.activity_id?.enum ?? {}), '0', '99'];
      expect(allowed).toContain(String(made.activity_id));
      if (constraints?.at_least_one !== undefined)
        expect(constraints.at_least_one.some((name: string) => name in made)).toBe(true);
    }
  });
});
