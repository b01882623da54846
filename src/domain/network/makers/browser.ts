import { type Maker, type MakerInput, topNames } from './maker.ts';

/** Name of the policy in Edge and Chrome. */
export const BROWSER_POLICY = 'HttpHeaderInjection';

/**
 * The rules of the browser policy. A name without anything before it matches itself and all names below it; a pattern
 * like `*.claude.ai` is not valid and is left out by the browser without a word.
 */
export function browserRules({ headers, restriction }: MakerInput) {
  return [
    {
      patterns: [...topNames(restriction.hosts)],
      headers: headers.map(({ name, value }) => ({ name, value })),
    },
  ];
}

/** The forms for Windows and Macs carry the same rules; they are made where files of policies are made. */
export const browserPolicy: Maker = {
  linux: (input) => `${JSON.stringify({ [BROWSER_POLICY]: browserRules(input) }, null, 2)}\n`,
};
