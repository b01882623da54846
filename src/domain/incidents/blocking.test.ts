import { expect, it } from 'vitest';
import { contextFor, EvaluationState } from '../decide/context.ts';
import type { Control } from '../model/catalogue.ts';
import { given, reading, TODAY } from '../testing/build.ts';
import { blockingMeans } from './blocking.ts';
import type { MeansAsked } from './means.ts';

const ASKED: MeansAsked = { person: null, devices: ['lt-014'], probes: [], checks: [], hook: null };
const refused = { tool: 'claude', device: 'LT-014', on: TODAY, organization: null, times: 4, refused: 4 };

function meansOf(id: string, asked: Partial<MeansAsked>, complete = true) {
  const log = reading('ai_traffic', [refused], { complete, covers: { from: TODAY, to: TODAY } });
  const context = contextFor(
    new EvaluationState(given({ readings: { ai_traffic: [log] } })),
    {} as Control,
    30,
  );
  const has = (capability: string) => ({ id: capability, has: 'yes' as const, reason: '', evidence: [] });
  return blockingMeans(context, has, { ...ASKED, ...asked }).find((one) => one.id === id);
}

it('counts a gateway as blocking only by a complete log', () => {
  expect(meansOf('web_gateway', {})).toMatchObject({
    state: 'active',
    evidence: [{ code: 'refused_by_log' }],
  });
  expect(meansOf('web_gateway', {}, false)).toMatchObject({
    state: 'cannot_read',
    evidence: [],
    why: expect.any(String),
  });
});

it('does not count a block on one of several devices as a block on the others', () => {
  expect(meansOf('web_gateway', { devices: ['lt-014', 'kim’s phone'] })).toMatchObject({
    state: 'cannot_read',
    evidence: [],
  });
  const probe = { at: `${TODAY}T12:00:00Z`, place: 'LT-014', way: 'browser' as const, byPerson: false };
  const probes = [{ ...probe, verdict: 'holds' as const }];
  const both = ['lt-014', 'lt-015'];
  expect(meansOf('browser_policy', { devices: both, probes })).toMatchObject({ state: 'not_proved' });
  const second = { ...probe, place: 'LT-015', verdict: 'holds' as const };
  expect(meansOf('browser_policy', { devices: both, probes: [...probes, second] })).toMatchObject({
    state: 'active',
  });
});

it('counts a test by the person of the incident only if it gets through', () => {
  const probe = { at: `${TODAY}T12:00:00Z`, place: 'LT-014', way: 'browser' as const };
  const tested = (verdict: 'holds' | 'lets_in', byPerson: boolean) =>
    meansOf('browser_policy', { probes: [{ ...probe, verdict, byPerson }] });
  expect(tested('holds', false)).toMatchObject({ state: 'active', evidence: [{ code: 'probe' }] });
  expect(tested('holds', true)).toMatchObject({
    state: 'not_proved',
    evidence: [{ code: 'probe_by_person' }],
  });
  expect(tested('lets_in', true)).toMatchObject({
    state: 'not_active',
    evidence: [{ code: 'probe_lets_in' }],
  });
  // A later result in the person's own favor does not override it.
  const earlier = { ...probe, at: `${TODAY}T11:00:00Z`, verdict: 'lets_in' as const, byPerson: false };
  const later = { ...probe, verdict: 'holds' as const, byPerson: true };
  expect(meansOf('browser_policy', { probes: [later, earlier] })).toMatchObject({ state: 'not_active' });
});

it('does not count a gateway as blocking if programs get through, even if the desktop app does not', () => {
  const probe = { place: 'LT-014', byPerson: false };
  const program = {
    ...probe,
    at: `${TODAY}T11:00:00Z`,
    way: 'program' as const,
    verdict: 'lets_in' as const,
  };
  const desktop = { ...probe, at: `${TODAY}T12:00:00Z`, way: 'desktop' as const, verdict: 'holds' as const };
  expect(meansOf('header_injection', { probes: [desktop] })).toMatchObject({ state: 'active' });
  expect(meansOf('header_injection', { probes: [desktop, program] })).toMatchObject({ state: 'not_active' });
});

it('counts a stopped host of Claude as an indicator, and nothing else', () => {
  const indicatorOf = (stoppedHosts: readonly string[], hosts: readonly string[] = ['claude.ai']) => {
    const alert = {
      id: 'a',
      at: `${TODAY}T10:00:00Z`,
      updatedAt: null,
      title: 'Blocked',
      severity: 'low',
      status: 'new',
      classification: null,
      source: 'microsoftDefenderForEndpoint',
      category: null,
      link: null,
      people: [],
      apps: ['Claude'],
      hosts,
      stoppedHosts,
      devices: [{ name: 'LT-014', entraId: null, onboarded: true }],
      stopped: true as const,
    };
    const readings = { security_alerts: [reading('security_alerts', [alert])] };
    const context = contextFor(new EvaluationState(given({ readings })), {} as Control, 30);
    const has = (capability: string) => ({ id: capability, has: 'yes' as const, reason: '', evidence: [] });
    const found = blockingMeans(context, has, ASKED).find(({ id }) => id === 'indicator');
    if (found === undefined) throw new Error('no indicator');
    return found;
  };
  expect(indicatorOf([])).toMatchObject({ state: 'cannot_read', evidence: [{ code: 'not_stopped' }] });
  expect(indicatorOf(['claude.ai'])).toMatchObject({ state: 'active', evidence: [{ code: 'stopped' }] });
  expect(indicatorOf(['api.claude.ai'], ['api.claude.ai']).state).toBe('active');
  for (const other of ['my-claude.ai', 'claude.ai.evil.example', 'claude.example'])
    for (const hosts of [[other], [other, 'claude.ai']])
      expect(indicatorOf([other], hosts).state, other).not.toBe('active');
});
// Guide: G7.2-10
