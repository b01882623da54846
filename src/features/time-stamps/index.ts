export { canReadCertificates, checkStamp } from './check.ts';
export { type ShownStamp, shownStamps, stampDue, stampsWanted, TIME_STAMP } from './stamp.ts';
