import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** The server responded incorrectly. If the server is down, `fetch` throws its own error instead. */
export class WrongAnswer extends Error {}

const client = z.object({ client: z.string(), version: z.number() });
const detail = client.extend({ name: z.string(), profile: z.record(z.string(), z.unknown()) });
const records = z.object({
  total: z.number(),
  items: z.array(
    z.object({ seq: z.number(), action: z.string(), subject: z.object({ name: z.string().nullable() }) }),
  ),
});
const check = z.object({ whole: z.boolean(), says: z.string(), records: z.number() });

const importLines = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) });
const people = z.object({
  blocked: z.object({ why: z.string() }).nullable(),
  items: z.array(z.object({ account: z.object({ address: z.string().nullable() }).nullable() })),
});

/** HTTP client with the session of one person. */
export function apiOf(origin: string) {
  let cookie = '';

  const call = <T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> =>
    send(method, path, schema, 'application/json', body === undefined ? null : JSON.stringify(body));

  async function send<T>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    type: string,
    body: string | null,
  ): Promise<T> {
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { origin, cookie, ...(body === null ? {} : { 'content-type': type }) },
      body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new WrongAnswer(`${method} ${path} gave ${answer.status}: ${text}`);
    const session = answer.headers.getSetCookie().find((one) => one.startsWith('bylaw_session='));
    if (session !== undefined) cookie = session.split(';')[0] ?? '';
    return schema.parse(JSON.parse(text));
  }

  return {
    /** Creates the first owner with the one-time link of the first start. */
    signUp: (link: string) =>
      call('POST', '/start/owner', z.unknown(), {
        token: new URL(link).hash.slice(1),
        name: 'Olive Owner',
        email: 'olive@msp.example',
        password: `correct horse ${randomUUID()}`,
      }),
    create: (name: string) =>
      call('POST', '/clients', client, { name, domains: ['alder.example.org'], claudePlan: 'team' }),
    get: (slug: string) => call('GET', `/clients/${slug}`, detail),
    rename: (slug: string, name: string, { version, profile }: z.infer<typeof detail>) => {
      const { name: _old, ...rest } = profile;
      return call('PUT', `/clients/${slug}`, detail, { version, name, profile: rest });
    },
    /** Uploads a file and stores its import. Returns the import's id once the server has confirmed it. */
    importFile: async (slug: string, name: string, text: string): Promise<string> => {
      const base = `/clients/${slug}/imports`;
      const { id } = await call('POST', base, z.object({ id: z.string() }), {});
      await send('PUT', `${base}/${id}/files?name=${name}`, z.unknown(), 'application/octet-stream', text);
      await call('POST', `${base}/${id}/read`, z.unknown(), { wait: true });
      const { facts } = await call('GET', `${base}/${id}/preview`, z.object({ facts: z.number() }));
      const reported = await call('POST', `${base}/${id}/store`, z.object({ stored: z.boolean() }), {
        facts,
      });
      if (!reported.stored) throw new WrongAnswer(`the import ${id} was not stored`);
      return id;
    },
    imports: (slug: string) => call('GET', `/clients/${slug}/imports`, importLines),
    people: (slug: string) => call('GET', `/clients/${slug}/people?tab=everyone`, people),
    stored: (slug: string) => call('GET', `/clients/${slug}/audit?limit=1&action=imports.store`, records),
    check: (slug: string) => call('GET', `/clients/${slug}/audit/check`, check),
    newest: (slug: string) => call('GET', `/clients/${slug}/audit?limit=1`, records),
    text: (slug: string, words: string) =>
      call('GET', `/clients/${slug}/audit?limit=1&text=${encodeURIComponent(words)}`, records),
  };
}
export type Api = ReturnType<typeof apiOf>;
