import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { FORM_KINDS } from '#domain/staff/words.ts';
import { visible } from '#domain/text/given.ts';
import { anyOf, dayWords, names } from '#domain/text/words.ts';
import { escapeHtml } from '#features/policy/html.ts';
import { type MessageKey, say } from '#features/policy/messages/say.ts';
import type { Allowed, Place } from '#features/staff/allowed.ts';
import { REPORT, type Written } from '#features/staff/report.ts';
import { languages, notice, type PageLook, type PageNonce, staffDocument } from './policy-page.ts';

/** Where a staff page leads: below the secret with which it was opened. */
export interface StaffPaths {
  readonly secret: string;
}

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  cowork: 'Cowork: Claude does longer tasks with files on your computer',
  chrome: 'Claude in Chrome: Claude acts in your browser',
  desktop_extensions: 'Desktop extensions: additions to Claude on your computer',
  local_programs: 'Other programs on your computer connected to Claude (local servers)',
};

/** What is allowed here, as one page to read or print. */
export function allowedPage(allowed: Allowed, { secret }: StaffPaths, nonce: PageNonce): string {
  const { clientName, charter, policy, today } = allowed;
  const title = `What is allowed with Claude at ${clientName}`;
  const status = [
    dayWords(today),
    charter === null ? 'no charter' : `charter version ${charter}`,
    policy === null ? 'no policy' : `policy version ${policy.label}`,
  ];
  return staffDocument(
    title,
    [
      `<p class="line">${status.map(shown).join(' · ')}</p>`,
      `<h1>${shown(title)}</h1>`,
      charter === null
        ? `<p class="said">Nobody at ${shown(clientName)} has decided yet what Claude may be connected to. That does not mean yes or no. Ask before you connect anything.</p>`
        : '',
      section('account', 'Your account', account(allowed)),
      section('connectors', 'What Claude is connected to', connectors(allowed)),
      section('places', 'Where else Claude may work', places(allowed)),
      allowed.tools === null ? '' : section('tools', 'Other AI tools', tools(allowed.tools)),
      allowed.refusal === null
        ? ''
        : section('refused', 'If Claude refuses you', refused(allowed.refusal, allowed)),
      section('never', 'Never', rules(allowed.never, allowed)),
      allowed.may.length === 0 ? '' : section('may', 'You may', rules(allowed.may, allowed)),
      section('ask', 'Whom to ask', contact(allowed)),
      `<nav class="to" aria-label="What you can do">${[
        '<a href="/check">Check a file before you give it to Claude</a>',
        `<a href="/staff/${escapeHtml(secret)}/report">Report something strange</a>`,
        `<a href="/staff/${escapeHtml(secret)}/mine">Take the training, ask for a connector, and see what became of it</a>`,
        ...(policy === null
          ? []
          : [`<a href="/policy/${escapeHtml(secret)}">Read the whole policy and acknowledge it</a>`]),
      ].join('')}</nav>`,
    ].join('\n'),
    nonce,
  );
}

function section(id: string, title: string, body: string): string {
  return `<section aria-labelledby="s-${id}"><h2 id="s-${id}">${title}</h2>${body}</section>`;
}

function account({ plan, domains, clientName }: Allowed): string {
  if (plan === 'free_pro')
    return `<p>${shown(clientName)} has no Claude plan for organizations yet. A personal account is not one for work.</p>`;
  return `<p>${shown(clientName)} has ${shown(CLAUDE_PLAN_WORDS[plan])}. Sign in with your work address, which ends in ${shown(
    anyOf(domains.map((domain) => `@${domain}`)),
  )}. A personal Claude account is not for work.</p>`;
}

function connectors({ charter, connectors: all, clientName }: Allowed): string {
  if (charter === null) return `<p>Nobody at ${shown(clientName)} has decided yet.</p>`;
  const rest = '<p>Anything else needs approval first.</p>';
  if (all.length === 0) return `<p>No connector is approved.</p>${rest}`;
  return `<dl>${all
    .map(
      ({ name, words, until, ended }) =>
        `<dt>${shown(name)}</dt><dd>${
          ended && until !== null
            ? `The approval ended on ${shown(dayWords(until))}. Ask before you use it.`
            : `${shown(words)}${until === null ? '' : ` Approved until ${shown(dayWords(until))}.`}`
        }</dd>`,
    )
    .join('')}</dl>${rest}`;
}

function places({ places: all }: Allowed): string {
  return `<dl>${all
    .map(({ id, allowed, only }) => {
      const said =
        allowed === null
          ? 'Nobody has decided yet. Ask first.'
          : !allowed
            ? 'Not allowed.'
            : only.length === 0
              ? 'Allowed.'
              : `Only ${names(only, only.length)}.`;
      return `<dt>${PLACE_WORDS[id]}</dt><dd>${shown(said)}</dd>`;
    })
    .join('')}</dl>`;
}

function tools(all: NonNullable<Allowed['tools']>): string {
  const rest = '<p>Any other AI tool needs a decision first.</p>';
  if (all.length === 0) return rest;
  return `<dl>${all
    .map(({ title, decision, until, reason }) => {
      const day = until === null ? '' : ` until ${dayWords(until)}`;
      const said = {
        approved: `Allowed${day}.`,
        tolerated: `Allowed${day}, and not after it.`,
        forbidden: 'Not allowed.',
        lapsed: `No longer allowed; it was${day}.`,
      }[decision];
      return `<dt>${shown(title)}</dt><dd>${shown(said)} ${shown(reason)}</dd>`;
    })
    .join('')}</dl>${rest}`;
}

/** The vendor's message word by word, and what to do about it. */
function refused(message: string, { contact: named, clientName }: Allowed): string {
  const whom = named === null ? 'your IT' : shown(named.name);
  return `<p>“${shown(message)}” means that Claude was opened with an account outside ${shown(clientName)}, which the network does not let in. It is no fault of yours.</p><ol><li>Sign out of Claude, and sign in with your work address.</li><li>If it comes with your work address, too, tell ${whom} when it was, on which network and device, and whether it was the browser, the desktop app or another program.</li><li>Do not go on with a personal account on another network: what is of work stays in the account for work.</li></ol>`;
}

function rules(texts: readonly string[], { policy, clientName }: Allowed): string {
  if (policy === null)
    return `<p>${shown(clientName)} has no policy in force yet. Until it has one, ask before you give Claude anything about members, money or staff. Never type a password into a chat.</p>`;
  if (texts.length === 0) return '<p>The policy in force does not say. Ask first.</p>';
  return `<ul>${texts.map((text) => `<li>${shown(text)}</li>`).join('')}</ul>`;
}

function contact({ contact: named, clientName }: Allowed): string {
  if (named === null) return `<p>${shown(clientName)} has named nobody for questions yet. Ask your IT.</p>`;
  return `<p>${shown(named.name)}${named.address === null ? '' : `, ${shown(named.address)}`}</p>`;
}

/** The form to report something strange; `written` keeps what was typed where something is missing. */
export function reportPage(
  { clientName, contact: named }: Pick<Allowed, 'clientName' | 'contact'>,
  { secret }: StaffPaths,
  { written, problem }: { readonly written: Partial<Written>; readonly problem: MessageKey | null },
  look: PageLook,
): string {
  const { language } = look;
  const words = (key: MessageKey) => shown(say(language, key));
  const title = say(language, 'report_title');
  const kinds = FORM_KINDS.map(
    (kind) =>
      `<label><input type="radio" name="kind" value="${kind}" required${written.kind === kind ? ' checked' : ''}> ${words(`report_kind_${kind}`)}</label>`,
  ).join('');
  const urgent =
    named === null
      ? ''
      : ` ${shown(say(language, 'report_urgent', { contact: named.address === null ? named.name : `${named.name}, ${named.address}` }))}`;
  return staffDocument(
    title,
    `${languages(look)}
<p class="line">${shown(clientName)}</p>
<h1>${shown(title)}</h1>
<p>${words('report_why')}${urgent}</p>
<p>${words('report_warning')}</p>
<form method="post" action="?lang=${language}">
${problem === null ? '' : `<p class="said" role="alert">${words(problem)}</p>`}
<fieldset><legend>${words('report_about')}</legend>${kinds}</fieldset>
<label for="said">${words('report_said')}<span>${words('report_said_hint')}</span></label>
<textarea id="said" name="said" rows="6" maxlength="${REPORT.said}" required>${escapeHtml(written.said ?? '')}</textarea>
<label for="happened">${words('report_when')}<span>${words('report_when_hint')}</span></label>
<input id="happened" name="happened" maxlength="${REPORT.happened}" autocomplete="off" value="${escapeHtml(written.happened ?? '')}">
<label for="contact">${words('report_contact')}<span>${words('report_contact_hint')}</span></label>
<input id="contact" name="contact" maxlength="${REPORT.contact}" autocomplete="email" value="${escapeHtml(written.contact ?? '')}">
<button type="submit">${words('report_send')}</button>
</form>
${back(secret, look)}`,
    look,
  );
}

/** What a person sees once their report has arrived. */
export function reportedPage(reference: string, { secret }: StaffPaths, look: PageLook): string {
  const { language } = look;
  return notice(
    say(language, 'report_done_title'),
    `<p class="said">${shown(say(language, 'report_done_reference'))} <strong class="number">${escapeHtml(reference)}</strong></p>
<p>${shown(say(language, 'report_done_said'))}</p>
${back(secret, look)}`,
    look,
  );
}

function back(secret: string, { language }: PageLook): string {
  return `<nav class="to"><a href="/staff/${escapeHtml(secret)}">${shown(say(language, 'own_back_allowed'))}</a></nav>`;
}

function shown(text: string): string {
  return escapeHtml(visible(text));
}
// Guide: G7.3-03 G8-03 G8-05 G8-10 G8-16
