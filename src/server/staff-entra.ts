import { parseCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#features/context.ts';
import type { MessageKey } from '#features/policy/messages/format.ts';
import { linkOfSignedIn } from '#features/policy/sign.ts';
import {
  beginStaffSignIn,
  endStaffSignIn,
  SIGN_IN_MINUTES,
  type StaffSignInProblem,
} from '#features/policy/sign-in/staff-sign-in.ts';
import { openStaff } from '#features/policy/staff.ts';
import { ownCookies, setCookie } from '#features/sign-in/cookies.ts';
import { ownPageOf } from '#features/staff/links.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { answered, POLICY_BROWSER, refused } from './policy-link.ts';
import { messagePage, type PageLook } from './policy-page.ts';
import { keepBrowser } from './staff-own-link.ts';

/** Cookie that ties Microsoft's answer to the browser that started the sign-in. */
const SIGN_IN_COOKIE = 'bylaw_staff_sign_in';
const SIGN_IN_PATH = '/staff/entra';

type Secret = { readonly Params: { secret: string } };

const PROBLEMS: Readonly<Record<StaffSignInProblem | 'off', MessageKey>> = {
  off: 'sign_in_off',
  expired: 'sign_in_expired',
  canceled: 'sign_in_canceled',
  failed: 'sign_in_failed',
  outside: 'sign_in_outside',
  taken: 'sign_in_taken',
};

/**
 * Staff sign in at their own Entra tenant instead of using a mailed link, from the page of the policy or of what is
 * allowed, and return to where they were going: the policy to acknowledge, or their own page.
 */
export function staffSignInLinks(app: FastifyInstance, services: Services): void {
  const begin = (to: 'policy' | 'mine') => async (request: FastifyRequest<Secret>, reply: FastifyReply) =>
    answered(services, reply, async (look) => {
      const page = await openStaff(services, request.params.secret, request.ip);
      if (page.kind !== 'open') return refused(reply, page, look);
      const { clientId } = page.found.policy;
      const begun = await beginStaffSignIn(services, { client: clientId, to, language: look.language });
      if (begun.kind === 'off') return problem(reply, 'off', look);
      cookie(services, reply, SIGN_IN_COOKIE, begun.browser, SIGN_IN_PATH, SIGN_IN_MINUTES * 60);
      reply.code(303).header('location', begun.url);
      return '';
    });
  app.get<Secret>('/policy/:secret/entra', { exposeHeadRoute: false }, begin('policy'));
  app.get<Secret>('/staff/:secret/entra', { exposeHeadRoute: false }, begin('mine'));
  app.get('/staff/entra/callback', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async (look) => {
      const sent = ownCookies(services.config, parseCookie(request.headers.cookie ?? ''))[SIGN_IN_COOKIE];
      const query = request.query as Readonly<Record<string, unknown>>;
      const end = await endStaffSignIn(services, sent ?? '', query);
      cookie(services, reply, SIGN_IN_COOKIE, '', SIGN_IN_PATH, 0);
      if (end.kind !== 'in')
        return problem(reply, end.kind, { ...look, language: end.language ?? look.language });
      const browser = newSecret();
      reply.code(303);
      if (end.to === 'policy') {
        const secret = await linkOfSignedIn(services, end.person, browser);
        cookie(services, reply, POLICY_BROWSER, browser, '/policy', 24 * 3600);
        reply.header('location', `/policy/sign/${secret}?lang=${end.language}`);
      } else {
        const secret = await ownPageOf(services, { ...end.person, method: 'sign_in' }, browser);
        keepBrowser(services, reply, browser);
        reply.header('location', `/staff/mine/${secret}?lang=${end.language}`);
      }
      return '';
    }),
  );
}

function problem(reply: FastifyReply, kind: keyof typeof PROBLEMS, look: PageLook): string {
  reply.code(kind === 'off' ? 503 : 403);
  return messagePage('sign_in_title', PROBLEMS[kind], look);
}

function cookie(
  services: Services,
  reply: FastifyReply,
  name: string,
  value: string,
  path: string,
  maxAge: number,
): void {
  setCookie({ services, setHeader: (header, text) => void reply.header(header, text) }, name, value, {
    path,
    maxAge,
  });
}
// Guide: G8-17
