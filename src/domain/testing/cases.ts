/**
 * Number of cases for a property test: all in `npm run test:long`, which draws new ones for each commit, and a third in
 * `npm test`, which always draws the same.
 */
export function cases(all: number): number {
  return process.env.BYLAW_TEST === 'long' ? all : Math.ceil(all / 3);
}
