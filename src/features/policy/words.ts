import type { PolicyTemplate } from '#domain/model/policy-template.ts';
import type { PolicyContent, PolicyFault } from '#domain/policy/content.ts';
import type { Translation } from '#domain/policy/languages.ts';
import { names } from '#domain/text/words.ts';

/** What prevents a policy from being published, as a sentence for its editor. */
export function faultWords(fault: PolicyFault, template: PolicyTemplate): string {
  const label = (id: string) => template.fields.find((field) => field.id === id)?.label ?? id;
  switch (fault.code) {
    case 'field_empty':
      return `“${label(fault.field)}” is empty. Fill it in.`;
    case 'field_unknown':
      return `“${fault.where}” names {${fault.field}}, but there is no such field. Write the text itself.`;
    case 'left_open':
      return `“${label(fault.where)}” still has the placeholder ${fault.found}. Replace it with the actual text.`;
    case 'section_empty':
      return `The section “${fault.where}” is empty. Add a sentence, or remove it.`;
    case 'id_twice':
      return `Two places have the id ${fault.id}. Remove one of them.`;
    case 'untranslated':
    case 'only_translated':
      throw new Error('a fault of a translation is said with its language');
    case 'contact_unreachable':
      return 'The contact needs an email address or a phone number.';
  }
}

/** The whole text as numbered plain lines; the version's hash is computed from it, in UTF-8. */
export function plainText({ title, intro, sections }: PolicyContent): string {
  return [
    title,
    ...(intro === '' ? [] : ['', intro]),
    ...sections.flatMap((section, at) => [
      '',
      `${at + 1}. ${section.title}`,
      ...section.items.map(({ text }, item) => `${at + 1}.${item + 1} ${text}`),
    ]),
    '',
  ].join('\n');
}

/** Says that a clause of the template was removed without a reason. */
export function leftOutWords({ text }: { readonly text: string }): string {
  return `“${cut(text)}” from the template is left out. Say why, or put it back.`;
}

/** Says that connectors reach a kind of data that the text does not mention. */
export function dataUnnamedWords(kind: string, connectors: readonly string[]): string {
  return `${kind} (reached through ${names(connectors, 4)})`;
}

/** Says that a notice does not mention a source that is read about staff. */
export function unnamedWords(source: string): string {
  return `The notice does not name one thing that is read here: ${source}. Name it, or stop reading it.`;
}

const LANGUAGE_NAMES: Readonly<Record<Translation, string>> = { es: 'Spanish' };

/** What prevents a translation from being published. */
export function translationFaultWords(
  fault: PolicyFault,
  language: Translation,
  { content, template }: { readonly content: PolicyContent; readonly template: PolicyTemplate },
): string {
  const name = LANGUAGE_NAMES[language];
  if (fault.code === 'untranslated')
    return `The ${name} text lacks “${placeWords(content, fault.id)}”. Translate it.`;
  if (fault.code === 'only_translated')
    return `The ${name} text has a sentence that the English one does not have (${fault.id}). Remove it there.`;
  return `In the ${name} text: ${faultWords(fault, template)}`;
}

/** Describes a position in the text for someone who looks for it. */
export function placeWords({ title, sections }: PolicyContent, id: string): string {
  const words =
    id === 'title'
      ? title
      : (sections.find((section) => `section ${section.id}` === id)?.title ??
        sections.flatMap(({ items }) => items).find((item) => item.id === id)?.text ??
        'Introduction');
  return cut(words);
}

function cut(words: string): string {
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}
