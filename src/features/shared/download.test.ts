import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { implement } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { operationsOf } from '../operation.ts';
import { asDownload } from './download.ts';

const { download } = operationsOf({ feature: 'Things', scope: 'self' });
const contract = {
  take: download('/things/{name}', { title: 'Take a thing', permission: 'public', cli: null }).input(
    z.object({ name: z.string(), pieces: z.coerce.number() }),
  ),
};

/** `pieces` pieces of 64 KiB, made one at a time; `made` tells how many were. */
function pieces(count: number, made: { n: number }): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      if (made.n === count) return controller.close();
      made.n += 1;
      controller.enqueue(new Uint8Array(65_536).fill(made.n));
    },
  });
}

it('answers with bytes or a stream under a name, and makes no more of a stream than is read', async () => {
  const made = { n: 0 };
  const on = implement(contract);
  const router = on.router({
    take: on.take.handler(({ input }) =>
      asDownload({
        name: `${input.name}.bin`,
        type: 'application/octet-stream',
        bytes: input.pieces === 0 ? new Uint8Array([1, 2, 3]) : pieces(input.pieces, made),
      }),
    ),
  });
  const handler = new OpenAPIHandler(router);
  const app = Fastify();
  app.all('/*', async (request, reply) => {
    await handler.handle(request, reply, { context: {} });
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const small = await fetch(`${address}/things/a?pieces=0`);
    expect(small.status).toBe(200);
    expect(small.headers.get('content-disposition')).toContain('attachment; filename="a.bin"');
    expect(small.headers.get('content-type')).toBe('application/octet-stream');
    expect(new Uint8Array(await small.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));

    const large = await fetch(`${address}/things/b?pieces=40`);
    expect((await large.arrayBuffer()).byteLength).toBe(40 * 65_536);

    made.n = 0;
    const aborted = new AbortController();
    const slow = await fetch(`${address}/things/c?pieces=100000`, { signal: aborted.signal });
    const reader = slow.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(made.n).toBeLessThan(2_000);
    aborted.abort();
  } finally {
    await app.close();
  }
});

it('is described as a file in the OpenAPI document', async () => {
  const document = await new OpenAPIGenerator({
    schemaConverters: [new ZodToJsonSchemaConverter()],
  }).generate(contract, { info: { title: 'Things', version: '1' } });
  const answer = document.paths?.['/things/{name}']?.get?.responses?.['200'];
  expect(answer).toMatchObject({ headers: { 'content-disposition': {} }, content: { '*/*': {} } });
});
