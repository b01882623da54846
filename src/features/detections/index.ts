export { charterFrom } from './charters.ts';
export { dayBounds } from './day-bounds.ts';
export { alertAbout, ownNames } from './own-alerts.ts';
