import { unicodeForm } from '../../text/unicode-form.ts';
import { headingOf } from '../columns.ts';
import { cellKinds, type ExportRules } from './cells.ts';
import { COLUMN_KINDS, type ColumnKind, KIND_FACTS, type Treatment } from './kinds.ts';

/** A table as read: headings, and text rows of the same width. */
export interface ExportTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface RecognizedColumn {
  readonly heading: string;
  /** null: not recognized, which does not mean that it identifies nobody. */
  readonly kind: ColumnKind | null;
  /** Why it was recognized, or what was examined. */
  readonly why: string;
  /** null: a person has to decide without a suggestion. */
  readonly suggested: Treatment | null;
  /** Sample values, for the person who decides. */
  readonly examples: readonly string[];
  readonly filled: number;
}

/** Minimum share of filled cells for recognition by content, which tolerates a few exceptions. */
const SHARE = 0.3;
const MAX_SAMPLE = 500;

/** Recognizes each column by heading and content. Content takes precedence, because headings are wrong more often. */
export function recognize({ headings, rows }: ExportTable, rules: ExportRules): readonly RecognizedColumn[] {
  return headings.map((heading, at) => {
    const values = rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== '');
    const common = { heading, examples: [...new Set(values)].slice(0, 3), filled: values.length };
    const sample = spread(values);
    const content = byContent(sample, heading, rules);
    const named = byHeading(heading, rules);
    // Unless the content contradicts it, trust the heading: a date under "Birth date" or an amount under "Card".
    const kind = content?.kind ?? named ?? (isFreeText(sample) ? 'text' : null);
    if (kind === null)
      return {
        ...common,
        kind,
        why:
          values.length === 0
            ? 'It is empty.'
            : 'Neither the heading nor what is below it is known. Look at the examples and decide.',
        suggested: values.length === 0 ? 'drop' : null,
      };
    const why = [
      ...(named === kind ? [`the heading “${heading}”`] : []),
      ...(content?.kind === kind ? [`${content.hits} of ${sample.length} values look like it`] : []),
      ...(named !== kind && content?.kind !== kind ? ['long values of several words'] : []),
      ...(named !== null && named !== kind ? [`although the heading says otherwise`] : []),
    ].join('; ');
    return {
      ...common,
      kind,
      why: `${why[0]?.toUpperCase() ?? ''}${why.slice(1)}.`,
      suggested: KIND_FACTS[kind].suggested,
    };
  });
}

/** A sample spread over the whole file rather than its start. */
function spread(values: readonly string[]): readonly string[] {
  if (values.length <= MAX_SAMPLE) return values;
  const step = values.length / MAX_SAMPLE;
  return Array.from({ length: MAX_SAMPLE }, (_, n) => values[Math.floor(n * step)] ?? '');
}

function byContent(
  sample: readonly string[],
  heading: string,
  rules: ExportRules,
): { kind: ColumnKind; hits: number } | null {
  const hits = new Map<ColumnKind, number>();
  for (const { whole } of cellKinds(sample, headingOf(heading), rules))
    for (const kind of whole) hits.set(kind, (hits.get(kind) ?? 0) + 1);
  let best: { kind: ColumnKind; hits: number } | null = null;
  for (const kind of COLUMN_KINDS) {
    const count = hits.get(kind) ?? 0;
    if (count > 0 && count >= sample.length * SHARE && count > (best?.hits ?? 0))
      best = { kind, hits: count };
  }
  return best;
}

function isFreeText(sample: readonly string[]): boolean {
  if (sample.length === 0) return false;
  const long = sample.filter((value) => value.length > 40 && value.split(/\s+/).length >= 6).length;
  return long >= sample.length * SHARE;
}

/** A heading in lower-case words: "E-Mail Address", "emailAddress" and "EMAIL_ADDRESS" are equal. */
function headingWords(heading: string): string {
  return unicodeForm(heading, 'NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** The kind with the longest matching heading word, so that "card expiry" takes precedence over "card". */
function byHeading(heading: string, { headings }: ExportRules): ColumnKind | null {
  const text = ` ${headingWords(heading)} `;
  let found: { kind: ColumnKind; length: number } | null = null;
  for (const { kind, words } of headings)
    if (
      text.includes(` ${words} `) &&
      (found === null ||
        words.length > found.length ||
        (words.length === found.length && COLUMN_KINDS.indexOf(kind) < COLUMN_KINDS.indexOf(found.kind)))
    )
      found = { kind, length: words.length };
  if (found?.kind === 'name' && NOT_OF_PEOPLE.test(text)) return null;
  return found?.kind ?? null;
}

/** "Event name" is the name of an event. */
const NOT_OF_PEOPLE =
  / (event|product|course|company|organi[sz]ation|employer|file|chapter|committee|session|plan|list|category|program|campaign|school|institution|group) name /;
// Guide: G3.3-07
