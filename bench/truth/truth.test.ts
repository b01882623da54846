import { expect, test } from 'vitest';
import { measure } from './measure.ts';
import { CASES } from './truth.ts';

/**
 * Cases of which everything is found and no trap is fallen into: they stay so. `npm run bench -- truth` runs all;
 * a case comes into this list when what it is about holds.
 */
const HOLDS = [
  'roster/in-order',
  'roster/leaver-with-seat',
  'roster/utf-16',
  'roster/hostile-cells',
  'roster/active-yes-no',
  'roster/not-on-the-roster',
  'connectors/in-order',
  'connectors/send-is-open',
  'connectors/action-column-called-Item',
  'connectors/unknown-state-word',
  'policy/one-missing',
  'policy/older-version',
  'policy/two-statements-that-disagree',
  'conditional access/mfa-for-everybody',
  'conditional access/legacy-clients-only',
  'conditional access/emergency-access-only',
  'conditional access/compliant-devices-filtered-out',
  'conditional access/unnamed-application-connectors-open',
  'microsoft/write-scope',
  'microsoft/linked-without-a-seat',
];

test.each(HOLDS)('what is true of the client is found: %s', async (name) => {
  const found = CASES.find((one) => one.name === name);
  if (!found) throw new Error(`There is no case ${name}.`);
  const findings = await measure(found);
  expect(
    findings
      .filter(({ result }) => result !== 'found' && result !== 'avoided')
      .map(({ result, statement, said }) => `${result}: ${statement.why}; said: ${said}`),
  ).toEqual([]);
});

test('each case has a name of its own', () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});
