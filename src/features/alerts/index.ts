export { type UrgentAlert, urgentAlerts } from './urgent.ts';
export { alertLine } from './view.ts';
