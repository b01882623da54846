import { headingOf } from './columns.ts';
import { daysOf, type ExactKind, NORMAL, nameAndBirth } from './exact.ts';

/** The column numbers of a list's fields; null: none. */
export interface MemberColumns {
  readonly mail: number | null;
  readonly phone: number | null;
  readonly memberNumber: number | null;
  /** First name, or the full name if there is no column for the last one. */
  readonly firstName: number | null;
  readonly lastName: number | null;
  readonly birth: number | null;
}

const HEADINGS: Readonly<Record<keyof MemberColumns, RegExp>> = {
  mail: /\be ?mail|\bmail\b/u,
  phone: /phone|\btel\b|mobile|\bcell\b/u,
  memberNumber:
    /^(?:id|number)$|(?:member|membership|customer|constituent|contact|imis)(?: id| number| no)$/u,
  firstName: /first ?name|given name|^fname$|^(?:full |member )?name$/u,
  lastName: /last ?name|surname|family name|^lname$/u,
  birth: /birth|\bdob\b/u,
};

/** Derives the columns' content from their headings. */
export function guessColumns(headings: readonly string[]): MemberColumns {
  const plain = headings.map(headingOf);
  const at = (pattern: RegExp) => {
    const found = plain.findIndex((heading) => pattern.test(heading));
    return found === -1 ? null : found;
  };
  return {
    mail: at(HEADINGS.mail),
    phone: at(HEADINGS.phone),
    memberNumber: at(HEADINGS.memberNumber),
    firstName: at(HEADINGS.firstName),
    lastName: at(HEADINGS.lastName),
    birth: at(HEADINGS.birth),
  };
}

export interface MemberValues {
  readonly values: readonly (readonly [kind: ExactKind, value: string])[];
  readonly counts: Readonly<Partial<Record<ExactKind, number>>>;
  /** Rows without a searchable value. */
  readonly empty: number;
}

/** The normalized values of a list, without duplicates. */
export function memberValues(rows: readonly (readonly string[])[], columns: MemberColumns): MemberValues {
  const known = new Map<string, readonly [ExactKind, string]>();
  let empty = 0;
  for (const row of rows) {
    const cell = (at: number | null) => (at === null ? '' : (row[at] ?? ''));
    const [first, last] = namesOf(cell(columns.firstName), cell(columns.lastName));
    const own: (readonly [ExactKind, string | null])[] = [
      ['mail', NORMAL.mail(cell(columns.mail))],
      ['phone', NORMAL.phone(cell(columns.phone))],
      ['member_number', NORMAL.member_number(cell(columns.memberNumber))],
      ...daysOf(cell(columns.birth).trim()).map(
        (day) => ['name_and_birth', nameAndBirth(first, last, day)] as const,
      ),
    ];
    const there = own.flatMap(([kind, value]) => (value === null ? [] : [[kind, value] as const]));
    if (there.length === 0) empty += 1;
    for (const one of there) known.set(one.join('\n'), one);
  }
  const values = [...known.values()];
  const counts: Partial<Record<ExactKind, number>> = {};
  for (const [kind] of values) counts[kind] = (counts[kind] ?? 0) + 1;
  return { values, counts, empty };
}

/** Splits "Lee, Ann" or "Ann Lee" if one column has both names. */
function namesOf(first: string, last: string): readonly [string, string] {
  if (last.trim() !== '') return [first, last];
  const [before, after] = first.split(',');
  if (before !== undefined && after !== undefined) return [after, before];
  const words = first.trim().split(/\s+/u);
  return [words.slice(0, -1).join(' '), words.at(-1) ?? ''];
}
