export { shownCharter } from './show.ts';
