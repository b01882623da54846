import { expect, it } from 'vitest';
import type { CheckContext } from '../../model/rule.ts';
import { because } from '../../rules/outcome.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { linksOf } from './links.ts';
import { type Asked, personOf, type Shown } from './person.ts';
import { PROOF } from './proofs.ts';

const TOBIN = 'tobin@alder.example.org';
const LAST_DAY = '2026-11-10';

function ask<T>(given: Given, of: (asked: Asked) => T): T {
  let found: T | undefined;
  const look = {
    decide: (context: CheckContext) => {
      found = of({ context, person: personOf(context, TOBIN, 'Tobin'), day: LAST_DAY });
      return because('none', 'Looked.').cannotRead(null);
    },
  };
  runRule(look, {}, given);
  return found as T;
}

it('shows sessions as ended only by a revocation after which nothing was done', () => {
  const row = (type: string, at: string, more: object = {}) => ({ type, at, ...more });
  const deleted = row('org_user_deleted', '2026-11-12T10:00:00Z', {
    detail: { deleted_user_email: TOBIN, deleted_user_id: 'user_1' },
  });
  const shown = (revoked: string, ...more: object[]): Shown =>
    ask(
      {
        readings: {
          activities: [
            reading('activities', [
              row('org_user_trusted_devices_revoked', revoked, {
                detail: { user_id: 'user_1', completed: true },
              }),
              deleted,
              ...more,
            ]),
          ],
        },
      },
      PROOF.sessions_ended,
    );
  const works = row('claude_chat_created', '2026-11-10T16:00:00Z', { actorEmail: TOBIN });
  expect(shown('2026-11-10T17:00:00Z', works)).toMatchObject({ is: 'done', code: 'signed_out' });
  expect(shown('2026-11-10T15:00:00Z', works).code).toBe('active_on_last_day');
  // A revocation half a year earlier leaves every later session open.
  expect(shown('2026-05-04T10:00:00Z').is).toBe('unread');
});

it('shows no consent as ended while one is given for the whole organization', () => {
  const app = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
  const apps = [
    reading('service_principals', [{ id: 'server', appId: app, name: 'Server' }], { provenance: 'api' }),
  ];
  const grant = {
    clientId: 'server',
    consentType: 'Principal' as const,
    principalId: 'u1',
    scopes: ['Mail.Read'],
  };
  const forAll = { ...grant, consentType: 'AllPrincipals' as const, principalId: null };
  const other = { ...grant, clientId: 'other', principalId: 'u2' };
  const given = (now: readonly object[]): Given => ({
    charter: { connectors: [{ name: 'Microsoft 365', actions: { '*': 'ask' } }] },
    readings: {
      entra_users: [reading('entra_users', [{ id: 'u1', upn: TOBIN, enabled: false }])],
      service_principals: apps,
      permission_grants: [
        reading('permission_grants', [grant, other], {
          observedOn: '2026-11-01',
          file: 'before.json',
        }),
        reading('permission_grants', now, { provenance: 'api' }),
      ],
    },
  });
  const codes = (now: readonly object[]) => [
    ask(given(now), PROOF.connectors_revoked).code,
    ...ask(given(now), linksOf).map(({ shown }) => shown.code),
  ];
  expect(codes([other])).toEqual(['no_consent', 'consent_gone']);
  expect(codes([other, forAll])).toEqual(['consent_for_all', 'consent_for_all']);
});

it('shows a personal account as closed only by a report that would list it', () => {
  const shown = (rows: readonly object[], members = [TOBIN, 'ana@alder.example.org']) =>
    ask(
      {
        readings: {
          members: [
            reading(
              'members',
              members.map((email) => ({ email, status: 'active' as const })),
            ),
          ],
          domain_memberships: [reading('domain_memberships', rows)],
        },
      },
      PROOF.personal_account_closed,
    ).code;
  const inside = (email: string) => ({ email, inWorkspace: true, plan: 'team' });
  const ana = inside('ana@alder.example.org');
  expect(shown([inside(TOBIN), ana])).toBe('account_closed');
  // If the report has no workspace column, the plan shows whose account it is.
  expect(shown([inside(TOBIN), ana, { email: TOBIN, inWorkspace: null, plan: 'pro' }])).toBe(
    'account_elsewhere',
  );
  expect(shown([{ email: TOBIN, inWorkspace: null, plan: null }], [])).toBe('workspace_unread');
  // A report of another domain.
  expect(shown([inside('x@birch.example.org')])).toBe('report_in_part');
});
// Guide: G6.6-04 G7.3-04
