export { whyInvitedTooEarly } from './locked.ts';
export { deploymentJourney, isWork, JOURNEY, progressOf } from './status.ts';
