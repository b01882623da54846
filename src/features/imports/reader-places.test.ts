import { expect, it } from 'vitest';
import { readerPlaces } from './reader-places.ts';

/** Who reads, in the order in which they began. */
async function begun(max: number, budgetMb: number, sizes: readonly number[]) {
  const places = readerPlaces(max, budgetMb);
  const reading: number[] = [];
  for (const size of sizes) void places.take(size).then(() => reading.push(size));
  const settled = async () => {
    await new Promise(setImmediate);
    return [...reading];
  };
  return { places, reading: settled };
}

it('lets a limited number read at once, in order', async () => {
  const { places, reading } = await begun(2, 1_000, [10, 20, 30]);
  expect(await reading()).toEqual([10, 20]);
  places.leave(20);
  expect(await reading()).toEqual([10, 20, 30]);
});

it('lets two large files be read one after the other where both together do not fit', async () => {
  const { places, reading } = await begun(2, 670, [500, 501, 60]);
  expect(await reading()).toEqual([500]);
  places.leave(500);
  expect(await reading()).toEqual([500, 501, 60]);
});

it('lets a file that needs more than there is try alone', async () => {
  const { places, reading } = await begun(2, 180, [500, 60]);
  expect(await reading()).toEqual([500]);
  places.leave(500);
  expect(await reading()).toEqual([500, 60]);
});
