export { sealSecrets } from './edit.ts';
export { brokenSinks } from './findings.ts';
export { removeForwarded } from './own-folder.ts';
