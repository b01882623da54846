import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toPdf } from '#features/printing/compiler.ts';
import { signPdf } from '#features/signed-records/pdf-signature.ts';
import { signingKey } from '#features/signed-records/signing-key.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { newDirectory } from '#store/testing.ts';
import { recordVerifyCommand } from './record.ts';

let bylaw: TestConsole;
let folder: string;
let fingerprint: string;
let signed: Uint8Array;

beforeAll(async () => {
  bylaw = await testConsole();
  folder = await newDirectory();
  const key = await signingKey(bylaw.services);
  fingerprint = key.fingerprint;
  const pdf = toPdf('#set document(title: "Record")\n= Record', {});
  signed = await signPdf(pdf, key, { name: 'Olive Owner', reason: 'Record', at: TEST_NOW });
});
afterAll(() => bylaw.close());

/** Exit code and what the command prints. */
async function verify(bytes: Uint8Array | null, certificate?: string): Promise<[number, string]> {
  const path = join(folder, 'record.pdf');
  if (bytes !== null) await writeFile(path, bytes);
  const lines: string[] = [];
  const code = await recordVerifyCommand(
    bytes === null ? join(folder, 'nothing.pdf') : path,
    certificate === undefined ? {} : { certificate },
    {
      out: (line = '') => void lines.push(line),
      error: (line) => void lines.push(line),
      progress: () => {},
      state: (_state, text) => text,
      bold: (text) => text,
    },
  );
  return [code, lines.join('\n')];
}

it('proves a record that is unchanged since it was signed, and names the certificate', async () => {
  const [code, text] = await verify(signed);
  expect(code).toBe(0);
  expect(text).toContain('no byte was changed since it was signed on Nov 24, 2026, 3:00:00 PM UTC');
  expect(text).toContain(fingerprint);
  expect(await verify(signed, fingerprint.toUpperCase())).toMatchObject([0, expect.any(String)]);
});

it('does not take another certificate, a changed byte, or something added', async () => {
  expect(await verify(signed, 'ab'.repeat(32))).toMatchObject([1, expect.stringContaining(fingerprint)]);
  const changed = Uint8Array.from(signed);
  changed[200] = (changed[200] ?? 0) ^ 1;
  expect(await verify(changed)).toMatchObject([1, expect.stringContaining('at least one byte')]);
  const longer = Buffer.concat([signed, Buffer.from('\n')]);
  expect(await verify(longer)).toMatchObject([1, expect.stringContaining('whole file')]);
  expect(await verify(Buffer.from('%PDF-1.7'))).toMatchObject([
    1,
    expect.stringContaining('not a PDF with a sig'),
  ]);
});

it('rejects a signature that is wrapped differently from how it was written', async () => {
  const from = Buffer.from(signed).indexOf('/Contents <') + '/Contents <'.length;
  // Lengths, versions, names of algorithms, the certificate, and the zeros behind it all.
  for (let at = from; at < from + 3_600; at += 17) {
    const changed = Uint8Array.from(signed);
    changed[at] = changed[at] === 0x31 ? 0x32 : 0x31;
    expect((await verify(changed))[0], `byte ${at - from}`).toBe(1);
  }
});

it('says what it cannot use', async () => {
  await expect(verify(null)).rejects.toThrow('cannot be read (ENOENT)');
  await expect(verify(signed, 'abc')).rejects.toThrow('64 characters');
});
