/** A log with IP addresses only: what it is, which log is needed instead, and the pattern of its lines. */
interface WithoutHosts {
  readonly title: string;
  readonly instead: string;
  readonly line: RegExp;
}

/** The most common logs of small offices that cannot show a tool. */
const LOGS: readonly WithoutHosts[] = [
  {
    title: 'the syslog of a Cisco ASA or Firepower',
    instead:
      'Export the DNS log of Cisco Umbrella, of the Windows DNS server or of the resolver that the office uses; or the URL events of Firepower as CSV.',
    line: /%(?:ASA|FTD)-\d-\d{6}:/,
  },
  {
    title: 'the packet filter log (filterlog) of pfSense or OPNsense',
    instead:
      'Export the log of its resolver Unbound with queries switched on (Services > DNS Resolver, log-queries), or of Squid on it.',
    line: /\bfilterlog(?:\[\d{1,10}\])?(?: \S{1,40}){0,4}:? .{0,400},(?:pass|block|match),(?:in|out),[46],/,
  },
  {
    title: 'the syslog of a Cisco Meraki with flows and events',
    instead:
      'Add the role URLs to the syslog server (Network-wide > General > Reporting), and export those lines.',
    line: /(?:^|[\s>])1 \d{10}\.\d{1,9} \S{1,100} (?:flows|ip_flow_start|ip_flow_end|events|cellular_firewall|vpn_firewall|firewall) /,
  },
  {
    title: 'the firewall log of a WatchGuard Firebox',
    instead:
      'Switch on “Enable logging for reports” in the HTTP and HTTPS proxy actions, and export the log with their lines.',
    line: /\bmsg_id="(?!2CFF-|1AFF-)[0-9A-F]{4}-[0-9A-F]{4}"/i,
  },
  {
    title: 'the activity log of UniFi',
    instead:
      'Export its DNS queries (dnsmasq lines of the gateway’s syslog), or those of the resolver that the office uses.',
    line: /\bCEF:0\|Ubiquiti\|/,
  },
  {
    title: 'a firewall log of UniFi or another Linux gateway',
    instead:
      'Export its DNS queries (dnsmasq lines of the gateway’s syslog), or those of the resolver that the office uses.',
    line: /\bIN=\S{0,40} OUT=\S{0,40} .{0,300}\bSRC=[\da-f.:]{2,45} DST=[\da-f.:]{2,45} /i,
  },
  {
    title: 'the log of connections (conn.log) of Zeek',
    instead: 'Export its logs of names instead: dns.log, ssl.log and http.log.',
    line: /^\d{10}\.\d{1,9}\t[A-Za-z0-9]{6,30}\t[\da-f.:]{2,45}\t\d{1,5}\t[\da-f.:]{2,45}\t\d{1,5}\t(?:tcp|udp|icmp|unknown_transport)\t(?:-|[a-z0-9_,-]{1,40})\t(?:-|\d{1,9}\.\d{1,9})\t/,
  },
];

/** The log that most of these lines are from; null: none. */
export function logWithoutHosts(lines: readonly string[]): WithoutHosts | null {
  const said = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (said.length === 0) return null;
  return LOGS.find(({ line }) => said.filter((one) => line.test(one)).length >= said.length * 0.8) ?? null;
}

/** Start of a log line: a syslog prefix, a time, or one of the forms that several products share. */
const LINE_OF_LOG =
  /^(?:<\d{1,3}>|[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d{2}:\d{2}:\d{2} |\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\S{0,20} [^,;|\t]|\d{10}\.\d{3,9} )|\b(?:CEF|LEEF):\d(?:\.\d)?\|/;
const PAIR = /(?:^|[\s;|])[A-Za-z][\w.-]{0,60}=(?:"[^"]{0,500}"|[^\s"]{1,500})/g;
const EXAMINED_LINES = 200;

/** Whether lines are those of a log, whichever wrote it: hardly any table or note looks like that. */
export function isOtherLog(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, EXAMINED_LINES);
  const logged = said.filter(
    (line) => LINE_OF_LOG.test(line) || (line.slice(0, 2000).match(PAIR)?.length ?? 0) >= 5,
  );
  return logged.length >= 2 && logged.length >= said.length * 0.8;
}
