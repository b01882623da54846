export { hookKnown } from './hook/known.ts';
