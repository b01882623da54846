export { openFolds } from './groups.ts';
export { type OpenAlerts, openAlerts } from './open.ts';
export { alertLine } from './view.ts';
