import type { DnsRow } from '#domain/model/kinds.ts';
import { type DnsAnswer, type DnsText, domainName, joinQuoted } from './answer.ts';
import { commandDomain } from './dig.ts';

type Outcome = DnsRow['outcome'];

function outcomeOf(words: string): Outcome | null {
  if (/NXDOMAIN|non-existent domain/i.test(words)) return 'nxdomain';
  if (/SERVFAIL|server failed/i.test(words)) return 'servfail';
  if (/REFUSED/i.test(words)) return 'refused';
  if (/no answer/i.test(words)) return 'no_record';
  return /timed[ -]out|no response/i.test(words) ? 'timeout' : null;
}

/** Output of `host -t txt domain`. */
export function looksLikeHost(text: string): boolean {
  return /^\S+ (descriptive text "|has no TXT record)|^Host \S+ not found: \d+\(/m.test(text);
}

export function readHost(text: string): DnsText {
  const found = new Collector();
  let asked: string | null = null;
  text.split(/\r\n|\n|\r/).forEach((written, index) => {
    const line = index + 1;
    asked = commandDomain(written) ?? asked;
    const record = /^(\S+) descriptive text (".*)$/.exec(written);
    if (record) {
      found.record(record[1] ?? '', joinQuoted(record[2] ?? ''), line);
      return;
    }
    const none = /^(\S+) has no TXT record/.exec(written);
    if (none) {
      found.outcome(none[1] ?? '', 'no_record', line);
      return;
    }
    const failed = /^Host (\S+) not found: (.*)$/.exec(written);
    if (failed) {
      found.outcome(failed[1] ?? '', outcomeOf(failed[2] ?? '') ?? 'servfail', line);
      return;
    }
    if (/connection timed out|no servers could be reached/i.test(written))
      found.outcome(asked, 'timeout', line);
  });
  return found.text();
}

/** Output of `nslookup -type=txt domain`, on Windows and on Linux. */
export function looksLikeNslookup(text: string): boolean {
  return (
    /\btext\s*=\s*("|$)/m.test(text) ||
    /^\*{2,3} .*(can't find|timed-out)/im.test(text) ||
    /^(Server:\s+\S+\s*\r?\nAddress:)/m.test(text)
  );
}

export function readNslookup(text: string): DnsText {
  const found = new Collector();
  let asked: string | null = null;
  /** Domain whose strings follow on the next lines, as on Windows. */
  let open: { domain: string; parts: string[]; line: number } | null = null;
  let timedOut: number | null = null;
  const close = (): void => {
    if (open && open.parts.length > 0) found.record(open.domain, joinQuoted(open.parts.join(' ')), open.line);
    open = null;
  };
  text.split(/\r\n|\n|\r/).forEach((written, index) => {
    const line = index + 1;
    asked = commandDomain(written) ?? asked;
    const server = /^Address:\s+([^#\s]+)/.exec(written);
    if (server && found.resolver === null) found.resolver = server[1] ?? null;
    const record = /^(\S+)\s+text\s*=\s*(.*)$/.exec(written);
    if (record) {
      close();
      open = { domain: record[1] ?? '', parts: (record[2] ?? '') === '' ? [] : [record[2] ?? ''], line };
      return;
    }
    if (open && /^\s+"/.test(written)) {
      open.parts.push(written.trim());
      return;
    }
    if (written.trim() !== '') close();
    const failed = /^\*{2,3} .*?can't find ([^\s:]+): (.*)$/i.exec(written);
    if (failed) {
      found.outcome(failed[1] ?? '', outcomeOf(failed[2] ?? '') ?? 'servfail', line);
      return;
    }
    if (/request .*timed[ -]out|connection timed out|no servers could be reached/i.test(written))
      timedOut ??= line;
    // Without TXT records, Windows prints the zone's start of authority.
    const authority = /^\s+primary name server =/.test(written);
    if (authority) {
      const owner = text.split(/\r\n|\n|\r/)[index - 1]?.trim() ?? '';
      found.outcome(asked ?? owner, 'no_record', line);
    }
  });
  close();
  if (timedOut !== null && found.isEmpty()) found.outcome(asked, 'timeout', timedOut);
  return found.text();
}

/** Answers per domain, in the order of the text. */
class Collector {
  resolver: string | null = null;
  #trouble: DnsText['trouble'] = null;
  readonly #answers = new Map<string | null, { outcome: Outcome; txt: string[]; line: number }>();

  record(domain: string, value: string | null, line: number): void {
    if (value === null) {
      this.#trouble ??= { says: 'The TXT record breaks off inside quotation marks.', line };
      return;
    }
    const known = this.#answers.get(domainName(domain));
    if (known && known.outcome === 'answer') known.txt.push(value);
    else this.#answers.set(domainName(domain), { outcome: 'answer', txt: [value], line });
  }

  outcome(domain: string | null, outcome: Outcome, line: number): void {
    const key = domain === null ? null : domainName(domain);
    if (!this.#answers.has(key)) this.#answers.set(key, { outcome, txt: [], line });
  }

  isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  text(): DnsText {
    const answers = [...this.#answers].map(
      ([domain, one]): DnsAnswer => ({ domain, ...one, resolver: this.resolver }),
    );
    return { answers, day: null, trouble: this.#trouble };
  }
}
