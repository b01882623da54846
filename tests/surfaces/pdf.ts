import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { installed } from '../support/programs.ts';
import type { Filled } from './filled.ts';

/** Reads every kind of PDF that Bylaw generates with independent software. */
const KINDS = [
  'report',
  'comparison of purchases',
  'record of the deployment',
  'record of personal accounts',
];
async function made(filled: Filled, kind: string): Promise<Buffer> {
  const { owner } = filled.bylaw;
  const of = `/clients/${filled.slug}`;
  const file = async (path: string) => {
    const { status, bytes } = await owner.call('GET', `${of}${path}`);
    expect(status).toBe(200);
    return bytes;
  };
  const record = async (path: string) => {
    const { status, body } = await owner.call('POST', `${of}${path}`, { paper: 'letter' });
    expect([status, body]).toEqual([201, expect.objectContaining({ sha256: expect.any(String) })]);
    return file(`${path}/${body.sha256}`);
  };
  if (kind === 'report') return file(`/reports/${filled.known.report}/file?format=pdf`);
  if (kind === 'comparison of purchases') return file('/planner/compare/pdf');
  return record(kind === 'record of the deployment' ? '/deployment/records' : '/personal-accounts/records');
}

const there = installed('pdfinfo', ['-v']);

export function pdfs(filled: () => Filled): void {
  it.skipIf(!there).each(KINDS)('pdfinfo finds no error in a %s', async (kind) => {
    const { stdout, stderr, status } = spawnSync('pdfinfo', ['-'], {
      input: await made(filled(), kind),
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Tagged: +yes/);
    expect(stdout).toMatch(/Suspects: +no/);
  });
}
