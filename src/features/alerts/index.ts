export { reopenWithIncident, settleWithIncident } from './decide.ts';
export { groupView, openFolds } from './groups.ts';
export { groupTitle, type OpenAlerts, openAlerts } from './open.ts';
export { showAlert } from './show.ts';
export { alertLine } from './view.ts';
