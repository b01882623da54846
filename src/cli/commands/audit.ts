import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { momentWords } from '#domain/text/moments.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { Manifest } from '#features/audit/export/manifest.ts';
import { type Verification, verifyExport } from '#features/audit/export/verify.ts';
import type { KeptHead } from '#features/audit/heads/head.ts';
import { keptReader } from '#features/audit/heads/kept-heads.ts';
import {
  beginsAsRoom,
  type RoomExpected,
  type RoomVerification,
  verifyRoom,
} from '#features/evidence-room/verify.ts';
import { canReadCertificates } from '#features/time-stamps/index.ts';
import { Problem } from '../problem.ts';
import { safe, type Terminal } from '../terminal.ts';
import { wantedCertificate } from './record.ts';

export interface AuditVerifyFlags {
  /** A hash of the chain that was noted elsewhere. */
  readonly head?: string;
  /** Files with heads that were exported from the server. */
  readonly heads?: readonly string[];
  /** Public key with which they have to be signed. */
  readonly key?: string;
  /** SHA-256 of the certificate with which an evidence room has to be signed. */
  readonly certificate?: string;
  /** File with certificates of the time stamp authority. */
  readonly authority?: string;
}

/**
 * `bylaw audit verify EXPORT`: verifies an export of the audit log, or an evidence room, without server and database.
 * Exits with 0 and what was verified, or with 1 and the first difference.
 */
export async function auditVerifyCommand(
  path: string,
  flags: AuditVerifyFlags,
  terminal: Terminal,
): Promise<number> {
  const noted = flags.head?.trim().toLowerCase() ?? null;
  if (noted !== null && !/^[0-9a-f]{64}$/.test(noted))
    throw new Problem('--head: a hash has 64 characters, each a digit or a letter from a to f.');
  const key = flags.key?.trim().toLowerCase() ?? null;
  if (key !== null && !/^[0-9a-f]{64}$/.test(key))
    throw new Problem('--key: a public key has 64 characters, each a digit or a letter from a to f.');
  const issuers = flags.authority === undefined ? null : await authorityIn(flags.authority);
  const kept = await keptHeads(flags.heads ?? [], { key, issuers });
  if (typeof kept === 'string') {
    terminal.out(`NOT PROVED. ${safe(kept)}`);
    return 1;
  }
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Problem(`“${path}” is not there. Give the file that the console exported.`);
  if (!found.isFile())
    throw new Problem(
      `“${path}” is not a file. Give the .tar file as it was exported, not its unpacked folder.`,
    );
  const certificate = wantedCertificate(flags);
  const proved = await prove(path, { certificate, issuers, noted, kept });
  if (!proved.proved) {
    terminal.out(`NOT PROVED. ${safe(proved.differs)}`);
    return 1;
  }
  const result = 'audit' in proved ? proved.audit : proved;
  if (!('audit' in proved) && certificate !== null)
    throw new Problem('--certificate: an export of the audit log is not signed; only an evidence room is.');
  if (!('audit' in proved) && issuers !== null && kept.length === 0)
    throw new Problem(
      '--authority: an export of the audit log has no time stamp. Also give the heads that have one with --heads.',
    );
  const compared = headLines(result, kept.length, { key, issuers });
  const lines = [
    ...('audit' in proved ? roomLines(proved, { certificate, issuers }) : []),
    ...provedLines(result.manifest),
    ...(compared.length > 0 && noted === null
      ? []
      : [notedWords(result.noted, noted, result.manifest.records.last.seq)]),
    ...compared,
  ];
  for (const line of lines) terminal.out(safe(line));
  return 0;
}

/** Verifies a file according to its format, recognized by its first bytes. */
async function prove(path: string, expected: RoomExpected): Promise<Verification | RoomVerification> {
  try {
    return (await beginsAsRoom(createReadStream(path, { end: 3 })))
      ? await verifyRoom(createReadStream(path), expected)
      : await verifyExport(createReadStream(path), expected.noted, expected.kept);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new Problem(`“${path}” cannot be read (${String(error.code)}).`);
    throw error;
  }
}

/** Parses an authority's certificates from a file. */
async function authorityIn(file: string): Promise<string> {
  const pem = await readFile(file, 'utf8').catch(() => '');
  if (!(await canReadCertificates(pem)))
    throw new Problem(`--authority: no certificate can be read in “${file}”. Give a file in PEM form.`);
  return pem;
}

function roomLines(
  { manifest, signedAt, stamps }: Extract<RoomVerification, { proved: true }>,
  { certificate, issuers }: Pick<RoomExpected, 'certificate' | 'issuers'>,
): string[] {
  return [
    `Proved: evidence room of ${manifest.client.name} (${manifest.client.id}), ${count(manifest.files.length + 2, 'file')}, none changed, added, removed or renamed since it was signed on ${moment(signedAt.toISOString())} by the clock of its server.`,
    certificate === null
      ? `Signed with the certificate whose SHA-256 is ${manifest.certificate}. Anyone can make one: compare it with the page Evidence room or the audit log of the server, or give it with --certificate.`
      : 'It was signed with the certificate that you named.',
    ...stamps.map(
      ({ name, at, authority, certificate: by }) =>
        `“${name}” was there on ${moment(at)}, as ${authority} states (certificate with SHA-256 ${by}).`,
    ),
    ...(stamps.length === 0
      ? issuers === null
        ? []
        : ['No file in it carries a time stamp, so --authority proves nothing about it.']
      : [
          issuers === null
            ? 'It is not checked whether such an authority can be trusted: give its certificate with --authority.'
            : 'The time stamps come from the authority whose certificate you gave.',
        ]),
  ];
}

function provedLines(manifest: Manifest): string[] {
  const { records, client, evidence, chain, takenAt, takenBy } = manifest;
  const { first, last } = records;
  const whose = client === null ? 'the workspace' : `${client.name} (${chain})`;
  const numbers = first.seq === last.seq ? `number ${first.seq}` : `numbers ${first.seq} to ${last.seq}`;
  const begins =
    first.seq === 1 ? 'from the very first one' : `following record ${first.seq - 1}, which is not here`;
  const there = evidence.filter(({ state }) => state === 'included').length;
  const leftOut = evidence.filter(({ state }) => state === 'left_out').length;
  const removed = evidence.flatMap(({ name, removed: gone }) =>
    gone === undefined ? [] : [{ name, ...gone }],
  );
  return [
    `Proved: ${count(records.count, 'audit record')} of ${whose}, ${numbers}, ${begins}, ${moment(first.at)} to ${moment(last.at)}.`,
    'Each text matches its hash, each record names the one before it, and none is missing in between.',
    ...(there === 0
      ? []
      : [
          `${count(there, 'evidence file')} ${there === 1 ? 'is what its address says' : 'are what their addresses say'}.`,
        ]),
    ...(leftOut === 0
      ? []
      : [
          `${count(leftOut, 'evidence file')} ${leftOut === 1 ? 'is' : 'are'} listed and not part of this export.`,
        ]),
    ...removed.map(({ name, on, record }) =>
      record >= first.seq && record <= last.seq
        ? `“${name}” is not here: removed by retention on ${dayWords(on)}, recorded in record ${record}.`
        : `“${name}” is not here: removed by retention on ${dayWords(on)}, says the server. Record ${record} would show it and is not in this export, so this is not proved.`,
    ),
    `Taken ${moment(takenAt)} by ${takenBy}, according to the export itself.`,
    `Last hash: ${last.hash}`,
  ];
}

/** Maximum line length; records as sent by sinks are far shorter. */
const MAX_LINE_LENGTH = 1_000_000;

interface HeadsExpected {
  /** Public key with which they have to be signed; null: any. */
  readonly key: string | null;
  /** Certificates (PEM), one of which has to be the issuer of a time stamp's certificate; null: any. */
  readonly issuers: string | null;
}

/** The heads in the files, or the first problem with one of their time stamps. */
async function keptHeads(
  files: readonly string[],
  { key, issuers }: HeadsExpected,
): Promise<readonly KeptHead[] | string> {
  const kept: KeptHead[] = [];
  for (const file of files) {
    const reader = keptReader();
    try {
      const handle = await open(file);
      for await (const line of handle.readLines()) if (line.length <= MAX_LINE_LENGTH) reader.take(line);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      throw new Problem(`--heads: “${file}” cannot be read${code}.`);
    }
    const heads = await reader.end(issuers);
    if (typeof heads === 'string') return heads;
    for (const head of heads) kept.push(head);
    if (heads.length === 0)
      throw new Problem(
        `--heads: “${file}” contains no audit log head. Give a file as Bylaw emailed or wrote it, or what a sink received.`,
      );
  }
  const others = kept.filter(({ signature }) => key !== null && signature?.key !== key);
  if (others.length > 0)
    throw new Problem(
      `--key: ${count(others.length, 'head is', 'heads are')} not signed with this key. Leave --key out to compare them anyway, bearing in mind that anyone who wrote the file could have written them.`,
    );
  return kept;
}

function headLines(
  { heads, manifest }: Extract<Verification, { proved: true }>,
  given: number,
  { key, issuers }: HeadsExpected,
): string[] {
  if (given === 0) return [];
  const { fit, outside } = heads;
  const [first] = fit;
  const last = fit.at(-1);
  if (first === undefined || last === undefined)
    return [
      `None of the ${count(given, 'kept head')} is of a record in this export, so they prove nothing about it.`,
    ];
  const signers = [...new Set(fit.flatMap(({ signature }) => signature?.key ?? []))];
  const unsigned = fit.filter(({ signature }) => signature === null).length;
  const newest = Math.max(...fit.map(({ seq }) => seq));
  return [
    `${count(fit.length, 'kept head')} of this chain ${fit.length === 1 ? 'fits' : 'fit'} it, so it was not rewritten up to record ${newest}.`,
    ...(newest < manifest.records.last.seq
      ? [`No kept head covers the ${count(manifest.records.last.seq - newest, 'record')} after it.`]
      : []),
    ...(outside === 0
      ? []
      : [
          `${count(outside, 'kept head')} of this chain ${outside === 1 ? 'is' : 'are'} of records outside of this export.`,
        ]),
    ...(signers.length === 0
      ? []
      : [
          key === null
            ? `Signed with ${signers.join(', ')}: compare with the key that you noted, or give it with --key.`
            : 'All of them are signed with the key that was given.',
        ]),
    ...stampWords(fit, issuers),
    ...(unsigned === 0
      ? []
      : [
          `${count(unsigned, 'of them is', 'of them are')} not signed: as true as the place where ${unsigned === 1 ? 'it was' : 'they were'} kept.`,
        ]),
  ];
}

/** What time stamps prove about matching heads: the newest one covers every record before it. */
function stampWords(fit: readonly KeptHead[], issuers: string | null): string[] {
  const [newest] = fit
    .flatMap(({ seq, stamp }) => (stamp === null ? [] : [{ seq, ...stamp }]))
    .toSorted((a, b) => b.seq - a.seq);
  if (newest === undefined)
    return issuers === null
      ? []
      : ['None of them carries a time stamp, so --authority proves nothing about them.'];
  return [
    `The records up to ${newest.seq} were there on ${moment(newest.at)}, as ${newest.authority} states (certificate with SHA-256 ${newest.certificate}).`,
    issuers === null
      ? 'It is not checked whether such an authority can be trusted: give its certificate with --authority.'
      : 'The time stamps come from the authority whose certificate you gave.',
  ];
}

function notedWords(at: number | null, noted: string | null, last: number): string {
  if (at === null || noted === null)
    return 'An export alone cannot show that no later records exist. Compare the last hash with one noted elsewhere, in the console or a report, or give that one with --head.';
  if (at === last) return 'The noted hash is that of the last record.';
  const after = count(last - at, 'record');
  return at === 0
    ? `The noted hash is the start of every chain, so it says nothing about this one; ${after} follow.`
    : `The noted hash is that of record ${at}; ${after} ${last - at === 1 ? 'follows' : 'follow'}.`;
}

/** "Nov 24, 2026, 3:00:00 PM UTC" */
function moment(at: string): string {
  return `${momentWords(at, 'UTC', 'medium')} UTC`;
}
