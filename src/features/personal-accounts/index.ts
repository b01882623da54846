export { CAPTURE } from './capture.ts';
export { registerNow } from './register.ts';
export { isOpen } from './views.ts';
