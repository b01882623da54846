import { ATTESTATIONS_TEMPLATE } from './template-attestations.ts';
import { CHARTER_TEMPLATE } from './template-charter.ts';
import { CLIENT_TEMPLATE } from './template-client.ts';
import { JOURNAL_TEMPLATE } from './template-journal.ts';

/** Commented documents written by `bylaw init`, by file name. Unedited, they state nothing. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  'client.yaml': CLIENT_TEMPLATE,
  'charter.yaml': CHARTER_TEMPLATE,
  'journal.yaml': JOURNAL_TEMPLATE,
  'attestations.yaml': ATTESTATIONS_TEMPLATE,
};
