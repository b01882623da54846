import { expect, it } from 'vitest';
import type { MeansEvidence, MeansFinding } from '#domain/incidents/means.ts';
import { seenSince } from './proof.ts';

const NOTICED = new Date('2026-11-20T10:00:00Z');
const finding = (
  id: MeansFinding['id'],
  reaches: MeansFinding['reaches'],
  ...evidence: MeansEvidence[]
): MeansFinding => ({ id, state: 'active', reaches, evidence, why: null });
const seen = (code: MeansEvidence['code'], at: string): MeansEvidence => ({ code, at, of: '3' });
const answer = (means: string, findings: readonly MeansFinding[], at = '2026-11-20T12:00:00Z') =>
  seenSince(findings, {
    row: { answers: { means, at }, done_at: new Date('2026-11-20T13:00:00Z') },
    noticed: NOTICED,
    now: new Date('2026-11-25T00:00:00Z'),
    timezone: 'America/New_York',
  }).is;

it('shows a block by what was seen after it, of the means that was chosen', () => {
  const stopped = finding('indicator', 'personal', seen('stopped', '2026-11-20T12:00:01Z'));
  expect(answer('indicator', [stopped])).toBe('shown');
  expect(answer('web_gateway', [stopped])).toBe('unseen');
  expect(answer('none', [stopped])).toBe('unseen');
  const before = finding('indicator', 'personal', seen('stopped', '2026-11-20T11:59:59Z'));
  expect(answer('indicator', [before])).toBe('unseen');
  // A block that is said to be older than the notice is shown by nothing from before the notice.
  const old = finding('indicator', 'personal', seen('stopped', '2026-11-19T10:00:00Z'));
  expect(answer('indicator', [old], '2026-11-01T00:00:00Z')).toBe('unseen');
});

it('accepts a day without a time only if it is a later day', () => {
  const log = (on: string) => [finding('web_gateway', 'personal', seen('refused_by_log', on))];
  expect(answer('web_gateway', log('2026-11-20'))).toBe('unseen');
  expect(answer('web_gateway', log('2026-11-21'))).toBe('shown');
});

it('is not shown by anything that sees only our own Claude', () => {
  const session = finding('session_control', 'own', seen('session', '2026-11-20T14:00:00Z'));
  expect(answer('session_control', [session])).toBe('unseen');
});

it('is contradicted by whatever gets through later, and by a device that is not managed only where an indicator was chosen', () => {
  const outside = finding('indicator', 'personal', seen('not_onboarded', '2026-11-20T14:00:00Z'));
  const through = finding('header_injection', 'personal', seen('probe_lets_in', '2026-11-20T14:00:00Z'));
  const shown = finding('browser_policy', 'personal', seen('probe', '2026-11-20T14:00:00Z'));
  expect(answer('browser_policy', [outside, shown])).toBe('shown');
  expect(answer('indicator', [outside])).toBe('contradicted');
  expect(answer('browser_policy', [outside, through, shown])).toBe('contradicted');
});

it('does not accept a time in the future as the time of a block', () => {
  const through = finding('web_gateway', 'personal', seen('passed_by_log', '2026-11-22'));
  expect(answer('web_gateway', [through], '2027-01-01T00:00:00Z')).toBe('contradicted');
});
// Guide: G7.2-10
