import { parseCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#features/context.ts';
import type { MessageKey } from '#features/policy/messages/format.ts';
import { openLink } from '#features/policy/sign.ts';
import { offersEntra } from '#features/policy/sign-in/staff-sign-in.ts';
import { listedName, openStaff } from '#features/policy/staff.ts';
import { askAsStaff, requestsOfStaff, type StaffAsked, type StaffWish } from '#features/requests/by-staff.ts';
import { inOneLine } from '#features/shared/one-line.ts';
import { SECRET } from '#features/shared/secret-links.ts';
import { ownCookies, setCookie } from '#features/sign-in/cookies.ts';
import { allowedAt } from '#features/staff/allowed.ts';
import { askForOwnLink, type OwnPage, openOwn, ownPageOf, useHere } from '#features/staff/links.ts';
import { takeReport, type Written } from '#features/staff/report.ts';
import { passedOn, type QuizTaken, takeQuiz, trainingOf } from '#features/staff/training.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { answered, policyBrowserOf, refused } from './policy-link.ts';
import { messagePage, type PageLook } from './policy-page.ts';
import { ownLinkPage, ownLinkSentPage, ownNumberPage, ownPage } from './staff-own-page.ts';
import { allowedPage, REPORT_PROBLEMS, reportedPage, reportPage } from './staff-page.ts';
import { trainingPage } from './staff-training-page.ts';

/** Cookie that ties a person's own page to the browser in which it was opened. */
const BROWSER_COOKIE = 'bylaw_staff';
const COOKIE_DAYS = 90;

type Secret = { readonly Params: { secret: string } };
type Form = Readonly<Record<string, string | readonly string[]>>;

/** The personal pages of one member of staff, behind a link sent to their mailbox: their requests, and the training. */
export function ownLinks(scope: FastifyInstance, services: Services): void {
  scope.get<Secret>('/staff/:secret/mine', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async (look) => {
      const page = await openStaff(services, request.params.secret, request.ip);
      if (page.kind !== 'open') return refused(reply, page, look);
      const mail = await services.mail.configured();
      return ownLinkPage(
        page.found.policy.clientName,
        {
          secret: request.params.secret,
          mail,
          entra: await offersEntra(services, page.found.policy),
          problem: null,
        },
        look,
      );
    }),
  );
  scope.post<Secret>('/staff/:secret/mine', async (request, reply) =>
    answered(services, reply, async (look) => {
      const { secret } = request.params;
      const page = await openStaff(services, secret, request.ip);
      if (page.kind !== 'open') return refused(reply, page, look);
      const { policy } = page.found;
      const browser = browserOf(services, request) ?? newSecret();
      const typed = textOf(request, 'address');
      const asked = await askForOwnLink(services, policy, {
        typed,
        browser,
        ip: request.ip,
        language: look.language,
      });
      if (asked.kind === 'later') return refused(reply, asked, look);
      if (asked.kind === 'no_address') {
        reply.code(400);
        const problem = 'ask_no_address';
        const entra = await offersEntra(services, policy);
        return ownLinkPage(policy.clientName, { secret, mail: true, entra, problem }, look);
      }
      keepBrowser(services, reply, browser);
      return ownLinkSentPage(policy.clientName, asked.check, look);
    }),
  );
  scope.post<Secret>('/policy/sign/:secret/own', async (request, reply) =>
    answered(services, reply, async (look) => {
      const link = await openLink(services, request.params.secret, {
        browser: policyBrowserOf(services, request),
        ip: request.ip,
      });
      if (link.kind !== 'open') return refused(reply, link, look);
      const { policy, address, method, account, here, done } = link.found;
      // Someone who did not acknowledge in this browser has to do so first.
      let to = `/policy/sign/${request.params.secret}`;
      if (here && done !== null) {
        const browser = browserOf(services, request) ?? newSecret();
        const person = { clientId: policy.clientId, address, method, account };
        to = `/staff/mine/${await ownPageOf(services, person, browser)}`;
        keepBrowser(services, reply, browser);
      }
      reply.code(303).header('location', `${to}?lang=${look.language}`);
      return '';
    }),
  );
  scope.get<Secret>('/staff/mine/:secret/allowed', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      const { policy, address } = own.found;
      const allowed = await allowedAt(services, policy.clientId, look.language);
      return allowedPage(allowed, { own: request.params.secret, address }, look);
    }),
  );
  scope.get<Secret>('/staff/mine/:secret', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      return shownOwn(services, request, own.found, look);
    }),
  );
  scope.post<Secret>('/staff/mine/:secret', async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (own.found.here) return shownOwn(services, request, own.found, look);
      const browser = browserOf(services, request) ?? newSecret();
      const { clientId } = own.found.policy;
      const check = textOf(request, 'check');
      if (!(await useHere(services, request.params.secret, { browser, check, clientId }))) {
        reply.code(422);
        return ownNumberPage('own_number_wrong', look);
      }
      keepBrowser(services, reply, browser);
      return shownOwn(services, request, own.found, look);
    }),
  );
  scope.get<Secret>('/staff/mine/:secret/training', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      return shownTraining(services, request, own.found, look);
    }),
  );
  scope.post<Secret>('/staff/mine/:secret/training', async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      const given = Object.fromEntries(
        services.catalogue.training.quiz.questions.map(({ id }) => [id, textOf(request, `q_${id}`)]),
      );
      const { policy, address, method } = own.found;
      const taken = await takeQuiz(
        services,
        { clientId: policy.clientId, address, method },
        given,
        look.language,
      );
      if (taken.kind !== 'passed') reply.code(taken.kind === 'later' ? 429 : 422);
      return shownTraining(services, request, own.found, look, { taken, given });
    }),
  );
  scope.post<Secret>('/staff/mine/:secret/connector', async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      const { policy, address, method } = own.found;
      const wish = wishIn(request);
      const name = wish.by.trim().replace(/\s+/gu, ' ');
      if (name.length < 2 || !inOneLine[0].test(name) || !/\p{L}/u.test(name)) {
        reply.code(422);
        return shownOwn(services, request, own.found, look, { wish, problem: 'wish_no_name' });
      }
      const client = { id: policy.clientId, timezone: policy.zone };
      const answer = await askAsStaff(services, client, { address, name, method }, wish);
      if (answer.kind === 'incomplete') {
        reply.code(400);
        return shownOwn(services, request, own.found, look, { wish, problem: `wish_no_${answer.lacks}` });
      }
      return shownOwn(services, request, own.found, look, { said: answer });
    }),
  );
  scope.get<Secret>('/staff/mine/:secret/report', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      return shownReport(services, request, own.found, look);
    }),
  );
  scope.post<Secret>('/staff/mine/:secret/report', async (request, reply) =>
    answered(services, reply, async (look) => {
      const own = await opened(services, request);
      if (own.kind !== 'open') return refused(reply, own, look);
      if (!own.found.here) return notHere(own.found, look);
      const { policy, address, method } = own.found;
      const written = {
        kind: textOf(request, 'kind'),
        clause: '',
        said: textOf(request, 'said'),
        happened: textOf(request, 'happened'),
        contact: textOf(request, 'contact'),
      };
      const person = { address, method };
      const taken = await takeReport(
        services,
        { clientId: policy.clientId, person, ip: request.ip },
        // A question uses a different form.
        written.kind === 'question' ? { ...written, kind: '' } : written,
      );
      if (taken.kind === 'taken')
        return reportedPage(taken.reference, { own: request.params.secret, address }, look);
      if (taken.kind === 'later') return refused(reply, taken, look);
      reply.code(422);
      return shownReport(services, request, own.found, look, {
        written,
        problem: REPORT_PROBLEMS[taken.kind],
      });
    }),
  );
}

/** Asks for the number that the first browser showed, if any. */
function notHere({ numbered }: OwnPage, look: PageLook): string {
  return numbered
    ? ownNumberPage(null, look)
    : messagePage('own_elsewhere_title', 'own_elsewhere_said', look);
}

function opened(services: Services, request: FastifyRequest<Secret>) {
  const browser = browserOf(services, request);
  return openOwn(services, request.params.secret, { browser, ip: request.ip });
}

async function shownOwn(
  services: Services,
  request: FastifyRequest<Secret>,
  { policy, address }: OwnPage,
  look: PageLook,
  {
    wish,
    said = null,
    problem = null,
  }: {
    readonly wish?: Partial<StaffWish & { by: string }>;
    readonly said?: Exclude<StaffAsked, { kind: 'incomplete' }> | null;
    readonly problem?: MessageKey | null;
  } = {},
): Promise<string> {
  const client = { id: policy.clientId, timezone: policy.zone };
  return ownPage(
    {
      secret: request.params.secret,
      clientName: policy.clientName,
      address,
      requests: await requestsOfStaff(services, client, address),
      connectors: services.catalogue.connectors.toSorted((a, b) => a.name.localeCompare(b.name)),
    },
    { wish: wish ?? { by: await listedName(services, policy.clientId, address) }, said, problem },
    look,
  );
}

async function shownReport(
  services: Services,
  request: FastifyRequest<Secret>,
  { policy, address }: OwnPage,
  look: PageLook,
  {
    written = {},
    problem = null,
  }: { readonly written?: Partial<Written>; readonly problem?: MessageKey | null } = {},
): Promise<string> {
  const allowed = await allowedAt(services, policy.clientId);
  return reportPage(allowed, { own: request.params.secret, address }, { written, problem }, look);
}

async function shownTraining(
  services: Services,
  request: FastifyRequest<Secret>,
  { policy, address }: OwnPage,
  look: PageLook,
  {
    taken = null,
    given = {},
  }: { readonly taken?: QuizTaken | null; readonly given?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { clientId, clientName, zone } = policy;
  const training = await trainingOf(services, clientId, look.language);
  const on = await passedOn(services, clientId, { address, zone });
  const { secret } = request.params;
  return trainingPage({ secret, clientName, address, training, passedOn: on, taken, given }, look);
}

function wishIn(request: FastifyRequest): StaffWish & { readonly by: string } {
  const text = (name: string) => textOf(request, name);
  const { data = [] } = (request.body ?? {}) as Form;
  return {
    by: text('by').slice(0, 120),
    entry: text('entry'),
    name: text('name'),
    purpose: text('purpose'),
    data: typeof data === 'string' ? [data] : data,
    people: text('people'),
    department: text('department'),
    writes: text('writes'),
    days: text('days'),
  };
}

function textOf(request: FastifyRequest, name: string): string {
  const value = ((request.body ?? {}) as Form)[name];
  return typeof value === 'string' ? value : '';
}

function browserOf(services: Services, request: FastifyRequest): string | null {
  const value = ownCookies(services.config, parseCookie(request.headers.cookie ?? ''))[BROWSER_COOKIE];
  return value !== undefined && SECRET.test(value) ? value : null;
}

/** Sets the cookie that opens somebody's own page in this browser. */
export function keepBrowser(services: Services, reply: FastifyReply, browser: string): void {
  setCookie(
    { services, setHeader: (name, value) => void reply.header(name, value) },
    BROWSER_COOKIE,
    browser,
    { path: '/staff', maxAge: COOKIE_DAYS * 24 * 3600 },
  );
}
// Guide: G7.3-05 G8-10
