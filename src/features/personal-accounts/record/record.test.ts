import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { installed, run } from '../../../../tests/support/programs.ts';
import { toPdf } from '../../printing/index.ts';

const template = readFileSync(new URL('record.typ', import.meta.url), 'utf8');

/** Pages of a record with so many open accounts, as text. */
function pagesWith(accounts: number): string[] {
  const data = {
    title: 'Personal accounts of Alder',
    author: 'Olive Owner',
    date: [2026, 12, 2],
    paper: 'us-letter',
    client: 'Alder',
    headline: 'All are open.',
    facts: [],
    open: Array.from({ length: accounts }, (_, at) => ({
      title: `person${at}@alder.example.org`,
      words: 'Open',
      lines: [],
    })),
    exempt: [],
    closed: [],
    reports: [{ what: 'Report of Nov 20, 2026', words: '3 listed', code: 'c0ffee' }],
    signature: ['First line', 'Second line', 'Last line'],
    foot: 'Alder',
  };
  return run('pdftotext', ['-', '-'], toPdf(template, { data: JSON.stringify(data) })).split('\f');
}

it.skipIf(!installed('pdftotext', ['-v']))('keeps the signature whole and with the newest report', () => {
  for (let accounts = 8; accounts < 22; accounts += 1) {
    const signed = pagesWith(accounts).filter((page) => /^Signature$|First line|Last line/m.test(page));
    expect(signed, `${accounts} accounts`).toHaveLength(1);
    expect(signed[0], `${accounts} accounts`).toContain('Report of Nov 20, 2026');
  }
});
