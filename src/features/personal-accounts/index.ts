export { CAPTURE } from './capture.ts';
export { registerNow } from './now.ts';
export { isOpen } from './views.ts';
