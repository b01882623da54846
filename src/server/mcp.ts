import type { FastifyInstance } from 'fastify';
import { operations } from '#app/operations.ts';
import type { Services } from '#features/context.ts';
import type { Operation } from '#features/operation.ts';
import { recordRefused, recordWrongToken } from '#features/shared/refused.ts';
import { hostIsOurs, ourOrigins } from '#features/sign-in/origin.ts';
import { beyondBounds } from './body-bounds.ts';
import { contextOf } from './request-context.ts';

/**
 * Maximum number of messages in one request. Protocol revisions before June 2025 allow batches; clients send one
 * message.
 */
const MAX_MESSAGES = 10;

/**
 * Bylaw's tools for Claude, at /mcp: the operations whose contract offers them, all read-only. The caller needs a
 * token created for this in the console, and sees what that token's person may see.
 */
export function mcp(app: FastifyInstance, services: Services): void {
  const tools = new Map(operations().flatMap((one) => (one.meta.mcp ? [[toolName(one), one] as const] : [])));
  // The server sends no messages of its own and keeps no sessions, so there is nothing to listen to (GET) or to end
  // (DELETE).
  app.route({
    method: ['GET', 'DELETE'],
    url: '/mcp',
    config: { refuses: true },
    handler: async (_request, reply) =>
      reply.code(405).header('allow', 'POST').send({ error: 'Send a message of the protocol with POST.' }),
  });
  app.route({
    method: 'POST',
    url: '/mcp',
    // Before the body is read: refuses pages of other sites, which may have obtained a token, and DNS rebinding.
    onRequest: async (request, reply) => {
      if (!hostIsOurs(request.host, services.config))
        return reply.code(403).send({
          error: `This request is for another host. Ask at ${services.config.origin}/mcp; a reverse proxy has to pass the Host header on.`,
        });
      const { origin } = request.headers;
      if (origin !== undefined && !ourOrigins(services.config).includes(origin))
        return reply.code(403).send({ error: 'This request comes from a page of another site.' });
    },
    handler: async (request, reply) => {
      const beyond = beyondBounds(request.body);
      if (beyond !== null) return reply.code(413).send({ error: beyond });
      // Each message is answered as a separate request, so a batch of thousands must be refused.
      if (Array.isArray(request.body) && request.body.length > MAX_MESSAGES)
        return reply.code(413).send({ error: `Send at most ${MAX_MESSAGES} messages at once.` });
      // The next page is requested by another message, not by a URL.
      const context = { ...(await contextOf(services, request, reply, null)), linkNext: () => undefined };
      if (context.request.wrongToken === true) await recordWrongToken(context);
      if (context.actor === null || context.actor.kind !== 'token')
        return reply.code(401).header('www-authenticate', 'Bearer').send({
          error:
            'Send a token as “Authorization: Bearer byl_…”. Create one in the console under your name > Tokens.',
        });
      if (context.actor.limits.purpose !== 'mcp') {
        await recordRefused(context, context.actor, { operation: 'mcp', client: null, own: false });
        return reply.code(403).send({
          error: 'This token was created for something else. Create one for Claude under your name > Tokens.',
        });
      }
      // Load the protocol's library on first use; most servers never need it.
      const { answerTools } = await import('./mcp-tools.ts');
      const answer = await answerTools(
        tools,
        context,
        new Request(`${services.config.origin}${request.url}`, {
          method: 'POST',
          headers: plainHeaders(request.headers),
          body: JSON.stringify(request.body),
        }),
        request.body,
      );
      for (const [name, value] of answer.headers) reply.header(name, value);
      return reply.code(answer.status).send(answer.text);
    },
  });
}

/** controls.list → controls_list: names that every MCP client accepts. */
export function toolName(operation: Operation): string {
  return operation.path.join('_').replace(/[^A-Za-z0-9_-]/g, '_');
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  const plain = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && name !== 'content-length') plain.set(name, String(value));
  return plain;
}
