export { hookKnown } from './hook/known.ts';
export { rulesFor } from './rules-of-client.ts';
export { patternsVersion } from './show.ts';
export { tuningOf } from './tuning-of.ts';
