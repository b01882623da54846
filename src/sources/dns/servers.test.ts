import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameServer, type Zone } from '../../../tests/support/name-server.ts';
import { askServers } from './servers.ts';
import { findingOf } from './verdict-words.ts';

const VALUE = 'anthropic-domain-verification-x1=abc';
const NAMES = [
  'good',
  'split',
  'several',
  'quoted',
  'capitals',
  'among',
  'start',
  'none',
  'empty',
  'gone',
  'stale',
  'broken',
  'half',
  'silent',
  'changing',
] as const;

/** What the domain's own name server says, and what the resolver says. */
const OWN: Zone = {
  'good.example.org': [['v=spf1 -all'], [VALUE]],
  'split.example.org': [['anthropic-domain-', 'verification-x1', '=abc']],
  'several.example.org': [[VALUE], ['anthropic-domain-verification-old=1']],
  'quoted.example.org': [[`"${VALUE}"`]],
  'capitals.example.org': [['Anthropic-Domain-Verification-x1=abc']],
  'among.example.org': [[`claude: ${VALUE}`]],
  'start.example.org': [['anthropic-domain-verification-'], ['x1=abc']],
  'none.example.org': [['v=spf1 -all'], ['other']],
  'empty.example.org': [],
  'stale.example.org': [[VALUE]],
  'broken.example.org': 2,
  'half.example.org': [[VALUE]],
  'silent.example.org': 'silence',
  'changing.example.org': [[VALUE]],
};
const OTHERS: Zone = {
  ...OWN,
  'stale.example.org': 3,
  'half.example.org': 2,
  'silent.example.org': 5,
  'changing.example.org': [['anthropic-domain-verification-x2=def']],
};

let own: Awaited<ReturnType<typeof nameServer>>;
let resolver: Awaited<ReturnType<typeof nameServer>>;
beforeAll(async () => {
  own = await nameServer(OWN, { host: '127.0.0.2' });
  const ns = Object.fromEntries(NAMES.map((name) => [`${name}.example.org`, ['ns1.example.net']]));
  resolver = await nameServer(OTHERS, {
    ns: { ...ns, 'inside.example.org': ['ns.inside.example.org'], 'example.com': ['ns1.example.net'] },
    a: { 'ns1.example.net': '127.0.0.2', 'ns.inside.example.org': '10.1.2.3' },
  });
});
afterAll(() => {
  own.close();
  resolver.close();
});

const ask = (...domains: string[]) =>
  askServers(domains, {
    resolvers: [resolver.address],
    mayAsk: (address) => address === '127.0.0.2',
    port: own.port,
    timeout: 300,
    tries: 1,
  });

async function finding(domain: string) {
  const [answers] = (await ask(domain)).domains;
  if (answers === undefined) throw new Error('nothing was asked');
  return findingOf(answers);
}

describe('asking the name servers of a domain and the resolvers', () => {
  it('asks both, and says which is which', async () => {
    const { domains } = await ask('good.example.org');
    expect(domains[0]).toMatchObject({
      noAuthority: null,
      answers: [
        { name: 'ns1.example.net', kind: 'authoritative', outcome: 'answer' },
        { name: null, kind: 'resolver', server: resolver.address, outcome: 'answer' },
      ],
    });
  });

  it.each([
    ['good', true, `Its value is ${VALUE}.`],
    ['split', true, `Its value is ${VALUE}.`],
    ['several', true, 'It is there with 2 values'],
    ['quoted', true, 'quotation marks that are part of the record'],
    ['capitals', false, 'capitals differ'],
    ['among', false, 'among other words'],
    ['start', false, 'only the beginning of the value'],
    ['none', false, 'has 2 TXT records, none of them for Claude'],
    ['empty', false, 'has no TXT record at all'],
    ['gone', false, 'does not exist in DNS (NXDOMAIN)'],
    ['stale', null, 'The servers disagree: ns1.example.net has the record'],
    ['broken', null, 'failed (SERVFAIL)'],
    ['half', true, 'failed (SERVFAIL)'],
    ['silent', null, 'ns1.example.net did not answer in time'],
    ['silent', null, 'refused the question'],
    ['changing', true, 'so a change is under way'],
  ] as const)('%s: %s, %s', async (name, found, words) => {
    const one = await finding(`${name}.example.org`);
    expect(one.words).toContain(words);
    expect(one.found).toBe(found);
  });

  it('asks the zone above where the domain is no zone of its own', async () => {
    const { domains } = await ask('mail.office.example.com');
    expect(domains[0]?.answers.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['ns1.example.net', 'nxdomain'],
      [null, 'nxdomain'],
    ]);
  });

  it('waits once, not for every zone above, where no resolver answers', async () => {
    let questions = 0;
    const silent = createSocket('udp4').on('message', () => {
      questions += 1;
    });
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { domains } = await askServers(['a.b.c.d.e.f.example.org'], {
      resolvers: [`127.0.0.1:${silent.address().port}`],
      mayAsk: () => true,
      timeout: 300,
      tries: 1,
    });
    silent.close();
    expect(domains[0]).toMatchObject({
      noAuthority: 'The resolvers did not say which the name servers of a.b.c.d.e.f.example.org are.',
      answers: [{ kind: 'resolver', outcome: 'timeout' }],
    });
    // One for the name servers, one for the record.
    expect(questions).toBe(2);
  });

  it('never asks a name server in a private network, and says so', async () => {
    const { domains } = await ask('inside.example.org');
    expect(domains[0]?.answers.map(({ kind }) => kind)).toEqual(['resolver']);
    expect((await finding('inside.example.org')).words).toContain('lie in a private network');
  });
});
// Guide: G2.2-04
