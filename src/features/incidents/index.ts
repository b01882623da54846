export { incidentSteps } from './steps.ts';
