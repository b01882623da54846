export { baseOf } from './amend.ts';
export { loadDrift } from './load.ts';
export { storedInstants } from './reading.ts';
export { decidedAt, isLater } from './state.ts';
export { type UrgentDrift, urgentDrift } from './urgent.ts';
