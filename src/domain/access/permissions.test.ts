import { describe, expect, it } from 'vitest';
import {
  type Grant,
  mayGrant,
  PERMISSIONS,
  permissionsOf,
  ROLES,
  WORKSPACE_PERMISSIONS,
} from './permissions.ts';
import { allow } from './testing/grants.ts';
import { PERMISSION_WORDS } from './words.ts';

function held(grants: readonly Grant[], client: string | null): string[] {
  return [...permissionsOf(grants, client)].sort();
}

describe('what each role may', () => {
  it('keeps the table of the roles', () => {
    const table = Object.fromEntries(ROLES.map((role) => [role, held([allow(role, 'alder')], 'alder')]));
    expect(table).toMatchInlineSnapshot(`
      {
        "auditor": [
          "access.read",
          "activity.read",
          "alerts.read",
          "attestations.read",
          "audit.read",
          "baselines.read",
          "charter.read",
          "client.read",
          "connections.read",
          "controls.read",
          "deployment.read",
          "evidence.read",
          "exceptions.read",
          "imports.read",
          "incidents.read",
          "people.read",
          "planner.read",
          "policy.read",
          "reports.read",
          "requests.read",
          "work.read",
        ],
        "client_admin": [
          "access.grant",
          "access.read",
          "activity.read",
          "alerts.decide",
          "alerts.read",
          "attestations.read",
          "attestations.write",
          "audit.read",
          "baselines.read",
          "charter.approve",
          "charter.edit",
          "charter.read",
          "client.edit",
          "client.read",
          "connections.edit",
          "connections.read",
          "controls.read",
          "deployment.read",
          "deployment.work",
          "detections.edit",
          "evidence.add",
          "evidence.read",
          "exceptions.approve",
          "exceptions.read",
          "exceptions.request",
          "imports.read",
          "imports.write",
          "incidents.close",
          "incidents.lead",
          "incidents.read",
          "people.decide",
          "people.read",
          "planner.edit",
          "planner.read",
          "policy.approve",
          "policy.edit",
          "policy.read",
          "reports.make",
          "reports.read",
          "requests.ask",
          "requests.decide",
          "requests.read",
          "requests.review",
          "work.edit",
          "work.read",
        ],
        "hr": [
          "client.read",
          "evidence.read",
          "imports.read",
          "imports.write",
          "people.decide",
          "people.read",
          "policy.edit",
          "policy.read",
          "requests.ask",
          "work.read",
        ],
        "investigator": [
          "activity.read",
          "charter.read",
          "client.read",
          "content.open",
          "people.read",
        ],
        "owner": [
          "access.grant",
          "access.read",
          "activity.read",
          "alerts.decide",
          "alerts.read",
          "attestations.read",
          "attestations.write",
          "audit.read",
          "baselines.apply",
          "baselines.read",
          "charter.approve",
          "charter.edit",
          "charter.read",
          "client.edit",
          "client.read",
          "client.remove",
          "connections.edit",
          "connections.read",
          "content.open",
          "controls.read",
          "deployment.override",
          "deployment.read",
          "deployment.work",
          "detections.edit",
          "evidence.add",
          "evidence.read",
          "exceptions.approve",
          "exceptions.read",
          "exceptions.request",
          "imports.read",
          "imports.write",
          "incidents.close",
          "incidents.lead",
          "incidents.read",
          "people.decide",
          "people.read",
          "planner.edit",
          "planner.read",
          "policy.approve",
          "policy.edit",
          "policy.read",
          "reports.make",
          "reports.read",
          "reports.share",
          "requests.ask",
          "requests.decide",
          "requests.read",
          "requests.review",
          "work.edit",
          "work.read",
        ],
        "staff": [
          "requests.ask",
        ],
        "technician": [
          "activity.read",
          "alerts.decide",
          "alerts.read",
          "attestations.read",
          "attestations.write",
          "audit.read",
          "baselines.apply",
          "baselines.read",
          "charter.edit",
          "charter.read",
          "client.edit",
          "client.read",
          "connections.edit",
          "connections.read",
          "controls.read",
          "deployment.override",
          "deployment.read",
          "deployment.work",
          "detections.edit",
          "evidence.add",
          "evidence.read",
          "exceptions.read",
          "exceptions.request",
          "imports.read",
          "imports.write",
          "incidents.lead",
          "incidents.read",
          "people.decide",
          "people.read",
          "planner.edit",
          "planner.read",
          "policy.edit",
          "policy.read",
          "reports.make",
          "reports.read",
          "requests.ask",
          "requests.read",
          "requests.review",
          "work.edit",
          "work.read",
        ],
      }
    `);
  });

  it('keeps what a role may in the workspace when given for all clients', () => {
    const table = Object.fromEntries(
      ROLES.map((role) => [
        role,
        held([allow(role)], null).filter((one) =>
          WORKSPACE_PERMISSIONS.some((permission) => permission === one),
        ),
      ]),
    );
    expect(table).toEqual({
      owner: [...WORKSPACE_PERMISSIONS].sort(),
      technician: ['baselines.manage', 'clients.create'],
      client_admin: [],
      hr: [],
      auditor: [],
      investigator: [],
      staff: [],
    });
  });

  it('lets an auditor only read', () => {
    expect(held([allow('auditor')], 'alder').filter((one) => !one.endsWith('.read'))).toEqual([]);
  });

  it('lets nobody open text but an investigator and an owner, and nobody but an owner name one', () => {
    const opens = ROLES.filter((role) => held([allow(role, 'alder')], 'alder').includes('content.open'));
    expect(opens).toEqual(['owner', 'investigator']);
    const names = ROLES.filter((role) => mayGrant([allow(role)], allow('investigator', 'alder')));
    expect(names).toEqual(['owner']);
  });

  it('does not let a technician approve or give access', () => {
    const may = permissionsOf([allow('technician')], 'alder');
    expect([may.has('exceptions.approve'), may.has('access.grant'), may.has('access.read')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('has words for every permission', () => {
    expect(Object.keys(PERMISSION_WORDS).sort()).toEqual([...PERMISSIONS].sort());
  });
});
