export { isFailed, isSent, lastHeadMails, sayGoodbye } from './heads/send.ts';
export { spanOf, viewOf } from './records.ts';
