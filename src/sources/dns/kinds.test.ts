import { describe, expect, it } from 'vitest';
import type { DnsRow } from '#domain/model/kinds.ts';
import type { Content } from '../exports/file-kind.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { dnsKinds, domainOf } from './kinds.ts';

const kind = dnsKinds[0];
const env = (file = 'answer.txt', domains = ['alder.example.org']) => ({
  file,
  domains,
  timezone: 'America/New_York',
  today: '2026-11-24',
});

function parse(content: Content, environment = env()) {
  if (!kind) throw new Error('no kind');
  expect(kind.recognize(content, environment.file)).toBeGreaterThan(0.5);
  const parsed = kind.parse(content, environment)[0];
  return { ...parsed, rows: (parsed?.rows ?? []) as readonly DnsRow[] };
}
const text = (value: string): Content => ({ form: 'text', text: value });
const short = (rows: readonly DnsRow[]) => rows.map(({ domain, outcome, txt }) => ({ domain, outcome, txt }));

const DIG = `
; <<>> DiG 9.18.28 <<>> TXT alder.example.org @1.1.1.1
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4242
;; flags: qr rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;alder.example.org.\t\tIN\tTXT

;; ANSWER SECTION:
alder.example.org.\t3600\tIN\tTXT\t"v=spf1 include:spf.example.com " "-all"
alder.example.org.\t3600\tIN\tTXT\t"anthropic-domain-verification-x1=abc\\"\\059d"

;; Query time: 12 msec
;; SERVER: 1.1.1.1#53(1.1.1.1) (UDP)
;; WHEN: Tue Nov 24 10:00:00 EST 2026
;; MSG SIZE  rcvd: 120
`;

describe('saved answers of dig', () => {
  it('joins split strings, reads escapes, and takes the day that the answer states', () => {
    const read = parse(text(DIG));
    expect(short(read.rows)).toEqual([
      {
        domain: 'alder.example.org',
        outcome: 'answer',
        txt: ['v=spf1 include:spf.example.com -all', 'anthropic-domain-verification-x1=abc";d'],
      },
    ]);
    expect(read.rows[0]?.resolver).toBe('1.1.1.1');
    expect(read.observedOn).toBe('2026-11-24');
  });

  it('refuses an answer that was cut off, which may lack the record', () => {
    expect(() => parse(text(DIG.replace('flags: qr rd ra', 'flags: qr tc rd ra')))).toThrow(/cut off/);
  });

  it.each(['SERVFAIL', 'REFUSED', 'NXDOMAIN'])('takes no record below an answer that says %s', (status) => {
    const says = `The answer says ${status}, but records follow it, so they belong to another query.`;
    const failed = DIG.replace('status: NOERROR', `status: ${status}`);
    const other = `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1\nalder.example.org. 3600 IN TXT "a=x"\n`;
    const later = `${DIG}alder.example.org. 60 IN TXT "anthropic-domain-verification-x2=of-a-later-query"\n`;
    expect(() => parse(text(later))).toThrow(/some are of another query/);
    for (const answer of [failed, failed.replace('ANSWER: 2', 'ANSWER: 0'), other])
      expect(() => parse(text(answer))).toThrow(says);
  });

  it('refuses an answer with fewer or more records than it says that it has', () => {
    const [fewer, more] = [
      /says that it has 2 records, and 1 follows, so a part was cut off/,
      /2 follow, so some are of another query/,
    ];
    const lines = DIG.split('\n');
    const cut = lines.filter((line) => !line.includes('anthropic-domain')).join('\n');
    expect(() => parse(text(cut))).toThrow(fewer);
    expect(() => parse(text(DIG.replace('ANSWER: 2', 'ANSWER: 0')))).toThrow(more);
    const signed = DIG.replace('ANSWER: 2', 'ANSWER: 3').replace(
      '\n;; Query time',
      'alder.example.org. 3600 IN RRSIG TXT 13 3 3600 20261201000000 20261120000000 1 alder.example.org. AbCd==\n\n;; AUTHORITY SECTION:\nalder.example.org. 3600 IN NS ns1.example.org.\n\n;; Query time',
    );
    expect(short(parse(text(signed)).rows)).toEqual(short(parse(text(DIG)).rows));
  });

  it('reads CRLF the same', () => {
    expect(short(parse(text(DIG.replaceAll('\n', '\r\n'))).rows)).toEqual(short(parse(text(DIG)).rows));
  });

  it.each([
    ['NXDOMAIN', 'nxdomain'],
    ['SERVFAIL', 'servfail'],
    ['REFUSED', 'refused'],
    ['NOERROR', 'no_record'],
  ])('reports %s as %s', (status, outcome) => {
    const answer = `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1\n;; QUESTION SECTION:\n;alder.example.org. IN TXT\n`;
    expect(short(parse(text(answer)).rows)).toEqual([{ domain: 'alder.example.org', outcome, txt: [] }]);
  });

  it('reports silence as a timeout, and keeps a later answer of the same domain', () => {
    const silent =
      '; <<>> DiG 9.18 <<>> TXT alder.example.org\n;; communications error to 1.1.1.1#53: timed out\n;; connection timed out; no servers could be reached\n';
    expect(short(parse(text(silent)).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'timeout', txt: [] },
    ]);
    expect(short(parse(text(silent + DIG)).rows)).toEqual(short(parse(text(DIG)).rows));
  });

  it('keeps two definite answers that differ, and says so', () => {
    const other =
      ';; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1\n;; QUESTION SECTION:\n;alder.example.org. IN TXT\n';
    const read = parse(text(DIG + other));
    expect(read.rows.map((row) => row.outcome)).toEqual(['answer', 'nxdomain']);
    expect(read.notes?.[0]?.says).toContain('differ');
  });

  it('names a record of another domain that stands below an answer without an answer of its own', () => {
    const read = parse(text(`${DIG}birch.example.org. 60 IN TXT "three"\n`));
    expect(short(read.rows)).toEqual(short(parse(text(DIG)).rows));
    expect(read.notes?.map(({ says }) => says)).toEqual([
      'This record of birch.example.org is below the answer to a question for another domain and was left out. Save the complete output of: dig TXT birch.example.org.',
    ]);
  });

  it('reads several domains of one file, with the answer section alone as well', () => {
    const bare =
      'alder.example.org. 3600 IN TXT "one"\nalder.example.org. 3600 IN TXT "two"\nbirch.example.org. 60 IN TXT "three"\n';
    expect(short(parse(text(bare)).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'answer', txt: ['one', 'two'] },
      { domain: 'birch.example.org', outcome: 'answer', txt: ['three'] },
    ]);
  });

  it('refuses an answer about another type of record', () => {
    const a =
      '; <<>> DiG 9.18 <<>> alder.example.org\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; QUESTION SECTION:\n;alder.example.org. IN A\n';
    expect(() => parse(text(a))).toThrow(/about A records/);
  });

  it('does not take a zone file for an answer', () => {
    expect(
      kind?.recognize(
        text(
          '$ORIGIN alder.example.org.\n@ 3600 IN SOA ns. x. 1 2 3 4 5\nalder.example.org. 3600 IN TXT "a"\n',
        ),
        'zone.txt',
      ),
    ).toBe(0);
  });
});

describe('dig +short', () => {
  it('reads the day that `date` printed in front of it, and the command behind the prompt', () => {
    const said =
      'kim@laptop ~ % date; dig +short txt birch.example.org\nWed Nov 25 09:14:02 PST 2026\n"a=x"\n"v=spf1 -all"\n';
    const read = parse(text(said));
    expect(read.observedOn).toBe('2026-11-25');
    expect(short(read.rows)).toEqual([
      { domain: 'birch.example.org', outcome: 'answer', txt: ['a=x', 'v=spf1 -all'] },
    ]);
  });

  it('belongs to the only domain of the client, or to the one in the file name', () => {
    expect(short(parse(text('"v=spf1 -all"\n"a" "b"\n')).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'answer', txt: ['v=spf1 -all', 'ab'] },
    ]);
    const two = ['alder.example.org', 'birch.example.org'];
    expect(parse(text('"a=x"\n'), env('dig-birch.example.org.txt', two)).rows[0]?.domain).toBe(
      'birch.example.org',
    );
  });

  it('takes the domain of a command line that was copied along', () => {
    expect(short(parse(text('$ dig +short TXT birch.example.org @1.1.1.1\n"a=x"\n')).rows)).toEqual([
      { domain: 'birch.example.org', outcome: 'answer', txt: ['a=x'] },
    ]);
  });

  it('is refused if nothing states the domain', () => {
    expect(() => parse(text('"a=x"\n'), env('answer.txt', ['a.example.org', 'b.example.org']))).toThrow(
      /which domain/,
    );
  });

  it('is never taken for a domain that the name contradicts', () => {
    expect(domainOf({ file: 'txt of mail.alder.example.org.txt', domains: ['alder.example.org'] })).toBe(
      'mail.alder.example.org',
    );
    expect(domainOf({ file: 'birch.example.com.txt', domains: ['alder.example.org'] })).toBe(
      'birch.example.com',
    );
    expect(domainOf({ file: 'notalder.example.org.txt', domains: ['alder.example.org'] })).toBe(
      'notalder.example.org',
    );
    expect(domainOf({ file: 'DNS 2026.11.24.txt', domains: ['alder.example.org'] })).toBe(
      'alder.example.org',
    );
    expect(
      domainOf({ file: 'a.example.org b.example.org.txt', domains: ['a.example.org', 'b.example.org'] }),
    ).toBeNull();
  });
});

describe('saved answers of other tools', () => {
  it('reads host', () => {
    const answer =
      'alder.example.org descriptive text "v=spf1 " "-all"\nalder.example.org descriptive text "second"\nbirch.example.org has no TXT record\nHost cedar.example.org not found: 3(NXDOMAIN)\nHost elm.example.org not found: 2(SERVFAIL)\n';
    expect(short(parse(text(answer)).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'answer', txt: ['v=spf1 -all', 'second'] },
      { domain: 'birch.example.org', outcome: 'no_record', txt: [] },
      { domain: 'cedar.example.org', outcome: 'nxdomain', txt: [] },
      { domain: 'elm.example.org', outcome: 'servfail', txt: [] },
    ]);
  });

  it('takes no record of another name for an answer of dig, unless the domain is called so as well', () => {
    const other = DIG.replaceAll('\nalder.example.org.', '\nelsewhere.example.net.');
    expect(other).not.toBe(DIG);
    expect(short(parse(text(other)).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'no_record', txt: [] },
    ]);
    const alias = 'alder.example.org. 300 IN CNAME elsewhere.example.net.\n';
    const called = other
      .replace('\nelsewhere.example.net.', `\n${alias}elsewhere.example.net.`)
      .replace('ANSWER: 2', 'ANSWER: 3');
    expect(short(parse(text(called)).rows)).toEqual(short(parse(text(DIG)).rows));
    const two =
      'alder.example.org. 300 IN CNAME a.example.net.\na.example.net. 300 IN TXT "one=1"\na.example.net. 300 IN TXT "two=2"\nbirch.example.org. 300 IN TXT "three=3"\n';
    expect(
      short(parse(text(`; <<>> DiG 9.18 <<>> +noall +answer TXT alder.example.org\n${two}`)).rows),
    ).toEqual([
      { domain: 'alder.example.org', outcome: 'answer', txt: ['one=1', 'two=2'] },
      { domain: 'birch.example.org', outcome: 'answer', txt: ['three=3'] },
    ]);
  });

  it('reads nslookup of Linux', () => {
    const answer =
      'Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\nNon-authoritative answer:\nalder.example.org\ttext = "v=spf1 " "-all"\nalder.example.org\ttext = "second"\n';
    const read = parse(text(answer));
    expect(short(read.rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'answer', txt: ['v=spf1 -all', 'second'] },
    ]);
    expect(read.rows[0]?.resolver).toBe('127.0.0.53');
  });

  it('reads nslookup of Windows, where strings stand below', () => {
    const answer =
      'Server:  dns.example.net\r\nAddress:  10.0.0.1\r\n\r\nNon-authoritative answer:\r\nalder.example.org\ttext =\r\n\r\n\t"v=spf1 "\r\n\t"-all"\r\nalder.example.org\ttext =\r\n\r\n\t"second"\r\n';
    expect(short(parse(text(answer)).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'answer', txt: ['v=spf1 -all', 'second'] },
    ]);
  });

  it.each([
    ["** server can't find alder.example.org: NXDOMAIN", 'nxdomain'],
    ["*** dns.example.net can't find alder.example.org: Non-existent domain", 'nxdomain'],
    ["** server can't find alder.example.org: SERVFAIL", 'servfail'],
    ["*** UnKnown can't find alder.example.org: Query refused", 'refused'],
    ["*** Can't find alder.example.org: No answer", 'no_record'],
    ["*** UnKnown can't find alder.example.org: No response from server", 'timeout'],
  ])('reports "%s" of nslookup as %s', (line, outcome) => {
    expect(short(parse(text(`Server:  dns\nAddress:  10.0.0.1\n\n${line}\n`)).rows)).toEqual([
      { domain: 'alder.example.org', outcome, txt: [] },
    ]);
  });

  it('takes the start of authority, which Windows prints for a missing record, as no record', () => {
    const answer =
      'Server:  dns\nAddress:  10.0.0.1\n\nalder.example.org\n\tprimary name server = ns1.example.net\n\tresponsible mail addr = h.example.net\n';
    expect(short(parse(text(answer)).rows)).toEqual([
      { domain: 'alder.example.org', outcome: 'no_record', txt: [] },
    ]);
  });

  it('reads the JSON that resolvers answer over HTTPS', () => {
    const reply = (more: object) => ({
      Status: 0,
      TC: false,
      Question: [{ name: 'alder.example.org.', type: 16 }],
      ...more,
    });
    const text = (data: string) => ({ name: 'alder.example.org.', type: 16, TTL: 300, data });
    const of = (value: unknown) => parse({ form: 'json', value: value as never, text: '' }).rows;
    expect(
      of(
        reply({
          Answer: [
            text('"anthropic-domain-verification-x=" "abc"'),
            text('v=spf1 -all'),
            { type: 5, data: 'a.' },
          ],
        }),
      ),
    ).toMatchObject([
      {
        domain: 'alder.example.org',
        outcome: 'answer',
        txt: ['anthropic-domain-verification-x=abc', 'v=spf1 -all'],
      },
    ]);
    expect(of(reply({ Answer: [] }))).toMatchObject([{ outcome: 'no_record', txt: [] }]);
    expect(of([reply({ Status: 3 })])).toMatchObject([{ outcome: 'nxdomain' }]);
    expect(of(reply({ Status: 2, Answer: [text('"old"')] }))).toMatchObject([
      { outcome: 'servfail', txt: [] },
    ]);
    for (const [odd, says] of [
      [{ TC: true, Answer: [text('"a"')] }, /cut off/],
      [{ Question: [{ name: 'alder.example.org.', type: 1 }] }, /not about TXT/],
      [{ Question: [{ name: '<script>', type: 16 }] }, /which name was asked/],
      [{ Question: [] }, /which name was asked/],
    ] as const)
      expect(() => of(reply(odd))).toThrow(says);
  });
  it('reads the table, the list and the JSON of Resolve-DnsName alike', () => {
    const table =
      'Name                  Type   TTL   Section    Strings\n----                  ----   ---   -------    -------\nalder.example.org     TXT    3600  Answer     {v=spf1 -all}\nalder.example.org     TXT    3600  Answer     {second}\n';
    const list =
      'Name     : alder.example.org\nType     : TXT\nTTL      : 3600\nSection  : Answer\nStrings  : {v=spf1 -all}\n\nName     : alder.example.org\nType     : TXT\nTTL      : 3600\nSection  : Answer\nStrings  : {second}\n';
    const json = [
      { Name: 'alder.example.org', Type: 16, Strings: ['v=spf1 ', '-all'] },
      { Name: 'alder.example.org', Type: 16, Strings: ['second'] },
    ];
    const wanted = [{ domain: 'alder.example.org', outcome: 'answer', txt: ['v=spf1 -all', 'second'] }];
    expect(short(parse(text(table)).rows)).toEqual(wanted);
    expect(short(parse(text(list)).rows)).toEqual(wanted);
    expect(short(parse({ form: 'json', value: json, text: '' }).rows)).toEqual(wanted);
  });

  it('refuses a table that cuts values off', () => {
    const table =
      'Name                  Type   TTL   Section    Strings\n----                  ----   ---   -------    -------\nalder.example.org     TXT    3600  Answer     {anthropic-domain-verif...}\n';
    expect(() => parse(text(table))).toThrow(/cut off/);
  });

  it.each([
    ['DNS name does not exist', 'nxdomain'],
    ['DNS server failure', 'servfail'],
    ['DNS operation refused', 'refused'],
    ['This operation returned because the timeout period expired', 'timeout'],
  ])('reports "%s" of Resolve-DnsName as %s', (words, outcome) => {
    expect(
      short(parse(text(`Resolve-DnsName : alder.example.org : ${words}\nAt line:1 char:1\n`)).rows),
    ).toEqual([{ domain: 'alder.example.org', outcome, txt: [] }]);
  });
});

describe('other files', () => {
  it.each([
    'name,email\nA,a@b.org\n',
    'Minutes of the meeting\n',
    '"name","email"\n"A","a@b.org"\n',
    '"Ann"\n"Bo"\n',
    '',
  ])('are not recognized: %j', (value) => {
    expect(kind?.recognize(text(value), 'alder.example.org.txt')).toBe(0);
  });

  it('a file of its own that contradicts itself is refused', () => {
    const value = {
      bylaw: 'dns',
      version: 1,
      observedAt: '2026-11-24T15:00:00Z',
      resolvers: [],
      answers: [{ domain: 'alder.example.org', outcome: 'answer', txt: [] }],
    };
    expect(() => parse({ form: 'json', value, text: '' })).toThrow(ImportProblem);
  });
});
// Guide: G1.1-05 G2.2-04 G4.2-01 GA-03 GB-02
