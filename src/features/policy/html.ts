import { ownValue } from '#domain/model/own-value.ts';
import type { PolicyContent } from '#domain/policy/content.ts';
import { visible } from '#domain/text/unsafe-text.ts';

/** Uses the colors of the browser's own theme, light or dark, so that the page loads nothing. */
export const POLICY_STYLE = `
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; max-width: 40rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { margin: 0.25rem 0 0.75rem; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 1.125rem; }
p, li { overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.25rem; }
li { margin: 0.5rem 0; }
.line, .foot { color: color-mix(in srgb, CanvasText 72%, Canvas); font-size: 0.9375rem; }
.foot { margin-top: 2.5rem; font-size: 0.8125rem; }
@page { margin: 2cm; }
@media print { :root { color-scheme: light; font-size: 11pt; } h2 { break-after: avoid; } li { break-inside: avoid; } }
`;

/**
 * The text of a policy as the body of a page, with numbered sections; a section of one sentence is a paragraph.
 * `after` returns the markup that follows a sentence, by its id.
 */
export function policyMarkup(
  { title, intro, sections }: PolicyContent,
  after: (item: string) => string = () => '',
): string {
  return [
    `<h1>${shownText(title)}</h1>`,
    ...(intro === '' ? [] : [`<p>${shownText(intro)}</p>`]),
    ...sections.map(({ id, title: heading, items }, at) => {
      const anchor = escapeHtml(id);
      const list =
        items.length === 1
          ? items
              .map((item) => `<p id="${escapeHtml(item.id)}">${shownText(item.text)}${after(item.id)}</p>`)
              .join('')
          : `<ul>${items
              .map((item) => `<li id="${escapeHtml(item.id)}">${shownText(item.text)}${after(item.id)}</li>`)
              .join('')}</ul>`;
      return `<section aria-labelledby="s-${anchor}"><h2 id="s-${anchor}">${at + 1}. ${shownText(heading)}</h2>${list}</section>`;
    }),
  ].join('\n');
}

/** A complete, self-contained page for readers. */
export function policyHtml(
  content: PolicyContent,
  {
    client,
    line,
    foot,
    language,
  }: { readonly client: string; readonly line: string; readonly foot: string; readonly language: string },
): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shownText(content.title)}</title>
<style>${POLICY_STYLE}</style>
</head>
<body>
<main>
<p class="line">${shownText(client)}<br>${shownText(line)}</p>
${policyMarkup(content)}
<p class="foot">${shownText(foot)}</p>
</main>
</body>
</html>
`;
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => ownValue(SIGNS, sign) ?? sign);
}

/** Text that people wrote, escaped for a page and without invisible characters. */
export function shownText(text: string): string {
  return escapeHtml(visible(text));
}
