export { assessmentText } from './export/assessment.ts';
export { exportReader, type FoundFile, type Verification } from './export/verify.ts';
export { evidencePath, membersOf } from './export/write.ts';
export type { KeptHead } from './heads/head.ts';
export { isFailed, isSent, lastHeadMails, sayGoodbye } from './heads/send.ts';
export { spanOf, viewOf } from './records.ts';
export { clientSource } from './source.ts';
