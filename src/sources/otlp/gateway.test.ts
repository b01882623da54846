import { expect, it } from 'vitest';
import { sharedCatalogue } from '../catalogue/testing/shared.ts';
import { keptAs } from './attributes.ts';

const { gateways } = sharedCatalogue().telemetry.gateways;

it.each(gateways.map((one) => [one.title, one] as const))(
  'whatever %s is recognized and read by is let in at the door as it is',
  (_, { marks, server, person, refused, stated }) => {
    const asked = [...marks, ...server, ...person, ...refused.map(({ attribute }) => attribute)];
    if (stated !== undefined) asked.push(stated.attribute);
    expect(asked.filter((key) => keptAs(key) !== 'value')).toEqual([]);
  },
);

it('a gateway whose scopes repeat others has scopes that count', () => {
  for (const { scopes, repeats, services, stated } of gateways) {
    expect(scopes.length + services.length + Number(stated !== undefined)).toBeGreaterThan(0);
    expect(scopes.filter((scope) => repeats.includes(scope))).toEqual([]);
  }
});
