import { isObject, type JsonObject, member } from '../exports/kinds/json-values.ts';
import { type DnsAnswer, type DnsText, domainName, isDomain, joinQuoted } from './answer.ts';

/**
 * JSON of public DNS-over-HTTPS resolvers (dns.google/resolve, cloudflare-dns.com/dns-query): `Status` is the response
 * code, `Question` and `Answer` contain numeric record types, and text is quoted as in a zone file.
 */

const TXT = 16;
const OUTCOMES: Readonly<Record<number, DnsAnswer['outcome']>> = {
  2: 'servfail',
  3: 'nxdomain',
  5: 'refused',
};

/** Answers of one saved response, or of an array of them; null: not such a response. */
export function readDohJson(value: unknown): DnsText | null {
  const replies = (Array.isArray(value) ? value : [value]).filter(isObject);
  if (replies.length === 0 || !replies.every(looksLikeReply)) return null;
  const answers: DnsAnswer[] = [];
  for (const [index, reply] of replies.entries()) {
    const line = index + 1;
    const [question] = objects(member(reply, 'Question'));
    const name = question === undefined ? null : member(question, 'name');
    if (question === undefined || typeof name !== 'string' || !isDomain(name))
      return {
        answers: [],
        day: null,
        trouble: { says: 'The reply does not say which name was asked for.', line },
      };
    if (member(question, 'type') !== TXT)
      return {
        answers: [],
        day: null,
        trouble: {
          says: `The reply about ${domainName(name)} is not about TXT records. Ask again with &type=TXT at the end of the address.`,
          line,
        },
      };
    if (member(reply, 'TC') === true)
      return {
        answers: [],
        day: null,
        trouble: {
          says: `The reply about ${domainName(name)} was cut off. Save the output of: dig TXT ${domainName(name)}.`,
          line,
        },
      };
    answers.push({ domain: domainName(name), ...outcomeOf(reply), resolver: null, line });
  }
  return { answers, day: null, trouble: null };
}

function looksLikeReply(reply: JsonObject): boolean {
  return typeof member(reply, 'Status') === 'number' && Array.isArray(member(reply, 'Question'));
}

function outcomeOf(reply: JsonObject): Pick<DnsAnswer, 'outcome' | 'txt'> {
  const status = member(reply, 'Status');
  if (status !== 0) return { outcome: OUTCOMES[Number(status)] ?? 'servfail', txt: [] };
  const txt = objects(member(reply, 'Answer')).flatMap((record) => {
    const data = member(record, 'data');
    return member(record, 'type') === TXT && typeof data === 'string' ? [joinQuoted(data) ?? data] : [];
  });
  return txt.length === 0 ? { outcome: 'no_record', txt } : { outcome: 'answer', txt };
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
