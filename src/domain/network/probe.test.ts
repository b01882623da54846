import { expect, it } from 'vitest';
import { given } from '../testing/build.ts';
import { countingProbe, probesThatCount, type RecordedProbe } from './as-journal.ts';
import { PROBE_OUTCOMES, type ProbeOutcomes, probeOutcome, probeVerdict } from './probe.ts';

const { restriction } = given().catalogue.network;
const answer = (status: number, message = '', code: string | null = null, type: string | null = null) =>
  probeOutcome({ is: 'answer', status, type, code, message }, restriction);

it('counts as a refusal only what the vendor documents as one', () => {
  expect(answer(200, '', null, 'message')).toBe('allowed');
  // A portal's page.
  expect(answer(200)).toBe('unclear');
  expect(answer(403, 'Access restricted', 'tenant_restriction_violation')).toBe('refused');
  expect(answer(403, 'Access restricted by network policy. Contact IT Administrator.')).toBe('unclear');
  expect(answer(403, '<html>Blocked by the proxy</html>')).toBe('unclear');
  expect(answer(400, 'Multiple headers')).toBe('sent_twice');
  expect(answer(400, 'max_tokens is missing')).toBe('unclear');
  expect(answer(401)).toBe('key_refused');
  for (const status of [302, 404, 429, 500, 529]) expect(answer(status)).toBe('unclear');
  expect(probeOutcome({ is: 'none', why: 'certificate' }, restriction)).toBe('unclear');
});

const recorded = (outcomes: ProbeOutcomes, more: Partial<RecordedProbe> = {}): RecordedProbe => ({
  at: new Date('2026-11-24T12:00:00Z'),
  place: 'Head office',
  person: 'Dana',
  outcomes,
  account: null,
  app: null,
  device: null,
  headerHere: false,
  certificates: null,
  ...more,
});
const counted = (...probes: readonly RecordedProbe[]) =>
  probesThatCount(probes, (at) => at.toISOString().slice(0, 10));

it('holds only if all three requests were made with the expected outcomes', () => {
  let holding = 0;
  for (const own of PROBE_OUTCOMES)
    for (const other_key of [undefined, ...PROBE_OUTCOMES])
      for (const other_value of PROBE_OUTCOMES) {
        const outcomes = { own, other_value, ...(other_key === undefined ? {} : { other_key }) };
        if (probeVerdict(outcomes) !== 'holds') continue;
        holding++;
        expect(outcomes).toEqual({ own: 'allowed', other_key: 'refused', other_value: 'allowed' });
        expect(counted(recorded(outcomes))).toMatchObject([{ entry: { foreignOrganization: 'refused' } }]);
      }
  expect(holding).toBe(1);
  expect(counted(recorded({ own: 'allowed', other_value: 'allowed' }))).toEqual([]);
});

it('counts a place where it fails before places where it holds, until it holds there', () => {
  const at = (place: string, on: string, foreign: 'refused' | 'allowed' = 'refused') => ({
    place,
    entry: { on, by: 'Dana', foreignOrganization: foreign, ownOrganization: 'allowed' as const },
  });
  const holds = at('Head office', '2026-11-24');
  const branch = at('Branch', '2026-11-20', 'allowed');
  expect(countingProbe([holds, branch], null)).toBe(branch.entry);
  expect(countingProbe([holds, at('branch ', '2026-11-22'), branch], null)).toBe(holds.entry);
  // The worst of one day and place counts, regardless of order.
  const worse = at('Head office', '2026-11-24', 'allowed');
  for (const both of [
    [holds, worse],
    [worse, holds],
  ])
    expect(countingProbe(both, null)).toBe(worse.entry);
  // A journal entry of the same day counts if it is worse, one of a later day always.
  expect(countingProbe([holds], worse.entry)).toBeNull();
  expect(countingProbe([worse], holds.entry)).toBe(worse.entry);
  expect(countingProbe([holds], at('', '2026-11-25').entry)).toBeNull();
  expect(countingProbe([holds], at('', '2026-11-23', 'allowed').entry)).toBe(holds.entry);
});

it('lets only a signed result replace what a device signed', () => {
  const device = { name: 'Laptop 7', enrolledOn: '2026-11-01', enrolledBy: 'Dana' };
  const at = (on: string, foreign: 'refused' | 'allowed', signed: boolean) => ({
    place: 'Head office',
    entry: {
      on,
      by: 'Dana',
      foreignOrganization: foreign,
      ownOrganization: 'allowed' as const,
      way: 'program' as const,
      ...(signed ? { device } : {}),
    },
  });
  const signedOpen = at('2026-11-20', 'allowed', true);
  const saidClosed = at('2026-11-21', 'refused', false);
  expect(countingProbe([saidClosed, signedOpen], null)).toBe(signedOpen.entry);
  const signedClosed = at('2026-11-22', 'refused', true);
  expect(countingProbe([signedClosed, saidClosed, signedOpen], null)).toBe(signedClosed.entry);
  // A signed test overrides an unsigned one, but unsigned tests against the restriction still count.
  const saidOpen = at('2026-11-21', 'allowed', false);
  expect(countingProbe([signedClosed, saidOpen], null)).toBe(signedClosed.entry);
  const saidOpenLater = at('2026-11-23', 'allowed', false);
  expect(countingProbe([saidOpenLater, signedClosed], null)).toBe(saidOpenLater.entry);
  // A later journal entry is unsigned too, for as long as a test counts against other places.
  const { device: _, way: __, ...inJournal } = at('2026-11-23', 'refused', true).entry;
  expect(countingProbe([saidClosed, signedOpen], inJournal)).toBe(signedOpen.entry);
  expect(countingProbe([signedClosed, signedOpen], inJournal)).toBeNull();
  expect(countingProbe([signedOpen], { ...inJournal, on: '2027-03-01' })).toBeNull();
});

it('ignores passing results of a revoked device, and a person’s word against a signed one', () => {
  const device = {
    name: 'Laptop 7',
    enrolledAt: new Date('2026-11-01T12:00:00Z'),
    enrolledBy: 'Dana',
    isRevoked: false,
  };
  const closed = { own: 'allowed', other_key: 'refused', other_value: 'allowed' } as const;
  const nextDay = { at: new Date('2026-11-25T12:00:00Z') };
  const said = recorded(closed, nextDay);
  const signed = recorded(closed, { device });
  const signedNextDay = recorded(closed, { device, ...nextDay });
  const open = recorded({ ...closed, other_key: 'allowed' }, { device });
  const revoked = { device: { ...device, isRevoked: true } };
  expect(counted(recorded(closed, revoked), recorded(open.outcomes, revoked))).toHaveLength(1);
  const kept = (...probes: readonly RecordedProbe[]) => counted(...probes).map(({ probe }) => probe);
  expect(kept(said, open)).toEqual([open]);
  expect(kept(said, signedNextDay, open)).toEqual([said, signedNextDay, open]);
  // The device was not enrolled yet on the day of the test.
  const later = { device: { ...device, enrolledAt: new Date('2026-12-24T12:00:00Z') } };
  expect(counted(recorded(closed, later)).map(({ entry }) => entry.device)).toEqual([undefined]);
  expect(counted(signed).map(({ entry }) => entry.device?.name)).toEqual(['Laptop 7']);
  // The worst of one day counts, regardless of the order of signing.
  expect(kept(said, signed, open)).toEqual([signed, open]);
  expect(kept(said, open, signed)).toEqual([open, signed]);
  // Another place, or another way to Claude, does not override it.
  const elsewhere = recorded(closed, { place: 'Annex' });
  const inBrowser = recorded(
    { own: 'allowed', other_key: 'refused' },
    { account: 'gmail.com', app: 'browser' },
  );
  expect(kept(elsewhere, inBrowser, open)).toEqual([elsewhere, inBrowser, open]);
});
// Guide: G4.4-01
