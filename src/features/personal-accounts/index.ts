export { registerNow } from './now.ts';
export { isOpen } from './views.ts';
