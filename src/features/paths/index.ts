export { type PathState, pathStates } from './paths.ts';
