export { whyInvitedTooEarly } from './locked.ts';
export { deploymentJourney, isWork, JOURNEY, standOf } from './standing.ts';
