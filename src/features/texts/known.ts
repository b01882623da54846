import type { Capability } from '#domain/model/capability.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { ClaudePlan } from '#domain/model/profile.ts';
import type { Span } from '#domain/policy/texts.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { peopleNow } from '../policy/index.ts';
import type { RiskView } from '../risks/index.ts';

/** What is known of a client where its texts are filled. */
export interface Known {
  readonly today: string;
  readonly catalogue: Catalogue;
  readonly plan: ClaudePlan;
  /** The version in force; null: none is. */
  readonly policy: PolicyVersionRow | null;
  /** null: none is in force. */
  readonly charter: Charter | null;
  readonly people: Awaited<ReturnType<typeof peopleNow>>;
  /** 'hidden': the person may not see controls; 'undecided': no verdict was made yet. */
  readonly risks: readonly RiskView[] | 'hidden' | 'undecided';
}

/** Words of the text itself. */
export function words(text: string): Span {
  return { kind: 'words', text };
}

/** What is known of the client. */
export function said(text: string): Span {
  return { kind: 'known', text };
}

type Cell = Capability['vendor']['cells'][string];

const CELL_WORDS: Readonly<Record<Cell['value'], string>> = {
  yes: 'yes',
  no: 'no',
  limited: 'in part',
  add_on: 'as an add-on',
  beta: 'in beta',
  unknown: 'not known',
  other: 'other',
};

/** What a vendor says of one plan; null: nothing. */
export function cellWords(cell: Cell | undefined): string | null {
  if (cell === undefined) return null;
  const { value, words: more } = cell;
  if (more === undefined) return CELL_WORDS[value];
  return value === 'other' ? more : `${CELL_WORDS[value]} (${more})`;
}
