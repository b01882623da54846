export { keepSignedRecord, signedRecordFile } from './keep.ts';
export { recordPages } from './pages.ts';
