import { expect, it } from 'vitest';
import { importsOfAClient } from './testing/each-client.ts';

const here = importsOfAClient();

const page = (from: number, to: number) => ({
  name: `staff ${from} 2026-11-20.csv`,
  bytes: [
    `Rows ${from}-${to} of 12`,
    'Employee Name,Work Email,Employment Status',
    ...Array.from(
      { length: to - from + 1 },
      (_, at) => `P${from + at} Quist,p${from + at}@alder.example.org,Active`,
    ),
    '',
  ].join('\n'),
});

it('joins pages of one list that are imported one after the other', async () => {
  await here.imports.all([page(1, 5)]);
  const second = await here.imports.draft([page(6, 12)]);
  expect(second.preview.kinds[0]).toMatchObject({ after: { rows: 12 } });
  await here.imports.store(second.id, second.preview.facts);
  const people = (await here.dana.call('GET', here.imports.base.replace(/imports$/, 'people'))).body;
  expect(JSON.stringify(people)).not.toContain('Only part of the staff roster');
});
