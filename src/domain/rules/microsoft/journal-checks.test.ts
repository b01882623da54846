import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { SHAREPOINT } from '../connectors/testing/catalogue.ts';
import { CONNECTOR_CLIENT, CONNECTOR_SERVER } from './apps.ts';
import { auditedFirst, consentAccount } from './journal-checks.ts';
import { scopesReviewed } from './scopes-reviewed.ts';
import { uploadRuleTested } from './upload-rule-tested.ts';

const done = (on: string, by = 'admin@alder.example.org') => ({ on, by });
const state = (rule: Parameters<typeof runRule>[0], given: Given, params: object = {}) =>
  runRule(rule, params as never, given).state;

describe('connector-consent-by', () => {
  const charter = { entra: { consentBy: 'Admin@alder.example.org' } };
  it('compares journal and charter', () => {
    expect(state(consentAccount, { charter, journal: { connectorConsent: done('2026-06-01') } })).toBe(
      'pass',
    );
    expect(
      state(consentAccount, {
        charter,
        journal: { connectorConsent: done('2026-06-01', 'eve@alder.example.org') },
      }),
    ).toBe('fail');
  });
  it('cannot compare a name with an address, or what is missing or still to come', () => {
    expect(
      state(consentAccount, { charter, journal: { connectorConsent: done('2026-06-01', 'Dana Whitlock') } }),
    ).toBe('cannot_read');
    expect(state(consentAccount, { charter, journal: { connectorConsent: done('2027-06-01') } })).toBe(
      'cannot_read',
    );
    expect(state(consentAccount, { journal: { connectorConsent: done('2026-06-01') } })).toBe('cannot_read');
    expect(state(consentAccount, { charter: {}, journal: { connectorConsent: done('2026-06-01') } })).toBe(
      'cannot_read',
    );
    expect(state(consentAccount, { charter, journal: {} })).toBe('cannot_read');
    expect(state(consentAccount, { charter })).toBe('cannot_read');
  });
  it('does not take a consent from before the applications came into Entra for the present one', () => {
    const since = (...days: (string | null)[]) => ({
      charter,
      journal: { connectorConsent: done('2026-05-01') },
      readings: {
        service_principals: [
          reading(
            'service_principals',
            [CONNECTOR_SERVER, CONNECTOR_CLIENT].map(({ appId, name }, at) => ({
              appId,
              name,
              createdAt: days[at] ?? null,
            })),
          ),
        ],
      },
    });
    expect(state(consentAccount, since('2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z'))).toBe('cannot_read');
    expect(state(consentAccount, since('2026-04-01T12:00:00Z', '2026-06-01T12:00:00Z'))).toBe('pass');
    expect(state(consentAccount, since('2026-05-02T12:00:00Z', '2026-05-02T12:00:00Z'))).toBe('pass');
    expect(state(consentAccount, since('2026-06-01T12:00:00Z', null))).toBe('pass');
  });
});

describe('sharepoint-audited-first', () => {
  const given = (audit: string | null, consent: string | null) => ({
    journal: {
      ...(audit ? { sharePointAudit: done(audit) } : {}),
      ...(consent ? { connectorConsent: done(consent) } : {}),
    },
  });
  it.each([
    ['2026-05-30', '2026-06-01', 'pass'],
    ['2026-06-02', '2026-06-01', 'fail'],
    ['2026-06-01', '2026-06-01', 'cannot_read'],
    ['2026-05-30', null, 'cannot_read'],
    [null, '2026-06-01', 'cannot_read'],
    ['2027-01-01', '2027-06-01', 'cannot_read'],
  ])('audit %s, consent %s: %s', (audit, consent, expected) => {
    expect(state(auditedFirst, given(audit, consent))).toBe(expected);
  });
  it('cannot read without a journal', () => expect(state(auditedFirst, {})).toBe('cannot_read'));
  it('assumes that nobody consented only if the applications are not in Entra', () => {
    const principals = (appIds: string[], complete = true) => ({
      readings: {
        service_principals: [
          reading(
            'service_principals',
            appIds.map((appId) => ({ appId, name: appId })),
            { complete },
          ),
        ],
      },
    });
    const before = given('2026-05-30', null);
    expect(state(auditedFirst, { ...before, ...principals(['a1', 'a2']) })).toBe('pass');
    expect(state(auditedFirst, { ...before, ...principals(['a1'], false) })).toBe('cannot_read');
    expect(state(auditedFirst, { ...before, ...principals([CONNECTOR_SERVER.appId]) })).toBe('cannot_read');
    // Without an audit, the order cannot be shown.
    expect(state(auditedFirst, { ...given(null, null), ...principals(['a1']) })).toBe('cannot_read');
  });
  it('goes by the day the connector was added in the audit log if that is earlier', () => {
    const added = (on: string, name = SHAREPOINT.name) => ({
      readings: {
        activities: [
          reading('activities', [
            {
              type: 'mcp_server_created',
              at: `${on}T09:00:00Z`,
              detail: { mcp_server_name: name },
            },
          ]),
        ],
      },
      catalogue: { connectors: [SHAREPOINT] },
    });
    const late = given('2026-05-30', '2026-06-01');
    expect(state(auditedFirst, { ...late, ...added('2026-05-29') })).toBe('fail');
    expect(state(auditedFirst, { ...late, ...added('2026-05-29', 'Asana') })).toBe('pass');
    expect(state(auditedFirst, { ...given('2026-05-30', null), ...added('2026-06-03') })).toBe('pass');
  });
});

describe('upload-rule-tested', () => {
  const given = (on: string, blocked: boolean) => ({ journal: { dlpTest: { ...done(on), blocked } } });
  it.each([
    ['2026-10-01', true, 'pass'],
    ['2026-10-01', false, 'fail'],
    ['2025-10-01', true, 'cannot_read'],
    ['2026-12-01', true, 'cannot_read'],
  ])('%s, blocked %s: %s', (on, blocked, expected) => {
    expect(state(uploadRuleTested, given(on, blocked), { days: 183 })).toBe(expected);
  });
  it.each([
    ['Upload was not blocked', 'cannot_read'],
    ['Not stopped in Firefox', 'cannot_read'],
    ['Blocked in our test tenant', 'cannot_read'],
    ['Kim says it was blocked', 'cannot_read'],
    ['Blocked with an error page', 'pass'],
    ['No file went through', 'pass'],
  ])('noted “%s”: %s', (note, expected) => {
    const journal = { dlpTest: { ...done('2026-10-01'), blocked: true, note } };
    expect(state(uploadRuleTested, { journal }, { days: 183 })).toBe(expected);
  });
  it('cannot read without a note or a journal', () => {
    expect(state(uploadRuleTested, { journal: {} }, { days: 183 })).toBe('cannot_read');
    expect(state(uploadRuleTested, {}, { days: 183 })).toBe('cannot_read');
  });
});

describe('scopes-reviewed', () => {
  const days = { days: 183 };
  const review = (kind: string, on: string, areas?: string[]) => ({
    kind,
    ...done(on, 'kim.osei@alder.example.org'),
    ...(areas ? { areas } : {}),
  });
  it('accepts a review of scopes, or one that covers Microsoft permissions, within the window', () => {
    expect(state(scopesReviewed, { journal: { reviews: [review('scopes', '2026-06-01')] } }, days)).toBe(
      'pass',
    );
    expect(
      state(
        scopesReviewed,
        { journal: { reviews: [review('quarterly', '2026-10-01', ['m365_permissions'])] } },
        days,
      ),
    ).toBe('pass');
    expect(
      state(scopesReviewed, { journal: { reviews: [review('quarterly', '2026-10-01', ['usage'])] } }, days),
    ).toBe('fail');
    expect(state(scopesReviewed, { journal: { reviews: [review('scopes', '2026-05-01')] } }, days)).toBe(
      'fail',
    );
    expect(
      state(
        scopesReviewed,
        { charter: { reviewDays: { scopes: 90 } }, journal: { reviews: [review('scopes', '2026-06-01')] } },
        days,
      ),
    ).toBe('fail');
    expect(state(scopesReviewed, { journal: { reviews: [review('scopes', '2027-06-01')] } }, days)).toBe(
      'fail',
    );
  });
  it('says which days of the charter do not count', () => {
    const seldom = { charter: { reviewDays: { scopes: 3650 } } };
    const on = (day: string) =>
      runRule(scopesReviewed, days, { ...seldom, journal: { reviews: [review('scopes', day)] } });
    expect(on('2026-06-01')).toMatchObject({ state: 'pass', reason: expect.stringContaining('3,650 days') });
    expect(on('2025-06-01')).toMatchObject({ state: 'fail', reason: expect.stringContaining('366 count') });
  });
  it('does not count a review from before the consent', () => {
    const after = (consent: string, on: string) =>
      runRule(scopesReviewed, days, {
        journal: { connectorConsent: done(consent), reviews: [review('scopes', on)] },
      });
    expect(after('2026-09-14', '2026-07-01')).toMatchObject({ state: 'pending', due: '2026-12-31' });
    expect(after('2026-09-14', '2026-10-01').state).toBe('pass');
    expect(after('2026-09-14', '2026-01-01').state).toBe('fail');
  });
  it('is pending before the first one is due', () => {
    expect(
      runRule(scopesReviewed, days, { journal: { connectorConsent: done('2026-10-01') } }),
    ).toMatchObject({ state: 'pending', due: '2027-04-02' });
    expect(state(scopesReviewed, { journal: { connectorConsent: done('2026-01-01') } }, days)).toBe('fail');
  });
  it('cannot read without reviews and consent, or without a journal', () => {
    expect(state(scopesReviewed, { journal: {} }, days)).toBe('cannot_read');
    expect(state(scopesReviewed, {}, days)).toBe('cannot_read');
  });
});
// Guide: G3.2-04 G3.4-04 G6.1-01 G6.4-10 G7.1-08 GA-09
