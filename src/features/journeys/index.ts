export { type JourneyNow, journeysNow } from './now.ts';
