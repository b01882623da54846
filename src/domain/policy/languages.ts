import { z } from 'zod';

/** Languages of the staff pages. The policy itself is written in the first; the others are translations of it. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Languages that a policy can be translated into. */
export const TRANSLATIONS = ['es'] as const;
export type Translation = (typeof TRANSLATIONS)[number];

export const languageSchema = z.enum(LANGUAGES);

export function isTranslation(language: Language): language is Translation {
  return language !== 'en';
}

/** How a language calls itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };

/** The language asked for, else the first of those that a browser sends that there is, else English. */
export function languageFrom(asked: string | undefined, accepted: string | undefined): Language {
  const wanted = [asked ?? '', ...(accepted ?? '').split(',')].map((one) =>
    one.trim().slice(0, 2).toLowerCase(),
  );
  return wanted.flatMap((one) => LANGUAGES.find((language) => language === one) ?? [])[0] ?? 'en';
}
