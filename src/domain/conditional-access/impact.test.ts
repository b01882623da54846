import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineRule } from '../model/rule.ts';
import { CONNECTOR_CLIENT } from '../rules/microsoft/apps.ts';
import { Directory } from '../rules/microsoft/directory.ts';
import { CHARTER, SSO_ID } from '../rules/microsoft/testing.ts';
import { policy } from '../rules/microsoft/testing-ca.ts';
import { absent } from '../rules/outcome.ts';
import { reading, runRule, TODAY } from '../testing/build.ts';
import type { AccessValues } from './body.ts';
import { type Impact, impactOf } from './impact.ts';

/** Whom a policy would have met, from sign-ins of every odd kind. */
const NAME = 'Require Compliant Device for Claude AI';
const values: AccessValues = {
  name: NAME,
  applications: [SSO_ID, CONNECTOR_CLIENT.appId],
  withoutApplications: [],
  groups: [],
  excludeUsers: [],
  excludeGroups: [],
  location: '',
};
const users = ['ada', 'bo', 'cy'].map((name) => ({
  id: `id-${name}`,
  upn: `${name}@alder.example.org`,
  aliases: [],
}));
const directory = new Directory(
  reading('entra_groups', [{ id: 'g-pilots', name: 'Pilots', members: ['id-ada'] }]).rows,
  reading('entra_users', users).rows,
);

function measured(
  rows: readonly object[],
  parts: Partial<AccessValues> = {},
  template: 'compliant_device' | 'mfa' = 'compliant_device',
): Extract<Impact, { is: 'measured' }> {
  let found: Impact | undefined;
  const rule = defineRule({
    name: 'impact',
    about: '',
    params: z.strictObject({}),
    decide(context) {
      found = impactOf(
        { id: template } as Parameters<typeof impactOf>[0],
        { context, input: { directory } },
        { values: { ...values, ...parts }, existing: policy({ name: NAME }) },
      );
      const none = context.read('members');
      if (none.ok) throw new Error('nobody');
      return absent(none).cannotRead(none.howToGet);
    },
  });
  const usual = { appId: SSO_ID, errorCode: 0, mfa: true, ip: '198.51.100.7', at: `${TODAY}T10:00:00Z` };
  const signIns = rows.map((row) => ({ ...usual, compliantDevice: false, ...row }));
  runRule(rule, {}, { charter: CHARTER, readings: { sign_ins: [reading('sign_ins', signIns)] } });
  if (found?.is !== 'measured') throw new Error(JSON.stringify(found));
  return found;
}
const [ADA, BO, CY] = users.map(({ upn }) => upn);
const who = (impact: { people: readonly { who: string }[] }) => impact.people.map((one) => one.who).sort();

it('affects the people that the policy includes and nobody that it excludes', () => {
  const rows = [{ upn: ADA }, { upn: BO?.toUpperCase() }, { upn: CY }, { upn: 'new@alder.example.org' }];
  expect(who(measured(rows))).toHaveLength(4);
  // Who is in no file may be in the group, so that it is not said that they get in.
  expect(who(measured(rows, { groups: ['g-pilots'] }))).toEqual([ADA, 'new@alder.example.org']);
  expect(who(measured(rows, { excludeUsers: ['id-bo'], excludeGroups: ['g-pilots'] }))).toEqual([
    CY,
    'new@alder.example.org',
  ]);
});

it('affects nobody at an excluded application', () => {
  const rows = [{ upn: ADA }, { upn: BO, appId: CONNECTOR_CLIENT.appId }];
  expect(who(measured(rows, { applications: [SSO_ID] }))).toEqual([ADA]);
  expect(who(measured(rows, { applications: ['All'], withoutApplications: [SSO_ID.toUpperCase()] }))).toEqual(
    [BO],
  );
});

it('affects everyone while the applications of the policy are not known', () => {
  const rows = [{ upn: ADA }, { upn: BO, appId: CONNECTOR_CLIENT.appId }];
  expect(who(measured(rows, { applications: [] }))).toEqual([ADA, BO]);
});

it('prefers what the policy reported about a sign-in to what the sign-in records', () => {
  const said = (result: string, more: object = {}, name = NAME) => ({
    policies: [{ name, result }],
    ...more,
  });
  const rows = [
    { upn: ADA, ...said('reportOnlyFailure', { compliantDevice: null }) },
    { upn: BO, ...said('reportOnlySuccess') },
    { upn: CY, ...said('reportOnlyNotApplied') },
    { upn: 'dee@alder.example.org', ...said('reportOnlySuccess', { compliantDevice: null }, 'Another') },
  ];
  const found = measured(rows);
  expect(who(found)).toEqual([ADA, CY]);
  expect(found).toMatchObject({ of: 4, signIns: 4, unclear: 1 });
  const asked = measured(
    [
      { upn: ADA, mfa: null, ...said('reportOnlyInterrupted') },
      { upn: BO, mfa: false, ...said('reportOnlySuccess') },
      { upn: CY, mfa: null },
    ],
    {},
    'mfa',
  );
  expect(who(asked)).toEqual([ADA]);
  expect(asked.unclear).toBe(1);
});

it('skips failed, non-interactive and future sign-ins, and counts a duplicate once', () => {
  const tomorrow = new Date(Date.parse(`${TODAY}T10:00:00Z`) + 86_400_000).toISOString();
  const rows = [
    { upn: ADA },
    { upn: ADA },
    { upn: BO, errorCode: 53000 },
    { upn: CY, interactive: false },
    { upn: CY, at: tomorrow },
    { upn: CY, appId: CONNECTOR_CLIENT.appId, ip: '160.79.104.9' },
    { upn: null },
  ];
  const found = measured(rows);
  expect(found).toMatchObject({ signIns: 2, of: 2 });
  expect(found.people.map((one) => [one.who, one.signIns])).toEqual(
    expect.arrayContaining([
      [ADA, 1],
      ['', 1],
    ]),
  );
});
// Guide: G6.2-07 G6.3-07
