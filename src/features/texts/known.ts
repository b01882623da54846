import type { Capability } from '#domain/model/capability.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { ClaudePlan } from '#domain/model/profile.ts';
import type { Span } from '#domain/policy/texts.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { peopleNow } from '../policy/index.ts';
import type { RiskView } from '../risks/index.ts';

/** What is known about a client when its texts are filled in. */
export interface Known {
  readonly today: string;
  readonly catalogue: Catalogue;
  readonly plan: ClaudePlan;
  /** The version in force; null: none. */
  readonly policy: PolicyVersionRow | null;
  /** The charter in force; null: none. */
  readonly charter: Charter | null;
  readonly people: Awaited<ReturnType<typeof peopleNow>>;
  /** 'hidden': the person may not see controls; 'undecided': there are no verdicts yet. */
  readonly risks: readonly RiskView[] | 'hidden' | 'undecided';
}

/** A span of the template's own wording. */
export function words(text: string): Span {
  return { kind: 'words', text };
}

/** A span filled in with a fact about the client. */
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

/** What a vendor says about one plan; null: nothing. */
export function cellWords(cell: Cell | undefined): string | null {
  if (cell === undefined) return null;
  const { value, words: more } = cell;
  if (more === undefined) return CELL_WORDS[value];
  return value === 'other' ? more : `${CELL_WORDS[value]} (${more})`;
}
