export { readCertificate } from '#sources/microsoft/graph/certificate.ts';
export { notifyOfAssigned, queueAssignedNotices, queueReminderNotice, wantsMail } from './assigned-notice.ts';
export { handOver, whyNotSent } from './hand-over.ts';
export { harmlessName } from './harmless.ts';
export { microsoftHosts } from './microsoft/microsoft-mail.ts';
export { commonZone, zoneFor } from './person-zone.ts';
export { notifyOfSignIn } from './sign-in-notice.ts';
export { MAIL_PASSWORD } from './workspace-mail.ts';
