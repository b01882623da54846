export { brokenSources } from './broken.ts';
export { ledgersOf } from './completeness.ts';
export { sourceFindings } from './findings.ts';
export { planOf } from './plan.ts';
export { addressOf } from './vendor.ts';
export {
  noteWriterProblem,
  readSoon,
  type Writer,
  writerOf,
  writerState,
} from './writer.ts';
