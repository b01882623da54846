import { z } from 'zod';

/** Languages of the staff pages. The policy is written in the first; the others are translations. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Languages that a policy can be translated into. */
export const TRANSLATIONS = ['es'] as const;
export type Translation = (typeof TRANSLATIONS)[number];

export const languageSchema = z.enum(LANGUAGES);

export function isTranslation(language: Language): language is Translation {
  return language !== 'en';
}

/** Each language's name for itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };

/** The requested language, else the first supported one in the browser's list, else English. */
export function languageFrom(asked: string | undefined, accepted: string | undefined): Language {
  const wanted = [asked ?? '', ...(accepted ?? '').split(',')].map((one) =>
    one.trim().slice(0, 2).toLowerCase(),
  );
  return wanted.flatMap((one) => LANGUAGES.find((language) => language === one) ?? [])[0] ?? 'en';
}
