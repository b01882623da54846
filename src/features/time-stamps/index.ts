export { canReadCertificates, checkStamp } from './check.ts';
export { shownStamps, stampDue, stampOf, stampsWanted } from './stamp.ts';
