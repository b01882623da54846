export { compiler, setPages, toPdf, WORKSPACE } from './compiler.ts';
export { printableView } from './printable.ts';
