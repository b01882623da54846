import { expect } from 'vitest';
import { type Json, type TestConsoleOptions, type TestPerson, testConsole } from '#server/testing/console.ts';
import type { TestEngine } from '#store/testing.ts';
import { putPeople } from '../../people/testing.ts';

export type PolicyOffice = Awaited<ReturnType<typeof policyOffice>>;

/** A client with people, and the actions of its HR and staff on the policy over HTTP. */
export async function policyOffice(engine: TestEngine, options: TestConsoleOptions = {}) {
  const bylaw = await testConsole({ ...options, store: await engine.open() });
  const client = await bylaw.client('Alder & "Society"');
  const hr = await bylaw.person('hr', client.id, 'Hanna HR');
  const admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  await putPeople(bylaw.services.store, client.id, '2026-11-20');
  await bylaw.services.verdicts.refresh(client.id);

  const at = (path = '') => `/clients/${client.slug}/policy${path}`;
  const draft = (id: string, act = '') => at(`/drafts/${id}${act}`);
  const parts = ({ reason, content, fields, collected, material, effectiveOn, version }: Json) => ({
    version,
    reason,
    content,
    fields: Object.fromEntries(
      fields.filter(({ given }: Json) => !given).map(({ id, value }: Json) => [id, value]),
    ),
    collected: collected.flatMap(({ id, named }: Json) => (named ? [id] : [])),
    material,
    effectiveOn,
  });
  const fill = (shown: Json, more: object = {}) => {
    const wanted = parts(shown);
    return {
      ...wanted,
      collected: ['usage', 'connectors'],
      fields: {
        ...wanted.fields,
        reviewers: 'the head of your department',
        contact: 'Kestrel Lane IT',
        contact_address: 'help@kestrel.example',
      },
      ...more,
    };
  };
  const edit = (by: TestPerson, id: string, body: object) => by.call('PUT', draft(id), body);
  /** A draft, filled in, proposed by HR and approved by the client admin. */
  const publish = async (more: object = {}) => {
    const { body: made } = await hr.call('POST', at('/drafts'), {});
    const { body: edited } = await edit(hr, made.id, fill(made, more));
    const proposed = await hr.call('POST', draft(made.id, '/propose'), { version: edited.version });
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(201);
    return admin.call('POST', draft(made.id, '/approve'), { version: proposed.body.version });
  };
  const overview = async (): Promise<Json> => (await hr.call('GET', at())).body;
  const browse = (
    method: 'GET' | 'POST',
    url: string,
    form: object = {},
    cookie?: string,
    from = '198.51.100.9',
  ) =>
    bylaw.inject({
      method,
      url,
      remoteAddress: from,
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(method === 'POST' ? { payload: new URLSearchParams({ ...form }).toString() } : {}),
    });
  /** Requests a link on the page, like a browser; returns its cookie, the number shown and the mailed link. */
  const ask = async (address: string, path: string) => {
    bylaw.outbox.length = 0;
    const answer = await browse('POST', path, { address });
    expect(answer.status).toBe(200);
    const [link] = bylaw.outbox.flatMap(({ to, text }) =>
      to === address ? (/https?:\S+\/policy\/sign\/\S+/u.exec(text)?.[0] ?? []) : [],
    );
    return {
      cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '',
      check: /class="number">(\d{4})</u.exec(String(answer.body))?.[1] ?? '',
      link: link === undefined ? null : new URL(link).pathname,
    };
  };
  const shaOn = (html: unknown) => /name="sha256" value="([0-9a-f]{64})"/u.exec(String(html))?.[1] ?? '';
  const openPage = async () => new URL((await hr.call('POST', at('/page'), {})).body.address).pathname;
  /** Reads and acknowledges the policy, from entering the address to the confirmation page. */
  const sign = async (page: string, address: string, name: string) => {
    const { link, cookie } = await ask(address, page);
    const opened = await browse('GET', link ?? '', {}, cookie);
    return browse('POST', link ?? '', { name, sha256: shaOn(opened.body) }, cookie);
  };
  const register = async (): Promise<Json[]> => (await hr.call('GET', at('/register'))).body.items;
  const coverage = async (): Promise<Json> => (await hr.call('GET', at('/coverage'))).body;
  return {
    bylaw,
    client,
    hr,
    admin,
    at,
    draft,
    fill,
    edit,
    publish,
    overview,
    browse,
    ask,
    shaOn,
    openPage,
    sign,
    register,
    coverage,
  };
}
