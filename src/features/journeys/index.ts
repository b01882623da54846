export { type JourneyNow, journeysNow } from './current-state.ts';
