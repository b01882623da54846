import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '#features/context.ts';
import { openStaff } from '#features/policy/staff.ts';
import { allowedAt } from '#features/staff/allowed.ts';
import { takeReport, type Written } from '#features/staff/report.ts';
import { answered, refused } from './policy-link.ts';
import { ownLinks } from './staff-own-link.ts';
import { allowedPage, REPORT_PROBLEMS, reportedPage, reportPage } from './staff-page.ts';
import { askedQuestionPage, questionPage } from './staff-question-page.ts';

/** Body limit: a form holds a few pages of text. */
const MAX_BYTES = 65_536;

type Secret = { readonly Params: { secret: string } };

/**
 * Pages for staff, who have no account, behind the secret URL of the policy page: what is allowed, reports, their own
 * pages.
 */
export function staffLinks(app: FastifyInstance, services: Services): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MAX_BYTES },
      (_request, body, done) => {
        const form = new URLSearchParams(String(body));
        done(null, { ...Object.fromEntries(form), data: form.getAll('data') });
      },
    );
    ownLinks(scope, services);
    scope.get<Secret>('/staff/:secret', { exposeHeadRoute: false }, async (request, reply) =>
      answered(services, reply, async (look) => {
        const page = await openStaff(services, request.params.secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const { clientId } = page.found.policy;
        return allowedPage(await allowedAt(services, clientId, look.language), request.params, look);
      }),
    );
    scope.get<Secret>('/staff/:secret/report', { exposeHeadRoute: false }, async (request, reply) =>
      answered(services, reply, async (look) => {
        const page = await openStaff(services, request.params.secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const allowed = await allowedAt(services, page.found.policy.clientId);
        return reportPage(allowed, request.params, { written: ofBlock(request), problem: null }, look);
      }),
    );
    scope.post<Secret>('/staff/:secret/report', async (request, reply) =>
      answered(services, reply, async (look) => {
        const page = await openStaff(services, request.params.secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const { clientId } = page.found.policy;
        const typed = writtenIn(request);
        // A question uses a different form.
        const written = typed.kind === 'question' ? { ...typed, kind: '' } : typed;
        const taken = await takeReport(services, { clientId, person: null, ip: request.ip }, written);
        if (taken.kind === 'taken') return reportedPage(taken.reference, request.params, look);
        if (taken.kind === 'later') return refused(reply, taken, look);
        reply.code(422);
        const problem = REPORT_PROBLEMS[taken.kind];
        return reportPage(await allowedAt(services, clientId), request.params, { written, problem }, look);
      }),
    );
    scope.get<Secret>('/staff/:secret/question', { exposeHeadRoute: false }, async (request, reply) =>
      answered(services, reply, async (look) => {
        const { secret } = request.params;
        const page = await openStaff(services, secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const { clause } = request.query as { readonly clause?: unknown };
        const written = typeof clause === 'string' ? { clause } : {};
        return questionPage({ policy: page.found.policy, secret, look }, { written, problem: null });
      }),
    );
    scope.post<Secret>('/staff/:secret/question', async (request, reply) =>
      answered(services, reply, async (look) => {
        const { secret } = request.params;
        const page = await openStaff(services, secret, request.ip);
        if (page.kind !== 'open') return refused(reply, page, look);
        const around = { policy: page.found.policy, secret, look };
        const written = { ...writtenIn(request), kind: 'question' };
        const { clientId } = page.found.policy;
        const taken = await takeReport(services, { clientId, person: null, ip: request.ip }, written);
        if (taken.kind === 'taken') return askedQuestionPage(around, taken.reference);
        if (taken.kind === 'later') return refused(reply, taken, look);
        reply.code(422);
        return questionPage(around, { written, problem: 'question_short' });
      }),
    );
  });
}

/** Query of the page shown instead of a blocked request: the reference by which IT finds the decision. */
function ofBlock({ query }: FastifyRequest): Partial<Written> {
  const { blocked } = query as { readonly blocked?: unknown };
  return typeof blocked === 'string' && /^[A-Z0-9-]{4,40}$/iu.test(blocked)
    ? { kind: 'other', said: `${blocked}: ` }
    : {};
}

function writtenIn(request: FastifyRequest): Written {
  const {
    kind = '',
    clause = '',
    said = '',
    happened = '',
    contact = '',
  } = (request.body ?? {}) as Record<string, string>;
  return { kind, clause, said, happened, contact };
}
// Guide: G7.3-03 G8-04 G8-16
