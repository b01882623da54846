import { describe, expect, it } from 'vitest';
import { read, short } from './testing.ts';

const lines = (...all: readonly (string | object)[]) =>
  `${all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')}\n`;

const zeek = (path: string, fields: string, ...rows: readonly string[]) =>
  lines(
    '#separator \\x09',
    '#unset_field\t-',
    `#path\t${path}`,
    `#fields\t${fields.replaceAll(' ', '\t')}`,
    ...rows.map((row) => row.replaceAll(' ', '\t')),
    '#close\t2026-11-20-12-00-00',
  );
const AT = '1795186800.123456 CHhAvVGS1DHFjwGM9 10.0.0.5 51234';

describe('logs of sensors', () => {
  it('of Zeek are read as text and as JSON', async () => {
    const ssl = await read(
      zeek(
        'ssl',
        'ts uid id.orig_h id.orig_p id.resp_h id.resp_p version server_name resumed',
        `${AT} 192.0.2.7 443 TLSv13 claude.ai F`,
        `${AT} 192.0.2.7 443 TLSv13 - F`,
      ),
    );
    expect(short(ssl)).toEqual([['2026-11-20', 'claude', '10.0.0.5', null, 1, null, null, null]]);
    const dns = await read(
      lines(
        { ts: 1795186800.5, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.resp_h': '10.0.0.1', query: 'claude.ai' },
        { ts: '2026-11-20T15:00:00.1Z', uid: 'C2', 'id.orig_h': '10.0.0.6', query: 'chatgpt.com' },
        { _path: 'conn', ts: 1795186800.5, uid: 'C3', 'id.orig_h': '10.0.0.6', 'id.resp_h': '192.0.2.7' },
      ),
      'dns.json',
    );
    expect(short(dns)).toEqual([
      ['2026-11-20', 'claude', '10.0.0.5', null, 1, null, null, null],
      ['2026-11-20', 'chatgpt', '10.0.0.6', null, 1, null, null, null],
    ]);
    expect(dns.notes[0]?.says).toContain('1 event without a host or a service was left out: “Zeek: conn”');
  });

  it('of Zeek on connections alone are refused, with the log to export instead', async () => {
    const row = `${AT} 192.0.2.7 443 tcp ssl 1.2 100 200 SF`;
    const fields =
      'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state';
    await expect(read(zeek('conn', fields, row, row))).rejects.toThrow(/conn\.log.*dns\.log, ssl\.log/);
  });

  it('of Suricata count each query once and leave out what is no use', async () => {
    const event = (type: string, about: object, src = '10.0.0.5') => ({
      timestamp: '2026-11-20T23:30:00.123456-0800',
      flow_id: 1,
      event_type: type,
      src_ip: src,
      dest_ip: '192.0.2.7',
      [type]: about,
    });
    const parsed = await read(
      lines(
        event('tls', { sni: 'claude.ai', version: 'TLS 1.3' }),
        event('dns', { type: 'query', rrname: 'chatgpt.com' }),
        event('dns', { version: 2, type: 'answer', rrname: 'chatgpt.com' }),
        event('dns', { version: 3, type: 'request', queries: [{ rrname: 'poe.com' }] }),
        event('flow', { bytes_toserver: 10 }),
        { timestamp: '2026-11-20T23:30:00.123456-0800', event_type: 'stats', stats: { uptime: 1 } },
      ),
      'eve.json',
    );
    expect(short(parsed)).toEqual(
      ['claude', 'chatgpt', 'poe'].map((tool) => ['2026-11-21', tool, '10.0.0.5', null, 1, null, null, null]),
    );
    expect(parsed.notes[0]?.says).toContain('“Suricata: dns”, “Suricata: flow”, “Suricata: stats”');
    await expect(read(lines(event('flow', {}), event('flow', {})), 'eve.json')).rejects.toThrow(
      'None of the 2 events names a host',
    );
  });

  it('of Pi-hole 6 say what was refused', async () => {
    const query = (domain: string, status: string, name: string | null) => ({
      id: 1,
      time: 1795186800.5,
      type: 'A',
      domain,
      status,
      client: { ip: '10.0.0.5', name },
    });
    const queries = [query('claude.ai', 'FORWARDED', 'avery.lan'), query('poe.com', 'GRAVITY_CNAME', null)];
    expect(short(await read(JSON.stringify({ queries, cursor: 2 }), 'queries.json'))).toEqual([
      ['2026-11-20', 'claude', 'avery.lan', null, 1, 0, null, null],
      ['2026-11-20', 'poe', '10.0.0.5', null, 1, 1, null, null],
    ]);
  });
});

describe('logs of small offices by an API', () => {
  it('of Pi-hole 5 say what was refused', async () => {
    const query = (domain: string, client: string, state: string) => [
      '1795186800',
      'A',
      domain,
      client,
      state,
      '2',
      '4',
      '0',
      'N/A',
      '-1',
      'N/A',
    ];
    const data = [query('claude.ai', '10.0.0.5', '2'), query('poe.com', 'avery.lan', '1')];
    const parsed = await read(JSON.stringify({ data }), 'getAllQueries.json');
    expect(short(parsed)).toEqual([
      ['2026-11-20', 'claude', '10.0.0.5', null, 1, 0, null, null],
      ['2026-11-20', 'poe', 'avery.lan', null, 1, 1, null, null],
    ]);
    expect(parsed.complete).toBe(true);
  });

  it('of Meraki on security and network events are a part of the traffic', async () => {
    const at = '2026-11-20T15:00:00.000000Z';
    const client = { clientMac: 'a1:b2:c3:d4:e5:f6', srcIp: '10.0.0.5' };
    const security = [
      {
        ts: at,
        eventType: 'File Scanned',
        ...client,
        clientName: 'avery',
        uri: 'https://claude.ai/a',
        action: 'Allowed',
      },
      { ts: at, eventType: 'IDS Alert', ...client, destIp: '192.0.2.7', blocked: true },
    ];
    const network = {
      pageEndAt: at,
      events: [
        {
          occurredAt: at,
          networkId: 'N_1',
          type: 'cf_block',
          clientDescription: 'avery',
          eventData: { url: 'https://poe.com/' },
        },
        {
          occurredAt: at,
          networkId: 'N_1',
          type: 'dhcp_lease',
          clientDescription: 'avery',
          eventData: { vlan: '1' },
        },
      ],
    };
    const [one, other] = await Promise.all(
      [security, network].map((value) => read(JSON.stringify(value), 'meraki.json')),
    );
    expect(short(one as never)).toEqual([['2026-11-20', 'claude', 'avery', null, 1, 0, null, null]]);
    expect(short(other as never)).toEqual([['2026-11-20', 'poe', 'avery', null, 1, 1, null, null]]);
    expect([one?.complete, other?.complete]).toEqual([false, false]);
    const center = await read(
      'Time,Network,Type,Source,Destination,Action\n2026-11-20 10:00:00,HQ,Content filtering,10.0.0.5,claude.ai,Blocked\n2026-11-20 11:00:00,HQ,IDS alert,10.0.0.5,poe.com,Allowed\n',
      'center.csv',
    );
    expect([center.complete, center.notes.at(-1)?.says]).toEqual([
      false,
      expect.stringContaining('security events only'),
    ]);
  });

  it('of Meraki on traffic have amounts in kilobytes and no days', async () => {
    const usage = {
      protocol: 'TCP',
      port: 443,
      sent: 138,
      recv: 61,
      numClients: 10,
      activeTime: 77000,
      flows: 300,
    };
    const parsed = await read(
      JSON.stringify([{ application: 'Claude', destination: null, ...usage }]),
      'traffic.json',
    );
    expect(parsed.rows).toMatchObject([
      { on: null, tool: 'claude', people: 10, sent: 138_000, received: 61_000 },
    ]);
  });

  it('that list refusals alone do not show what got through', async () => {
    const log = (second: string) =>
      read(
        `Time,Client IP,Domain,Action\n2026-11-20 10:00:00,10.0.0.5,claude.ai,Blocked\n2026-11-20 11:00:00,10.0.0.5,poe.com,${second}\n`,
        'dns.csv',
      );
    const [part, whole] = [await log('Blocked'), await log('Allowed')];
    expect([part.complete, whole.complete]).toEqual([false, true]);
    // What is kept in place of the log says so, too.
    const again = [part, whole].map(({ keeps, covers }) => read(keeps?.(covers) ?? '', 'kept.csv'));
    expect((await Promise.all(again)).map(({ complete }) => complete)).toEqual([false, true]);
  });
});

describe('logs of gateways', () => {
  it('of Barracuda are refused where the policy says so, whatever the proxy did', async () => {
    const line = (client: string, host: string, did: string, policy: string, user: string) =>
      `Nov 20 10:00:00 192.168.100.181 http_scan[675]: 1795186800 1 ${client} 192.0.2.7 - ${client} https://${host}/ 359 BYF ${did}  ${policy} 0 - 0 ${host} ai-tools [${user}]   https://${host}/ - - 0  `;
    const parsed = await read(
      lines(
        line('10.0.0.5', 'claude.ai', 'ALLOWED CLEAN', '2 0 0 0 0 (-) 0 -', 'ANON'),
        line('10.0.0.6', 'chatgpt.com', 'ALLOWED CLEAN', '2 1 0 1 3 (-) 1 ai-tools', 'ldap0:avery'),
        line('10.0.0.7', 'poe.com', 'BLOCKED VIRUS stream=>Test FOUND', '2 0 0 0 0 (-) 0 -', 'ANON'),
      ),
    );
    expect(short(parsed)).toEqual([
      ['2026-11-20', 'claude', '10.0.0.5', null, 1, 0, null, 359],
      ['2026-11-20', 'chatgpt', 'avery', null, 1, 1, null, 359],
      ['2026-11-20', 'poe', '10.0.0.7', null, 1, 1, null, 359],
    ]);
  });

  it('of Sophos UTM and of the Traffic Monitor of WatchGuard', async () => {
    const utm = await read(
      lines(
        '2026:11:20-10:00:00 utm httpproxy[4711]: id="0001" severity="info" sys="SecureWeb" name="http access" action="pass" srcip="10.0.0.5" user="avery" size="7301" url="https://claude.ai/" categoryname="AI"',
        '2026:11:20-10:00:00 utm ulogd[4711]: id="2001" severity="info" action="drop" srcip="10.0.0.5"',
      ),
    );
    expect(short(utm)).toEqual([['2026-11-20', 'claude', 'avery', 'utm', 1, 0, null, 7301]]);
    const firebox = await read(
      lines(
        '2026-11-20 10:00:00 Member2 Allow 10.0.0.5 192.0.2.7 https/tcp 42973 443 1-Trusted 0-External ProxyAllow: HTTPS Request (HTTPS-proxy-00) proc_id="https-proxy" rc="590" sni="claude.ai" src_user="avery"',
        '2026-11-20 10:00:01 Deny 10.0.0.6 192.0.2.7 https/tcp 42973 443 1-Trusted 0-External ProxyDeny: HTTPS Request (HTTPS-proxy-00) proc_id="https-proxy" rc="595" sni="chatgpt.com"',
        '2026-11-20 10:00:02 Allow 10.0.0.6 192.0.2.7 webcache/tcp 42973 8080 3-Trusted 1-WCI Allowed 60 63 (Outgoing-proxy-00) proc_id="firewall" rc="100"',
      ),
    );
    expect(short(firebox)).toEqual([
      ['2026-11-20', 'claude', 'avery', null, 1, 0, null, null],
      ['2026-11-20', 'chatgpt', '10.0.0.6', null, 1, 1, null, null],
    ]);
    expect(firebox.notes[0]?.says).toContain('“Firebox: firewall”');
  });

  it.each([
    ['Fri, 20 Nov 2026 11:30:00 PM PST', '2026-11-21', '02:30'],
    ['Fri, 20 Nov 2026 23:30:00', '2026-11-20', '23:30'],
    ['Friday, November 20, 2026 11:30:00 PM', '2026-11-20', '23:30'],
    ['Fri Nov 20 23:30:00 EST 2026', '2026-11-20', '23:30'],
    ['2026-11-20 11:30:00 PM EST', '2026-11-20', '23:30'],
  ])('of Zscaler have times such as %s', async (time, on, clock) => {
    const parsed = await read(
      `No.,Logged Time,User,Policy Action,URL,URL Category,Client IP\n1,"${time}",avery,Allowed,claude.ai/new,AI,10.0.0.5\n`,
      'weblog.csv',
    );
    expect(parsed.rows).toMatchObject([{ on, first: clock, tool: 'claude', refused: 0 }]);
  });

  it('of Umbrella are in UTC though they do not say so, and a day and a time in two columns are one', async () => {
    const umbrella = await read(
      'Timestamp,Policy Identity,Policy Identity Type,Action,Destination,Categories\n2026-11-20 02:30:00,avery@alder.example,AD Users,Blocked,chatgpt.com,AI\n',
      'activity.csv',
    );
    expect(umbrella.rows).toMatchObject([{ on: '2026-11-19', first: '21:30' }]);
    const two = await read(
      'Date,Time,Client IP,Domain,Action\n11/20/2026,9:30:00 PM,10.0.0.5,chatgpt.com,Blocked\n',
      'dns.csv',
    );
    expect(two.rows).toMatchObject([{ on: '2026-11-20', first: '21:30', refused: 1 }]);
  });

  it('of WatchGuard Dimension call a refusal a disposition', async () => {
    const parsed = await read(
      'Time,Disposition,User,Source,Destination,Host Name,Category\n2026-11-20 10:00:00,Deny,avery,10.0.0.5,192.0.2.7,chatgpt.com,AI\n',
      'dimension.csv',
    );
    expect(short(parsed)).toEqual([['2026-11-20', 'chatgpt', 'avery', null, 1, 1, null, null]]);
  });

  it('of Fortinet show what was sent and received in one column, and a host beside its address', async () => {
    const parsed = await read(
      'Date/Time,Source,Destination,Application Name,Result,Sent / Received\n2026/11/20 10:00:00,10.0.0.5,192.0.2.7 (claude.ai),HTTPS,Accept,1.20 kB / 33.40 MB\n',
      'forward.csv',
    );
    expect(short(parsed)).toEqual([['2026-11-20', 'claude', '10.0.0.5', null, 1, 0, 1200, 33_400_000]]);
  });

  it('in reports by site have a row for each and ask for their days', async () => {
    const parsed = await read(
      'Domain,Category,Requests,Users\nclaude.ai,Generative AI,34,5\nnews.example,News,3,1\n',
      'sites.csv',
    );
    expect(short(parsed)).toEqual([[null, 'claude', null, null, 34, null, null, null]]);
    expect(parsed.covers).toBeUndefined();
  });
});
// Guide: G4-00 G4.1-03
