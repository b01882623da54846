import { isRefusal, textOrNull, wholeNumber } from './hit.ts';
import type { LineFormat } from './line-format.ts';
import { first, pairsOf } from './pairs.ts';
import { ofEpoch, readTime } from './time.ts';

const BARRACUDA =
  /^.{0,160}?\bhttp_?scan\[\d{1,10}\]: (\d{10}) \d{1,3} (\S{2,45}) \S{1,100} \S{1,100} \S{2,45} (\S{1,8192}) (\d{1,15}) (?:BYF )?(ALLOWED|BLOCKED|DETECTED) \S{1,40} (.{1,9000})$/;
/**
 * What the policy engine adds: version, whether a rule matched and how long it holds, what it did, source, destination,
 * spyware, infection, part, categories, user.
 */
const OF_POLICY =
  /(?:^|\s)[23] [01] [01] (\d) \d \S{1,200} \d \S{1,200} \d \S{1,200} \d{1,4} \S{1,255} (\S{1,500}) (?:\[([^\]]{0,200})\]|(\S{1,200}))/;
/** Denied and redirected; the proxy calls such a request allowed. */
const POLICY_REFUSES = new Set(['1', '2']);

/** Web traffic of a Barracuda Web Security Gateway by syslog. */
const barracuda: LineFormat = {
  id: 'barracuda',
  title: 'Barracuda Web Security Gateway, web traffic',
  read(line) {
    const found = BARRACUDA.exec(line);
    if (found === null) return null;
    const [, seconds = '', device, url = '', bytes, action, more = ''] = found;
    const [, done = '', category, bracketed, bare] = OF_POLICY.exec(more) ?? [];
    // Such as `ldap0:avery`.
    const user = textOrNull(bracketed ?? bare)?.replace(/^[\w-]{1,30}:/, '') ?? null;
    return {
      at: ofEpoch(seconds),
      target: url,
      category: textOrNull(category),
      person: user === null || /^anon$/i.test(user) ? null : user,
      device: device ?? null,
      refused: action === 'BLOCKED' || POLICY_REFUSES.has(done),
      received: wholeNumber(bytes),
    };
  },
};

const SOPHOS_UTM =
  /^(?:<\d{1,3}>)?(\d{4}):(\d{2}):(\d{2})-(\d{2}:\d{2}):\d{2} (\S{1,100}) ([a-z_-]{1,40})\[\d{1,10}\]: (.{0,9000})$/;

/** Web filter of Sophos UTM. */
const sophosUtm: LineFormat = {
  id: 'sophos_utm',
  title: 'Sophos UTM, web filtering',
  read(line) {
    const found = SOPHOS_UTM.exec(line);
    if (found === null) return null;
    const [, year, month, day, clock, place, program, text = ''] = found;
    const at = readTime(`${year}-${month}-${day} ${clock}`, null);
    if (at === null) return null;
    const pairs = pairsOf(text);
    const target = first(pairs, 'url');
    if (program !== 'httpproxy' || target === null) return 'aside';
    return {
      at,
      target,
      category: first(pairs, 'categoryname'),
      person: first(pairs, 'user'),
      device: first(pairs, 'srcip'),
      place: place ?? null,
      refused: isRefusal(first(pairs, 'action')),
      received: wholeNumber(pairs.get('size')),
    };
  },
};

const WATCHGUARD_MONITOR =
  /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (?:\S{1,60} )?(Allow|Deny) ([\da-f.:]{2,45}) [\da-f.:]{2,45} \S{1,60} \d{1,5} \d{1,5} (.{1,9000})$/i;

/** Lines of the Traffic Monitor of a WatchGuard Firebox. */
const watchGuardMonitor: LineFormat = {
  id: 'watchguard_monitor',
  title: 'WatchGuard Firebox, Traffic Monitor',
  read(line) {
    const found = WATCHGUARD_MONITOR.exec(line);
    if (found === null) return null;
    const [, time = '', answer = '', device, text = ''] = found;
    const at = readTime(time, null);
    if (at === null) return null;
    const pairs = pairsOf(text.replaceAll('\t', ' '));
    const target = first(pairs, 'sni', 'dstname', 'cn');
    if (target === null)
      return { aside: `Firebox: ${first(pairs, 'proc_id') ?? 'connection'}`, isConnection: true };
    return {
      at,
      target,
      app: first(pairs, 'app_name'),
      category: first(pairs, 'cats', 'app_cat_name'),
      person: first(pairs, 'src_user'),
      device: device ?? null,
      refused: isRefusal(answer) === true || /\bProxyDeny\b/.test(text),
      sent: wholeNumber(pairs.get('sent_bytes')),
      received: wholeNumber(pairs.get('rcvd_bytes')),
    };
  },
};

export const GATEWAYS: readonly LineFormat[] = [barracuda, sophosUtm, watchGuardMonitor];
// Guide: G4-00 G4.1-03
