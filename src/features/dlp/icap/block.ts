import type { DlpGroup, DlpRule } from '#domain/dlp/rules.ts';
import type { HttpAnswer } from '#guards/icap/guard.ts';
import { escapeHtml } from '../../policy/index.ts';
import { BLOCK_WORDS, type BlockWords } from './words.ts';

interface Blocked {
  readonly because: 'content' | 'unfinished' | null;
  readonly rules: readonly DlpRule[];
  readonly reference: string;
  readonly clientName: string;
  readonly helpUrl: string | null;
  /** Headers of the request. */
  readonly accept: string;
  readonly language: string;
}

/**
 * The response in place of Claude's: a page, or for programs an error in the format of Claude's API. It names the
 * kinds of findings, never their content.
 */
export function blockAnswer(blocked: Blocked): HttpAnswer {
  const { accept, language, helpUrl, reference, clientName, because, rules } = blocked;
  const words = BLOCK_WORDS[languageOf(language)];
  const found = because === 'content' ? words.list(kindsOf(rules, words)) : null;
  const said = found === null ? words.unfinished : words.found(found);
  const html = /\btext\/html\b/iu.test(accept);
  const helpAt = helpUrl === null ? null : answerAt(helpUrl, reference, words);
  const body = html
    ? page({ words, said, reference, clientName, helpUrl: helpAt })
    : JSON.stringify({
        type: 'error',
        error: {
          type: 'permission_error',
          message: [said, words.toDo(found !== null), words.reference(reference), helpAt ?? words.ask].join(
            ' ',
          ),
        },
      });
  return {
    status: '403 Forbidden',
    headers: [
      ['Content-Type', html ? 'text/html; charset=utf-8' : 'application/json'],
      ['Content-Language', words.language],
      ['Cache-Control', 'no-store'],
      ['Referrer-Policy', 'no-referrer'],
      ...(html
        ? ([
            [
              'Content-Security-Policy',
              "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            ],
          ] as const)
        : []),
    ],
    body: Buffer.from(body),
  };
}

/** The staff report page gets a reference and the language; any other page is linked unchanged. */
function answerAt(helpUrl: string, reference: string, { language }: BlockWords): string {
  const url = new URL(helpUrl);
  if (!/\/staff\/[^/]+\/report$/u.test(url.pathname)) return helpUrl;
  url.searchParams.set('lang', language);
  url.searchParams.set('blocked', reference);
  return url.href;
}

/** Rules have English titles; in other languages, their groups are named. */
function kindsOf(rules: readonly DlpRule[], { groups }: BlockWords): readonly string[] {
  return groups === null
    ? rules.map(({ title }) => title)
    : [...new Set(rules.map(({ group }: { readonly group: DlpGroup }) => groups[group]))];
}

/** Longest list of languages that is read; browsers send fewer than 100 characters. */
const MAX_LANGUAGES = 500;

/** The browser's preferred language among ours; default English. */
function languageOf(wanted: string): 'en' | 'es' {
  const known = wanted
    .slice(0, MAX_LANGUAGES)
    .toLowerCase()
    .split(',')
    .map((one) => {
      const [tag = '', ...parameters] = one.split(';').map((part) => part.trim());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return { id: tag.split('-')[0], q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
    })
    .filter(({ id, q }) => (id === 'en' || id === 'es') && q > 0)
    .toSorted((a, b) => b.q - a.q);
  return known[0]?.id === 'es' ? 'es' : 'en';
}

const STYLE =
  'body{margin:0;background:Canvas;color:CanvasText;color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}main{max-width:38rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.5rem;line-height:1.25}code{font-size:1.125rem;font-weight:600;overflow-wrap:anywhere}';

function page({
  words,
  said,
  reference,
  clientName,
  helpUrl,
}: {
  readonly words: BlockWords;
  readonly said: string;
  readonly reference: string;
  readonly clientName: string;
  readonly helpUrl: string | null;
}): string {
  const help =
    helpUrl === null
      ? `<p>${words.ask}</p>`
      : `<p><a href="${escapeHtml(helpUrl)}">${words.falseAlarm}</a></p>`;
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p>${escapeHtml(clientName)}</p>
<h1>${words.title}</h1>
<p>${escapeHtml(said)}</p>
<p>${words.toDo(said !== words.unfinished)}</p>
<p>${words.referenceName}<br><code>${escapeHtml(reference)}</code></p>
${help}
<p>${words.notKept}</p>
</main>
</body>
</html>
`;
}
