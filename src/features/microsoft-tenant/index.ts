export { type DefenderAlert, defenderAlert } from './alert-task.ts';
export { showMicrosoftTenant } from './show.ts';
