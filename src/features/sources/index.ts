export { type AskFailed, askWriter } from './ask-writer.ts';
export { brokenSources } from './broken.ts';
export { ledgersOf } from './completeness.ts';
export { sourceFindings } from './findings.ts';
export { planOf } from './plan.ts';
export { addressOf } from './vendor.ts';
export {
  readerOf,
  readSoon,
  recordWriterProblem,
  settingsOf,
  type Writer,
  writerOf,
  writerState,
} from './writer.ts';
