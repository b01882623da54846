export { writeDone } from './done.ts';
export { viewerOf, workForMe } from './list.ts';
export { type ClientWork, hourOf, workAt } from './load.ts';
export {
  countWhen,
  isMine,
  KIND_NEEDS,
  nowOf,
  type Viewer,
  visibleItems,
  type WorkView,
  workView,
} from './view.ts';
