import { describe, expect, it } from 'vitest';
import { reading, runRule } from '../../testing/build.ts';
import { egressLocation } from './egress-location.ts';
import { policies, policy } from './testing.ts';

const egress = { id: 'loc-claude', name: 'Claude connector', trusted: false, ranges: ['160.79.104.0/21'] };
const office = { id: 'loc-office', name: 'Office', trusted: true, ranges: ['198.51.100.0/24'] };
const countries = { id: 'loc-countries', name: 'Countries', trusted: null, ranges: [] };
const run = (rows: readonly object[], locations: readonly object[] | null = [egress, office, countries]) =>
  runRule(
    egressLocation,
    {},
    {
      readings: {
        ca_policies: policies(...rows),
        ...(locations ? { named_locations: [reading('named_locations', locations)] } : {}),
      },
    },
  );
const block = { operator: 'OR', controls: ['block'], authenticationStrength: null } as const;
const hours = { cloudAppSecurity: null, signInFrequency: '12 hours' };
const abroad = (exclude: string[]) =>
  policy({
    name: 'Block abroad',
    includeApplications: ['All'],
    includeLocations: ['All'],
    excludeLocations: exclude,
    grant: block,
  });

describe('connector-egress-left-out', () => {
  it('passes without the locations file if no policy depends on location or frequency', () => {
    expect(run([policy()], null)).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('none of them'),
    });
    expect(
      run(
        [abroad(['loc-office']), policy()].map((p) => ({ ...p, state: 'disabled' as const })),
        null,
      ).state,
    ).toBe('pass');
  });

  it('does not pass a policy on a place that is written in a way that is not known', () => {
    const unknown = { name: 'Compliant networks', otherConditions: ['locations.excludeCompliantNetworks'] };
    expect(run([policy(unknown)])).toMatchObject({
      state: 'cannot_read',
      items: [{ key: 'compliant networks' }],
    });
    expect(run([policy({ ...unknown, state: 'disabled' })]).state).toBe('pass');
    expect(run([policy({ otherConditions: ['agentIdRiskLevels'] })]).state).toBe('pass');
  });

  it('fails a location or frequency policy that does not leave the range out', () => {
    expect(run([abroad(['loc-office'])])).toMatchObject({ state: 'fail', items: [{ key: 'block abroad' }] });
    expect(run([policy({ session: hours })]).state).toBe('fail');
    expect(run([policy({ includeLocations: ['loc-countries'], grant: block })]).state).toBe('fail');
  });

  it('fails a policy without excluded locations, with or without the locations file', () => {
    expect(run([policy({ name: 'Daily', session: hours }), abroad(['loc-office'])], null)).toMatchObject({
      state: 'fail',
      items: [{ key: 'daily' }],
    });
    expect(run([abroad(['loc-office'])], null).state).toBe('cannot_read');
  });

  it('passes when the range is left out, in one location or several', () => {
    expect(run([abroad(['loc-office', 'loc-claude'])])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('not trusted'),
    });
    const halves = [
      { ...egress, id: 'a', ranges: ['160.79.104.0/22'] },
      { ...egress, id: 'b', ranges: ['160.79.108.0/22'] },
    ];
    expect(run([abroad(['a', 'b'])], halves).state).toBe('pass');
    expect(run([abroad(['a'])], halves).state).toBe('fail');
  });

  it('passes a policy for locations that do not hold the range', () => {
    expect(run([policy({ includeLocations: ['loc-office'], grant: block })]).state).toBe('pass');
    expect(run([policy({ includeLocations: ['AllTrusted'], grant: block })], [office]).state).toBe('pass');
    expect(run([policy({ includeLocations: ['loc-claude'], grant: block })]).state).toBe('fail');
  });

  it('fails when the location is trusted, and cannot read when trust or location is not given', () => {
    expect(run([abroad(['loc-claude'])], [{ ...egress, trusted: true }])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('trusted'),
    });
    expect(run([abroad(['loc-claude'])], [{ ...egress, trusted: null }]).state).toBe('cannot_read');
    expect(run([abroad(['loc-unlisted'])]).state).toBe('cannot_read');
    expect(run([abroad(['loc-claude'])], null).state).toBe('cannot_read');
    expect(runRule(egressLocation, {}, {}).state).toBe('cannot_read');
  });

  it('keeps the range inside a device policy', () => {
    const device = { operator: 'OR', controls: ['compliantDevice'], authenticationStrength: null } as const;
    expect(
      run([policy({ includeLocations: ['All'], excludeLocations: ['loc-claude'], grant: device })]),
    ).toMatchObject({ state: 'fail', reason: expect.stringContaining('must stay inside a device policy') });
    expect(
      run([policy({ includeLocations: ['All'], excludeLocations: ['loc-office'], grant: device })]),
    ).toMatchObject({ state: 'fail', reason: expect.stringContaining('split it') });
  });
});
// Guide: G3.2-03 G6.1-07
