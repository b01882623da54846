import { expect, it } from 'vitest';
import { given } from '../testing/build.ts';
import { countingProbe, probeEntry } from './as-journal.ts';
import { PROBE_OUTCOMES, probeOutcome, probeVerdict } from './probe.ts';

const { restriction } = given().catalogue.network;
const answer = (status: number, message = '', code: string | null = null, type: string | null = null) =>
  probeOutcome({ is: 'answer', status, type, code, message }, restriction);

it('takes for a refusal only what the vendor documents as one', () => {
  expect(answer(200, '', null, 'message')).toBe('allowed');
  // The page of a portal.
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

it('holds only where all three requests were made and came out so', () => {
  const entries = { on: '2026-11-24', by: 'Dana' };
  let holding = 0;
  for (const own of PROBE_OUTCOMES)
    for (const other_key of [undefined, ...PROBE_OUTCOMES])
      for (const other_value of PROBE_OUTCOMES) {
        const outcomes = { own, other_value, ...(other_key === undefined ? {} : { other_key }) };
        if (probeVerdict(outcomes) !== 'holds') continue;
        holding++;
        expect(outcomes).toEqual({ own: 'allowed', other_key: 'refused', other_value: 'allowed' });
        expect(probeEntry({ outcomes, account: null }, entries)).toMatchObject({
          foreignOrganization: 'refused',
        });
      }
  expect(holding).toBe(1);
  expect(
    probeEntry({ outcomes: { own: 'allowed', other_value: 'allowed' }, account: null }, entries),
  ).toBeNull();
});
it('counts the place where it does not hold before those where it does, until it holds there', () => {
  const at = (place: string, on: string, foreign: 'refused' | 'allowed' = 'refused') => ({
    place,
    entry: { on, by: 'Dana', foreignOrganization: foreign, ownOrganization: 'allowed' as const },
  });
  const holds = at('Head office', '2026-11-24');
  const branch = at('Branch', '2026-11-20', 'allowed');
  expect(countingProbe([holds, branch], null)).toBe(branch.entry);
  expect(countingProbe([holds, at('branch ', '2026-11-22'), branch], null)).toBe(holds.entry);
  // Of one day and place the worst, whichever came first.
  const worse = at('Head office', '2026-11-24', 'allowed');
  for (const both of [
    [holds, worse],
    [worse, holds],
  ])
    expect(countingProbe(both, null)).toBe(worse.entry);
  // What the journal says of the same day counts where it is worse, and of a later day in any case.
  expect(countingProbe([holds], worse.entry)).toBeNull();
  expect(countingProbe([worse], holds.entry)).toBe(worse.entry);
  expect(countingProbe([holds], at('', '2026-11-25').entry)).toBeNull();
  expect(countingProbe([holds], at('', '2026-11-23', 'allowed').entry)).toBe(holds.entry);
});

it('takes back what a device signed only by what a device signed', () => {
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
  // A device takes back what somebody said, and what somebody says against it counts.
  const saidOpen = at('2026-11-21', 'allowed', false);
  expect(countingProbe([signedClosed, saidOpen], null)).toBe(signedClosed.entry);
  const saidOpenLater = at('2026-11-23', 'allowed', false);
  expect(countingProbe([saidOpenLater, signedClosed], null)).toBe(saidOpenLater.entry);
});
// Guide: G4.4-01
