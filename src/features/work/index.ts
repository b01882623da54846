export { writeDone } from './done.ts';
export { viewerOf, type WorkForMe, workForMe } from './list.ts';
export { type ClientWork, hourOf, workAt } from './load.ts';
export { openWork } from './open.ts';
export { isReminderOf } from './reminded.ts';
export {
  isMine,
  KIND_NEEDS,
  nowOf,
  placeOf,
  type Viewer,
  visibleItems,
  workView,
} from './view.ts';
