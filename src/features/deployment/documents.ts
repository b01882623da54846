export { countingDocument as newestDocument } from '#store/imports/documents.ts';
