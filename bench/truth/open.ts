/**
 * Cases with known misses or errors. `npm run bench -- truth` runs them, `npm test` does not. Remove a name when its
 * case is fixed; never add one to make a test pass.
 */
export const OPEN: ReadonlySet<string> = new Set([]);
