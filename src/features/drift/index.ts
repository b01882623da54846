export { baseOf } from './amend.ts';
export { loadDrift } from './load.ts';
export { standsAt } from './state.ts';
export { type UrgentDrift, urgentDrift } from './urgent.ts';
