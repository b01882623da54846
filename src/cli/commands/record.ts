import { readFile } from 'node:fs/promises';
import { momentWords } from '#domain/text/moments.ts';
import { verifyPdf } from '#features/signed-records/pdf-signature.ts';
import { Problem } from '../problem.ts';
import type { Terminal } from '../terminal.ts';

export interface RecordVerifyFlags {
  /** SHA-256 of the certificate, from the audit log. */
  readonly certificate?: string;
}

/**
 * `bylaw deployment verify FILE`: verifies that a deployment record is exactly as signed, without a server. Exits with
 * 0 if it is, 1 if it is not or was signed with another certificate.
 */
export async function recordVerifyCommand(
  path: string,
  flags: RecordVerifyFlags,
  terminal: Terminal,
): Promise<number> {
  const wanted = wantedCertificate(flags);
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Problem(`“${path}” cannot be read (${code}). Give the PDF as it was downloaded.`);
  });
  const checked = await verifyPdf(bytes);
  if (!checked.ok) {
    terminal.out(`NOT PROVED. ${checked.why}`);
    return 1;
  }
  if (wanted !== null && wanted !== checked.fingerprint) {
    terminal.out(`NOT PROVED. Another certificate signed it: ${checked.fingerprint}.`);
    return 1;
  }
  terminal.out(
    `Proved: no byte was changed since it was signed on ${momentWords(checked.at, 'UTC', 'medium')} UTC by the clock of its server.`,
  );
  terminal.out(
    wanted === null
      ? `Certificate ${checked.fingerprint}. Anyone can make one: compare it with the audit log of the server, or give it with --certificate.`
      : 'It was signed with the certificate that you named.',
  );
  return 0;
}

/** Normalizes a given SHA-256 to lower case without colons; null: none was given. Throws if it is malformed. */
export function wantedCertificate({ certificate }: { readonly certificate?: string }): string | null {
  const wanted = certificate?.trim().toLowerCase().replaceAll(':', '') ?? null;
  if (wanted !== null && !/^[0-9a-f]{64}$/.test(wanted))
    throw new Problem('--certificate: a SHA-256 has 64 characters, each a digit or a letter from a to f.');
  return wanted;
}
