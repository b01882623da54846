export { clauseCalled, clausesCalled, clausesOfControl } from './cited.ts';
export { escapeHtml, POLICY_STYLE } from './html.ts';
export { outcomeOf } from './mails.ts';
export { LOCALES, say, sayDay, sayInstant, sayList } from './messages/format.ts';
export { lastPolicyMail, sendPolicyTo } from './one-person.ts';
export { policyPdf } from './pdf.ts';
export {
  askForLinkOf,
  findLink,
  type LinkAsked,
  type LinkAsking,
  linkAfterProof,
  type MailedLink,
  type ProofLinks,
  SHOWN_NUMBER,
  type VerifiedStaff,
} from './proof-links.ts';
export { numbered, peopleNow, todayHere } from './read.ts';
export { QUIET_MS } from './remind.ts';
export { type Found, readStaffPolicy, refuseUnknownAddress, type StaffPolicy } from './staff.ts';
export { type StaffProof, staffActor, staffProof } from './staff-actor.ts';
export { textIn } from './translated.ts';
export { policyDocx } from './word.ts';
