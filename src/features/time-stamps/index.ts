export { canReadCertificates, checkStamp } from './check.ts';
export { shownStamps, stampDue, stampsWanted } from './stamp.ts';
