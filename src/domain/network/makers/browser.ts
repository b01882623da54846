import { type Maker, type MakerInput, topNames } from './maker.ts';

/** Name of the policy in Edge and Chrome. */
export const BROWSER_POLICY = 'HttpHeaderInjection';

/**
 * The rules of the browser policy. A plain name matches itself and all names below it; patterns such as `*.claude.ai`
 * are invalid, and browsers ignore them silently.
 */
export function browserRules({ headers, restriction }: MakerInput) {
  return [
    {
      patterns: [...topNames(restriction.hosts)],
      headers: headers.map(({ name, value }) => ({ name, value })),
    },
  ];
}

/** The Windows and Mac files contain the same rules; they are generated with the other policy files. */
export const browserPolicy: Maker = {
  linux: (input) => `${JSON.stringify({ [BROWSER_POLICY]: browserRules(input) }, null, 2)}\n`,
};
