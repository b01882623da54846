import { describe, expect, test } from 'vitest';
import { statesOf } from './measure.ts';
import { CASES } from './truth.ts';

/** Clients with errors or unknowns, with lists of people, documents and files of every source. */
const CLIENTS: ReadonlySet<string> = new Set([
  'roster/excel-serial-days',
  'which-list/a-leaver-in-a-part-of-the-roster',
  'signatures/reviews-of-someone-who-had-left',
  'signatures/charter-approved-by-someone-who-had-left',
  'signatures/deputy-named-without-an-address-who-has-left',
  'windows/content-opened-by-an-approver-who-left',
  'outside/everything-on-enterprise',
]);

interface MayPass {
  readonly without: RegExp;
  readonly controls: readonly string[];
  readonly why: string;
}

/** Controls that pass without a file that shows otherwise, and why that file is not required. */
const MAY_PASS: readonly MayPass[] = [
  {
    without: /^activities\.json$/,
    controls: ['CLA-CON-03', 'CLA-OPS-13', 'CLA-POL-01'],
    why: 'The journal gives the day of the first invitation. The log could only show an earlier one.',
  },
  {
    without: /^activities\.json$/,
    controls: ['CLA-POL-05'],
    why: 'The file is what is collected: without it nothing is, and the notice need not name it.',
  },
  {
    without: /^analytics\/connectors\.json$/,
    controls: [4, 6, 9, 10, 11, 12, 21].map((n) => `CLA-CON-${String(n).padStart(2, '0')}`),
    why: 'The table is to list every connector. Figures of use could only show one that it lacks.',
  },
];

const used = new Set<string>();

describe('a file that is taken away lets nothing pass that failed or could not be read', () => {
  const chosen = CASES.filter(({ name }) => CLIENTS.has(name));
  test.each(chosen.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const whole = await statesOf(one);
    const better: string[] = [];
    for (const file of Object.keys(one.files)) {
      const { [file]: _gone, ...files } = one.files;
      for (const [id, state] of await statesOf({ ...one, files })) {
        const before = whole.get(id);
        if (state !== 'pass' || (before !== 'fail' && before !== 'cannot_read')) continue;
        const may = MAY_PASS.filter(({ without, controls }) => without.test(file) && controls.includes(id));
        for (const { why } of may) used.add(`${id}: ${why}`);
        if (may.length === 0) better.push(`${id} (${before}) without ${file}`);
      }
    }
    expect(better).toEqual([]);
  });

  test('each client is a case, and each exception is one', () => {
    expect(chosen.length).toBe(CLIENTS.size);
    expect([...used].toSorted()).toEqual(
      MAY_PASS.flatMap(({ controls, why }) => controls.map((id) => `${id}: ${why}`)).toSorted(),
    );
  });
});
