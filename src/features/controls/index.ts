export { causeOf } from './causes.ts';
export { appliesWords } from './condition-words.ts';
export { type ShaOf, shasOf, shownEvidence } from './evidence.ts';
export { findControl } from './find.ts';
export { byStateThenWeight, countStates } from './line.ts';
export { sectionOrder } from './list.ts';
export { looksLikeId } from './show.ts';
export { factsOf, shownRemediation, shownSource, sidesOf } from './sides.ts';
export { headsNow, verdictsNow } from './verdicts-now.ts';
