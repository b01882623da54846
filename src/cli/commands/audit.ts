import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { count, dayWords } from '#domain/text/words.ts';
import type { Manifest } from '#features/audit/export/manifest.ts';
import { verifyExport } from '#features/audit/export/verify.ts';
import { Problem } from '../problem.ts';
import { safe, type Terminal } from '../terminal.ts';

export interface AuditVerifyFlags {
  /** A hash of the chain that was noted elsewhere. */
  readonly head?: string;
}

/**
 * `bylaw audit verify EXPORT`: proves an export of the audit log without server and database. Exit 0 with what was
 * proved, 1 with the first thing that differs.
 */
export async function auditVerifyCommand(
  path: string,
  flags: AuditVerifyFlags,
  terminal: Terminal,
): Promise<number> {
  const noted = flags.head?.trim().toLowerCase() ?? null;
  if (noted !== null && !/^[0-9a-f]{64}$/.test(noted))
    throw new Problem('--head: a hash has 64 characters, each a digit or a letter from a to f.');
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Problem(`"${path}" is not there. Give the file that the console exported.`);
  if (!found.isFile())
    throw new Problem(
      `"${path}" is not a file. Give the .tar file as it was exported, not its unpacked folder.`,
    );
  const result = await verifyExport(createReadStream(path), noted).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error)
      throw new Problem(`"${path}" cannot be read (${String(error.code)}).`);
    throw error;
  });
  if (!result.proved) {
    terminal.out(`NOT PROVED. ${safe(result.differs)}`);
    return 1;
  }
  for (const line of provedLines(result.manifest, result.noted, noted)) terminal.out(safe(line));
  return 0;
}

function provedLines(manifest: Manifest, at: number | null, noted: string | null): string[] {
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
    'Each text gives its hash, each record names the one before it, and none is missing between.',
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
        : `“${name}” is not here: removed by retention on ${dayWords(on)}, says the server. Record ${record} would tell of it and is not in this export, so that this is not proved.`,
    ),
    `Taken ${moment(takenAt)} by ${takenBy}, as the export says of itself.`,
    `Last hash: ${last.hash}`,
    notedWords(at, noted, last.seq),
  ];
}

function notedWords(at: number | null, noted: string | null, last: number): string {
  if (at === null || noted === null)
    return 'An export cannot show by itself that no later records exist. Compare the last hash with one noted elsewhere, in the console or a report, or give that one with --head.';
  if (at === last) return 'The noted hash is that of the last record.';
  const after = count(last - at, 'record');
  return at === 0
    ? `The noted hash is the beginning of every chain, so it says nothing of this one; ${after} follow.`
    : `The noted hash is that of record ${at}; ${after} ${last - at === 1 ? 'follows' : 'follow'}.`;
}

/** "24 Nov 2026 15:00:00 UTC" */
function moment(at: string): string {
  return `${dayWords(at)} ${at.slice(11, 19)} UTC`;
}
