import { readabilityOf } from '#domain/policy/plain.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { visible } from '#domain/text/given.ts';
import { dayWords, names } from '#domain/text/words.ts';
import { escapeHtml, POLICY_STYLE, policyMarkup } from '#features/policy/html.ts';
import type { StaffPolicy } from '#features/policy/staff.ts';

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
input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit; border-radius: 0.5rem; }
input { padding: 0.5rem 0.75rem; background: Canvas; color: CanvasText; border: 1px solid color-mix(in srgb, CanvasText 60%, Canvas); }
button { padding: 0.75rem; font-weight: 600; color: Canvas; background: CanvasText; border: 0; cursor: pointer; }
:focus-visible { outline: 2px solid CanvasText; outline-offset: 2px; }
.said { padding: 0.75rem 1rem; border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: 0.5rem; }
.number { display: block; font-size: 2rem; font-weight: 700; letter-spacing: 0.15em; }
@media print { .sign { display: none; } }
`;

export interface PageNonce {
  readonly style: string;
}

/** The whole page around `body`. */
export function staffDocument(title: string, body: string, nonce: PageNonce): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown(title)}</title>
<style nonce="${nonce.style}">${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** The policy in force with what is approved today below it. */
function policyBody(policy: StaffPolicy, plainWords: Parameters<typeof readabilityOf>[1]): string {
  const { version, clientName, connectors } = policy;
  if (version === null) return '';
  const { minutes } = readabilityOf(version.content, plainWords);
  const approved =
    connectors === null
      ? ''
      : `<section aria-labelledby="s-connectors"><h2 id="s-connectors">Approved connectors today</h2><p>${
          connectors.length === 0
            ? 'None. Ask the contact above before you connect anything.'
            : `${shown(names(connectors, connectors.length))}. Claude may be connected to nothing else.`
        }</p></section>`;
  return `<p class="line">${shown(clientName)}<br>Version ${versionLabel(version)}, in force since ${shown(
    dayWords(version.effective_on),
  )} · ${minutes} min</p>
${policyMarkup(version.content)}
${approved}`;
}

interface Around {
  readonly policy: StaffPolicy;
  readonly plainWords: Parameters<typeof readabilityOf>[1];
  readonly nonce: PageNonce;
}

/** The page on which a person asks for a link to acknowledge by. */
export function askPage(
  { policy, plainWords, nonce }: Around,
  {
    address,
    problem,
    allowed = null,
  }: {
    readonly address: string | null;
    readonly problem: string | null;
    /** Where it stands what is allowed here; null: it is not linked. */
    readonly allowed?: string | null;
  },
): string {
  if (policy.version === null)
    return notice('No policy is in force', `${noPolicy(policy)}${allowedLink(allowed)}`, nonce);
  const form =
    address === null
      ? `<label for="address">Your work address<span>A link to acknowledge this policy is sent there.</span></label>
<input id="address" name="address" type="email" inputmode="email" autocomplete="email" required>`
      : `<p class="line">The link to acknowledge this policy is sent to ${shown(hidden(address))}.</p>`;
  return staffDocument(
    policy.version.content.title,
    `${policyBody(policy, plainWords)}
${allowedLink(allowed)}
<form class="sign" method="post">
${problem === null ? '' : `<p class="said" role="alert">${shown(problem)}</p>`}
${form}
<button type="submit">Send me the link</button>
</form>`,
    nonce,
  );
}

/** What is shown after asking: the number for anyone who opens the link in another browser. */
export function askedPage({ policy, nonce }: Around, check: string): string {
  return notice(
    'Look at your mail',
    `<p>If this is an address of somebody at ${shown(policy.clientName)}, a link is on its way to it. Open it on this device.</p>
<p class="said">If the link opens in another browser, it asks for this number: <strong class="number">${escapeHtml(check)}</strong></p>
<p class="line">Nothing came? Look into the junk folder, or go back and ask again.</p>`,
    nonce,
  );
}

/** The policy with the one button that acknowledges it. */
export function signPage(
  { policy, plainWords, nonce }: Around,
  {
    address,
    here,
    name,
    problem,
  }: {
    readonly address: string;
    readonly here: boolean;
    readonly name: string;
    readonly problem: string | null;
  },
): string {
  const { version } = policy;
  if (version === null) return notice('No policy is in force', noPolicy(policy), nonce);
  const check = here
    ? ''
    : `<label for="check">Number<span>This is not the browser that asked for the link. Type the number that the other one shows.</span></label>
<input id="check" name="check" inputmode="numeric" autocomplete="off" maxlength="8" required>`;
  return staffDocument(
    version.content.title,
    `${policyBody(policy, plainWords)}
<form class="sign" method="post">
${problem === null ? '' : `<p class="said" role="alert">${shown(problem)}</p>`}
<input type="hidden" name="sha256" value="${escapeHtml(version.sha256)}">
${check}
<label for="name">Your name</label>
<input id="name" name="name" autocomplete="name" maxlength="120" required value="${escapeHtml(name)}">
<button type="submit">I have read this and will follow it</button>
<p class="line">Recorded: your name, ${shown(address)}, this version and the time.</p>
</form>`,
    nonce,
  );
}

/** What a person sees once it is done. */
export function donePage(
  { policy, nonce }: Around,
  { label, at, zone }: { readonly label: string; readonly at: Date; readonly zone: string },
): string {
  const when = new Intl.DateTimeFormat('en-US', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at);
  return notice(
    'Acknowledged',
    `<p>Version ${escapeHtml(label)} of the policy of ${shown(policy.clientName)} was acknowledged on ${shown(when)}.</p>
<p>You can close this page.</p>`,
    nonce,
  );
}

/** A page that says one thing. */
export function notice(title: string, body: string, nonce: PageNonce): string {
  return staffDocument(title, `<h1>${shown(title)}</h1>\n${body}`, nonce);
}

function allowedLink(address: string | null): string {
  return address === null
    ? ''
    : `<p><a href="${escapeHtml(address)}">What is allowed here, on one page</a></p>`;
}

function noPolicy({ clientName }: StaffPolicy): string {
  return `<p>${shown(clientName)} has no policy in force at the moment.</p>`;
}

/** Enough of an address for its owner to know it. */
function hidden(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `${local.slice(0, 2)}…@${domain}`;
}

function shown(text: string): string {
  return escapeHtml(visible(text));
}
// Guide: G8-01 G8-05 G8-10
