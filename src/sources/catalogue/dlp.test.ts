import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules, isMemberForm, NO_TUNING } from '#domain/dlp/compile.ts';
import { masked } from '#domain/dlp/finding.ts';
import { maskText } from '#domain/dlp/mask-text.ts';
import { sampleText } from '#domain/dlp/rules.ts';
import { alarming, scan } from '#domain/dlp/scan.ts';
import { becauseWords } from '#domain/dlp/words.ts';
import { cases } from '#domain/testing/cases.ts';
import { recognizes } from './lint-dlp.ts';
import { sharedCatalogue } from './testing/shared.ts';

const rules = sharedCatalogue().dlp.flatMap((file) => file.rules);
const compiled = compileRules(rules);
const found = (text: string) =>
  scan(text, compiled).findings.map(({ rule, start, end }) => [rule, text.slice(start, end)]);

describe('the rules', () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s find their samples and nothing else',
    (id, rule) => {
      if (rule.find === 'export_column') {
        expect(rule.samples.hits.every((sample) => recognizes(sample, rule))).toBe(true);
        expect(rule.samples.misses.some((sample) => recognizes(sample, rule))).toBe(false);
        return;
      }
      for (const sample of rule.samples.hits)
        expect(found(sampleText(sample)).map(([one]) => one)).toContain(id);
      for (const sample of rule.samples.misses)
        expect(found(sampleText(sample)).map(([one]) => one)).not.toContain(id);
    },
  );
});

describe('a number', () => {
  it('is what the nearest word makes it', () => {
    expect(found('Set up ACH: routing 066203388, account 790236742')).toEqual([
      ['aba_routing', '066203388'],
      ['bank_account', '790236742'],
    ]);
  });

  it('is what the heading of its column makes it, not the words of other cells', () => {
    const table = 'name,ssn,order\nAnn Lee,433856478,433856479\nBob Ray,074572657,433856470\n';
    expect(found(table)).toEqual([
      ['us_ssn', '433856478'],
      ['us_ssn', '074572657'],
    ]);
  });

  it('is found whatever text was looked through before', () => {
    expect(found('(433-85-6478) SSN')).toEqual([['us_ssn', '433-85-6478']]);
    expect(found('SSN 433856478')).toEqual([['us_ssn', '433856478']]);
  });

  it('is read with the blanks, hyphens and digits of word processors', () => {
    expect(found('SSN\u00a0433‑85‑6478, card ４１１１ 1111 1111 1111')).toEqual([
      ['us_ssn', '433‑85‑6478'],
      ['payment_card', '４１１１ 1111 1111 1111'],
    ]);
  });

  it('says why it was found', () => {
    expect(scan('Member social security number: 433-85-6478', compiled).findings).toMatchObject([
      { confidence: 'high', because: { check: 'ssn', near: 'social security number', distance: 2 } },
    ]);
    expect(scan('Ann Lee - 433-85-6478', compiled).findings).toMatchObject([
      { confidence: 'medium', because: { check: 'ssn', near: null } },
    ]);
  });
});

describe('a key', () => {
  it.each([
    [
      'a Discord bot token',
      'It runs with NzI4MzA2¦NTE5NDgyNzUwMzE2.8LwVo9.yqJRegryg7QdrepBoFjmMR11Osb.',
      'It has a form that hardly anything else has.',
    ],
    [
      'a JSON Web Token',
      'eyJhb¦GciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJjb25maWRlbmNlIjowLjh9.kvRPfjAhLhtRTczoRgctVGp7KY1QVH3UBZM-gM0x8ec',
      'It has a form that hardly anything else has.',
    ],
    [
      'a Telegram bot token with its name',
      'telegram_token=48213:Avce¦kavn4wu8jty8fnommedcqbef91lddq2',
      '“telegram” is next to it, and it has the form.',
    ],
    ['a password', 'db_password = "Winter2¦026#Gala"', '“passw” is next to it, and it has the form.'],
    [
      'an Anthropic key',
      'sk-ant¦-api03-2SBk5ODko3aZi6uMbS06uU0u_O72T0_B2r5IYTs43kTGbOzzz16yGhr2VE-nSqXspCfRwq0mJsu4WEGn',
      'It starts like the provider’s keys.',
    ],
  ])('that is %s is explained by what made it one', (_what, text, words) => {
    const { findings } = scan(sampleText(text), compiled);
    expect(findings.map(({ because }) => becauseWords(because))).toEqual([words]);
  });

  it.each([
    ['api_key: 9fK2¦mQ8xT4vB7nL1cR6wZ3pJ5', 'client_secret: 7mW4¦kR8zQ2xV6nB3tY9pL5cD1'],
    ['portal key: 9fK2¦mQ8xT4vB7nL1cR6wZ3pJ5', 'token = "7mW4¦kR8zQ2xV6nB3tY9pL5cD1"'],
  ])('is found even if another one comes later in the text', (first, second) => {
    const text = sampleText(`${first}\nThe board met.\n${second}\n`);
    expect(found(text)).toHaveLength(2);
  });

  it('of a provider’s own form is that provider’s, whatever it is called', () => {
    const token = sampleText('ghs_48213_eyJh¦bGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiI0ODIxMyJ9');
    expect(found(`token: ${token}.kvRPfjAhLhtRTczoRgctVGp7KY1QVH3UBZM`).map(([rule]) => rule)).toEqual([
      'github_installation_token',
    ]);
  });
});

describe('a client', () => {
  it('switches rules off, raises how many matter, allows values and adds member numbers', () => {
    const guarded = rules.filter(({ lookOnly }) => !lookOnly);
    const tuned = compileRules(guarded, {
      off: ['us_phone'],
      atLeast: { member_number: 2 },
      memberNumbers: ['AL-####-@'],
      allowed: ['office@alder.example'],
      patterns: [],
    });
    const text = 'AL-2041-K, AL-2042-M, call (415) 555-0132 or write to office@alder.example.';
    const result = scan(text, tuned);
    expect(result.findings.map(({ rule }) => rule)).toEqual(['member_number', 'member_number']);
    expect(alarming(result, tuned)).toEqual(['member_number']);
    expect(alarming(scan('AL-2041-K', tuned), tuned)).toEqual([]);
    expect(found('AL-2041-K')).toEqual([]);
  });

  it.each([
    ['signs that end a run', 'Gavel#', 'Gavel#8sK3mQ9zT1'],
    ['letters beyond ASCII', 'Señal-', 'Señal-8sK3mQ9zT1'],
    ['what begins a word of another rule', 'pass', 'passwordlX4nT81uR9y'],
  ])('has patterns of its own that begin with %s', (_what, starts, secret) => {
    const pattern = { title: 'Portal key', starts, body: 'base62', least: 10, atMost: 40 } as const;
    const tuned = compileRules(rules, { ...NO_TUNING, patterns: [pattern] });
    expect(scan(`It logs in with ${secret} at night.`, tuned).findings).toMatchObject([
      { rule: 'own_portal_key', start: 16, end: 16 + secret.length },
    ]);
  });

  it('has patterns that begin with any signs, however many', () => {
    const signs = ['!"#$%&', "'()*,:", ';<>?@[', '\\]^`{|}'];
    const patterns = signs.map((starts, n) => ({
      title: `Key ${n}`,
      starts: `${starts}portal_key_`,
      body: 'base62' as const,
      least: 10,
      atMost: 40,
    }));
    const tuned = compileRules(rules, { ...NO_TUNING, patterns });
    for (const [n, { starts }] of patterns.entries())
      expect(scan(`Sign in: ${starts}8sK3mQ9zT1.`, tuned).findings.map(({ rule }) => rule)).toEqual([
        `own_key_${n}`,
      ]);
    expect(scan(`Sign in: ${'~'.repeat(6)}portal_key_8sK3mQ9zT1.`, tuned).findings).toEqual([]);
  });

  it('can have no pattern that would match any word, and no regular expression', () => {
    expect(['AL-####', '#######', '@@-###'].map(isMemberForm)).toEqual([true, true, true]);
    expect(['A', '###', 'member', '(a+)+####', '####'.repeat(20)].map(isMemberForm)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('contact data', () => {
  const alarms = (text: string) => alarming(scan(text, compiled), compiled);
  const people = ['ann', 'bob', 'cyn', 'dev', 'eli', 'fay', 'gus', 'hal', 'ida', 'joe'];

  it('matters from ten people on, and not by how often few of them are repeated', () => {
    expect(alarms(people.map((name) => `${name}@member.example`).join('\n'))).toEqual(['email_address']);
    const thread = 'From: Ann <ann@member.example>\nTo: Bob <BOB@member.example>\nThank you.\n';
    expect(alarms(thread.repeat(20))).toEqual([]);
    expect(alarms('Alder Society, call (415) 555-0132\n'.repeat(20))).toEqual([]);
  });

  it('belongs to no person if an address is a role’s or names the author of a published work', () => {
    expect(alarms(people.map((name) => `info@${name}.example`).join('\n'))).toEqual([]);
    const notice = `Copyright:\n${people.map((name) => ` 2019-2024 ${name} Lee <${name}@lee.example>\n`).join('')}`;
    expect(alarms(notice)).toEqual([]);
    expect(alarms(people.map((name) => `Signed-off-by: ${name} <${name}@lee.example>\n`).join(''))).toEqual(
      [],
    );
    // The same lines are a list of members where nothing says that they are a notice.
    expect(alarms(notice.replace('Copyright', 'Member since'))).toEqual(['email_address']);
  });

  it('is no person’s in the record of a program, and is one in a log or a list that only looks alike', () => {
    const each = (line: (name: string, day: number) => string) => people.map(line).join('');
    const address = (name: string) => `${name} Lee <${name}@lee.example>`;
    const day = (n: number) => `2026-03-${String(n + 10)}`;
    const hash = 'a3'.repeat(20);
    const records = {
      gnu: each((name, n) => `${day(n)}  ${address(name)}\n\n\t* src/scan.c (main): Fix it.\n\n`),
      git: each((name) => `commit ${hash}\nAuthor: ${address(name)}\n\n    Fix it.\n`),
      debian: each((name) => `  * Fix it.\n\n -- ${address(name)}  Sun, 01 Mar 2026 09:00:00 +0000\n`),
      license: `Upstream Authors:\n${each((name) => `  ${address(name)}\n`)}`,
      several: each((name, n) =>
        n % 5 === 0
          ? `\n\t* src/scan.c (main): Fix it.\n\n${day(n)}  ${address(name)}\n`
          : `\t    ${address(name)}\n`,
      ).concat('\n\t* src/scan.c (main): Fix it.\n'),
      thanks: `${each((name) => `  Reported by ${address(name)}.\n`)}commit ${hash}\n`,
    };
    for (const [form, text] of Object.entries(records)) expect([form, alarms(text)]).toEqual([form, []]);
    const lists = {
      registrations: each((name, n) => `${day(n)}  ${address(name)}\n`),
      talks: each((name, n) => `${day(n)}  ${address(name)}\n\n\t* Speaks on ethics.\n`),
      complaints: each((name) => `  Reported by ${address(name)}.\n`),
      authors: `Authors of the journal\n${each((name) => `  ${address(name)}\n`)}`,
      // What is pasted below a license or a log is still a list of its own.
      licensed: `Permission is hereby granted, free of charge, to anyone.\n\n${each((name) => `${address(name)}\n`)}`,
      chapter: `Redistribution and use in source and binary forms\n\nMembers by chapter\n${each((name) => `${name} Lee, ${name}@lee.example, gold\n`)}`,
      logged: `commit ${hash}\n\n    Fix it.\n\n${each((name) => `${address(name)}\n`)}`,
      entered: `${day(1)}  ${address('kim')}\n\n\t* src/scan.c (main): Fix it.\n${each((name) => `${address(name)}\n`)}`,
      far: `Upstream Authors\n${'The minutes were approved.\n'.repeat(300)}${each((name) => `${address(name)}\n`)}`,
    };
    for (const [form, text] of Object.entries(lists))
      expect([form, alarms(text)]).toEqual([form, ['email_address']]);
    // What else makes a list of members is found there, too.
    const street = 'Ann Lee, 9429 Park Avenue, Portland, OR 97209';
    expect(alarms(`${records.git}${street}\n`)).toEqual(['name_and_address']);
  });
});

describe('what is found', () => {
  it('is masked so that nobody reads it', () => {
    expect(masked('433-85-6478')).toBe('•••-••-••78');
    expect(masked('Ann')).toBe('•••');
    const text = 'SSN 433-85-6478 and password: Summer2026!x end';
    const copy = maskText(text, scan(text, compiled).findings, compiled);
    expect(copy).toBe('SSN [Social Security number] and password: [Password in text] end');
    expect(scan(copy, compiled).findings).toEqual([]);
  });

  it('never overlaps, is in the text, and is the same whatever comes after it', () => {
    const piece = fc.constantFrom(
      ...rules
        .filter((rule) => !rule.lookOnly)
        .flatMap((rule) => rule.samples.hits.map(sampleText))
        .filter((sample) => !sample.includes('\n')),
      'The minutes were approved.',
      '1-2-3 ',
      ', ',
      '@',
      '://',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' . ');
        const { findings, scanned } = scan(text, compiled);
        expect(scanned).toBe(text.length);
        let last = 0;
        for (const { start, end } of findings) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
      { numRuns: cases(60) },
    );
  });

  it('is found exactly once around the place where a long text is cut', () => {
    const secret = sampleText('gh¦p_7Kq2mZx9Lw4Tb8Rn1Vc6Yd3Hs5Jf0Gp2Aa9Qe');
    for (const before of [65_500, 65_530, 65_536, 131_060]) {
      const text = `${'plain words '.repeat(12_000).slice(0, before)} ${secret} SSN 433-85-6478 end`;
      expect(found(text)).toEqual([
        ['github_token', secret],
        ['us_ssn', '433-85-6478'],
      ]);
    }
  });

  it('stops when the time is up, and says how far it came', () => {
    const text = `SSN 433-85-6478 ${'plain words '.repeat(30_000)}`;
    const result = scan(text, compiled, { stop: () => true });
    expect(result.scanned).toBeLessThan(text.length);
  });
});

it('reads a text to its end whatever is repeated in it', () => {
  const pieces = [
    'key=',
    'password=',
    '://',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    'a@',
    '433856478 ',
    'ssn,a\n',
    '4 ',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(70_000 / piece.length));
    expect(scan(text, compiled).scanned).toBe(text.length);
  }
});
// Guide: G6.4-08 G8-08 G8-09
