export type { ImportContext } from './context.ts';
export { importFiles } from './import-files.ts';
export { mediaType, safeName } from './names.ts';
export { sweepFiles, sweepImports } from './sweep.ts';
export { isDisconnect, statedLength } from './uploads.ts';
