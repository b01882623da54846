export { baseOf } from './amend.ts';
export { loadDrift } from './load.ts';
export { decidedAt } from './state.ts';
export { type UrgentDrift, urgentDrift } from './urgent.ts';
