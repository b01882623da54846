import type { Catalogue } from '../model/catalogue.ts';
import { INCIDENT_TYPES } from '../rules/operations/incident-plan.ts';
import { NOTICE_SOURCES } from '../rules/policy/notice-covers.ts';
import { sentence } from '../text/words.ts';
import { valueWords } from './fields.ts';
import type { Leaf } from './flat.ts';

/** Titles for the ids in a charter's lists. Left out: clauses are shown by their ids. */
export type Namer = Partial<Pick<Catalogue, 'clauses'>>;

/** A charter value as shown to people; empty for places that only contain others. */
export function shownValue(leaf: Leaf, namer: Namer): string {
  if (leaf.is === 'list') return 'None';
  if (leaf.is !== 'value' && leaf.is !== 'entry') return '';
  const value = leaf.is === 'value' ? leaf.value : leaf.raw;
  return named(leaf.pattern, value, namer) ?? valueWords(leaf.pattern, value);
}

/** Free text in place of an id stays as written. */
function named(pattern: string, value: unknown, { clauses }: Namer): string | undefined {
  if (pattern === 'policy.clauses.*') return clauses?.find(({ id }) => id === value)?.title;
  const known =
    pattern === 'incidentPlan.types.*'
      ? INCIDENT_TYPES
      : pattern === 'policy.noticeCovers.*'
        ? NOTICE_SOURCES
        : [];
  const found = known.find(({ id }) => id === value);
  return found === undefined ? undefined : sentence(found.words);
}
