import { escapeHtml, POLICY_STYLE } from '../policy/index.ts';
import type { TextPaper } from './paper.ts';

const STYLE = `${POLICY_STYLE}
.note { border: 1px solid currentColor; padding: 0.75rem 1rem; }
mark { padding: 0 0.125rem; }
`;

/** A text as a standalone HTML page. */
export function textHtml({ client, title, note, foot, sections }: TextPaper): string {
  const line = (item: TextPaper['sections'][number]['items'][number]) =>
    item.map(({ text, open }) => (open ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text))).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="line">${escapeHtml(client)}</p>
<h1>${escapeHtml(title)}</h1>
<p class="note">${escapeHtml(note)}</p>
${sections
  .map(
    ({ title: heading, items }) =>
      `<section><h2>${escapeHtml(heading)}</h2>${
        items.length === 1
          ? items.map((item) => `<p>${line(item)}</p>`).join('')
          : `<ul>${items.map((item) => `<li>${line(item)}</li>`).join('')}</ul>`
      }</section>`,
  )
  .join('\n')}
<p class="foot">${escapeHtml(foot)}</p>
</main>
</body>
</html>
`;
}
