import type { TenantRestriction } from '../model/network.ts';

/**
 * Requests of a test from a managed device. own: with our key. other_key: with a key of another organization.
 * other_value: with our key and a header of its own that names an organization that exists nowhere.
 */
export const PROBES = ['own', 'other_key', 'other_value'] as const;
export type Probe = (typeof PROBES)[number];

/** What came back: an answer of Claude's or of something on the way, or nothing. */
export type ProbeAnswer =
  | {
      readonly is: 'answer';
      readonly status: number;
      /** What the answer calls itself, such as message; null: it is nothing of Claude's. */
      readonly type: string | null;
      readonly code: string | null;
      readonly message: string;
    }
  | { readonly is: 'none'; readonly why: 'unreachable' | 'certificate' | 'timeout' };

/**
 * allowed: Claude did what was asked · refused: by the restriction, as documented · sent_twice, malformed: Claude says
 * that the header is wrong · key_refused: the key is none, so nothing is shown · blocked: something else closed the way ·
 * unclear: any other answer.
 */
export const PROBE_OUTCOMES = [
  'allowed',
  'refused',
  'sent_twice',
  'malformed',
  'key_refused',
  'blocked',
  'unclear',
] as const;
export type ProbeOutcome = (typeof PROBE_OUTCOMES)[number];

/** Reads an answer by what the vendor documents; nothing undocumented is taken for a refusal or for a way in. */
export function probeOutcome(answer: ProbeAnswer, { refused, wrong }: TenantRestriction): ProbeOutcome {
  if (answer.is === 'none') return answer.why === 'certificate' ? 'unclear' : 'blocked';
  const { status, type, code, message } = answer;
  // A page of a gateway or a portal comes with 200, too, and is no message of Claude's.
  if (status >= 200 && status < 300) return type === 'message' ? 'allowed' : 'unclear';
  if (status === refused.status && code === refused.code) return 'refused';
  if (status === wrong.status && message.startsWith(wrong.duplicate)) return 'sent_twice';
  if (status === wrong.status && message.startsWith(wrong.malformed)) return 'malformed';
  if (status === 401) return 'key_refused';
  return 'unclear';
}

/** What is known of the three requests; one that was not made is left out. */
export type ProbeOutcomes = { readonly [P in Probe]?: ProbeOutcome };

/**
 * holds: ours is let in, another organization is refused and a header of the client's is replaced · ours_refused ·
 * lets_in: another organization gets in · wrong_header: Claude gets it twice or malformed · client_decides: what the
 * client sends counts · not_shown: too little was tried, or an answer says nothing.
 */
export const PROBE_VERDICTS = [
  'holds',
  'ours_refused',
  'lets_in',
  'wrong_header',
  'client_decides',
  'not_shown',
] as const;
export type ProbeVerdict = (typeof PROBE_VERDICTS)[number];

/** What the test shows. The worst that is shown decides; holding takes all three requests. */
export function probeVerdict({
  own,
  other_key: otherKey,
  other_value: otherValue,
}: ProbeOutcomes): ProbeVerdict {
  const all = [own, otherKey, otherValue];
  if (otherKey === 'allowed') return 'lets_in';
  if (all.some((one) => one === 'sent_twice' || one === 'malformed')) return 'wrong_header';
  if (own === 'refused') return 'ours_refused';
  // Our key works, and stops working when the client names another organization: its header was not replaced.
  if (own === 'allowed' && otherValue === 'refused') return 'client_decides';
  return own === 'allowed' && otherKey === 'refused' && otherValue === 'allowed' ? 'holds' : 'not_shown';
}

/** Who vouched for a host of Claude's where a test was made. A gateway that inspects TLS vouches for it itself. */
export interface ProbeCertificate {
  readonly host: string;
  /** Organization or name of the authority. */
  readonly issuer: string;
  /** Whether it is a public authority; null: the device could not tell. */
  readonly isPublic: boolean | null;
}

/** The first who inspects TLS on the way to Claude, as a test shows; null: nobody, or it was not read. */
export const inspectorOf = (certificates: readonly ProbeCertificate[] | null): string | null =>
  certificates?.find(({ isPublic }) => isPublic === false)?.issuer ?? null;

/** Programs in which a person tries a personal account: each has a way of its own to Claude. */
export const PROBE_APPS = ['browser', 'desktop'] as const;
export type ProbeApp = (typeof PROBE_APPS)[number];

/** What a person's test in the browser or the desktop app shows: with our account, and with a personal one of a mail provider. */
export function accountVerdict({ own, other_key: personal }: ProbeOutcomes): ProbeVerdict {
  if (personal === 'allowed') return 'lets_in';
  if (own === 'refused') return 'ours_refused';
  return own === 'allowed' && personal === 'refused' ? 'holds' : 'not_shown';
}

/** A test of the restriction by what was tried: the command's requests, or a personal account in the browser or the desktop app. */
export interface TriedProbe {
  readonly outcomes: ProbeOutcomes;
  readonly account: string | null;
}

export const verdictOf = ({ outcomes, account }: TriedProbe): ProbeVerdict =>
  account === null ? probeVerdict(outcomes) : accountVerdict(outcomes);
