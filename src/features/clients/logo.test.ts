import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

it('takes a picture as the logo of a client, refuses anything else, and removes it again', async () => {
  const { slug } = await bylaw.client();
  const path = `/clients/${slug}/logo`;
  const set = (payload: Buffer) =>
    bylaw.inject({
      method: 'PUT',
      url: `/api/v1${path}`,
      headers: {
        cookie: bylaw.owner.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload,
    });
  const shown = async () => (await bylaw.owner.call('GET', `/clients/${slug}`)).body.hasLogo;
  const refused = await set(Buffer.from('Name,Email\n'));
  expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/PNG, JPEG or SVG/u)]);
  expect(await shown()).toBe(false);
  expect((await set(Buffer.from(PIXEL, 'base64'))).body).toEqual({ hasLogo: true });
  expect(await shown()).toBe(true);
  const audit = await bylaw.owner.call('GET', `/clients/${slug}/audit?action=clients.set_logo`);
  expect(audit.body.items).toHaveLength(1);
  expect((await bylaw.owner.call('DELETE', path)).body).toEqual({ hasLogo: false });
  expect(await shown()).toBe(false);
});
