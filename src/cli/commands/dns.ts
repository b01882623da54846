import { writeFile } from 'node:fs/promises';
import type { DnsRow } from '#domain/model/kinds.ts';
import { readProfile } from '#features/assess/profile.ts';
import { dnsFile } from '#sources/dns/file.ts';
import { lookUp } from '../look-up.ts';
import { Problem } from '../problem.ts';
import { safe, type Terminal } from '../terminal.ts';

export interface DnsFlags {
  readonly profile?: string;
  readonly resolver?: string[];
  readonly timeout: string;
  readonly out?: string;
}

/** Prefix of the TXT value that Claude's domain verification requires (support.claude.com article 13132885). */
const RECORD = 'anthropic-domain-verification-';

/**
 * `bylaw dns check`: reports for each domain whether Claude's verification record exists. Exits with 0 if all have it,
 * 1 if one lacks it, 2 if one could not be queried.
 */
export async function dnsCheckCommand(
  named: readonly string[],
  flags: DnsFlags,
  terminal: Terminal,
): Promise<number> {
  const domains =
    named.length > 0 || flags.profile === undefined
      ? named
      : (await readProfile(flags.profile)).value.domains;
  if (domains.length === 0)
    throw new Problem('Name the domains to look up, or give --profile with the client’s profile.');
  const wrong = domains.find((domain) => !/^(?=.{3,253}$)([a-z0-9_-]+\.)+[a-z0-9-]{2,}$/i.test(domain));
  if (wrong !== undefined) throw new Problem(`“${wrong}” is not a domain name, for example yourorg.org.`);
  const seconds = Number(flags.timeout);
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 60)
    throw new Problem(`--timeout ${flags.timeout}: give seconds between 1 and 60.`);
  terminal.progress(
    `Asking for the TXT records of ${domains.length === 1 ? domains[0] : `${domains.length} domains`}`,
  );
  const found = await lookUp(domains, flags.resolver, seconds * 1000);
  terminal.progress('');
  for (const row of found.rows) terminal.out(`${row.domain}: ${safe(words(row))}`);
  if (flags.out !== undefined) {
    await writeFile(flags.out, `${JSON.stringify(dnsFile(found), null, 1)}\n`).catch(() => {
      throw new Problem(`--out ${flags.out}: the file cannot be written there.`);
    });
    terminal.out(`Wrote ${flags.out}`);
  }
  const verified = (row: DnsRow) => row.txt.some((text) => text.startsWith(RECORD));
  if (
    found.rows.some((row) =>
      row.outcome === 'answer' || row.outcome === 'no_record' || row.outcome === 'nxdomain'
        ? !verified(row)
        : false,
    )
  )
    return 1;
  return found.rows.every(verified) ? 0 : 2;
}

function words(row: DnsRow): string {
  const record = row.txt.find((text) => text.startsWith(RECORD));
  switch (row.outcome) {
    case 'answer':
      return record
        ? `verification record found (${record})`
        : `no verification record among ${row.txt.length} TXT ${row.txt.length === 1 ? 'record' : 'records'}. Claude shows the value to publish under Organization settings > Organization and access > Domains.`;
    case 'no_record':
      return 'the domain has no TXT record, so it is not verified.';
    case 'nxdomain':
      return 'the domain does not exist in DNS.';
    case 'servfail':
      return 'the name server failed, so nothing can be said. Try again, or another resolver with --resolver.';
    case 'refused':
      return 'the name server refused the question, so nothing can be said. Try another resolver with --resolver.';
    case 'timeout':
      return 'no answer in time, so nothing can be said. Try again, or another resolver with --resolver.';
  }
}
// Guide: G1.1-05 G2.2-04 G4.2-01 GA-03 GB-02
