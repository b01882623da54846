export { keepSignedRecord, signedRecordFile } from './keep.ts';
