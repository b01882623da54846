import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { DATA_WORDS, REQUEST_STATE_WORDS, WRITES, WRITES_WORDS } from '#domain/requests/words.ts';
import { visible } from '#domain/text/given.ts';
import { dayWords } from '#domain/text/words.ts';
import { escapeHtml } from '#features/policy/html.ts';
import { type MessageKey, say } from '#features/policy/messages/say.ts';
import {
  type requestsOfStaff,
  STAFF_DAYS,
  type StaffAsked,
  type StaffWish,
} from '#features/requests/by-staff.ts';
import { entraLink, languages, notice, type PageLook, staffDocument } from './policy-page.ts';

/** The form that sends a link to a person's own page. */
export function ownLinkPage(
  clientName: string,
  {
    secret,
    mail,
    entra,
    problem,
  }: {
    readonly secret: string;
    readonly mail: boolean;
    /** Staff of the client can sign in at its Entra tenant. */
    readonly entra: boolean;
    readonly problem: MessageKey | null;
  },
  look: PageLook,
): string {
  const { language } = look;
  const words = (key: MessageKey) => shown(say(language, key));
  const signIn = entra ? entraLink(`/staff/${secret}`, language) : '';
  const body = mail
    ? `<p>${words('own_why')}${entra ? '' : ` ${words('own_link_goes')}`}</p>
${signIn}
<form method="post" action="?lang=${language}">
${problem === null ? '' : `<p class="said" role="alert">${words(problem)}</p>`}
<label for="address">${words('ask_address')}</label>
<input id="address" name="address" type="email" inputmode="email" autocomplete="email" required>
<button type="submit"${entra ? ' class="plain"' : ''}>${words('ask_send')}</button>
</form>`
    : entra
      ? signIn
      : `<p class="said">${words('own_no_mail')}</p>`;
  return notice(
    say(language, 'own_title'),
    `${languages(look)}<p class="line">${shown(clientName)}</p>${body}<nav class="to"><a href="/staff/${escapeHtml(secret)}">${words('own_back_allowed')}</a></nav>`,
    look,
  );
}

export function ownLinkSentPage(clientName: string, check: string, look: PageLook): string {
  const { language } = look;
  return notice(
    say(language, 'asked_title'),
    `<p>${shown(say(language, 'asked_sent', { client: clientName }))}</p>
<p class="said">${shown(say(language, 'asked_number'))} <strong class="number">${escapeHtml(check)}</strong></p>
<p class="line">${shown(say(language, 'asked_none'))}</p>`,
    look,
  );
}

/** Asks for the number, where a link is opened in another browser than the one that asked for it. */
export function ownNumberPage(problem: MessageKey | null, look: PageLook): string {
  const { language } = look;
  const words = (key: MessageKey) => shown(say(language, key));
  return notice(
    say(language, 'own_number_title'),
    `<p>${words('own_number_said')}</p>
<form method="post" action="?lang=${language}">
${problem === null ? '' : `<p class="said" role="alert">${words(problem)}</p>`}
<label for="check">${words('sign_number')}</label>
<input id="check" name="check" inputmode="numeric" autocomplete="off" maxlength="8" required>
<button type="submit">${words('own_number_open')}</button>
</form>`,
    look,
  );
}

interface Own {
  readonly secret: string;
  readonly clientName: string;
  readonly address: string;
  readonly requests: Awaited<ReturnType<typeof requestsOfStaff>>;
  readonly connectors: readonly { readonly id: string; readonly name: string }[];
}

/** A person's own page: what they asked for, and the form to ask for a connector. */
export function ownPage(
  { secret, clientName, address, requests, connectors }: Own,
  {
    wish,
    said,
    problem,
  }: {
    readonly wish: Partial<StaffWish & { by: string }>;
    readonly said: StaffAsked | null;
    readonly problem: string | null;
  },
  look: PageLook,
): string {
  const training = `/staff/mine/${escapeHtml(secret)}/training?lang=${look.language}`;
  const choice = (value: string, words: string, on: boolean) =>
    `<option value="${escapeHtml(value)}"${on ? ' selected' : ''}>${shown(words)}</option>`;
  const radio = (name: string, type: 'radio' | 'checkbox', value: string, words: string, on: boolean) =>
    `<label><input type="${type}" name="${name}" value="${value}"${type === 'radio' ? ' required' : ''}${on ? ' checked' : ''}> ${shown(words)}</label>`;
  const title = 'Your page';
  return staffDocument(
    title,
    `<p class="line">${shown(clientName)} · ${shown(address)}</p>
<h1>${title}</h1>
${look.language === 'en' ? '' : `<p class="said" role="note" lang="${look.language}">${shown(say(look.language, 'own_in_english'))} <a href="${training}">${shown(say(look.language, 'own_training'))}</a></p>`}
${said === null ? '' : `<p class="said" role="status">${shown(saidWords(said))}</p>`}
<section aria-labelledby="s-own"><h2 id="s-own">What you asked for</h2>${asked(requests)}</section>
<section aria-labelledby="s-ask"><h2 id="s-ask">Ask for a connector</h2>
<p>Nothing changes in Claude by asking. Never type a password or a key.</p>
<form method="post" action="/staff/mine/${escapeHtml(secret)}/connector">
${problem === null ? '' : `<p class="said" role="alert">${shown(problem)}</p>`}
<label for="by">Your name</label>
<input id="by" name="by" autocomplete="name" maxlength="120" required value="${escapeHtml(wish.by ?? '')}">
<label for="entry">Connector</label>
<select id="entry" name="entry">${choice('', 'Another one', (wish.entry ?? '') === '')}${connectors
      .map((one) => choice(one.id, one.name, wish.entry === one.id))
      .join('')}</select>
<label for="name">Its name<span>Where it is another one.</span></label>
<input id="name" name="name" maxlength="200" autocomplete="off" value="${escapeHtml(wish.name ?? '')}">
<label for="purpose">What is it for?</label>
<textarea id="purpose" name="purpose" rows="3" maxlength="2000" required>${escapeHtml(wish.purpose ?? '')}</textarea>
<label for="department">Your department<span>Optional.</span></label>
<input id="department" name="department" maxlength="120" autocomplete="organization-title" value="${escapeHtml(wish.department ?? '')}">
<label for="people">Who would use it?</label>
<input id="people" name="people" maxlength="300" autocomplete="off" required value="${escapeHtml(wish.people ?? '')}">
<fieldset><legend>Which data would Claude see?</legend>${[...DATA_CLASSES, 'not_known' as const]
      .map((one) => radio('data', 'checkbox', one, DATA_WORDS[one], wish.data?.includes(one) ?? false))
      .join('')}</fieldset>
<fieldset><legend>Is Claude meant to change anything there?</legend>${WRITES.map((one) =>
      radio('writes', 'radio', one, WRITES_WORDS[one], wish.writes === one),
    ).join('')}</fieldset>
<label for="days">For how long?</label>
<select id="days" name="days">${STAFF_DAYS.map((one) =>
      choice(String(one), one === 366 ? 'A year' : `${one} days`, wish.days === String(one)),
    ).join('')}</select>
<button type="submit">Ask for it</button>
</form></section>
<nav class="to" aria-label="What you can do"><a href="${training}">Read the training and take the quiz</a></nav>`,
    { style: look.style },
  );
}

function asked(requests: Own['requests']): string {
  if (requests.length === 0) return '<p>Nothing yet.</p>';
  return `<dl>${requests
    .map(
      ({ name, state, until, reason }) =>
        `<dt>${shown(name)}</dt><dd>${REQUEST_STATE_WORDS[state]}${
          state === 'approved' && until !== null ? ` until ${shown(dayWords(until))}` : ''
        }${reason === null ? '' : `: ${shown(reason)}`}</dd>`,
    )
    .join('')}</dl>`;
}

function saidWords(said: StaffAsked): string {
  switch (said.kind) {
    case 'asked':
      return `You asked for ${said.name}. It waits for a decision, and you see here what becomes of it.`;
    case 'joined':
      return `Somebody asked for ${said.name} before. You are noted beside them.`;
    case 'approved':
      return `${said.name} is approved already${said.until === null ? '' : `, until ${dayWords(said.until)}`}.`;
    case 'later':
      return 'That is too often for one day. Try again tomorrow.';
  }
}

function shown(text: string): string {
  return escapeHtml(visible(text));
}
// Guide: G8-10
