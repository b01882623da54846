export { sealSecrets } from './edit.ts';
export { brokenSinks } from './findings.ts';
export { readSinks, type SinkShown } from './list.ts';
export { removeForwarded } from './own-folder.ts';
