import type { DnsRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { count, verb } from '#domain/text/words.ts';
import { type DnsAnswer, type DnsText, domainName, joinQuoted } from './answer.ts';

const STATUS: Readonly<Record<string, DnsRow['outcome']>> = {
  NOERROR: 'no_record',
  NXDOMAIN: 'nxdomain',
  SERVFAIL: 'servfail',
  REFUSED: 'refused',
};

interface Block {
  line: number;
  domain: string | null;
  /** Type of the query, if stated. */
  type: string | null;
  outcome: DnsRow['outcome'] | null;
  /** Status in the header, and the number of records that it announces; null: no header. */
  status: string | null;
  announced: number | null;
  /** Number of records of any type in the answer. */
  shown: number;
  txt: string[];
  resolver: string | null;
  /** Aliases of the domain in the answer (CNAME). */
  aliases: Set<string>;
}

const RECORD = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?TXT\s+(".*)$/i;

/** A record of any type in an answer. */
const ANY_RECORD = /^[^;\s]\S*\s+(?:\d+\s+)?IN\s+[A-Z0-9]+\s/i;

const ALIAS = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?CNAME\s+(\S+)\s*$/i;

/** `dig TXT domain`, also with `+noall +answer`; several answers may follow each other. */
export function looksLikeDig(text: string): boolean {
  if (/^;\s*<<>> DiG|^;; ->>HEADER<<-|^;; QUESTION SECTION:/m.test(text)) return true;
  // A zone file has such lines, too, but states what should be published, not what resolvers return.
  return /^\S+\.?\s+\d+\s+IN\s+TXT\s+"/m.test(text) && !/^\$(ORIGIN|TTL)|\sIN\s+(SOA|NS)\s/im.test(text);
}

export function readDig(text: string): DnsText {
  const blocks: Block[] = [];
  let current: Block | null = null;
  let day: string | null = null;
  let trouble: DnsText['trouble'] = null;
  let question = false;
  let answer = true;
  const leftOut: { domain: string; line: number }[] = [];
  const block = (line: number, fresh: boolean): Block => {
    if (!current || fresh) {
      current = {
        line,
        domain: null,
        type: null,
        outcome: null,
        status: null,
        announced: null,
        shown: 0,
        txt: [],
        resolver: null,
        aliases: new Set(),
      };
      blocks.push(current);
    }
    return current;
  };
  text.split(/\r\n|\n|\r/).forEach((written, index) => {
    const line = index + 1;
    const banner = /^;\s*<<>> DiG \S+ <<>> (.*)$/.exec(written);
    if (banner) {
      const asked = askedOf(banner[1] ?? '');
      const one = block(line, true);
      one.domain = asked.domain;
      one.type = asked.type;
      question = false;
      answer = true;
      return;
    }
    const header = /^;; ->>HEADER<<-.*status: (\w+)/.exec(written);
    if (header) {
      const one = block(line, current?.outcome != null);
      one.status = header[1] ?? '';
      one.outcome = ownValue(STATUS, one.status) ?? 'servfail';
      answer = true;
      return;
    }
    if (/^;; flags:[^;]*\btc\b/.test(written)) {
      trouble ??= {
        says: 'The answer was cut off. Save the output of: dig +tcp TXT yourdomain.',
        line,
      };
      return;
    }
    const announced = /^;; flags:.*\bANSWER: (\d+)/.exec(written);
    if (announced) {
      block(line, false).announced = Number(announced[1]);
      return;
    }
    const section = /^;; (\w+) (?:PSEUDO)?SECTION:/.exec(written)?.[1];
    if (section !== undefined) answer = section === 'ANSWER';
    if (/^;; Query time:/.test(written)) answer = false;
    if (answer && ANY_RECORD.test(written) && current !== null) block(line, false).shown += 1;
    if (/^;; QUESTION SECTION:/.test(written)) {
      question = true;
      return;
    }
    const asked = question ? /^;(\S+)\s+IN\s+(\S+)/.exec(written) : null;
    if (asked) {
      const one = block(line, false);
      one.domain = domainName(asked[1] ?? '');
      one.type = (asked[2] ?? '').toUpperCase();
      question = false;
      return;
    }
    const alias = ALIAS.exec(written);
    if (alias) {
      block(line, false).aliases.add(domainName(alias[2] ?? ''));
      return;
    }
    const record = RECORD.exec(written);
    if (record) {
      const owner = domainName(record[1] ?? '');
      // Without a query in the text, the record's owner is the domain.
      const one = block(
        line,
        current !== null &&
          current.outcome === null &&
          current.domain !== null &&
          current.domain !== owner &&
          !current.aliases.has(owner),
      );
      one.domain ??= owner;
      // A record of another name is not an answer to the query.
      if (one.domain !== owner && !one.aliases.has(owner)) {
        leftOut.push({ domain: owner, line });
        return;
      }
      const value = joinQuoted(record[2] ?? '');
      // Text below the end of the answer belongs to another query, whatever its name.
      if (!answer) one.shown += 1;
      if (value === null) trouble ??= { says: 'The TXT record breaks off inside quotation marks.', line };
      else one.txt.push(value);
      return;
    }
    if (
      /connection timed out|no servers could be reached|communications error to .*timed out/i.test(written)
    ) {
      const one = block(line, false);
      one.outcome ??= 'timeout';
      return;
    }
    const server = /^;; SERVER: ([^#\s(]+)/.exec(written);
    if (server) block(line, false).resolver = server[1] ?? null;
    day ??= whenOf(written);
  });
  trouble ??= blocks.map(contradiction).find((one) => one !== null) ?? null;
  const answers = blocks.flatMap((one): DnsAnswer[] => {
    if (one.type !== null && one.type !== 'TXT') return [];
    const outcome = one.txt.length > 0 ? 'answer' : one.outcome;
    return outcome === null
      ? []
      : [{ domain: one.domain, outcome, txt: one.txt, resolver: one.resolver, line: one.line }];
  });
  const other = blocks.find((one) => one.type !== null && one.type !== 'TXT');
  if (answers.length === 0 && other)
    trouble ??= {
      says: `The answer is about ${other.type} records. Ask for TXT: dig TXT yourdomain.`,
      line: other.line,
    };
  return { answers, day, trouble, leftOut };
}

/** Why the records below a header are not those of its answer; null: they are. */
function contradiction({ line, type, status, announced, shown, txt }: Block): DnsText['trouble'] {
  if (type !== null && type !== 'TXT') return null;
  const whole = 'Save the complete output of: dig TXT yourdomain.';
  if (status !== null && status !== 'NOERROR' && txt.length > 0)
    return {
      says: `The answer says ${status}, but records follow it, so they belong to another query. ${whole}`,
      line,
    };
  if (announced === null || announced === shown) return null;
  return {
    says: `The answer says that it has ${count(announced, 'record')}, and ${shown} ${verb(shown, 'follows', 'follow')}, so ${announced > shown ? 'a part was cut off' : 'some are of another query'}. ${whole}`,
    line,
  };
}

/** Domain and type in a dig command line. Without a type, dig queries for an address. */
function askedOf(command: string): { domain: string | null; type: string | null } {
  const words = command
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '' && !/^[@+-]/.test(word));
  const type = words.find((word) => /^(A|AAAA|ANY|CAA|CNAME|MX|NS|PTR|SOA|SRV|TXT)$/i.test(word));
  const domain = words.find((word) => word !== type && word.toUpperCase() !== 'IN' && word.includes('.'));
  return {
    domain: domain ? domainName(domain) : null,
    type: type ? type.toUpperCase() : domain ? 'A' : null,
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Such as `;; WHEN: Tue Nov 24 10:00:00 EST 2026`. */
function whenOf(line: string): string | null {
  return line.startsWith(';; WHEN: ') ? dateOf(line.slice(9)) : null;
}

/** Such as `Tue Nov 24 10:00:00 EST 2026`, as printed by `date`. */
function dateOf(line: string): string | null {
  const parts = /^\w{3} (\w{3})\s+(\d{1,2}) [\d:]+ (?:\S+ )?(\d{4})\s*$/.exec(line);
  const month = MONTHS.indexOf((parts?.[1] ?? '').toLowerCase()) + 1;
  if (!parts || month === 0) return null;
  return `${parts[3]}-${String(month).padStart(2, '0')}-${(parts[2] ?? '').padStart(2, '0')}`;
}

/**
 * `dig +short TXT domain`: only quoted strings, one record per line. A command line above may name the domain, and
 * output of `date` the day.
 */
export function looksLikeShort(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '' && commandDomain(line) === null && dateOf(line) === null);
  // A column of quoted names looks the same, but records that prove or allow something contain "=".
  return lines.every((line) => joinQuoted(line) !== null) && lines.some((line) => line.includes('='));
}

export function readShort(text: string): DnsText {
  const answers: DnsAnswer[] = [];
  let day: string | null = null;
  let current: { domain: string | null; txt: string[]; line: number } | null = null;
  const close = (): void => {
    if (current && (current.txt.length > 0 || current.domain !== null)) {
      answers.push({ ...current, outcome: current.txt.length > 0 ? 'answer' : 'no_record', resolver: null });
    }
  };
  text.split(/\r\n|\n|\r/).forEach((written, index) => {
    const named = commandDomain(written);
    const value = joinQuoted(written);
    day ??= dateOf(written);
    if (named !== null) {
      close();
      current = { domain: named, txt: [], line: index + 1 };
    } else if (value !== null) {
      current ??= { domain: null, txt: [], line: index + 1 };
      current.txt.push(value);
    }
  });
  close();
  // Domains without strings are dropped: +short also prints nothing for failures, so nothing is known.
  return { answers: answers.filter((one) => one.txt.length > 0), day, trouble: null };
}

/** Domain in a pasted command line, for example `$ dig +short TXT alder.example.org`. */
export function commandDomain(line: string): string | null {
  if (line.length > 500) return null;
  const command = [...line.matchAll(/(?:^|[>$#%;&])\s*(?:dig|host|nslookup|Resolve-DnsName)\s+(?=\S)/gi)]
    .filter(({ index }) => !line.slice(0, index).includes('"'))
    .at(-1);
  if (command === undefined) return null;
  const after = line.slice(command.index + command[0].length);
  if (/[:"]\s/.test(after)) return null;
  const words = after.trim().split(/\s+/);
  const domain = words.find(
    (word, index) =>
      !/^[-+@]/.test(word) &&
      word.includes('.') &&
      !/^\d+(\.\d+){3}$/.test(word) &&
      !/^-server$/i.test(words[index - 1] ?? ''),
  );
  return domain ? domainName(domain.replace(/^['"]|['"]$/g, '')) : null;
}
