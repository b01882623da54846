import { createHash, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDirectory } from '#store/testing.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { verifyPdf } from '../signed-records/pdf-signature.ts';
import { OWN_DOMAIN, type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

describe('the record', () => {
  test('says what happened and what is not proved, and is signed', async () => {
    const { id, slug } = await bylaw.client('Harrow Guild of Organ Builders', {
      domains: ['harrow.example.org', OWN_DOMAIN],
    });
    await on.nameOwner({ id });
    await on.attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    const tess = await bylaw.person('technician', id, 'Tess Technician');
    const reason = 'The board meets on Friday.';
    const asked = await tess.call('POST', `/clients/${slug}/deployment/overrides`, {
      task: 'invite_staff',
      reason,
    });
    on.later();
    await me.call('POST', `/clients/${slug}/deployment/overrides/${asked.body.id}/approve`, {
      reason: 'Agreed.',
    });
    await me.call('POST', `/clients/${slug}/deployment/handovers`, {
      side: 'client',
      person: 'Odile Farrant',
    });
    on.later();
    const created = await tess.call('POST', `/clients/${slug}/deployment/records`, { paper: 'letter' });
    expect(created.status).toBe(201);
    const file = await me.call('GET', `/clients/${slug}/deployment/records/${created.body.sha256}`);
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(created.body.sha256);

    const text = wordsOf(file.bytes);
    for (const words of [
      'Harrow Guild of Organ Builders',
      '1 of 29 tasks that apply is proved. 28 tasks are not.',
      'Requested by Tess Technician',
      'Approved by Olive Owner',
      'Agreed.',
      'Started under an override although tasks before it are not proved. 0 of 5 checks hold.',
      'Attested only, Nov 24, 2026',
      'Odile Farrant (the client)',
      'Not proved: it cannot be read',
      'ACC-01 The account owner is a named address of our organization',
      'The board meets on Friday.',
      created.body.certificate.slice(0, 16),
    ])
      if (text !== null) expect(text).toContain(words);

    // Verifies the signature with an independent program, if one is installed.
    if (installed('pdfsig', ['-v'])) {
      const path = join(await newDirectory(), 'record.pdf');
      await writeFile(path, file.bytes);
      expect(run('pdfsig', ['-nocert', path])).toContain('Signature is Valid');
    }
    const checked = await verifyPdf(file.bytes);
    expect(checked).toEqual({ ok: true, fingerprint: created.body.certificate, at: expect.any(Date) });
    // One changed byte anywhere: in the text, in the date of the signature, at the end.
    const signature = file.bytes.indexOf('/Contents <') + 11;
    for (const at of [
      900,
      file.bytes.lastIndexOf('/M (D:') + 8,
      signature + 5_000,
      signature + 16_000,
      file.bytes.length - 3,
    ]) {
      const changed = Buffer.from(file.bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await verifyPdf(changed)).toMatchObject({ ok: false });
    }
    expect(await verifyPdf(Buffer.concat([file.bytes, Buffer.from('\n')]))).toMatchObject({ ok: false });

    const [entry] = await on.auditOf(slug, 'deployment.record');
    const { body } = await me.call('GET', `/clients/${slug}/audit/records/${entry.seq}`);
    expect(JSON.stringify(body)).toContain(created.body.sha256);
    expect(JSON.stringify(body)).toContain(created.body.certificate);
    expect((await on.show(slug)).records).toMatchObject([
      { sha256: created.body.sha256, by: 'Tess Technician' },
    ]);

    const other = await bylaw.client('Elsewhere');
    expect(
      (await me.call('GET', `/clients/${other.slug}/deployment/records/${created.body.sha256}`)).status,
    ).toBe(404);
    const again = await me.call('POST', `/clients/${slug}/deployment/records`, {});
    expect(again.body.certificate).toBe(created.body.certificate);
  });

  test('is signed with a new key if readers refuse the certificate of the stored one', async () => {
    const { slug } = await bylaw.client('Lantern Makers Association');
    const record = () => me.call('POST', `/clients/${slug}/deployment/records`, {});
    const before = (await record()).body.certificate;
    // A serial number that begins with a zero byte, as one in 256 of earlier versions did.
    await bylaw.services.store.write('system', async (tx) => {
      const row = await tx.selectFrom('signing_keys').selectAll().executeTakeFirstOrThrow();
      const certificate = Buffer.from(row.certificate, 'base64');
      const serial = certificate.indexOf(Buffer.from([0x02, 0x10])) + 2;
      certificate.set([0x00, 0x12], serial);
      expect(() => new X509Certificate(certificate)).toThrow();
      await tx
        .updateTable('signing_keys')
        .set({ certificate: certificate.toString('base64') })
        .execute();
    });
    on.later();
    const after = (await record()).body.certificate;
    expect(after).not.toBe(before);
    on.later();
    expect((await record()).body.certificate).toBe(after);
  });
});

/** The text of a PDF on one line, as extracted by pdftotext; null if that is not installed. */
function wordsOf(pdf: Buffer): string | null {
  if (!installed('pdftotext', ['-v'])) return null;
  return run('pdftotext', ['-', '-'], pdf).replaceAll('\u200b', '').replace(/\s+/g, ' ');
}
