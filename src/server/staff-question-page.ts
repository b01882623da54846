import { escapeHtml, shownText as shown } from '#features/policy/html.ts';
import { type MessageKey, say } from '#features/policy/messages/format.ts';
import type { StaffPolicy } from '#features/policy/staff.ts';
import { textIn } from '#features/policy/translated.ts';
import { REPORT, type Written } from '#features/staff/report.ts';
import { languages, notice, type PageLook, staffDocument } from './policy-page.ts';

interface Around {
  readonly policy: StaffPolicy;
  readonly secret: string;
  readonly look: PageLook;
}

/** The form for a question about the policy; `written` keeps the text if something is missing. */
export function questionPage(
  { policy, secret, look }: Around,
  { written, problem }: { readonly written: Partial<Written>; readonly problem: MessageKey | null },
): string {
  const { language } = look;
  const title = say(language, 'question_title');
  return staffDocument(
    title,
    `${languages(look)}
<p class="line">${shown(policy.clientName)}</p>
<h1>${shown(title)}</h1>
<p>${shown(say(language, 'question_warning'))}</p>
<form method="post" action="?lang=${language}">
${problem === null ? '' : `<p class="said" role="alert">${shown(say(language, problem))}</p>`}
<label for="clause">${shown(say(language, 'question_about'))}</label>
<select id="clause" name="clause"><option value="">${shown(say(language, 'question_whole'))}</option>${clauses(policy, look, written.clause)}</select>
<label for="said">${shown(say(language, 'question_said'))}</label>
<textarea id="said" name="said" rows="5" maxlength="${REPORT.said}" required>${escapeHtml(written.said ?? '')}</textarea>
<label for="contact">${shown(say(language, 'question_contact'))}<span>${shown(say(language, 'question_contact_hint'))}</span></label>
<input id="contact" name="contact" maxlength="${REPORT.contact}" autocomplete="email" value="${escapeHtml(written.contact ?? '')}">
<button type="submit">${shown(say(language, 'question_send'))}</button>
</form>
${back(secret, look)}`,
    look,
  );
}

/** Shown after a question was received. */
export function askedQuestionPage({ policy, secret, look }: Around, reference: string): string {
  const { language } = look;
  return notice(
    say(language, 'question_done_title'),
    `<p class="said">${shown(say(language, 'question_done_said', { reference, client: policy.clientName }))}</p>
${back(secret, look)}`,
    look,
  );
}

function clauses({ version }: StaffPolicy, { language }: PageLook, chosen: string | undefined): string {
  if (version === null) return '';
  return textIn(version, language)
    .content.sections.flatMap(({ items }, at) =>
      items.map(({ id, text }, index) => {
        const words = `${at + 1}.${index + 1} ${text.length > 90 ? `${text.slice(0, 89)}…` : text}`;
        return `<option value="${escapeHtml(id)}"${id === chosen ? ' selected' : ''}>${shown(words)}</option>`;
      }),
    )
    .join('');
}

function back(secret: string, { language }: PageLook): string {
  return `<nav class="to"><a href="/policy/${escapeHtml(secret)}?lang=${language}">${shown(say(language, 'question_back'))}</a></nav>`;
}
// Guide: G8-04
