import { z } from 'zod';
import { groupOf } from '../model/bounded.ts';
import { ownValue } from '../model/own-value.ts';
import type { PolicyTemplate } from '../model/policy-template.ts';
import { TRANSLATIONS } from './languages.ts';

const line = (most: number) => z.string().trim().min(1).max(most);
const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'An id has lower-case letters, numbers and underscores.');

/** The text of a policy. It may contain fields in braces, such as `{organization}`. */
export const policyContentSchema = z.strictObject({
  title: line(200),
  intro: z.string().trim().max(2000),
  sections: z
    .array(
      z.strictObject({
        id,
        title: line(200),
        items: z.array(z.strictObject({ id, text: line(4000) })).max(60),
      }),
    )
    .min(1)
    .max(40),
});

/** Values of fields by id; an empty value counts as missing. */
export const policyFieldsSchema = groupOf(id, z.string().trim().max(1000), 40);

export type PolicyContent = z.infer<typeof policyContentSchema>;
export type PolicyFields = Readonly<Record<string, string>>;

const FIELD = /\{([^{}]*)\}/gu;
/** Common markers in templates for text to be filled in. */
const LEFT_OPEN = /\[[^\]\n]{1,80}\]|<[^>\n]{1,80}>|_{3,}|\b(?:TBD|TODO|XXX+|lorem ipsum)\b/iu;

/** One problem that prevents a policy from being published. */
export type PolicyFault =
  | { readonly code: 'field_empty'; readonly field: string }
  | { readonly code: 'field_unknown'; readonly field: string; readonly where: string }
  | { readonly code: 'left_open'; readonly found: string; readonly where: string }
  | { readonly code: 'section_empty'; readonly where: string }
  | { readonly code: 'id_twice'; readonly id: string }
  | { readonly code: 'contact_unreachable' }
  /** Ids of items, and of sections as `section <id>`. */
  | { readonly code: 'untranslated'; readonly id: string }
  | { readonly code: 'only_translated'; readonly id: string };

/** Maximum length in characters of a policy with its fields filled in; about ten times the template. */
export const MAX_CHARACTERS = 100_000;

/** The value of a field; without one, the placeholder stays. */
function textOfField(fields: PolicyFields, name: string, whole: string): string {
  return ownValue(fields, name)?.trim() || whole;
}

/**
 * Length in characters of a policy with its fields filled in, computed without filling them: a text of a few kilobytes
 * that repeats one field can grow to megabytes.
 */
export function charactersOf(content: PolicyContent, fields: PolicyFields): number {
  let characters = 0;
  for (const { text } of textsOf(content)) {
    characters += text.length;
    for (const [whole, name = ''] of text.matchAll(FIELD))
      characters += textOfField(fields, name, whole).length - whole.length;
  }
  return characters;
}

/** A field with another one in parentheses after it, such as a contact and its address. */
const WITH_ADDRESS = /(\{(\w+)\}) \(\{(\w+)\}\)/gu;

/** The text with its fields filled in; a field without a value stays in braces. */
export function filled(content: PolicyContent, fields: PolicyFields): PolicyContent {
  // A contact may be an address, or be written with it: it is not named twice then.
  const once = (text: string) =>
    text.replace(WITH_ADDRESS, (whole, field: string, name: string, address: string) => {
      const inner = ownValue(fields, address)?.trim().toLowerCase() ?? '';
      return inner !== '' && ownValue(fields, name)?.toLowerCase().includes(inner) ? field : whole;
    });
  const fill = (text: string) =>
    once(text).replace(FIELD, (whole, name: string) => textOfField(fields, name, whole));
  return {
    title: fill(content.title),
    intro: fill(content.intro),
    sections: content.sections.map(({ id: section, title, items }) => ({
      id: section,
      title: fill(title),
      items: items.map((item) => ({ id: item.id, text: fill(item.text) })),
    })),
  };
}

/** Items in only one of two texts: a translation must be complete and add nothing. */
export function translationFaults(content: PolicyContent, translated: PolicyContent): readonly PolicyFault[] {
  const ids = idsOf(content);
  const theirs = idsOf(translated);
  return [
    ...missingFrom(ids, theirs).map((id) => ({ code: 'untranslated', id }) as const),
    ...missingFrom(theirs, ids).map((id) => ({ code: 'only_translated', id }) as const),
  ];
}

function missingFrom(wanted: readonly string[], held: readonly string[]): string[] {
  const there = new Set(held);
  return wanted.filter((one) => !there.has(one));
}

/** Everything that prevents this policy from being published, in the order of the text. */
export function faultsOfPolicy(
  content: PolicyContent,
  fields: PolicyFields,
  template: Pick<PolicyTemplate, 'fields'>,
): readonly PolicyFault[] {
  const known = new Set(template.fields.map(({ id: field }) => field));
  const faults: PolicyFault[] = [];
  const empty = new Set<string>();
  for (const { where, text } of textsOf(content)) {
    for (const [, field = ''] of text.matchAll(FIELD))
      if (!known.has(field)) faults.push({ code: 'field_unknown', field, where });
      else if (!fields[field]?.trim()) empty.add(field);
    const open = LEFT_OPEN.exec(text);
    if (open !== null) faults.push({ code: 'left_open', found: open[0], where });
  }
  for (const field of empty) faults.push({ code: 'field_empty', field });
  for (const [field, value] of Object.entries(fields)) {
    const open = /[{}]/u.exec(value) ?? LEFT_OPEN.exec(value);
    if (open !== null) faults.push({ code: 'left_open', found: open[0], where: field });
  }
  for (const { title, items } of content.sections)
    if (items.length === 0) faults.push({ code: 'section_empty', where: title });
  const seen = new Set<string>();
  for (const one of idsOf(content)) {
    if (seen.has(one)) faults.push({ code: 'id_twice', id: one });
    seen.add(one);
  }
  const contact = fields.contact_address?.trim() ?? '';
  if (
    contact !== '' &&
    !/[^\s@]@[^\s@.]+\.[^\s@.]/u.test(contact) &&
    (contact.match(/\d/gu)?.length ?? 0) < 6
  )
    faults.push({ code: 'contact_unreachable' });
  return faults;
}

/** Ids of the clauses in the text, which are the ids of its items. */
export function clausesOf(content: PolicyContent): readonly string[] {
  return content.sections.flatMap(({ items }) => items.map(({ id: item }) => item));
}

/** Clauses of the template missing from a text, each with the template's text and the reason; '' means no reason. */
export function leftOutOf(
  content: PolicyContent,
  reasons: Readonly<Record<string, string>>,
  template: Pick<PolicyTemplate, 'sections'>,
) {
  const held = new Set(clausesOf(content));
  return template.sections.flatMap(({ id: section, title, items }) =>
    items.flatMap(({ id: item, text }) =>
      held.has(item) ? [] : [{ id: item, section, where: title, text, reason: reasons[item]?.trim() ?? '' }],
    ),
  );
}

/** Number of a clause in the text, such as "3.4"; null: not in it. */
export function clauseNumber({ sections }: PolicyContent, clause: string): string | null {
  for (const [at, { items }] of sections.entries()) {
    const index = items.findIndex(({ id: item }) => item === clause);
    if (index >= 0) return `${at + 1}.${index + 1}`;
  }
  return null;
}

function idsOf({ sections }: PolicyContent): string[] {
  return sections.flatMap(({ id: section, items }) => [
    `section ${section}`,
    ...items.map(({ id: item }) => item),
  ]);
}

/** Every text of a policy, with its place as a reader would describe it. */
export function textsOf(content: PolicyContent): { readonly where: string; readonly text: string }[] {
  return [
    { where: 'title', text: content.title },
    { where: 'introduction', text: content.intro },
    ...content.sections.flatMap(({ title, items }) => [
      { where: title, text: title },
      ...items.map(({ text }) => ({ where: title, text })),
    ]),
  ];
}

/** The template as the initial policy. */
export function contentFrom({
  title,
  intro,
  sections,
}: Pick<PolicyTemplate, 'title' | 'intro' | 'sections'>): PolicyContent {
  return { title, intro, sections };
}

/** Errors in the template itself: missing or unknown clauses, and fields that do not exist. */
export function templateFaults(
  template: PolicyTemplate,
  clauses: readonly { readonly id: string }[],
): readonly string[] {
  const content = contentFrom(template);
  const held = new Set(clausesOf(content));
  const known = new Set(clauses.map((clause) => clause.id));
  const every = Object.fromEntries(template.fields.map((field) => [field.id, 'filled 1@x.org']));
  return [
    ...[...known].filter((one) => !held.has(one)).map((one) => `the clause ${one} has no text`),
    ...[...held].filter((one) => !known.has(one)).map((one) => `${one} is no clause of clauses.yaml`),
    ...faultsOfPolicy(content, every, template).map((fault) => JSON.stringify(fault)),
    ...TRANSLATIONS.flatMap((language) => {
      const { collected, data, fields, ...translated } = template.translations[language];
      return [
        ...translationFaults(content, contentFrom(translated)).map((fault) => JSON.stringify(fault)),
        ...faultsOfPolicy(contentFrom(translated), every, template).map((fault) => JSON.stringify(fault)),
        ...missingFrom(Object.keys(template.collected), Object.keys(collected)).map(
          (source) => `the source ${source} has no words`,
        ),
        ...missingFrom(Object.keys(template.data), Object.keys(data)).map(
          (kind) => `the data ${kind} has no words`,
        ),
        ...missingFrom(Object.keys(fields), Object.keys(every)).map((field) => `there is no field ${field}`),
      ].map((says) => `${language}: ${says}`);
    }),
  ];
}
// Guide: G8-00 G8-02
