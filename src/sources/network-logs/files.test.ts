import { describe, expect, it } from 'vitest';
import { networkLogs } from './files.ts';
import { ENVIRONMENT, read, rowsOf, short } from './testing.ts';

const OURS = '6f1d2c3b-0000-4000-8000-0123456789ab';

describe('network logs', () => {
  it('of Squid add up by person, tool and day, in the zone of the client', async () => {
    // 2026-11-20 02:30 UTC is the evening before in New York.
    const log = [
      '1795141800.120     89 10.0.0.5 TCP_TUNNEL/200 3942 CONNECT claude.ai:443 Avery%40alder.example HIER_DIRECT/160.79.104.10 -',
      `1795141860.120     89 10.0.0.5 TCP_MISS/200 58 POST https://claude.ai/api/organizations/${OURS}/chat_conversations/1?q=secret+plan avery%40alder.example HIER_DIRECT/160.79.104.10 application/json`,
      '1795141801.120     12 10.0.0.6 TCP_DENIED/403 390 CONNECT cdn.chatgpt.com:443 - HIER_NONE/- text/html',
      '1795141802.120     12 10.0.0.6 TCP_DENIED/407 390 CONNECT chatgpt.com:443 - HIER_NONE/- text/html',
      '1795141803.120     12 10.0.0.6 TCP_MISS/200 390 GET http://news.example/private?token=abc - HIER_DIRECT/1.2.3.4 text/html',
      'this line is broken',
    ].join('\n');
    const parsed = await read(`${log}\n`);
    expect(short(parsed)).toEqual([
      ['2026-11-19', 'claude', 'avery@alder.example', null, 1, 0, null, 3942],
      ['2026-11-19', 'claude', 'avery@alder.example', null, 1, 0, null, 58],
      ['2026-11-19', 'chatgpt', '10.0.0.6', null, 1, 1, null, 390],
    ]);
    expect(rowsOf(parsed).map(({ organization }) => organization)).toEqual([null, OURS, null]);
    expect(parsed.covers).toEqual({ from: '2026-11-19', to: '2026-11-19' });
    expect(parsed.notes.map(({ row, says }) => [row, says])).toEqual([
      [null, expect.stringContaining('4 lines, of which 3 concern AI tools')],
      [6, 'The line cannot be read and was left out.'],
    ]);
    const kept = parsed.keeps?.(parsed.covers) ?? '';
    for (const word of ['secret', 'chat_conversations', 'news.example', 'token', 'cdn.'])
      expect(kept).not.toContain(word);
    // With a column taken out, each of its lines would be one request.
    const shorter = kept.split('\n').map((line) => line.split(',').toSpliced(7, 1).join(','));
    await expect(read(shorter.join('\n'), 'log.csv')).rejects.toThrow(/its columns were changed \(times\)/);
    // What is kept is read again as it was, row by row.
    const again = await read(kept, 'log.txt');
    expect(again.rows).toEqual(parsed.rows);
    expect(again.covers).toEqual(parsed.covers);
  });

  it.each([
    [
      'Squid, common',
      '10.0.0.5 - avery [20/Nov/2026:09:00:00 -0500] "CONNECT chatgpt.com:443 HTTP/1.1" 200 39 TCP_TUNNEL:HIER_DIRECT',
      ['2026-11-20', 'chatgpt', 'avery', null, 1, 0, null, 39],
    ],
    [
      'FortiGate',
      'date=2026-11-20 time=23:30:00 devname="FG-Main" devid="FGT60" eventtime=1795235400000000000 tz="-0800" logid="0317013312" type="utm" subtype="webfilter" srcip=10.1.1.9 user="avery" hostname="chatgpt.com" url="/c/abc" action="passthrough" sentbyte=100 rcvdbyte=200 catdesc="Artificial Intelligence Technology"',
      ['2026-11-21', 'chatgpt', 'avery', 'FG-Main', 1, 0, 100, 200],
    ],
    [
      'FortiGate, opened in an isolated browser',
      'date=2026-11-20 time=23:30:00 devname="FG-Main" devid="FGT60" eventtime=1795235400000000000 tz="-0800" logid="0317013312" type="utm" subtype="webfilter" srcip=10.1.1.9 user="avery" hostname="chatgpt.com" url="/c/abc" action="isolate" sentbyte=100 rcvdbyte=200 catdesc="Artificial Intelligence Technology"',
      ['2026-11-21', 'chatgpt', 'avery', 'FG-Main', 1, 0, 100, 200],
    ],
    [
      'FortiGate, a tool that only the gateway knows',
      'date=2026-11-20 time=10:00:00 devname="FG-Main" devid="FGT60" logid="0316013056" type="utm" srcip=10.1.1.9 hostname="jane-doe.app.newbot.example" action="blocked" sentbyte=1 rcvdbyte=2 catdesc="Artificial Intelligence Technology"',
      ['2026-11-20', null, '10.1.1.9', 'FG-Main', 1, 1, 1, 2],
    ],
    [
      'Zscaler NSS',
      '2026-11-20 15:00:00\treason=Allowed\tevent_id=1\tprotocol=HTTPS\taction=Allowed\trequestsize=10\tresponsesize=20\turlcategory=AI and ML Applications\turl=claude.ai/new\thostname=claude.ai\tuser=avery@alder.example\tlocation=Main office\tClientIP=10.0.0.5\tvendor=Zscaler\tproduct=NSS',
      ['2026-11-20', 'claude', 'avery@alder.example', 'Main office', 1, 0, 10, 20],
    ],
    [
      'Windows DNS',
      '11/20/2026 10:00:32 AM 0E70 PACKET  00000000033397A0 UDP Rcv 10.0.0.7    5b47   Q [0001   D   NOERROR] A      (3)api(6)openai(3)com(0)',
      ['2026-11-20', 'chatgpt', '10.0.0.7', null, 1, null, null, null],
    ],
    [
      'Umbrella without a heading, in UTC',
      '"2026-11-20 02:00:00","Avery Lake (avery@alder.example)","Avery Lake,Main","10.0.0.5","203.0.113.9","Blocked","1 (A)","NOERROR","chat.deepseek.com.","Generative AI","AD Users","AD Users,Networks","Generative AI"',
      ['2026-11-19', 'deepseek', 'avery@alder.example', null, 1, 1, null, null],
    ],
    [
      'Palo Alto Networks URL log',
      `1,2026/11/20 10:00:00,0009C101317,THREAT,url,1,2026/11/20 10:00:00,10.0.0.8,1.2.3.4,0.0.0.0,0.0.0.0,Web,alder\\avery,,ssl,vsys1,trust,untrust,e1,e2,log,2026/11/20 10:00:00,1,1,5000,443,0,0,0x0,tcp,block-url,"gemini.google.com/app?x=1,2",(9999),artificial-intelligence,informational,client-to-server,1,0x0,US,US,0,,0,,,1`,
      ['2026-11-20', 'gemini', 'alder\\avery', '0009C101317', 1, 1, null, null],
    ],
    [
      'Squid on pfSense',
      '<166>Nov 20 10:00:00 fw.alder.example (squid-1)[6802]: 1795186800.253 325 10.0.0.5 TCP_DENIED/403 29 CONNECT chatgpt.com:443 - HIER_NONE/- -',
      ['2026-11-20', 'chatgpt', '10.0.0.5', null, 1, 1, null, 29],
    ],
    [
      'Unbound on pfSense',
      '<30>Nov 20 16:19:02 unbound[26931]: [26931:0] info: 192.168.1.7 claude.ai. AAAA IN',
      ['2026-11-20', 'claude', '192.168.1.7', null, 1, null, null, null],
    ],
    [
      'Unbound on OPNsense',
      '<30>1 2026-11-20T23:19:02-08:00 fw.alder.example unbound 26931 - [meta sequenceId="7"] [26931:0] info: 192.168.1.7 chatgpt.com. A IN',
      ['2026-11-21', 'chatgpt', '192.168.1.7', null, 1, null, null, null],
    ],
    [
      'Unbound, its own file',
      '[1795186800] unbound[26931:0] query: 192.168.1.7 claude.ai. A IN',
      ['2026-11-20', 'claude', '192.168.1.7', null, 1, null, null, null],
    ],
    [
      'BIND',
      '20-Nov-2026 10:00:00.123 queries: info: client @0x7f0a 10.0.0.5#53123 (claude.ai): query: claude.ai IN A +E(0)K (192.0.2.1)',
      ['2026-11-20', 'claude', '10.0.0.5', null, 1, null, null, null],
    ],
    [
      'Cisco Meraki',
      "<134>1 1795186800.348215340 MX84 urls src=10.0.1.29:60336 dst=89.160.20.156:443 mac=78:7B:8A:CC:05:18 agent='Mozilla/5.0' request: UNKNOWN https://chatgpt.com/...",
      ['2026-11-20', 'chatgpt', '10.0.1.29', 'MX84', 1, null, null, null],
    ],
    [
      'Sophos Firewall',
      'device_name="SFW" timestamp="2026-11-20T23:30:00-0800" log_id="050901616001" log_type="Content Filtering" log_component="HTTP" log_subtype="Denied" user="avery" category="AI" url="https://chatgpt.com/c/abc" src_ip="10.0.0.5" bytes_sent="100" bytes_received="200"',
      ['2026-11-21', 'chatgpt', 'avery', 'SFW', 1, 1, 100, 200],
    ],
    [
      'SonicWall',
      '<134>id=firewall sn=18B16907 time="2026-11-20 15:00:00 UTC" fw=10.205.123.15 pri=6 c=16 m=14 n=13 src=10.0.0.5:50000:X0 dst=1.2.3.4:443:X1 proto=tcp/https sent=100 rcvd=200 dstname=chatgpt.com arg=/c/abc code=27 Category="AI"',
      ['2026-11-20', 'chatgpt', '10.0.0.5', '18B16907', 1, 1, 100, 200],
    ],
    [
      'Umbrella proxy without a heading, in UTC',
      '"2026-11-20 02:00:00","HQ","10.0.0.5","203.0.113.9","3.4.5.6","","BLOCKED","https://chatgpt.com/c/abc","","Mozilla/5.0 (X, like Gecko)","403","562","1489","","","Generative AI","","","","","","Networks","","HQ","Networks","GET"',
      ['2026-11-19', 'chatgpt', '10.0.0.5', 'HQ', 1, 1, 562, 1489],
    ],
    [
      'WatchGuard Firebox',
      '2026-11-20T23:30:00.556528-08:00 FB-Main 80D802B41D509 FB-Main https-proxy[4148]: msg_id="2CFF-0000" ProxyDeny: Trusted WAN - Office tcp 10.0.0.5 203.0.113.9 42018 443 msg="HTTPS Request" proxy_act="Default-HTTPS-Client" sni="chatgpt.com" cn="*.chatgpt.com" src_user="avery@alder.example" sent_bytes="100" rcvd_bytes="200" (HTTPS-proxy-00)',
      ['2026-11-21', 'chatgpt', 'avery@alder.example', 'FB-Main', 1, 1, 100, 200],
    ],
    [
      'CEF of Zscaler, with its location',
      '<134>Nov 20 23:30:00 nss CEF:0|Zscaler|NSSWeblog|5.7|Blocked|Not \\| allowed|3|act=Blocked app=HTTPS cat=AI and ML Applications dhost=chatgpt.com dst=192.0.2.7 src=10.0.0.5 in=200 out=100 request=chatgpt.com/c/abc?x\\=1 rt=Nov 21 2026 07:30:00 GMT requestClientApplication=Mozilla/5.0 (act\\=Allowed) suser=avery@alder.example spriv=HQ destinationServiceName=ChatGPT',
      ['2026-11-21', 'chatgpt', 'avery@alder.example', 'HQ', 1, 1, 100, 200],
    ],
    [
      'CEF of FortiGate, with its offset and nanoseconds',
      '<189>1 2026-11-20T23:30:00-08:00 FG CEF - - - CEF:0|Fortinet|Fortigate|v7.4.4|13056|utm:webfilter blocked|4|deviceExternalId=FG60 cat=utm:webfilter FTNTFGTeventtime=1795246200000000000 src=10.1.1.9 dhost=jane-doe.newbot.example app=HTTPS act=passthrough in=10 out=20 FTNTFGTcatdesc=Artificial Intelligence Technology',
      ['2026-11-21', null, '10.1.1.9', 'FG60', 1, 0, 20, 10],
    ],
    [
      'CEF of Palo Alto Networks, whose bytes in went out, and without a time of its own',
      'Nov 20 10:00:00 fw CEF:0|Palo Alto Networks|PAN-OS|11.0|url|THREAT|1|deviceExternalId=0009 src=10.0.0.8 dst=192.0.2.7 suser=alder\\\\avery app=ssl act=block-url request="gemini.google.com/app" cs2Label=URL Category cs2=artificial-intelligence in=5 out=7 cnt=3',
      ['2026-11-20', 'gemini', 'alder\\avery', '0009', 3, 3, 5, 7],
    ],
    [
      'LEEF of Zscaler',
      'Nov 20 10:00:00 nss LEEF:1.0|Zscaler|NSS|4.1|Allowed|cat=Allowed\tdevTime=Nov 20 2026 15:00:00 GMT\tsrc=10.0.0.5\trealm=HQ\tusrName=avery@alder.example\tsrcBytes=100\tdstBytes=200\turl=claude.ai/new\thostname=claude.ai\turlcategory=AI and ML Applications',
      ['2026-11-20', 'claude', 'avery@alder.example', 'HQ', 1, 0, 100, 200],
    ],
    [
      'LEEF whose header names the separator, and whose tabs were escaped',
      'LEEF:2.0|Palo Alto Networks|PAN-OS|10.1|9999|x7C|SerialNumber=0009|cat=THREAT|devTime=Nov 20 2026 15:00:00 GMT|src=10.0.0.5|usrName=alder\\avery|action=block-url|Miscellaneous=chatgpt.com/c/abc|URLCategory=artificial-intelligence',
      ['2026-11-20', 'chatgpt', 'alder\\avery', '0009', 1, 1, null, null],
    ],
    [
      'AdGuard Home, its file',
      '{"T":"2026-11-20T23:30:00.123456-08:00","QH":"chatgpt.com","QT":"A","QC":"IN","CP":"","Answer":"Qz+BgAAB","IP":"10.0.0.5","Result":{"IsFiltered":true,"Reason":3},"Elapsed":12}',
      ['2026-11-21', 'chatgpt', '10.0.0.5', null, 1, 1, null, null],
    ],
    [
      'Zscaler as its feed sends JSON',
      '{"sourcetype":"zscalernss-web","event":{"time":"Fri Nov 20 07:07:07 2026","login":"avery@alder.example","eurl":"chatgpt.com/c/abc","action":"Blocked","appname":"ChatGPT","urlcat":"AI","reqsize":"600","respsize":"65","location":"HQ","cip":"10.0.0.5"}}',
      ['2026-11-20', 'chatgpt', 'avery@alder.example', 'HQ', 1, 1, 600, 65],
    ],
  ])('%s', async (_, line, row) => {
    const parsed = await read(`${line}\n${line.replaceAll('x=1', 'x=2')}\n`.replace(/\n$/, '\n'));
    const [first] = short(parsed);
    const doubled = row.map((value, at) => (at >= 4 && typeof value === 'number' ? value * 2 : value));
    expect(first).toEqual(doubled);
    expect(parsed.keeps?.(parsed.covers)).not.toMatch(/jane-doe|\/c\/abc|x=1/);
  });

  it('that name their fields, and later others, are read by those, in UTC', async () => {
    const parsed = await read(
      [
        '#Software: SGOS 7.3',
        '#Fields: date time c-ip cs-username cs-host sc-filter-result cs(User-Agent) sc-bytes',
        '2026-11-20 02:00:00 10.0.0.5 alder\\avery claude.ai OBSERVED "Mozilla/5.0 (X)" 100',
        '2026-11-20 02:00:00 10.0.0.5 alder\\avery claude.ai OBSERVED Mozilla/5.0 (X) 100',
        '#Fields: date time cs-host c-ip cs-username sc-filter-result sc-bytes',
        '2026-11-20 02:00:00 claude.ai 10.0.0.5 alder\\avery DENIED 11',
        '2026-11-20 02:00:00 news.example 10.0.0.5 - OBSERVED 11',
        '',
      ].join('\n'),
      'main.log',
    );
    expect(short(parsed)).toEqual([['2026-11-19', 'claude', 'alder\\avery', null, 2, 1, null, 111]]);
    expect(parsed.notes.map(({ row, says }) => [row, says])).toEqual([
      [null, expect.stringContaining('3 lines, of which 2 concern AI tools')],
      [4, 'The line cannot be read and was left out.'],
    ]);
  });

  it.each([
    [
      'the syslog of a Cisco ASA',
      'Umbrella',
      'Nov 20 2026 10:00:00: %ASA-6-302013: Built outbound TCP connection 991727 for outside:160.79.104.10/443 (160.79.104.10/443) to inside:10.0.0.5/56310 (203.0.113.1/56310)',
    ],
    [
      'flows and events',
      'role URLs',
      '<134>1 1795186800.626061236 appliance flows src=172.21.84.107 dst=160.79.104.10 mac=5C:E0:C5:22:85:E4 protocol=tcp sport=50395 dport=443 pattern: allow all',
    ],
    [
      'filterlog',
      'log-queries',
      '<134>Nov 20 10:00:00 fw filterlog[53140]: 5,,,1000000103,igb1,match,pass,out,4,0x0,,63,0,0,DF,6,tcp,60,10.0.0.5,160.79.104.10,54321,443,0,S,1,,64240,,mss',
    ],
    [
      'WatchGuard',
      'Enable logging for reports',
      '2026-11-20T00:28:01+00:00 FB-Main 80D802B41D509 FB-Main firewall: msg_id="3000-0148" Deny WAN Firebox 40 tcp 20 239 10.0.0.5 160.79.104.10 41277 443 offset 5 S 1497867397 win 4',
    ],
    [
      'activity log of UniFi',
      'dnsmasq',
      'Nov 20 11:04:19 UDM-Pro CEF:0|Ubiquiti|UniFi Network|10.1.85|400|WiFi Client Connected|1|UNIFIcategory=Client Devices UNIFIclientIp=10.0.0.5',
    ],
    [
      'firewall log of UniFi',
      'dnsmasq',
      'Nov 20 10:00:00 UDM kernel: [LAN_IN-2000-A]IN=br0 OUT=eth8 MAC=aa:bb SRC=10.0.0.5 DST=160.79.104.10 LEN=60 TOS=00 PROTO=TCP SPT=51234 DPT=443',
    ],
  ])('that names addresses alone is refused as what it is: %s', async (what, instead, line) => {
    const refused = read(`${line}\n${line}\n`);
    await expect(refused).rejects.toThrow(what);
    await expect(refused).rejects.toThrow(instead);
  });

  it('of AdGuard Home are read as its API gives them, too', async () => {
    const query = (name: string, reason: string) => ({
      time: '2026-11-20T15:00:00Z',
      client: '10.0.0.5',
      client_id: 'avery-laptop',
      question: { class: 'IN', name, type: 'A' },
      reason,
    });
    const data = [query('claude.ai', 'NotFilteredNotFound'), query('chatgpt.com', 'FilteredBlackList')];
    expect(short(await read(JSON.stringify({ data, oldest: '' }), 'querylog.json'))).toEqual([
      ['2026-11-20', 'claude', 'avery-laptop', null, 1, 0, null, null],
      ['2026-11-20', 'chatgpt', 'avery-laptop', null, 1, 1, null, null],
    ]);
  });

  it('is no list of people', () => {
    const people = {
      sheet: null,
      headingRow: 1,
      columns: ['Date', 'Email', 'Domain', 'Status'],
      rows: [{ row: 2, cells: ['2026-11-20', 'avery@alder.example', 'alder.example', 'Active'] }],
    };
    expect(networkLogs.recognize({ form: 'table', tables: [people] }, 'x.csv')).toBeLessThan(0.7);
  });

  it('of a DNS service let through what their column of results calls not blocked', async () => {
    const line = (hour: number, result: string) => `2026-11-20T${hour}:00:00Z,chatgpt.com,10.0.0.5,${result}`;
    const parsed = await read(
      [
        'Timestamp,Domain,Client IP,Result',
        line(15, 'Blocked'),
        line(16, 'Not blocked'),
        line(17, 'Unblocked'),
      ].join('\n'),
      'dns.csv',
    );
    expect(short(parsed)).toEqual([['2026-11-20', 'chatgpt', '10.0.0.5', null, 3, 1, null, null]]);
  });

  it('of Pi-hole say what was blocked, and of which year they are', async () => {
    const parsed = await read(
      [
        'Dec 31 23:59:58 dnsmasq[700]: query[A] claude.ai from 10.0.0.5',
        'Dec 31 23:59:58 dnsmasq[700]: forwarded claude.ai to 9.9.9.9',
        'Dec 31 23:59:59 dnsmasq[700]: query[A] chatgpt.com from 10.0.0.6',
        'Dec 31 23:59:59 dnsmasq[700]: gravity blocked chatgpt.com is 0.0.0.0',
      ].join('\n'),
      'pihole.log',
    );
    expect(short(parsed)).toEqual([
      ['2025-12-31', 'claude', '10.0.0.5', null, 1, null, null, null],
      ['2025-12-31', 'chatgpt', '10.0.0.6', null, 1, 1, null, null],
    ]);
  });

  it('of NextDNS and Cloudflare Gateway name the device, and its address where it has no name', async () => {
    const next = await read(
      [
        'timestamp,domain,query_type,client_ip,status,root_domain,device_id,device_name',
        '2026-11-20T15:00:00.1Z,chatgpt.com,A,203.0.113.5,blocked,chatgpt.com,AB12,Avery’s laptop',
        '2026-11-20T15:00:01.1Z,claude.ai,A,203.0.113.5,,claude.ai,,',
      ].join('\n'),
      'nextdns.csv',
    );
    expect(short(next)).toEqual([
      ['2026-11-20', 'chatgpt', 'Avery’s laptop', null, 1, 1, null, null],
      ['2026-11-20', 'claude', '203.0.113.5', null, 1, null, null, null],
    ]);
    const query = (name: string, device: string) =>
      JSON.stringify({
        Datetime: '2026-11-20T15:00:00Z',
        DeviceName: device,
        Email: '',
        QueryName: name,
        ResolverDecision: 'allowedOnNoPolicyMatch',
        SrcIP: '10.0.0.5',
      });
    expect(
      short(await read([query('chatgpt.com', 'AVERY-7'), query('claude.ai', '')].join('\n'), 'dns.json')),
    ).toEqual([
      ['2026-11-20', 'chatgpt', 'AVERY-7', null, 1, 0, null, null],
      ['2026-11-20', 'claude', '10.0.0.5', null, 1, 0, null, null],
    ]);
  });

  it('of Microsoft Sentinel are in UTC, as the heading of their times says', async () => {
    const parsed = await read(
      'TimeGenerated [UTC],DeviceVendor,DeviceAction,RequestURL,SourceUserName,SourceIP,SentBytes\n' +
        '"11/20/2026, 2:30:00.000 AM",Zscaler,Blocked,https://chatgpt.com/c/abc,avery,10.0.0.5,10\n',
      'query_data.csv',
    );
    expect(short(parsed)).toEqual([['2026-11-19', 'chatgpt', 'avery', null, 1, 1, 10, null]]);
  });

  it('of Cloudflare Gateway as JSON lines and of Palo Alto Networks as CSV', async () => {
    const json = await read(
      ['Allow', 'Block']
        .map((action) =>
          JSON.stringify({
            Datetime: '2026-11-20T16:00:00Z',
            HTTPHost: 'www.perplexity.ai',
            URL: 'https://www.perplexity.ai/search?q=secret',
            Email: 'Avery@alder.example',
            DeviceName: 'LAPTOP-7',
            SourceIP: '10.0.0.5',
            Action: action.toLowerCase(),
          }),
        )
        .join('\n'),
      'gateway.json',
    );
    expect(short(json)).toEqual([
      ['2026-11-20', 'perplexity', 'avery@alder.example', null, 2, 1, null, null],
    ]);
    const csv = await read(
      'Domain,Receive Time,Serial #,Type,Threat/Content Type,Source address,Source User,Application,Action,URL/Filename,Category,Device Name\n' +
        '1,2026/11/20 10:00:00,0009C1,THREAT,url,10.0.0.8,alder\\avery,ssl,alert,"poe.com/chat",artificial-intelligence,FW-Main\n',
      'pan.csv',
    );
    expect(short(csv)).toEqual([['2026-11-20', 'poe', 'alder\\avery', 'FW-Main', 1, 0, null, null]]);
  });

  it('of Cloud Discovery ask for their days, keep AI tools only, and count people without names', async () => {
    const text =
      'Name;Score;Category;Users;IP addresses;Transactions;Traffic;Upload;Download\n' +
      'ChatGPT;7;Generative AI;12;9;340;40 MB;12,5 MB;27 MB\n' +
      'NewBot;3;Generative AI;1;1;4;1 MB;1 MB;0\n' +
      'Dropbox;9;Cloud storage;30;30;900;1 GB;1 GB;0\n';
    const parsed = await read(text, 'Discovered apps.csv');
    expect(
      rowsOf(parsed).map(({ tool, host, people, times, sent, on }) => [tool, host, people, times, sent, on]),
    ).toEqual([
      ['chatgpt', 'chatgpt.com', 12, 340, 12_500_000, null],
      [null, 'NewBot', 1, 4, 1_000_000, null],
    ]);
    expect(parsed.covers).toBeUndefined();
  });

  it('of Cloud Discovery give amounts in the unit of their heading', async () => {
    const parsed = await read(
      'Name,Category,Score,Users,Transactions,Upload (MB),Download (MB)\nChatGPT,Generative AI,8,12,340,12.5,27\n',
      'Discovered apps.csv',
    );
    expect(rowsOf(parsed).map(({ sent, received }) => [sent, received])).toEqual([[12_500_000, 27_000_000]]);
  });

  it('of Check Point and Netskope are read by their own headings', async () => {
    const checkPoint = await read(
      'Time,Blade,Action,Origin,Source,Source User Name,Destination,Service,Application Name,Resource,Primary Category\n' +
        '2026-11-20T15:00:00Z,URL Filtering,Block,FW,10.0.0.5,avery,192.0.2.7,https,OpenAI ChatGPT,https://chatgpt.com/,Generative AI Tools\n',
      'logs.csv',
    );
    expect(short(checkPoint)).toEqual([['2026-11-20', 'chatgpt', 'avery', null, 1, 1, null, null]]);
    const netskope = await read(
      'timestamp,user,app,url,category,action,srcip,client_bytes,server_bytes\n' +
        '1795186800,avery,ChatGPT,chatgpt.com/c/abc,Generative AI,block,10.0.0.5,100,200\n',
      'events.csv',
    );
    expect(short(netskope)).toEqual([['2026-11-20', 'chatgpt', 'avery', null, 1, 1, 100, 200]]);
  });

  it('in UTF-16, with lines that are too long or cut off, and with times to come', async () => {
    const line =
      '1795170600.120     89 10.0.0.5 TCP_TUNNEL/200 3942 CONNECT claude.ai:443 - HIER_DIRECT/1.2.3.4 -';
    const late = line.replace('1795170600', '1890000000');
    const text = `${line}\r\n${'x'.repeat(40_000)}\r\n${late}\r\n${line}\r\n1795170600.120     89 10.0.0`;
    const parsed = await read(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(rowsOf(parsed).map(({ times }) => times)).toEqual([2]);
    expect(parsed.complete).toBe(false);
    expect(parsed.notes.map(({ row }) => row)).toEqual([2, 5, null, null]);
    // Lines that end as old Macs end them are as many as they are.
    const mac = await read(`${line}\r`.repeat(3));
    expect([mac.complete, rowsOf(mac).map(({ times }) => times)]).toEqual([true, [3]]);
  });

  it('refuses days that can be read both ways, and asks what an unknown format is', async () => {
    const line = (day: string) =>
      `${day} 10:00:32 0E70 PACKET  00000000033397A0 UDP Rcv 10.0.0.7    5b47   Q [0001   D   NOERROR] A      (6)claude(2)ai(0)`;
    await expect(read(`${line('03/04/2026')}\n${line('05/04/2026')}\n`)).rejects.toThrow('which');
    const clear = await read(`${line('03/04/2026')}\n${line('25/04/2026')}\n`);
    expect(rowsOf(clear).map(({ on }) => on)).toEqual(['2026-04-03', '2026-04-25']);
    await expect(read('hello\nworld\nthis is no log\n')).rejects.toThrow('does not recognize');
  });

  it('of Squid hold connections that asked for nothing, and those of a Cisco web appliance begin with a word', async () => {
    const squid = (at: number, rest: string) => `17951706${at}.120     89 10.0.0.5 ${rest}`;
    const parsed = await read(
      [
        squid(10, 'TCP_TUNNEL/200 3942 CONNECT claude.ai:443 - HIER_DIRECT/1.2.3.4 -'),
        squid(20, 'NONE_NONE/000 0 - error:transaction-end-before-headers - HIER_NONE/- -'),
        `Info: ${squid(30, 'TCP_MISS/200 69 CONNECT tunnel://chatgpt.com:443/ - DIRECT/chatgpt.com - DEFAULT_CASE_11')}`,
        `<14>Nov 20 09:31:00 wsa.alder.example accesslogs: Info: ${squid(40, 'TCP_DENIED/403 0 CONNECT tunnel://grok.com:443/ - NONE/- - BLOCK_WEBCAT_12')}`,
        '',
      ].join('\n'),
    );
    expect(rowsOf(parsed).map(({ tool, refused }) => [tool, refused])).toEqual([
      ['claude', 0],
      ['chatgpt', 0],
      ['grok', 1],
    ]);
    expect(parsed.notes).toEqual([]);
  });

  it('of FortiGate may have commas between their values, as a CSV of FortiAnalyzer has', async () => {
    const commas = await read(
      'date=2026-11-20,time=09:10:11,devname="main, office",devid="F1",type="utm",subtype="webfilter",user="avery",srcip=10.0.0.5,hostname="claude.ai",action="passthrough",sentbyte=10,rcvdbyte=20\n',
    );
    const analyzer = await read(
      '"itime=1795170600","date=2026-11-20","time=09:10:11","devname=main","devid=F1","type=utm","user=avery","srcip=10.0.0.5","hostname=claude.ai","action=blocked"\n',
      'log.csv',
    );
    expect(short(commas)).toEqual([['2026-11-20', 'claude', 'avery', 'main, office', 1, 0, 10, 20]]);
    expect(short(analyzer)).toEqual([['2026-11-20', 'claude', 'avery', 'main', 1, 1, null, null]]);
  });

  it('of Sophos in the form of its central reports name the appliance by its model and number', async () => {
    const parsed = await read(
      'timestamp="2026-11-20T09:10:11-0500" device_model="XGS107" device_serial_id="X1" log_type="Content Filtering" log_subtype="Denied" user_name="avery" src_ip="10.0.0.5" url="https://claude.ai/new"\n',
    );
    expect(short(parsed)).toEqual([['2026-11-20', 'claude', 'avery', 'X1', 1, 1, null, null]]);
  });

  it.each([
    'CEF:0|Workday|HCM|1.0|sync|Employee record|3|suser=ada@alder.example.org cs1Label=status cs1=Terminated',
    'LEEF:2.0|Oracle|HCM|1.0|EMP|^|usrName=ada@alder.example.org^status=Terminated^terminationDate=2026-10-30',
  ])('about staff ask for the roster: %s', async (line) => {
    await expect(read(`${line}\n${line}\n`)).rejects.toThrow(
      /about people and their employment.*staff roster/,
    );
  });

  it('in CEF name the events that they left out, and count as partial where hardly any connection names a host', async () => {
    const event = (name: string, rest: string) =>
      `<14>Nov 20 09:31:00 gw CEF:0|Maker|Gateway|1|97|${name}|4|src=10.0.0.5 ${rest}`;
    const visit = event('Site visited', 'dst=192.0.2.7 dhost=claude.ai');
    const signIn = event('Sign-in \\| admin', 'msg=ok');
    const read1 = await read(
      [visit, signIn, signIn, event('Accepted', 'dst=192.0.2.7 app=HTTPS'), ''].join('\n'),
    );
    expect(short(read1)).toEqual([['2026-11-20', 'claude', '10.0.0.5', null, 1, null, null, null]]);
    expect(read1.complete).toBe(true);
    expect(read1.notes.map(({ says }) => says)).toEqual([
      '3 events without a host or a service were left out: “Gateway: Sign-in | admin”, “Gateway: Accepted”. Of connections among them, the tool is not known.',
    ]);
    const bare = `${event('Accepted', 'dst=192.0.2.7')}\n`.repeat(10);
    const partial = await read(`${bare}${visit}\n`);
    expect(partial.complete).toBe(false);
    expect(partial.notes.at(-1)?.says).toContain('Nine in ten connections name no host');
    // A host below the first lines counts like one among them, and without any the reason is of the whole file.
    expect(short(await read(`${`${signIn}\n`.repeat(400)}${visit}\n`))).toHaveLength(1);
    await expect(read(`${signIn}\n`.repeat(3))).rejects.toThrow(
      'None of the 3 events names a host or a service, so they cannot show which tool was used. They are “Gateway: Sign-in | admin”.',
    );
  });

  it('of other products are called logs, and not tables with too many cells', async () => {
    const lines = ['a, b', 'c', 'd, e, f'].map(
      (more) => `<14>Nov 20 09:31:00 gw daemon: site visited src=10.0.0.5 ${more}`,
    );
    for (const name of ['gateway.log', 'gateway.csv'])
      await expect(read(lines.join('\n'), name)).rejects.toThrow(/lines of a log.*It reads Squid/);
  });

  it('are not complete where more than a few lines, and one in ten, cannot be read', async () => {
    const line =
      '1795170600.120     89 10.0.0.5 TCP_TUNNEL/200 3942 CONNECT claude.ai:443 - HIER_DIRECT/1.2.3.4 -';
    const odd = (count: number) => `${line}\n`.repeat(50) + 'something else\n'.repeat(count);
    expect((await read(odd(10))).complete).toBe(true);
    const partial = await read(odd(11));
    expect(partial.complete).toBe(false);
    expect(partial.notes.at(-1)?.says).toContain('More than one line in ten');
  });

  it('takes the column that a person names', async () => {
    const parsed = networkLogs.parse(
      {
        form: 'table',
        tables: [
          {
            sheet: null,
            headingRow: 1,
            columns: ['When', 'Where to', 'Who'],
            rows: [{ row: 2, cells: ['2026-11-20 10:00', 'https://grok.com/x', 'avery'] }],
          },
        ],
      },
      { ...ENVIRONMENT, file: 'x.csv', columns: { When: 'at', 'Where to': 'host', Who: 'person' } },
    )[0];
    expect(parsed?.rows).toMatchObject([{ on: '2026-11-20', tool: 'grok', person: 'avery' }]);
  });
});
// Guide: G4-00 G4.1-03
