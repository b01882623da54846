import { LANGUAGES, type Language, OWN_NAMES } from '#domain/policy/languages.ts';
import { readabilityOf } from '#domain/policy/plain.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { escapeHtml, POLICY_STYLE, policyMarkup, shownText as shown } from '#features/policy/html.ts';
import { type MessageKey, say, sayDay, sayInstant, sayList } from '#features/policy/messages/format.ts';
import type { StaffPolicy } from '#features/policy/staff.ts';
import type { StaffProof } from '#features/policy/staff-actor.ts';
import { type ShownText, textIn } from '#features/policy/translated.ts';
import type { Allowed } from '#features/staff/allowed.ts';

const STYLE = `${POLICY_STYLE}
main { padding-bottom: 2rem; }
a { color: inherit; }
dl { margin: 0; }
dt { margin-top: 0.75rem; font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0.125rem 0 0; overflow-wrap: anywhere; }
form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; }
.sign { position: sticky; bottom: 0; margin: 2rem -1.25rem 0; padding: 1rem 1.25rem; background: Canvas; border-top: 1px solid color-mix(in srgb, CanvasText 30%, Canvas); }
@media (max-height: 34rem) { .sign { position: static; } }
label { font-weight: 600; }
label span { display: block; font-weight: 400; font-size: 0.9375rem; }
input, button, select, textarea { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit; border-radius: 0.5rem; }
input, select, textarea { padding: 0.5rem 0.75rem; background: Canvas; color: CanvasText; border: 1px solid color-mix(in srgb, CanvasText 60%, Canvas); }
button, .button { padding: 0.75rem; font-weight: 600; color: Canvas; background: CanvasText; border: 0; cursor: pointer; }
.button { box-sizing: border-box; display: block; min-height: 2.75rem; text-align: center; text-decoration: none; border-radius: 0.5rem; }
.button + form { margin-top: 1.25rem; }
button.plain { color: CanvasText; background: Canvas; border: 1px solid CanvasText; }
:focus-visible { outline: 2px solid CanvasText; outline-offset: 2px; }
.said { padding: 0.75rem 1rem; border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: 0.5rem; }
.number { display: block; font-size: 2rem; font-weight: 700; letter-spacing: 0.15em; }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; justify-content: flex-end; }
nav a, nav span { padding: 0.625rem 0; }
a { color: inherit; }
fieldset { margin: 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 600; }
fieldset label { display: flex; align-items: center; gap: 0.75rem; min-height: 2.75rem; font-weight: 400; }
summary { min-height: 2.75rem; padding: 0.625rem 0; box-sizing: border-box; cursor: pointer; }
input[type='radio'], input[type='checkbox'] { flex: none; width: 1.25rem; min-height: 1.25rem; margin: 0; }
.to { display: grid; gap: 0.25rem; justify-content: stretch; }
.to a { display: flex; align-items: center; min-height: 2.75rem; }
@media print { .sign, nav { display: none; } }
`;

export interface PageNonce {
  readonly style: string;
  /** Language of the page; left out: English. */
  readonly language?: Language;
}

/** How a policy page is rendered: the nonce of its style element, and the reader's language. */
export type PageLook = Required<PageNonce>;

/** The complete HTML page around `body`. */
export function staffDocument(title: string, body: string, { style, language = 'en' }: PageNonce): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown(title)}</title>
<style nonce="${style}">${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** Links to the same page in other languages. */
export function languages({ language }: PageLook): string {
  const links = LANGUAGES.map((one) =>
    one === language
      ? `<span aria-current="true">${OWN_NAMES[one]}</span>`
      : `<a href="?lang=${one}" lang="${one}" hreflang="${one}">${OWN_NAMES[one]}</a>`,
  ).join('');
  return `<nav aria-label="${shown(say(language, 'language'))}">${links}</nav>`;
}

export interface Around {
  readonly policy: StaffPolicy;
  /** Approved connectors with what Claude may change there. */
  readonly changes: Allowed['connectors'];
  /** The page's secret, for links below it; left out: the page was opened by a personal link. */
  readonly secret?: string;
  readonly plainWords: Parameters<typeof readabilityOf>[1];
  readonly look: PageLook;
}

/**
 * The policy in force followed by what is approved today, with a notice if it is not available in the reader's
 * language.
 */
function policyBody(around: Around, text: ShownText): string {
  const { policy, plainWords, look } = around;
  const { version, clientName, connectors } = policy;
  const { language } = look;
  if (version === null) return '';
  const { minutes } = readabilityOf(text.content, plainWords);
  const approved =
    connectors === null
      ? ''
      : `<section aria-labelledby="s-connectors"><h2 id="s-connectors">${shown(say(language, 'connectors'))}</h2><p>${shown(
          connectors.length === 0
            ? say(language, 'connectors_none')
            : say(language, 'connectors_only', { names: sayList(language, connectors) }),
        )}</p></section>`;
  const line = say(language, 'version', {
    version: versionLabel(version),
    day: sayDay(language, version.effective_on),
    minutes,
  });
  return `${languages(look)}
<p class="line">${shown(clientName)}<br>${shown(line)}</p>
${text.language === language ? '' : `<p class="said" role="note">${shown(say(language, 'untranslated'))}</p>`}
<div lang="${text.language}">
${policyMarkup(text.content, (item) => linksAfter(around, item))}
</div>
${approved}
${changes(around)}`;
}

/** What is approved today under a clause: lists, and where to ask. */
function linksAfter({ policy, secret, look: { language } }: Around, item: string): string {
  const link = (to: string, key: MessageKey) =>
    `<br><a lang="${language}" href="${escapeHtml(to)}">${shown(say(language, key))}</a>`;
  const lists = policy.connectors !== null;
  const below = (path: string) => `/staff/${secret}/${path}`;
  const links = [
    ...(lists && (item === 'use_analysis' || item === 'no_unapproved_connectors')
      ? [link('#s-connectors', 'clause_connectors')]
      : []),
    ...(lists && item === 'use_automation' ? [link('#s-automation', 'clause_automation')] : []),
    ...(secret !== undefined && item === 'no_unapproved_connectors'
      ? [link(below('mine'), 'clause_request')]
      : []),
    ...(secret !== undefined && item === 'contact'
      ? [link(`${below('question')}?lang=${language}`, 'clause_question')]
      : []),
  ];
  return links.join('');
}

/** Systems in which Claude may change something today, and for which changes it asks first. */
function changes({ policy, changes: connectors, look: { language } }: Around): string {
  if (policy.connectors === null) return '';
  const names = (list: readonly string[]) =>
    sayList(
      language,
      list.map((one) => (one === '*' ? say(language, 'automation_all') : one)),
    );
  const lines = connectors
    .filter(({ ended, changes: { allowed, asks } }) => !ended && allowed.length + asks.length > 0)
    .map(({ name, changes: { allowed, asks } }) => {
      const words = [
        ...(allowed.length === 0 ? [] : [say(language, 'automation_may', { names: names(allowed) })]),
        ...(asks.length === 0 ? [] : [say(language, 'automation_asks', { names: names(asks) })]),
      ];
      return `<dt>${shown(name)}</dt><dd>${shown(words.join(' '))}</dd>`;
    });
  const body =
    lines.length === 0 ? `<p>${shown(say(language, 'automation_none'))}</p>` : `<dl>${lines.join('')}</dl>`;
  return `<section aria-labelledby="s-automation"><h2 id="s-automation">${shown(say(language, 'automation'))}</h2>${body}</section>`;
}

/** The page where a person asks for a link to acknowledge the policy. */
export function askPage(
  around: Around,
  {
    address,
    problem,
    allowed = null,
    entra = false,
  }: {
    readonly address: string | null;
    readonly problem: MessageKey | null;
    /** Link to the page of what is allowed; null: not shown. */
    readonly allowed?: string | null;
    /** Staff of the client can sign in at its Entra tenant. */
    readonly entra?: boolean;
  },
): string {
  const { policy, look, secret } = around;
  const { language } = look;
  if (policy.version === null) return noPolicy(around, allowedLink(allowed, language));
  const signIn = entra && secret !== undefined ? entraLink(`/policy/${secret}`, language) : '';
  const text = textIn(policy.version, language);
  const form =
    address === null
      ? `<label for="address">${shown(say(language, 'ask_address'))}<span>${shown(say(language, 'ask_address_hint'))}</span></label>
<input id="address" name="address" type="email" inputmode="email" autocomplete="email" required>`
      : `<p class="line">${shown(say(language, 'ask_sent_to', { address: hidden(address) }))}</p>`;
  return staffDocument(
    text.content.title,
    `${policyBody(around, text)}
${allowedLink(allowed, language)}
<form class="sign" method="post" action="?lang=${language}">
${problem === null ? '' : `<p class="said" role="alert">${shown(say(language, problem))}</p>`}
${signIn}
${form}
<button type="submit"${signIn === '' ? '' : ' class="plain"'}>${shown(say(language, 'ask_send'))}</button>
</form>`,
    look,
  );
}

/** Shown after asking for a link: the number to type if it is opened in another browser. */
export function askedPage({ policy, look }: Around, check: string): string {
  const { language } = look;
  return notice(
    say(language, 'asked_title'),
    `<p>${shown(say(language, 'asked_sent', { client: policy.clientName }))}</p>
<p class="said">${shown(say(language, 'asked_number'))} <strong class="number">${escapeHtml(check)}</strong></p>
<p class="line">${shown(say(language, 'asked_none'))}</p>`,
    look,
  );
}

/** The policy with the button that acknowledges it. */
export function signPage(
  around: Around,
  {
    address,
    here,
    method,
    name,
    problem,
  }: {
    readonly address: string;
    readonly here: boolean;
    readonly method: StaffProof;
    readonly name: string;
    readonly problem: MessageKey | null;
  },
): string {
  const { policy, look } = around;
  const { language } = look;
  if (policy.version === null) return noPolicy(around);
  const text = textIn(policy.version, language);
  const check = here
    ? ''
    : `<label for="check">${shown(say(language, 'sign_number'))}<span>${shown(say(language, 'sign_number_hint'))}</span></label>
<input id="check" name="check" inputmode="numeric" autocomplete="off" maxlength="8" required>`;
  return staffDocument(
    text.content.title,
    `${policyBody(around, text)}
<form class="sign" method="post" action="?lang=${language}">
${problem === null ? '' : `<p class="said" role="alert">${shown(say(language, problem))}</p>`}
<input type="hidden" name="sha256" value="${escapeHtml(text.sha256)}">
${check}
<label for="name">${shown(say(language, 'sign_name'))}</label>
<input id="name" name="name" autocomplete="name" maxlength="120" required value="${escapeHtml(name)}">
<button type="submit">${shown(say(language, 'sign_submit'))}</button>
<p class="line">${shown(say(language, method === 'sign_in' ? 'sign_in_recorded' : 'sign_recorded', { address }))}</p>
</form>`,
    look,
  );
}

/** Shown after acknowledging. */
export function donePage(
  { policy, look }: Around,
  {
    label,
    at,
    zone,
    own,
  }: {
    readonly label: string;
    readonly at: Date;
    readonly zone: string;
    /** Secret of the link, if this browser may open the person's own page with it; null: it may not. */
    readonly own: string | null;
  },
): string {
  const { language } = look;
  const said = say(language, 'done_said', {
    version: label,
    client: policy.clientName,
    when: sayInstant(language, at, zone),
  });
  return notice(
    say(language, 'done_title'),
    `<p>${shown(said)}</p>
${
  own === null
    ? `<p>${shown(say(language, 'done_close'))}</p>`
    : `<p>${shown(say(language, 'done_next'))}</p>
<form method="post" action="/policy/sign/${escapeHtml(own)}/own?lang=${language}">
<button type="submit">${shown(say(language, 'own_number_open'))}</button>
</form>`
}`,
    look,
  );
}

/** A page with one sentence. */
export function notice(title: string, body: string, look: PageNonce): string {
  return staffDocument(title, `<h1>${shown(title)}</h1>\n${body}`, look);
}

/** A page with one message of the catalogue. */
export function messagePage(title: MessageKey, said: MessageKey, look: PageNonce): string {
  const { language = 'en' } = look;
  return notice(say(language, title), `<p>${shown(say(language, said))}</p>`, look);
}

function noPolicy({ policy, look }: Around, more = ''): string {
  const { language } = look;
  return notice(
    say(language, 'no_policy_title'),
    `<p>${shown(say(language, 'no_policy_said', { client: policy.clientName }))}</p>${more}`,
    look,
  );
}

/** The button to sign in with the work account, below a page's URL. */
export function entraLink(page: string, language: Language): string {
  return `<p class="line">${shown(say(language, 'entra_or'))}</p>
<a class="button" href="${escapeHtml(page)}/entra?lang=${language}">${shown(say(language, 'entra_button'))}</a>`;
}

function allowedLink(address: string | null, language: Language): string {
  return address === null
    ? ''
    : `<p><a href="${escapeHtml(address)}?lang=${language}">${shown(say(language, 'allowed_link'))}</a></p>`;
}

/** Masks an address so that only its owner recognizes it. */
function hidden(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `${local.slice(0, 2)}…@${domain}`;
}
// Guide: G8-01 G8-05 G8-10
