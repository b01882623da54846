/** The lines under “Signature” in every signed record. `fingerprint` is the SHA-256 of the certificate, in hex. */
export function signatureWords(fingerprint: string): readonly string[] {
  return [
    `Signed by this installation of Bylaw. SHA-256 of its certificate: ${fingerprint}`,
    'No certificate authority vouches for it, so compare this SHA-256 with the one that the audit log shows next to the SHA-256 of this file.',
    'To check that the file is unchanged, run “bylaw deployment verify FILE” or open it in a PDF reader that shows signatures.',
  ];
}
