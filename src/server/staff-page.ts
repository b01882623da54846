import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { FORM_KINDS } from '#domain/staff/words.ts';
import { escapeHtml, shownText as shown } from '#features/policy/html.ts';
import { type MessageKey, say, sayDay, sayList } from '#features/policy/messages/format.ts';
import type { Permits } from '#features/requests/own-requests.ts';
import type { Allowed } from '#features/staff/allowed.ts';
import { REPORT, type Written } from '#features/staff/report.ts';
import { languages, notice, type PageLook, staffDocument } from './policy-page.ts';

/** URLs of staff pages, below the secret with which they were opened. */
export interface StaffPaths {
  readonly secret: string;
}

/** A person's own page, opened by a mailed link or a sign-in. */
export interface OwnPaths {
  readonly own: string;
  readonly address: string;
}

/** What is missing in a report, as messages for its form. */
export const REPORT_PROBLEMS = {
  no_kind: 'report_no_kind',
  too_short: 'report_too_short',
} as const;

/** What is allowed here, as one page to read or print. */
export function allowedPage(allowed: Allowed, paths: StaffPaths | OwnPaths, look: PageLook): string {
  const { clientName, charter, policy, today } = allowed;
  const words = wordsIn(look);
  const title = words('allowed_title', { client: clientName });
  const status = [
    sayDay(look.language, today),
    charter === null ? words('allowed_no_charter') : words('allowed_charter', { version: charter }),
    policy === null ? words('allowed_no_policy') : words('allowed_policy', { version: policy.label }),
  ];
  const part = (id: string, key: MessageKey, body: string) =>
    `<section aria-labelledby="s-${id}"><h2 id="s-${id}">${shown(words(key))}</h2>${body}</section>`;
  const to = (path: string, key: MessageKey) =>
    `<a href="${escapeHtml(path)}?lang=${look.language}">${shown(words(key))}</a>`;
  return staffDocument(
    title,
    [
      languages(look),
      `<p class="line">${status.map(shown).join(' · ')}</p>`,
      `<h1>${shown(title)}</h1>`,
      charter === null
        ? `<p class="said">${shown(words('allowed_undecided', { client: clientName }))}</p>`
        : '',
      part('account', 'allowed_account', account(allowed, look)),
      part('connectors', 'allowed_connectors', connectors(allowed, look)),
      part('places', 'allowed_places', places(allowed, look)),
      allowed.tools === null ? '' : part('tools', 'allowed_tools', tools(allowed.tools, look)),
      allowed.refusal === null
        ? ''
        : part('refused', 'allowed_refused', refused(allowed.refusal, allowed, look)),
      part('never', 'allowed_never', rules(allowed.never, allowed, look)),
      allowed.may.length === 0 ? '' : part('may', 'allowed_may', rules(allowed.may, allowed, look)),
      part('ask', 'allowed_ask', contact(allowed, look)),
      `<nav class="to" aria-label="${escapeHtml(words('allowed_to'))}">${[
        to('/check', 'allowed_to_check'),
        ...('own' in paths
          ? [
              to(`/staff/mine/${paths.own}/report`, 'report_title'),
              to(`/staff/mine/${paths.own}`, 'training_back'),
            ]
          : [
              to(`/staff/${paths.secret}/report`, 'report_title'),
              to(`/staff/${paths.secret}/mine`, 'allowed_to_own'),
              ...(policy === null ? [] : [to(`/policy/${paths.secret}`, 'allowed_to_policy')]),
            ]),
      ].join('')}</nav>`,
    ].join('\n'),
    look,
  );
}

type Values = Readonly<Record<string, string | number>>;

function wordsIn({ language }: PageLook): (key: MessageKey, values?: Values) => string {
  return (key, values = {}) => say(language, key, values);
}

function account({ plan, domains, clientName: client }: Allowed, look: PageLook): string {
  const words = wordsIn(look);
  const said =
    plan === 'free_pro'
      ? words('allowed_account_none', { client })
      : domains.length === 0
        ? words('allowed_account_no_domain', { client, plan: CLAUDE_PLAN_WORDS[plan] })
        : words('allowed_account_said', {
            client,
            plan: CLAUDE_PLAN_WORDS[plan],
            domains: sayList(
              look.language,
              domains.map((domain) => `@${domain}`),
              'disjunction',
            ),
          });
  return `<p>${shown(said)}</p>`;
}

function connectors(allowed: Allowed, look: PageLook): string {
  const { charter, connectors: all, clientName: client } = allowed;
  const words = wordsIn(look);
  if (charter === null) return `<p>${shown(words('allowed_connectors_undecided', { client }))}</p>`;
  const rest = `<p>${shown(words('allowed_connectors_rest'))}</p>`;
  if (all.length === 0) return `<p>${shown(words('allowed_connectors_none'))}</p>${rest}`;
  const lines = all.map((one) => {
    const { name, until, ended } = one;
    const day = until === null ? '' : sayDay(look.language, until);
    if (ended) return `<dt>${shown(name)}</dt><dd>${shown(words('allowed_ended', { day }))}</dd>`;
    const said = [
      ...permitted(one.permits, look),
      ...(until === null ? [] : [words('allowed_until', { day })]),
    ];
    return `<dt>${shown(name)}</dt><dd>${shown(said.join(' '))}</dd>${howToLink(one, allowed, look)}`;
  });
  return `<dl>${lines.join('')}</dl>${rest}`;
}

/** What Claude may do through a connector; names of actions are the connector's own, in its language. */
function permitted({ allow, ask, rest }: Permits, look: PageLook): string[] {
  const words = wordsIn(look);
  const list = (names: readonly string[]) => ({ names: sayList(look.language, names) });
  const named = [
    ...(allow.length === 0 ? [] : [words('permits_allow', list(allow))]),
    ...(ask.length === 0 ? [] : [words('permits_ask', list(ask))]),
  ];
  if (named.length > 0) return [...named, words(`permits_rest_${rest}`)];
  return [
    words(({ allow: 'permits_allow_all', ask: 'permits_ask_all', blocked: 'permits_none' } as const)[rest]),
  ];
}

/** How to link a connector; empty if all of it is blocked. */
function howToLink(
  { name, custom, managed, permits: { allow, ask, rest } }: Allowed['connectors'][number],
  { linking, clientName: client }: Allowed,
  look: PageLook,
): string {
  if (linking === null || (allow.length + ask.length === 0 && rest === 'blocked')) return '';
  const words = wordsIn(look);
  const steps = [
    words('link_open', { where: linking.where }),
    [words('link_find', { name }), ...(custom ? [words('link_custom', { client })] : [])].join(' '),
    [words('link_sign_in', { name }), ...(managed ? [words('link_managed')] : [])].join(' '),
  ];
  return `<dd><details><summary>${shown(words('link_how', { name }))}</summary><ol>${steps
    .map((step) => `<li>${shown(step)}</li>`)
    .join('')}</ol><p class="line">${shown(
    words('link_checked', { day: sayDay(look.language, linking.checked) }),
  )}</p></details></dd>`;
}

function places({ places: all }: Allowed, look: PageLook): string {
  const words = wordsIn(look);
  return `<dl>${all
    .map(({ id, allowed, only }) => {
      const said =
        allowed === null
          ? words('place_undecided')
          : !allowed
            ? words('place_no')
            : only.length === 0
              ? words('place_yes')
              : words('place_only', { names: sayList(look.language, only) });
      return `<dt>${shown(words(`place_${id}`))}</dt><dd>${shown(said)}</dd>`;
    })
    .join('')}</dl>`;
}

function tools(all: NonNullable<Allowed['tools']>, look: PageLook): string {
  const words = wordsIn(look);
  const rest = `<p>${shown(words('tools_rest'))}</p>`;
  if (all.length === 0) return rest;
  return `<dl>${all
    .map(({ title, decision, until, reason }) => {
      const day = until === null ? '' : sayDay(look.language, until);
      const said =
        decision === 'forbidden'
          ? words('tool_forbidden')
          : decision === 'lapsed'
            ? words('tool_lapsed_until', { day })
            : until === null
              ? words(`tool_${decision}`)
              : words(`tool_${decision}_until`, { day });
      return `<dt>${shown(title)}</dt><dd>${shown(said)} ${shown(reason)}</dd>`;
    })
    .join('')}</dl>${rest}`;
}

/** The vendor's message verbatim, and what to do about it. */
function refused(message: string, { contact: named, clientName: client }: Allowed, look: PageLook): string {
  const words = wordsIn(look);
  const whom = named === null ? words('allowed_it') : named.name;
  return `<p>${shown(words('refused_said', { message, client }))}</p><ol>${[
    words('refused_sign_in'),
    words('refused_tell', { contact: whom }),
    words('refused_personal'),
  ]
    .map((step) => `<li>${shown(step)}</li>`)
    .join('')}</ol>`;
}

function rules(texts: readonly string[], { policy, clientName: client }: Allowed, look: PageLook): string {
  const words = wordsIn(look);
  if (policy === null) return `<p>${shown(words('rules_no_policy', { client }))}</p>`;
  if (texts.length === 0) return `<p>${shown(words('rules_silent'))}</p>`;
  const note =
    policy.language === look.language
      ? ''
      : `<p class="line" role="note">${shown(words('untranslated'))}</p>`;
  return `${note}<ul lang="${policy.language}">${texts.map((text) => `<li>${shown(text)}</li>`).join('')}</ul>`;
}

function contact({ contact: named, clientName: client }: Allowed, look: PageLook): string {
  if (named === null) return `<p>${shown(wordsIn(look)('allowed_nobody', { client }))}</p>`;
  return `<p>${shown(named.name)}${named.address === null ? '' : `, ${shown(named.address)}`}</p>`;
}

/** The form to report something strange; `written` keeps the text if something is missing. */
export function reportPage(
  { clientName, contact: named }: Pick<Allowed, 'clientName' | 'contact'>,
  to: StaffPaths | OwnPaths,
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
${
  'own' in to
    ? `<p class="line">${shown(say(language, 'report_as', { address: to.address }))}</p>`
    : `<label for="contact">${words('report_contact')}<span>${words('report_contact_hint')}</span></label>
<input id="contact" name="contact" maxlength="${REPORT.contact}" autocomplete="email" value="${escapeHtml(written.contact ?? '')}">`
}
<button type="submit">${words('report_send')}</button>
</form>
${back(to, look)}`,
    look,
  );
}

/** Shown after a report was received. */
export function reportedPage(reference: string, to: StaffPaths | OwnPaths, look: PageLook): string {
  const { language } = look;
  return notice(
    say(language, 'report_done_title'),
    `<p class="said">${shown(say(language, 'report_done_reference'))} <strong class="number">${escapeHtml(reference)}</strong></p>
<p>${shown(say(language, 'report_done_said'))}</p>
${back(to, look)}`,
    look,
  );
}

function back(to: StaffPaths | OwnPaths, { language }: PageLook): string {
  if ('own' in to)
    return `<nav class="to"><a href="/staff/mine/${escapeHtml(to.own)}?lang=${language}">${shown(say(language, 'training_back'))}</a></nav>`;
  return `<nav class="to"><a href="/staff/${escapeHtml(to.secret)}?lang=${language}">${shown(say(language, 'own_back_allowed'))}</a></nav>`;
}
// Guide: G7.3-03 G8-03 G8-05 G8-10 G8-16
