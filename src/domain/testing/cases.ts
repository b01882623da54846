/**
 * How many cases a property is asked with: all of them in `npm run test:long`, which draws others for each commit, and a
 * third in `npm test`, which draws the same ones every time.
 */
export function cases(all: number): number {
  return process.env.BYLAW_TEST === 'long' ? all : Math.ceil(all / 3);
}
