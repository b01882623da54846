export { hookKnown } from './hook/known.ts';
export { patternsVersion } from './show.ts';
