import { expect, test } from 'vitest';
import { LANGUAGES } from '#domain/policy/languages.ts';
import { MESSAGES } from './say.ts';

const { en } = MESSAGES;
const argumentsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map(([whole]) => whole).sort();

test.each(LANGUAGES)('%s has every message, each with the arguments of the English one', (language) => {
  const theirs: Readonly<Record<string, string>> = MESSAGES[language];
  expect(Object.keys(theirs).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    expect(argumentsOf(theirs[key] ?? ''), key).toEqual(argumentsOf(text));
    // Plain arguments alone, so that nothing in braces reaches a reader.
    expect((theirs[key] ?? '').replace(/\{\w+\}/gu, ''), key).not.toMatch(/[{}<>]/u);
  }
});
