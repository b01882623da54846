export { readMatrix, shownCharter } from './show.ts';
