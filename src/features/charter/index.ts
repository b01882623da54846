export { authorsOf, counting } from './approval.ts';
export { withCells } from './cells.ts';
export { contentNow, contentVersions, periodsOf } from './content-periods.ts';
export { textWords } from './content-words.ts';
export { announce, change, common, type Put } from './drafts.ts';
export { putDraft } from './propose.ts';
export { charterOf, storedBy, wholeCharter } from './read.ts';
export { todayOf } from './show.ts';
export { draftValue } from './value.ts';
