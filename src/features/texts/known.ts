import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Span } from '#domain/policy/texts.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { peopleNow } from '../policy/index.ts';
import type { RiskView } from '../risks/index.ts';

/** What is known of a client where its texts are filled. */
export interface Known {
  readonly today: string;
  readonly catalogue: Catalogue;
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
