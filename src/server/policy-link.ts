import { parseCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageFrom } from '#domain/policy/languages.ts';
import type { Services } from '#features/context.ts';
import { acknowledge, askForLink, openLink } from '#features/policy/sign.ts';
import { offersEntra } from '#features/policy/sign-in/staff-sign-in.ts';
import { listedName, openStaff } from '#features/policy/staff.ts';
import { SECRET } from '#features/shared/secret-links.ts';
import { ownCookies, setCookie } from '#features/sign-in/cookies.ts';
import { allowedAt } from '#features/staff/allowed.ts';
import { newSecret } from '#store/identity/secrets.ts';
import {
  type Around,
  askedPage,
  askPage,
  donePage,
  messagePage,
  notice,
  type PageLook,
  type PageNonce,
  signPage,
} from './policy-page.ts';
import { asProblem } from './problem.ts';

/** Cookie that ties a link in a mail to the browser that asked for it. */
export const POLICY_BROWSER = 'bylaw_policy';
/** Body limit: a form holds an address, a name and a number. */
const MAX_BYTES = 8_192;

type Secret = { readonly Params: { secret: string } };
type Form = Readonly<Record<string, string>>;

/**
 * The policy for staff, who have no account: server-rendered pages that work without scripts. GET changes nothing;
 * only submitting the form does, and only for the mailbox that the link was sent to.
 */
export function policyLinks(app: FastifyInstance, services: Services): void {
  const plainWords = services.catalogue.policyTemplate;
  /** Pages with the text of the policy also show what is approved today. */
  const withChanges = async (around: Around): Promise<Around> => ({
    ...around,
    changes: (await allowedAt(services, around.policy.clientId)).connectors,
  });
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MAX_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.get<Secret>('/policy/:secret', { exposeHeadRoute: false }, async (request, reply) =>
      answered(services, reply, async (look) => {
        const page = await openStaff(services, request.params.secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const { policy, address } = page.found;
        const { secret } = request.params;
        const around = { policy, plainWords, look, changes: [] };
        return askPage(
          { ...(await withChanges(around)), secret },
          { address, problem: null, allowed: `/staff/${secret}`, entra: await offersEntra(services, policy) },
        );
      }),
    );
    scope.post<Secret>('/policy/:secret', async (request, reply) =>
      answered(services, reply, async (look) => {
        const page = await openStaff(services, request.params.secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const { policy, address } = page.found;
        const around = { policy, plainWords, look, changes: [] };
        const entra = await offersEntra(services, policy);
        if (policy.version === null) return askPage(around, { address, problem: null, entra });
        const browser = policyBrowserOf(services, request) ?? newSecret();
        const typed = address ?? formOf(request).address ?? '';
        const asked = await askForLink(services, policy, {
          typed,
          browser,
          ip: request.ip,
          language: look.language,
        });
        if (asked.kind === 'later') return refused(reply, asked, look);
        if (asked.kind === 'no_address') {
          reply.code(400);
          return askPage(
            { ...(await withChanges(around)), secret: request.params.secret },
            { address, problem: 'ask_no_address', entra },
          );
        }
        keepPolicyBrowser(services, reply, browser);
        return askedPage(around, asked.check);
      }),
    );
    scope.get<Secret>('/policy/sign/:secret', { exposeHeadRoute: false }, async (request, reply) =>
      answered(services, reply, async (look) => {
        const browser = policyBrowserOf(services, request);
        const link = await openLink(services, request.params.secret, { browser, ip: request.ip });
        if (link.kind !== 'open') return refused(reply, link, look);
        const { policy, done, address, here, method } = link.found;
        const around = { policy, plainWords, look, changes: [] };
        if (done !== null && policy.version !== null)
          return donePage(around, {
            label: String(policy.version.number),
            at: done,
            zone: policy.zone,
            own: here ? request.params.secret : null,
          });
        // Only the person's own browser shows the name: a link can be forwarded.
        const name = here ? await listedName(services, policy.clientId, address) : '';
        return signPage(await withChanges(around), { address, here, method, name, problem: null });
      }),
    );
    scope.post<Secret>('/policy/sign/:secret', async (request, reply) =>
      answered(services, reply, async (look) => {
        const { name = '', check = '', sha256 = '' } = formOf(request);
        const browser = policyBrowserOf(services, request) ?? newSecret();
        const signed = await acknowledge(services, request.params.secret, {
          browser,
          ip: request.ip,
          name,
          check,
          sha256,
        });
        if (signed.kind === 'nothing' || signed.kind === 'later') return refused(reply, signed, look);
        const { policy, address, here, method } = signed.link;
        const around = { policy, plainWords, look, changes: [] };
        if (signed.kind === 'done') {
          if (here) keepPolicyBrowser(services, reply, browser);
          const own = here ? request.params.secret : null;
          return donePage(around, { label: signed.label, at: signed.at, zone: policy.zone, own });
        }
        reply.code(signed.kind === 'changed' ? 409 : 422);
        return signPage(await withChanges(around), {
          address,
          here,
          method,
          name,
          problem: `problem_${signed.kind}`,
        });
      }),
    );
  });
}

function formOf(request: FastifyRequest): Form {
  return (request.body ?? {}) as Form;
}

function keepPolicyBrowser(services: Services, reply: FastifyReply, browser: string): void {
  setCookie(
    { services, setHeader: (name, value) => void reply.header(name, value) },
    POLICY_BROWSER,
    browser,
    { path: '/policy', maxAge: 24 * 3600 },
  );
}

/** The cookie of a browser that asked for a link to the policy; null: none. */
export function policyBrowserOf(services: Services, request: FastifyRequest): string | null {
  const value = ownCookies(services.config, parseCookie(request.headers.cookie ?? ''))[POLICY_BROWSER];
  return value !== undefined && SECRET.test(value) ? value : null;
}

export async function answered(
  services: Services,
  reply: FastifyReply,
  page: (look: PageLook) => Promise<string>,
): Promise<FastifyReply> {
  const { query, headers } = reply.request;
  const { lang } = (query ?? {}) as { readonly lang?: unknown };
  const language = languageFrom(typeof lang === 'string' ? lang : undefined, headers['accept-language']);
  const look = { style: reply.cspNonce.style, language };
  reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow, noarchive')
    .type('text/html; charset=utf-8');
  try {
    return reply.send(await page(look));
  } catch (error) {
    const { status, message } = asProblem(error);
    if (status >= 500) services.log.error({ err: error }, 'the page of a policy could not be shown');
    return reply
      .code(status)
      .send(notice('That did not work', `<p>${message}</p>`, { ...look, language: 'en' }));
  }
}

export function refused(
  reply: FastifyReply,
  found: { readonly kind: 'nothing' } | { readonly kind: 'later'; readonly seconds: number },
  look: PageNonce,
): string {
  if (found.kind === 'later') {
    reply.code(429).header('retry-after', String(found.seconds));
    return messagePage('often_title', 'often_said', look);
  }
  reply.code(404);
  return messagePage('nothing_title', 'nothing_said', look);
}
// Guide: G8-17
