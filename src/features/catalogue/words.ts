import type { Catalogue } from '#domain/model/catalogue.ts';

export const CLAUSE_WORDS: Readonly<Record<Catalogue['clauses'][number]['kind'], string>> = {
  purpose: 'Purpose',
  approved: 'Approved uses',
  prohibited: 'Prohibited',
  account: 'Accounts',
  outputs: 'Outputs',
  contact: 'Contact',
  acceptance: 'Acceptance',
};
