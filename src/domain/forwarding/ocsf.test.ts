import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../activity/activity.ts';
import { anActivity } from '../activity/testing.ts';
import type { ForwardedEvent } from './event.ts';
import { ocsfOf } from './ocsf.ts';

/** Attributes that the schema requires for each class in use, in addition to those of every event. */
const REQUIRED: Readonly<Record<number, readonly string[]>> = {
  6003: ['actor', 'api', 'src_endpoint'],
  3001: ['user'],
  3002: ['user', 'service'],
  3005: ['user', 'privileges'],
  2004: ['finding_info'],
};
const BASE = ['activity_id', 'category_uid', 'class_uid', 'type_uid', 'severity_id', 'time', 'metadata'];
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
  event({ category: 'access', type: 'role_assignment_granted', detail: { user_id: 'u2', role: 'admin' } }),
  event({ category: 'access', type: 'role_removed', detail: { principal_id: 'u2', role_id: 'r' } }),
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

  it('distinguishes sign-in, account, role and call', () => {
    expect(ocsfOf(event({ category: 'sign_in', type: 'user_logged_out' }))).toMatchObject({
      type_uid: 300_202,
    });
    expect(
      ocsfOf(event({ category: 'membership', type: 'org_user_deleted', detail: { deleted_user_id: 'u' } })),
    ).toMatchObject({ type_uid: 300_106, user: { uid: 'u' } });
    expect(ocsfOf(event({ category: 'membership', type: 'org_user_deleted' }))).toMatchObject({
      class_uid: 6003,
    });
    const role = { principal_id: 'u', role_id: 'r' };
    expect(ocsfOf(event({ category: 'access', type: 'rbac_role_unassigned', detail: role }))).toMatchObject({
      type_uid: 300_502,
      user: { uid: 'u' },
      privileges: ['r'],
    });
    // Without a privilege, the role class would be invalid.
    expect(
      ocsfOf(event({ category: 'access', type: 'owned_projects_access_restored', detail: { user_id: 'u' } })),
    ).toMatchObject({ class_uid: 6003 });
    expect(ocsfOf(event())).toMatchObject({
      type_uid: 600_302,
      api: { operation: 'outlook_search', service: { name: 'Microsoft 365' } },
      actor: { user: { uid: 'user_1', email_addr: 'Jane@example.org' } },
      status: 'Success',
    });
    expect(ocsfOf(alert)).toMatchObject({ type_uid: 200_401, severity_id: 4, is_alert: true });
  });
});
