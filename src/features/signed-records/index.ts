export { signCms, verifyCms } from './cms.ts';
export { keepSignedRecord, makeSignedRecord, signedRecordFile } from './keep.ts';
export { recordPages } from './pages.ts';
export { signingKey } from './signing-key.ts';
