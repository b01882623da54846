import { dayWords, sentence } from '#domain/text/words.ts';
import type { OpenLink } from '#features/imports/upload-links/open.ts';
import { LINK_LIMITS } from '#features/imports/upload-links/receive.ts';
import { escapeHtml, shownText } from '#features/policy/html.ts';

/** System colors, light or dark, so that the page needs no stylesheet. */
const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin-top: 2rem; font-size: 1rem; }
li { margin: 0.25rem 0; overflow-wrap: anywhere; }
form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin-top: 1.5rem; padding: 1rem; border: 1px solid GrayText; border-radius: 0.5rem; }
label { font-weight: 600; }
input, button { font: inherit; }
input { width: 100%; min-width: 0; }
button { justify-self: start; min-height: 2.75rem; padding: 0.5rem 1.5rem; font-weight: 600; color: Canvas; background: CanvasText; border: 0; border-radius: 0.5rem; cursor: pointer; }
button:disabled { opacity: 0.6; }
summary { cursor: pointer; }
:focus-visible { outline: 2px solid CanvasText; outline-offset: 2px; }
`;

/** Uploads each chosen file separately and shows the result beside its name. */
const SCRIPT = `
const form = document.querySelector('form');
const files = document.querySelector('input');
const button = document.querySelector('button');
const list = document.querySelector('#sent');
const end = document.querySelector('#end');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const chosen = [...files.files];
  if (chosen.length === 0) return files.focus();
  button.disabled = true;
  document.querySelector('section').hidden = false;
  end.textContent = '';
  let received = 0;
  for (const file of chosen) {
    const line = document.createElement('li');
    const say = (words) => { line.textContent = file.name + ': ' + words; };
    say('being sent');
    list.append(line);
    const query = new URLSearchParams({ name: file.name, modified: new Date(file.lastModified).toISOString() });
    try {
      const answer = await fetch(location.pathname + '/files?' + query, { method: 'PUT', body: file });
      say((await answer.text()).trim());
      if (answer.ok) received += 1;
    } catch {
      say('The connection was lost. Nothing from the file was kept. Send it again.');
    }
  }
  if (received === chosen.length) end.textContent = 'All files were received. You can close this page, or send more.';
  form.reset();
  button.disabled = false;
  files.focus();
});
`;

/** The upload page behind a link: for which association, what is wanted, and a form for the files. */
export function uploadPage(
  { clientName, askedBy, endsOn, wanted }: OpenLink,
  nonce: { readonly style: string; readonly script: string },
): string {
  const name = shownText(clientName);
  const list = wanted
    .map(
      (one) =>
        `<li><details><summary>${escapeHtml(sentence(one.name))}</summary><ol>${one.steps
          .map((step) => `<li>${escapeHtml(step)}</li>`)
          .join('')}</ol></details></li>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Send files for ${name} · Bylaw</title>
<style nonce="${nonce.style}">${STYLE}</style>
</head>
<body>
<main>
<h1>Send files for ${name}</h1>
<p>${shownText(askedBy)} is asking you for files. You do not need an account. Someone there looks at each file before it is used. You can send files until the end of ${escapeHtml(dayWords(endsOn))}.</p>
${wanted.length === 0 ? '' : `<h2>What is wanted</h2><ul>${list}</ul>`}
<form>
<label for="files">Files</label>
<input id="files" type="file" multiple required>
<p>CSV, XLSX, JSON or a ZIP of them, up to ${LINK_LIMITS.fileBytes / 1_000_000} MB each and ${LINK_LIMITS.files} files in all.</p>
<button type="submit">Send</button>
</form>
<section hidden>
<h2 id="received">Sent from this page</h2>
<ul id="sent" aria-live="polite" aria-labelledby="received"></ul>
<p id="end" role="status"></p>
</section>
<noscript><p>Sending files needs JavaScript, which is turned off in this browser.</p></noscript>
</main>
<script nonce="${nonce.script}">${SCRIPT}</script>
</body>
</html>
`;
}
