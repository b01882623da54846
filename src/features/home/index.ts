export { openImports } from './waiting.ts';
