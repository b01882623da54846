export { keepSignedRecord, makeSignedRecord, signedRecordFile } from './keep.ts';
export { recordPages } from './pages.ts';
export { signatureWords } from './signature-words.ts';
export { signCms, signingKey, verifyCms } from './signing.ts';
