export { keepSignedRecord, makeSignedRecord, signedRecordFile } from './keep.ts';
export { recordPages } from './pages.ts';
