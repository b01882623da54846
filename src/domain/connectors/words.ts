import type { Connector, DataClass, EFFECTS } from '../model/catalogue.ts';
import type { Permission } from '../model/rows-exports.ts';

/** Words about connectors, the same on pages, in commands and in files. */

export type Effect = (typeof EFFECTS)[number];

export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  allow: 'Always allow',
  ask: 'Needs approval',
  blocked: 'Blocked',
};

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  read: 'Read',
  write: 'Write',
  send: 'Send',
  delete: 'Delete',
  admin: 'Administration',
  unknown: 'Not classified',
};

export const DATA_CLASS_WORDS: Readonly<Record<DataClass, string>> = {
  member_pii: 'Member data',
  finance: 'Finance',
  mail: 'Mail',
  calendar: 'Calendar',
  files: 'Files',
  messages: 'Messages',
  meetings: 'Meetings',
  tasks: 'Tasks',
  records: 'Records',
  designs: 'Designs',
  code: 'Code',
  public: 'Public data',
};

export const CATEGORY_WORDS: Readonly<Record<Connector['category'], string>> = {
  files: 'Files',
  mail: 'Mail',
  calendar: 'Calendar',
  chat: 'Chat',
  crm: 'Customer relations',
  ams: 'Membership system',
  project: 'Projects',
  design: 'Design',
  code: 'Code',
  other: 'Other',
};

const NOT_SAID = 'The vendor does not say';

/** "Mail, calendar, member PII". */
export function dataWords(classes: readonly DataClass[] | null): string {
  if (classes === null) return NOT_SAID;
  const words = classes.map((one) => DATA_CLASS_WORDS[one]).join(', ');
  return (
    words.charAt(0) + words.slice(1).replace(/, ([A-Z])/g, (_, first: string) => `, ${first.toLowerCase()}`)
  );
}

export function verifiedDomainWords(stated: Connector['verifiedDomain']): string {
  if (stated === null) return NOT_SAID;
  return stated === 'listed'
    ? 'Can be tied to verified domains (Enterprise)'
    : 'Not on the vendor’s list, so a personal account may be linked';
}

export function managedAuthWords(stated: Connector['managedAuth']): string {
  if (stated === null) return NOT_SAID;
  if (stated === 'announced') return 'Announced by the vendor, not available yet';
  return stated === 'listed' ? 'Through the identity provider (beta)' : 'Not on the vendor’s list';
}

/** Whether Claude can let an action run without asking; null if there is nothing to say. */
export function alwaysAllowWords(offered: boolean | null | undefined): string | null {
  if (offered === undefined || offered === true) return null;
  return offered === false
    ? 'Always allow is not offered'
    : 'The vendor does not say whether Always allow is offered';
}
