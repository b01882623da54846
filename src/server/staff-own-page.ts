import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { DATA_WORDS, REQUEST_STATE_WORDS, WRITES, WRITES_WORDS } from '#domain/requests/words.ts';
import { visible } from '#domain/text/given.ts';
import { dayWords } from '#domain/text/words.ts';
import { escapeHtml } from '#features/policy/html.ts';
import {
  type requestsOfStaff,
  STAFF_DAYS,
  type StaffAsked,
  type StaffWish,
} from '#features/requests/by-staff.ts';
import { entraLink, notice, type PageNonce, staffDocument } from './policy-page.ts';

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
    readonly problem: string | null;
  },
  nonce: PageNonce,
): string {
  const signIn = entra ? entraLink(`/staff/${secret}`, 'en') : '';
  const body = mail
    ? `<p>To take the training, to ask for a connector, and to see what became of it, open your own page.${entra ? '' : ' A link to it is sent to your work address.'}</p>
${signIn}
<form method="post">
${problem === null ? '' : `<p class="said" role="alert">${shown(problem)}</p>`}
<label for="address">Your work address</label>
<input id="address" name="address" type="email" inputmode="email" autocomplete="email" required>
<button type="submit"${entra ? ' class="plain"' : ''}>Send me the link</button>
</form>`
    : entra
      ? signIn
      : '<p class="said">Mail is not set up here yet, so nobody can show who they are. Ask your contact instead.</p>';
  return notice(
    'Your own page',
    `<p class="line">${shown(clientName)}</p>${body}<nav class="to" aria-label="Back"><a href="/staff/${escapeHtml(secret)}">Back to what is allowed here</a></nav>`,
    nonce,
  );
}

export function ownLinkSentPage(clientName: string, check: string, nonce: PageNonce): string {
  return notice(
    'Look at your mail',
    `<p>If this is an address of somebody at ${shown(clientName)}, a link is on its way to it. Open it on this device.</p>
<p class="said">If the link opens in another browser, it asks for this number: <strong class="number">${escapeHtml(check)}</strong></p>
<p class="line">Nothing came? Look into the junk folder, or go back and ask again.</p>`,
    nonce,
  );
}

/** Asks for the number, where a link is opened in another browser than the one that asked for it. */
export function ownNumberPage(problem: string | null, nonce: PageNonce): string {
  return notice(
    'Type the number',
    `<p>This is not the browser that asked for the link. Type the number that the other one shows.</p>
<form method="post">
${problem === null ? '' : `<p class="said" role="alert">${shown(problem)}</p>`}
<label for="check">Number</label>
<input id="check" name="check" inputmode="numeric" autocomplete="off" maxlength="8" required>
<button type="submit">Open my page</button>
</form>`,
    nonce,
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
  nonce: PageNonce,
): string {
  const choice = (value: string, words: string, on: boolean) =>
    `<option value="${escapeHtml(value)}"${on ? ' selected' : ''}>${shown(words)}</option>`;
  const radio = (name: string, type: 'radio' | 'checkbox', value: string, words: string, on: boolean) =>
    `<label><input type="${type}" name="${name}" value="${value}"${type === 'radio' ? ' required' : ''}${on ? ' checked' : ''}> ${shown(words)}</label>`;
  const title = 'Your page';
  return staffDocument(
    title,
    `<p class="line">${shown(clientName)} · ${shown(address)}</p>
<h1>${title}</h1>
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
<nav class="to" aria-label="What you can do"><a href="/staff/mine/${escapeHtml(secret)}/training">Read the training and take the quiz</a></nav>`,
    nonce,
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
