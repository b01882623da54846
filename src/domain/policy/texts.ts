import type { PolicyText, TextFieldSource, TextList } from '../model/policy-text.ts';

/** Part of a sentence: fixed words, a value known for the client, or a gap still to be filled in. */
export interface Span {
  readonly kind: 'words' | 'known' | 'open';
  readonly text: string;
}
export type Line = readonly Span[];

/** Data that a text is filled in with. */
export interface TextFacts {
  /** null: unknown, so the field stays open. */
  readonly fields: Readonly<Record<TextFieldSource, string | null>>;
  readonly lists: Readonly<Record<TextList, readonly Line[]>>;
  /** Guide and vendor on a capability, by the capability's id. */
  readonly capabilities: ReadonlyMap<string, Line>;
}

export interface FilledText {
  readonly title: Line;
  readonly note: string;
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly items: readonly { readonly id: string; readonly spans: Line }[];
  }[];
}

const FIELD = /\{([^{}]*)\}/u;

/** The text with everything known about the client. Unknown values become open spans, never defaults. */
export function fillText(text: PolicyText, facts: TextFacts): FilledText {
  const fields = new Map(text.fields.map((field) => [field.id, field]));
  const fill = (words: string): Line =>
    words.split(FIELD).flatMap((part, at): Span[] => {
      if (at % 2 === 0) return part === '' ? [] : [{ kind: 'words', text: part }];
      const field = fields.get(part);
      const value = field?.from === undefined ? null : facts.fields[field.from];
      return value === null ? [open(field?.label ?? part)] : [{ kind: 'known', text: value }];
    });
  return {
    title: fill(text.title),
    note: text.note,
    sections: text.sections.map(({ id, title, items }) => ({
      id,
      title,
      items: items.flatMap((item) => {
        if ('text' in item) return [{ id: item.id, spans: fill(item.text) }];
        const lines =
          'list' in item
            ? facts.lists[item.list]
            : item.facts.flatMap((one) => {
                const line = facts.capabilities.get(one);
                return line === undefined ? [] : [line];
              });
        return lines.map((spans, at) => ({ id: `${item.id}_${at + 1}`, spans }));
      }),
    })),
  };
}

/** A gap that someone has to fill in or decide. */
export function open(label: string): Span {
  return { kind: 'open', text: label };
}

/** A line as plain text, with open spans in brackets. */
export function plainLine(line: Line): string {
  return line.map(({ kind, text }) => (kind === 'open' ? `[To fill in: ${text}]` : text)).join('');
}

/** Labels of open spans, without duplicates, in the order of the text. */
export function openIn({ title, sections }: FilledText): readonly string[] {
  const lines = [title, ...sections.flatMap(({ items }) => items.map(({ spans }) => spans))];
  return [
    ...new Set(lines.flatMap((line) => line.flatMap(({ kind, text }) => (kind === 'open' ? text : [])))),
  ];
}

/** Errors in a text itself: fields that do not exist or are unused, and duplicate ids. */
export function textFaults(
  text: PolicyText,
  known: { readonly capabilities: ReadonlySet<string>; readonly guide: ReadonlySet<string> },
): readonly string[] {
  const items = text.sections.flatMap((section) => section.items);
  const words = [text.title, ...items.flatMap((item) => ('text' in item ? item.text : []))];
  const used = new Set(words.flatMap((one) => one.split(FIELD).filter((_, at) => at % 2 === 1)));
  const fields = text.fields.map(({ id }) => id);
  return [
    ...[...used].filter((one) => !fields.includes(one)).map((one) => `there is no field {${one}}`),
    ...fields.filter((one) => !used.has(one)).map((one) => `the field ${one} is not used`),
    ...twice([
      ...text.sections.map(({ id }) => `section ${id}`),
      ...items.map(({ id }) => id),
      ...fields.map((id) => `field ${id}`),
    ]).map((one) => `${one} is there twice`),
    ...words
      .filter((one) => /[{}]/u.test(one.replaceAll(/\{[a-z_]+\}/gu, '')))
      .map((one) => `a brace is left in “${one}”`),
    ...items
      .flatMap((item) => ('facts' in item ? item.facts : []))
      .filter((one) => !known.capabilities.has(one))
      .map((one) => `capability ${one} does not exist`),
    ...text.guideRows.filter((row) => !known.guide.has(row)).map((row) => `guide row ${row} does not exist`),
  ];
}

function twice(ids: readonly string[]): readonly string[] {
  return ids.filter((one, at) => ids.indexOf(one) !== at);
}
// Guide: G8-13
