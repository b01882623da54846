import { DOMParser } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { compileRules } from '#domain/dlp/compile.ts';
import { ownRules } from '#domain/dlp/own-patterns.ts';
import { rulePackage } from '#domain/dlp/purview.ts';
import { alarming, scan } from '#domain/dlp/scan.ts';
import { testConsole } from '#server/testing/console.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

const rules = sharedCatalogue().dlp.flatMap((file) => file.rules);
const compiled = compileRules(rules);

it('shows every rule, and hands out what Purview and a test need', async () => {
  const bylaw = await testConsole();
  const { id, slug } = await bylaw.client('Alder Society');
  const technician = await bylaw.person('technician', id);
  const { body } = await technician.call('GET', `/clients/${slug}/dlp`);
  expect(body.rules).toHaveLength(rules.length);
  expect(body.rules).toContainEqual(
    expect.objectContaining({
      id: 'us_ssn',
      purview: 'built_in',
      builtIn: 'U.S. social security number (SSN)',
    }),
  );
  expect(body.check).toMatch(/\/check$/u);
  const pages = body.sources.map(({ url }: { url: string }) => url);
  expect(new Set(pages).size).toBe(pages.length);
  // Which channels the plans include, and which of them see a personal account.
  const seen = async (profile: object) => {
    const one = await bylaw.client(`With ${JSON.stringify(profile)}`, profile);
    const { channels } = (await bylaw.owner.call('GET', `/clients/${one.slug}/dlp`)).body;
    return new Map<string, { licensed: string; personal: string; own: string }>(
      channels.map((channel: { id: string }) => [channel.id, channel]),
    );
  };
  const large = await seen({ claudePlan: 'enterprise', m365: 'e5' });
  expect(large.get('claude.inference_hooks')).toMatchObject({ licensed: 'yes', own: 'yes', personal: 'no' });
  expect(large.get('microsoft.dlp_endpoint')).toMatchObject({ licensed: 'yes', personal: 'yes' });
  expect(large.get('microsoft.dlp_mail_files')).toMatchObject({ own: 'no', personal: 'no' });
  const small = await seen({ claudePlan: 'team', m365: 'business_basic_standard' });
  expect(small.get('claude.inference_hooks')).toMatchObject({ licensed: 'no' });
  expect(small.get('microsoft.dlp_endpoint')?.licensed).not.toBe('yes');

  const file = async (name: string) => {
    const answer = await bylaw.inject({
      method: 'GET',
      url: `/api/v1/clients/${slug}/dlp/files/${name}`,
      headers: { cookie: technician.cookie },
    });
    expect(answer.status).toBe(200);
    return answer.bytes as Buffer;
  };

  const xml = (await file('purview_package')).toString('utf16le').replace(/^\uFEFF/u, '');
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const all = (name: string) => [...document.getElementsByTagName(name)];
  const known = new Set([...all('Regex'), ...all('Keyword')].map((one) => one.getAttribute('id')));
  for (const one of [...all('IdMatch'), ...all('Match')]) expect(known).toContain(one.getAttribute('idRef'));
  const entities = all('Entity').map((one) => one.getAttribute('id'));
  expect(entities.length).toBeGreaterThan(1);
  expect(all('Resource').map((one) => one.getAttribute('idRef'))).toEqual(entities);
  // What the vendor refuses: groups that repeat, looks around, repetition without a bound.
  for (const { textContent } of all('Regex')) {
    const regex = textContent ?? '';
    expect(regex.length).toBeLessThanOrEqual(1_024);
    expect(regex.replaceAll(/\\./gu, '').replaceAll(/\[[^\]]*\]/gu, '')).not.toMatch(/[()*+]|\{\d+,\}/u);
  }
  const pattern = new RegExp(
    all('Regex')
      .map((one) => one.textContent)
      .join('|'),
    'u',
  );
  expect(pattern.test(`key ghp_${'a1B2c3D4e5F6'.repeat(3)} here`)).toBe(true);

  const letter = (await file('test_txt')).toString();
  expect(letter).toContain('TEST FILE');
  const wanted = ['us_ssn', 'payment_card', 'iban', 'github_token', 'password_assigned'];
  expect(alarming(scan(letter, compiled), compiled)).toEqual(expect.arrayContaining(wanted));
  const [, text = ''] =
    Object.entries(unzipSync(await file('test_docx'))).find(([name]) => name === 'word/document.xml') ?? [];
  expect(strFromU8(text as Uint8Array)).toContain('TEST FILE');
  const members = (await file('test_csv')).toString();
  expect(alarming(scan(members, compiled), compiled)).toEqual(
    expect.arrayContaining(['us_ssn', 'us_phone', 'email_address', 'member_number', 'dues_history']),
  );
  expect(Object.keys(unzipSync(await file('test_xlsx')))).toContain('xl/workbook.xml');
  await bylaw.close();
});

it('has Purview look for a key that begins with no letter', () => {
  const pattern = { title: 'Gate key', starts: '#g!', body: 'digits', least: 8, atMost: 8 } as const;
  const xml = rulePackage(ownRules([pattern]), { client: 'Alder', version: [1, 1], id: (name) => name });
  expect(xml).toContain('>#g![');
});
// Guide: G1.2-03 G4.1-06 G6.4-08 G6.4-10
