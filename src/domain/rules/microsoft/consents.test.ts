import { describe, expect, it } from 'vitest';
import { addDays } from '../../model/day.ts';
import { reading, runRule, TODAY } from '../../testing/build.ts';
import { CONNECTOR_SERVER } from './apps.ts';
import { consentsAudited } from './consents.ts';
import { scopesReviewed } from './scopes-reviewed.ts';

const SERVER = 'object-of-the-server';
const consent = (actor: string | null, target = SERVER) => ({
  at: `${TODAY}T10:00:00Z`,
  activity: 'Consent to application',
  actor,
  actorKind: 'person',
  targets: [{ id: target, type: 'ServicePrincipal', name: CONNECTOR_SERVER.name, changed: [] }],
});
const run = (rows: readonly object[], consentBy?: string) =>
  runRule(
    consentsAudited,
    {},
    {
      charter: { entra: consentBy === undefined ? {} : { consentBy } },
      readings: {
        directory_audits: [reading('directory_audits', rows)],
        service_principals: [
          reading('service_principals', [
            { id: SERVER, appId: CONNECTOR_SERVER.appId, name: CONNECTOR_SERVER.name },
          ]),
        ],
      },
    },
  );

describe('connector-consents-audited', () => {
  it('passes when each consent is by the expected account, and fails for another one', () => {
    expect(run([consent('admin@alder.example.org')], 'Admin@alder.example.org').state).toBe('pass');
    expect(
      run([consent('admin@alder.example.org'), consent('temp@alder.example.org')], 'admin@alder.example.org'),
    ).toMatchObject({ state: 'fail', items: [{ label: 'temp@alder.example.org' }] });
  });

  it('does not count a consent of a day in the future', () => {
    const ahead = { ...consent('admin@alder.example.org'), at: '2027-12-21T10:00:00Z' };
    expect(run([ahead], 'admin@alder.example.org').state).toBe('cannot_read');
  });

  it('gives the day of a consent in the client’s time zone', () => {
    // Still the evening before in New York.
    const evening = { ...consent('temp@alder.example.org'), at: '2026-11-20T02:00:00Z' };
    expect(run([evening], 'admin@alder.example.org').items[0]?.detail).toContain('on Nov 19, 2026');
  });

  it('cannot tell without a consent in the log, an expected account, or the name of who did it', () => {
    const admin = 'admin@alder.example.org';
    expect(run([consent(admin, 'of another application with its name')], admin).state).toBe('cannot_read');
    expect(run([{ ...consent(admin), succeeded: false }], admin).state).toBe('cannot_read');
    expect(run([consent(admin)]).state).toBe('cannot_read');
    expect(run([consent(null)], admin).state).toBe('cannot_read');
    expect(run([], admin).state).toBe('cannot_read');
  });
});

describe('a log of Entra that was refused', () => {
  const reviewed = (file: { readonly day?: string; readonly at?: string }) =>
    runRule(
      scopesReviewed,
      { days: 400 },
      {
        journal: { reviews: [{ kind: 'scopes', on: addDays(TODAY, -200), by: 'Ada Quist' }] },
        unusableFiles: {
          directory_audits: [{ file: 'audits.json', is: 'refused', why: 'It is cut off.', ...file }],
        },
      },
    );

  it('leaves consents open while Entra still keeps those days', () => {
    expect(reviewed({ day: addDays(TODAY, -10) })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('audits.json'),
    });
    expect(reviewed({ at: `${addDays(TODAY, -10)}T10:00:00Z` }).state).toBe('cannot_read');
    expect(reviewed({}).state).toBe('cannot_read');
  });

  it('is ignored once Entra no longer keeps those days', () => {
    expect(reviewed({ day: addDays(TODAY, -31) }).state).toBe('pass');
    expect(reviewed({ at: `${addDays(TODAY, -31)}T10:00:00Z` }).state).toBe('pass');
  });
});
