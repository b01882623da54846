import type { Catalogue, Connector } from '#domain/model/catalogue.ts';

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

export const CLAUSE_WORDS: Readonly<Record<Catalogue['clauses'][number]['kind'], string>> = {
  purpose: 'Purpose',
  approved: 'Approved uses',
  prohibited: 'Prohibited',
  account: 'Accounts',
  outputs: 'Outputs',
  contact: 'Contact',
  acceptance: 'Acceptance',
};
