import type { Catalogue } from '#domain/model/catalogue.ts';
import {
  charactersOf,
  contentFrom,
  faultsOfPolicy,
  filled,
  type PolicyContent,
  type PolicyFault,
  translationFaults,
} from '#domain/policy/content.ts';
import { isTranslation, type Language, TRANSLATIONS, type Translation } from '#domain/policy/languages.ts';
import type { PolicyDraftRow } from '#store/policy/drafts.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { PolicyTranslation, PublishedTranslation } from '#store/schema/policy.ts';
import { sayList } from './messages/format.ts';
import { fieldsOf, hashOf, madeFields } from './read.ts';

type Draft = Pick<PolicyDraftRow, 'content' | 'fields' | 'collected' | 'data' | 'translations'>;
type Templates = Pick<Catalogue, 'policyTemplate'>;

/** A text of a version, with its language. */
export interface ShownText {
  readonly language: Language;
  readonly content: PolicyContent;
  readonly sha256: string;
}

/** Every text of a version, the English one first. */
export function textsOfVersion({ content, sha256, translations }: PolicyVersionRow): readonly ShownText[] {
  return [
    { language: 'en', content, sha256 },
    ...TRANSLATIONS.flatMap((language) => {
      const text = translations[language];
      return text === undefined ? [] : [{ language, content: text.content, sha256: text.sha256 }];
    }),
  ];
}

/** The text of a version in a reader's language, or the English one if there is none. */
export function textIn(version: PolicyVersionRow, language: Language): ShownText {
  const [english, ...others] = textsOfVersion(version);
  const found = others.find((one) => one.language === language) ?? english;
  if (found === undefined) throw new Error('a version has no text');
  return found;
}

/** The fields of a translation: those of the main text, unless it has its own. */
function fieldsIn(draft: Draft, translation: PolicyTranslation, language: Translation, catalogue: Templates) {
  const { fields, translations } = catalogue.policyTemplate;
  const own = Object.entries(translation.fields).filter(([, value]) => value.trim() !== '');
  return {
    ...fieldsOf(draft, catalogue),
    ...Object.fromEntries(own),
    ...madeFields(draft, fields, translations[language]),
  };
}

/** Length in characters of the longest text of a draft with its fields filled in. */
export function longestText(draft: Draft, catalogue: Templates): number {
  return Math.max(
    charactersOf(draft.content, fieldsOf(draft, catalogue)),
    ...TRANSLATIONS.flatMap((language) => {
      const translation = draft.translations[language];
      if (translation === undefined) return [];
      return [charactersOf(translation.content, fieldsIn(draft, translation, language, catalogue))];
    }),
  );
}

/** The translations of a draft, filled in, each with what prevents its publication. */
export function translationsOf(draft: Draft, catalogue: Templates) {
  return TRANSLATIONS.flatMap((language) => {
    const translation = draft.translations[language];
    if (translation === undefined) return [];
    const fields = fieldsIn(draft, translation, language, catalogue);
    return [
      {
        language,
        translation,
        filled: filled(translation.content, fields),
        faults: faultsIn(draft, translation, fields, catalogue),
      },
    ];
  });
}

/** Faults of a translation that the main text does not have. */
function faultsIn(
  draft: Draft,
  { content }: PolicyTranslation,
  fields: Readonly<Record<string, string>>,
  catalogue: Templates,
): readonly PolicyFault[] {
  const template = catalogue.policyTemplate;
  const known = new Set(
    faultsOfPolicy(draft.content, fieldsOf(draft, catalogue), template).map((fault) => JSON.stringify(fault)),
  );
  return [...translationFaults(draft.content, content), ...faultsOfPolicy(content, fields, template)].filter(
    (fault) => !known.has(JSON.stringify(fault)),
  );
}

/** The translations of a draft in the form in which they are published. */
export function publishedTranslations(
  draft: Draft,
  catalogue: Templates,
): Record<string, PublishedTranslation> {
  return Object.fromEntries(
    translationsOf(draft, catalogue).map(({ language, translation, filled: content }) => [
      language,
      { content, source: translation.content, fields: translation.fields, sha256: hashOf(content) },
    ]),
  );
}

/** The translations of a version, for further editing. */
export function carried(newest: PolicyVersionRow | undefined): Record<string, PolicyTranslation> {
  return Object.fromEntries(
    Object.entries(newest?.translations ?? {}).map(([language, { source, fields }]) => [
      language,
      { content: source, fields },
    ]),
  );
}

/** Replaces existing translations by those in a request. */
export function given(
  row: Draft,
  sent: Readonly<Record<string, PolicyTranslation | null>> | undefined,
): Record<string, PolicyTranslation> {
  const all = { ...row.translations, ...sent };
  return Object.fromEntries(
    Object.entries(all).flatMap(([language, text]) => (text === null ? [] : [[language, text]])),
  );
}

/** Whether a draft has exactly the translations of a version. */
export function sameTranslations(newest: PolicyVersionRow, draft: Draft, catalogue: Templates): boolean {
  const hashes = (all: Readonly<Record<string, { readonly sha256: string }>>) =>
    TRANSLATIONS.map((language) => all[language]?.sha256 ?? '').join(' ');
  return hashes(newest.translations) === hashes(publishedTranslations(draft, catalogue));
}

/** Initial text of a translation: the template's for every sentence that the draft has from the template. */
export function translationStart(
  { content }: Draft,
  language: Translation,
  { domains, catalogue }: { readonly domains: readonly string[]; readonly catalogue: Templates },
): PolicyTranslation {
  const { fields, ...text } = catalogue.policyTemplate.translations[language];
  const wanted = new Map(
    content.sections.map(({ id, items }) => [id, new Set(items.map((item) => item.id))]),
  );
  const start = contentFrom(text);
  return {
    content: {
      ...start,
      sections: start.sections.flatMap((section) => {
        const ids = wanted.get(section.id);
        return ids === undefined
          ? []
          : [{ ...section, items: section.items.filter(({ id }) => ids.has(id)) }];
      }),
    },
    fields: {
      ...fields,
      domains: sayList(
        language,
        domains.map((domain) => `@${domain}`),
        'disjunction',
      ),
    },
  };
}

/** Ids of sentences whose English text changed since the version before while the translation did not. */
export function staleIn(
  language: Translation,
  { text, translated }: { readonly text: PolicyContent; readonly translated: PolicyContent },
  newest: PolicyVersionRow | null,
): readonly string[] {
  const before = newest?.translations[language];
  if (newest === null || before === undefined) return [];
  const [was, is, wasThere, isThere] = [newest.content, text, before.content, translated].map(linesOf);
  return [...(is ?? [])].flatMap(([id, words]) =>
    was?.has(id) && was.get(id) !== words && wasThere?.get(id) === isThere?.get(id) ? [id] : [],
  );
}

function linesOf({ title, intro, sections }: PolicyContent): Map<string, string> {
  return new Map([
    ['title', title],
    ['intro', intro],
    ...sections.flatMap(({ id, title: heading, items }): [string, string][] => [
      [`section ${id}`, heading],
      ...items.map((item): [string, string] => [item.id, item.text]),
    ]),
  ]);
}

/** The text of a version in exactly this language; null: it has none. */
export function exactText(version: PolicyVersionRow, language: Language): ShownText | null {
  const text = textIn(version, language);
  return isTranslation(language) && text.language !== language ? null : text;
}
// Guide: G8-00 G8-01
