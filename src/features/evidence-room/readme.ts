import { ROOM_MANIFEST, ROOM_SIGNATURE } from './manifest.ts';

interface Made {
  readonly client: string;
  readonly takenAt: string;
  readonly takenBy: string;
  /** SHA-256 of the certificate that signs it. */
  readonly certificate: string;
}

/** Explains the content of an evidence room and how to verify it to someone who has never seen Bylaw. */
export function roomReadme({ client, takenAt, takenBy, certificate }: Made): string {
  return `Evidence room of ${client.replace(/\s+/g, ' ')}

Taken on ${takenAt} by ${takenBy}. Start with index.html.

WHAT IS IN IT

index.html               an overview with links to every file
verdicts.json            the verdict of each control, its reason, and the evidence behind it
assessment-results.json  the same as assessment results in NIST OSCAL
exceptions.json          exceptions to controls, with who requested, approved and ended each
charters.json            every version of the charter, with who approved it
reviews.json             governance reviews, their answers and the files with their minutes
incidents.json           incidents and drills, their steps and the files of their reports
policy.json              versions of the acceptable use policy, and the register of acknowledgments
time-stamps.json         what an authority time-stamped (RFC 3161), and where its answers are
audit/                   the audit log, and every file of evidence, named by its SHA-256
${ROOM_MANIFEST}            name, size and SHA-256 of each file
${ROOM_SIGNATURE}             the signature of ${ROOM_MANIFEST} (CMS, detached)

HOW TO PROVE IT

On any machine that has Bylaw; no server, no database and no password are needed:

    bylaw audit verify THE-EVIDENCE-ROOM.zip --certificate ${certificate}

It detects a change to a single byte anywhere in the archive, and any file that was added,
removed or renamed, and says which. Compare the SHA-256 of the certificate with one
that did not come with this file: the audit log and the page Evidence room of the server
show it, and so does every PDF that the server signed.

WITHOUT BYLAW

    openssl cms -verify -binary -inform DER -in ${ROOM_SIGNATURE} -content ${ROOM_MANIFEST} -noverify -out /dev/null

says whether ${ROOM_MANIFEST} is unchanged since it was signed; the SHA-256 of each file is in
${ROOM_MANIFEST}. To prove a time stamp: openssl ts -verify -in STAMP.tsr -data FILE -CAfile AUTHORITY.pem
audit/README.txt says how the chain of the audit log is computed.

WHAT IT PROVES, AND WHAT IT DOES NOT

It proves that these files are the ones that the holder of that certificate's key exported.
No authority vouches for the certificate. It does not prove that nothing was left out
before the export: the chain of the audit log shows gaps between its records, and heads
of the log that left the server earlier show whether it was rewritten or cut off
(--heads FILE).
`;
}
