import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keyIdOf, openSealer, rotateKeys } from './seal.ts';
import { newDirectory } from './testing.ts';

const newFile = async () => join(await newDirectory(), 'config', 'secret.key');

it('opens what it sealed, also after a new start, and never says the same thing twice', async () => {
  const keyFile = await newFile();
  const sealer = await openSealer({ keyFile });
  const sealed = sealer.seal('pass wörd', 'users/1/totp');
  expect(sealed).not.toContain('pass');
  expect(sealer.seal('pass wörd', 'users/1/totp')).not.toBe(sealed);
  const again = await openSealer({ keyFile, create: false });
  expect(again.open(sealed, 'users/1/totp')).toBe('pass wörd');
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
});

it('opens nothing that belongs elsewhere or was changed in any place', async () => {
  const sealer = await openSealer({ keyFile: await newFile() });
  const sealed = sealer.seal('secret', 'users/1/totp');
  expect(() => sealer.open(sealed, 'users/2/totp')).toThrow(expect.objectContaining({ code: 'damaged' }));
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => sealer.open(changed, 'users/1/totp'), changed).toThrow();
  }
  for (const text of ['', 'x', 's1.', `${sealed}=`, `${sealed}.x`, sealed.slice(0, -1)]) {
    expect(() => sealer.open(text, 'users/1/totp'), text).toThrow();
  }
});

it('says which key is missing, and does not make a new one where there should be one', async () => {
  const keyFile = await newFile();
  const sealed = (await openSealer({ keyFile })).seal('secret', 'x');
  await rm(keyFile);
  await expect(openSealer({ keyFile, create: false })).rejects.toMatchObject({
    code: 'key',
    message: expect.stringContaining(`The key file ${keyFile} is missing`),
  });
  const other = await openSealer({ keyFile });
  expect(() => other.open(sealed, 'x')).toThrow(
    `The key ${keyIdOf(sealed)} that sealed a secret is not in ${keyFile}.`,
  );
});

it('takes keys from the environment, and refuses what is no key', async () => {
  const keyFile = await newFile();
  const key = Buffer.alloc(32, 7).toString('base64');
  const sealed = (await openSealer({ keyFile, key })).seal('secret', 'x');
  const older = await openSealer({ keyFile, key: `${Buffer.alloc(32, 8).toString('base64')}, ${key}` });
  expect(older.open(sealed, 'x')).toBe('secret');
  expect(keyIdOf(older.seal('secret', 'x'))).not.toBe(keyIdOf(sealed));
  await expect(stat(keyFile)).rejects.toThrow('ENOENT');
  await expect(openSealer({ keyFile, key: 'short' })).rejects.toMatchObject({ code: 'key' });
  await expect(older.addKey()).rejects.toMatchObject({ code: 'key' });
});

it('seals everything again, forgets the old key only then, and carries on after being cut short', async () => {
  const keyFile = await newFile();
  const ring = await openSealer({ keyFile });
  const rows = new Map(['a', 'b', 'c'].map((id) => [id, ring.seal(`secret ${id}`, id)]));
  const old = ring.keyId;
  const through = (limit: number) => ({
    async rewrite(change: (sealed: string, context: string) => string) {
      let done = 0;
      for (const [id, sealed] of rows) {
        if (done === limit) throw new Error('cut short');
        rows.set(id, change(sealed, id));
        done += 1;
      }
      return done;
    },
    all: async () => [...rows.values()],
  });
  await expect(rotateKeys(ring, through(1))).rejects.toThrow('cut short');
  const later = await openSealer({ keyFile, create: false });
  for (const [id, sealed] of rows) expect(later.open(sealed, id)).toBe(`secret ${id}`);
  const { resealed, removed } = await rotateKeys(later, through(9));
  expect(resealed).toBe(3);
  expect(removed).toContain(old);
  expect([...rows.values()].map(keyIdOf)).toEqual([later.keyId, later.keyId, later.keyId]);
  const last = await openSealer({ keyFile, create: false });
  for (const [id, sealed] of rows) expect(last.open(sealed, id)).toBe(`secret ${id}`);
  expect((await readFile(keyFile, 'utf8')).trim().split('\n')).toHaveLength(2);
});

it('keeps a key that something still refers to', async () => {
  const ring = await openSealer({ keyFile: await newFile() });
  const forgotten = ring.seal('secret', 'x');
  const { removed } = await rotateKeys(ring, { rewrite: async () => 0, all: async () => [forgotten] });
  expect(removed).toEqual([]);
  expect(ring.open(forgotten, 'x')).toBe('secret');
});
