import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { testConsole } from './testing/console.ts';

it('compresses an answer as it is asked for, and says so', async () => {
  const console_ = await testConsole();
  try {
    const { slug } = await console_.client();
    const get = (path: string, encoding?: string) =>
      console_.app.inject({
        url: `/api/v1${path}`,
        headers: {
          cookie: console_.owner.cookie,
          ...(encoding === undefined ? {} : { 'accept-encoding': encoding }),
        },
      });
    const long = `/clients/${slug}/controls`;
    const plain = await get(long);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.length).toBeGreaterThan(20_000);
    for (const [asked, encoding, decode] of [
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['br', 'br', brotliDecompressSync],
      ['gzip, br;q=0', 'gzip', gunzipSync],
      ['gzip', 'gzip', gunzipSync],
      ['identity', undefined, (bytes: Buffer) => bytes],
    ] as const) {
      const answer = await get(long, asked);
      expect(answer.headers['content-encoding'], asked).toBe(encoding);
      expect(String(answer.headers.vary ?? ''), asked).toBe(encoding === undefined ? '' : 'accept-encoding');
      expect(decode(answer.rawPayload).toString(), asked).toBe(plain.body);
      const length = answer.headers['content-length'];
      if (length !== undefined) expect(Number(length), asked).toBe(answer.rawPayload.length);
    }
    const short = await get(`/clients/${slug}/frame`, 'br');
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(short.json()).toMatchObject({ sandbox: false });
  } finally {
    await console_.close();
  }
});
