export { historyFrom } from './board/history.ts';
export { type BuildInput, buildReport, findingsOf } from './build.ts';
export type { Logo } from './formats.ts';
export type { Report } from './model.ts';
export { CADENCES } from './schedules.ts';
export { statusOf } from './status.ts';
