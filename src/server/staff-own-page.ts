import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import type { Language } from '#domain/policy/languages.ts';
import { WRITES } from '#domain/requests/words.ts';
import { escapeHtml, shownText as shown } from '#features/policy/html.ts';
import { type MessageKey, say, sayDay } from '#features/policy/messages/format.ts';
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

/** Asks for the number if a link is opened in another browser than the one that asked for it. */
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

/** A person's own page: their requests, and the form to ask for a connector. */
export function ownPage(
  { secret, clientName, address, requests, connectors }: Own,
  {
    wish,
    said,
    problem,
  }: {
    readonly wish: Partial<StaffWish & { by: string }>;
    readonly said: Exclude<StaffAsked, { kind: 'incomplete' }> | null;
    readonly problem: MessageKey | null;
  },
  look: PageLook,
): string {
  const { language } = look;
  const words = (key: MessageKey) => shown(say(language, key));
  const own = (path: string) => `/staff/mine/${escapeHtml(secret)}${path}?lang=${language}`;
  const choice = (value: string, text: string, on: boolean) =>
    `<option value="${escapeHtml(value)}"${on ? ' selected' : ''}>${shown(text)}</option>`;
  const radio = (name: string, type: 'radio' | 'checkbox', value: string, key: MessageKey, on: boolean) =>
    `<label><input type="${type}" name="${name}" value="${value}"${type === 'radio' ? ' required' : ''}${on ? ' checked' : ''}> ${words(key)}</label>`;
  const title = say(language, 'page_title');
  return staffDocument(
    title,
    `${languages(look)}
<p class="line">${shown(clientName)} · ${shown(address)}</p>
<h1>${shown(title)}</h1>
${said === null ? '' : `<p class="said" role="status">${shown(saidWords(said, language))}</p>`}
<nav class="to" aria-label="${words('allowed_to')}"><a href="${own('/allowed')}">${words('allowed_link')}</a><a href="${own('/training')}">${words('own_training')}</a><a href="${own('/report')}">${words('report_title')}</a></nav>
<section aria-labelledby="s-own"><h2 id="s-own">${words('page_asked')}</h2>${asked(requests, language)}</section>
<section aria-labelledby="s-ask"><h2 id="s-ask">${words('page_ask')}</h2>
<p>${words('page_ask_said')}</p>
<form method="post" action="${own('/connector')}">
${problem === null ? '' : `<p class="said" role="alert">${words(problem)}</p>`}
<label for="by">${words('wish_by')}</label>
<input id="by" name="by" autocomplete="name" maxlength="120" required value="${escapeHtml(wish.by ?? '')}">
<label for="entry">${words('wish_connector')}</label>
<select id="entry" name="entry">${choice('', say(language, 'wish_other'), (wish.entry ?? '') === '')}${connectors
      .map((one) => choice(one.id, one.name, wish.entry === one.id))
      .join('')}</select>
<label for="name">${words('wish_name')}<span>${words('wish_name_hint')}</span></label>
<input id="name" name="name" maxlength="200" autocomplete="off" value="${escapeHtml(wish.name ?? '')}">
<label for="purpose">${words('wish_purpose')}</label>
<textarea id="purpose" name="purpose" rows="3" maxlength="2000" required>${escapeHtml(wish.purpose ?? '')}</textarea>
<label for="department">${words('wish_department')}<span>${words('wish_department_hint')}</span></label>
<input id="department" name="department" maxlength="120" autocomplete="organization-title" value="${escapeHtml(wish.department ?? '')}">
<label for="people">${words('wish_people')}</label>
<input id="people" name="people" maxlength="300" autocomplete="off" required value="${escapeHtml(wish.people ?? '')}">
<fieldset><legend>${words('wish_data')}</legend>${[...DATA_CLASSES, 'not_known' as const]
      .map((one) => radio('data', 'checkbox', one, `data_${one}`, wish.data?.includes(one) ?? false))
      .join('')}</fieldset>
<fieldset><legend>${words('wish_writes')}</legend>${WRITES.map((one) =>
      radio('writes', 'radio', one, `writes_${one}`, wish.writes === one),
    ).join('')}</fieldset>
<label for="days">${words('wish_days')}</label>
<select id="days" name="days">${STAFF_DAYS.map((one) =>
      choice(
        String(one),
        one === 366 ? say(language, 'wish_days_year') : say(language, 'wish_days_number', { days: one }),
        wish.days === String(one),
      ),
    ).join('')}</select>
<button type="submit">${words('wish_send')}</button>
</form></section>`,
    look,
  );
}

function asked(requests: Own['requests'], language: Language): string {
  if (requests.length === 0) return `<p>${shown(say(language, 'page_nothing'))}</p>`;
  return `<dl>${requests
    .map(({ name, state, until, reason }) => {
      const words =
        state === 'approved' && until !== null
          ? say(language, 'request_approved_until', { day: sayDay(language, until) })
          : say(language, `request_${state}`);
      return `<dt>${shown(name)}</dt><dd>${shown(words)}${reason === null ? '' : `: ${shown(reason)}`}</dd>`;
    })
    .join('')}</dl>`;
}

function saidWords(said: Exclude<StaffAsked, { kind: 'incomplete' }>, language: Language): string {
  switch (said.kind) {
    case 'asked':
      return say(language, 'wish_asked', { name: said.name });
    case 'joined':
      return say(language, 'wish_joined', { name: said.name });
    case 'approved':
      return said.until === null
        ? say(language, 'wish_approved', { name: said.name })
        : say(language, 'wish_approved_until', { name: said.name, day: sayDay(language, said.until) });
    case 'later':
      return say(language, 'wish_later');
  }
}
// Guide: G8-10 G8-16
