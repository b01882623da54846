export { clauseCalled, clausesOfControl } from './cited.ts';
export { policyDocx } from './docx.ts';
export { escapeHtml, POLICY_STYLE } from './html.ts';
export { sayInstant } from './messages/say.ts';
export { lastPolicyMail, sendPolicyTo } from './one-person.ts';
export { policyPdf } from './pdf.ts';
export { numbered, peopleNow, todayHere } from './read.ts';
export { type Found, isListed, isOwn, policyIn, type StaffPolicy, wrong } from './staff.ts';
