export { lastBackup } from './last.ts';
export { takeTurn } from './turns.ts';
