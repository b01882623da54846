/** Why an authority's answer is not a valid time stamp of a file. */
export const STAMP_PROBLEMS = {
  away: 'The authority did not answer.',
  refused: 'The authority refused to stamp the file.',
  unreadable: 'The authority’s answer is not a time stamp.',
  other_file: 'The time stamp is of another file.',
  other_request: 'The time stamp answers another request.',
  bad_signature: 'The signature of the time stamp is not valid.',
  no_usage: 'The certificate that signed the time stamp is not one for time stamps alone.',
  not_valid_then: 'The certificate was not valid at the moment that the time stamp states.',
  untrusted: 'The certificate was not issued by the authority whose certificate is set.',
  other_day: 'The time stamp states a time that is far from the clock of this server.',
} as const;
export type StampProblem = keyof typeof STAMP_PROBLEMS;

export interface Stamp {
  readonly proved: true;
  /** The time that the authority states, RFC 3339. */
  readonly at: string;
  /** Name in its certificate. */
  readonly authority: string;
  /** SHA-256 of its certificate, in lower-case hex. */
  readonly certificate: string;
}

export type StampCheck = Stamp | { readonly proved: false; readonly problem: StampProblem };

export interface StampExpected {
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** Nonce of the request; left out: no longer known. */
  readonly nonce?: string;
  /** Certificates (PEM) of accepted issuers of the authority; empty or left out: any. */
  readonly issuers?: string;
}
