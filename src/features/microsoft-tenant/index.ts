export { showMicrosoftTenant } from './show.ts';
