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

const WIDTH = 20;
const TABLE = `
                    owner  technician  client_admin  hr  auditor  investigator  staff
access.grant        yes    -           yes           -   -        -             -
access.read         yes    -           yes           -   yes      -             -
activity.read       yes    yes         yes           -   yes      yes           -
alerts.decide       yes    yes         yes           -   -        -             -
alerts.read         yes    yes         yes           -   yes      -             -
attestations.read   yes    yes         yes           -   yes      -             -
attestations.write  yes    yes         yes           -   -        -             -
audit.read          yes    yes         yes           -   yes      -             -
baselines.apply     yes    yes         -             -   -        -             -
baselines.read      yes    yes         yes           -   yes      -             -
charter.approve     yes    -           yes           -   -        -             -
charter.edit        yes    yes         yes           -   -        -             -
charter.read        yes    yes         yes           -   yes      yes           -
client.edit         yes    yes         yes           -   -        -             -
client.read         yes    yes         yes           yes  yes      yes           -
client.remove       yes    -           -             -   -        -             -
connections.edit    yes    yes         yes           -   -        -             -
connections.read    yes    yes         yes           -   yes      -             -
content.open        yes    -           -             -   -        yes           -
controls.read       yes    yes         yes           -   yes      -             -
deployment.override yes    yes         -             -   -        -             -
deployment.read     yes    yes         yes           -   yes      -             -
deployment.work     yes    yes         yes           -   -        -             -
detections.edit     yes    yes         yes           -   -        -             -
evidence.add        yes    yes         yes           -   -        -             -
evidence.read       yes    yes         yes           yes  yes      -             -
exceptions.approve  yes    -           yes           -   -        -             -
exceptions.read     yes    yes         yes           -   yes      -             -
exceptions.request  yes    yes         yes           -   -        -             -
imports.any_kind    yes    yes         yes           -   -        -             -
imports.read        yes    yes         yes           yes  yes      -             -
imports.write       yes    yes         yes           yes  -        -             -
incidents.close     yes    -           yes           -   -        -             -
incidents.lead      yes    yes         yes           -   -        -             -
incidents.read      yes    yes         yes           -   yes      -             -
people.decide       yes    yes         yes           yes  -        -             -
people.read         yes    yes         yes           yes  yes      yes           -
planner.edit        yes    yes         yes           -   -        -             -
planner.read        yes    yes         yes           -   yes      -             -
policy.approve      yes    -           yes           -   -        -             -
policy.edit         yes    yes         yes           yes  -        -             -
policy.read         yes    yes         yes           yes  yes      -             -
reports.make        yes    yes         yes           -   -        -             -
reports.read        yes    yes         yes           -   yes      -             -
reports.share       yes    -           yes           -   -        -             -
requests.ask        yes    yes         yes           yes  -        -             yes
requests.decide     yes    -           yes           -   -        -             -
requests.read       yes    yes         yes           -   yes      -             -
requests.review     yes    yes         yes           -   -        -             -
work.edit           yes    yes         yes           -   -        -             -
work.read           yes    yes         yes           yes  yes      -             -
`;

describe('what each role may', () => {
  it('matches the table of roles', () => {
    const roles = ROLES.map((role) => ({ role, may: held([allow(role, 'alder')], 'alder') }));
    const permissions = [...new Set(roles.flatMap(({ may }) => may))].sort();
    const table = [
      `${' '.repeat(WIDTH)}${ROLES.join('  ')}`,
      ...permissions.map((permission) => {
        const cells = roles.map(({ role, may }) =>
          (may.includes(permission) ? 'yes' : '-').padEnd(role.length),
        );
        return `${permission.padEnd(WIDTH)}${cells.join('  ')}`.trimEnd();
      }),
    ];
    expect(`\n${table.join('\n')}\n`).toBe(TABLE);
  });

  it('keeps what a role may do in the workspace when it is given for all clients', () => {
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

  it('lets only investigators and owners open text, and only owners appoint an investigator', () => {
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
