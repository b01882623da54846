import type { TenantRestriction } from '../model/network.ts';

/**
 * Requests of a test from a managed device. own: with our key. other_key: with another organization's key. other_value:
 * with our key and a client header that names an organization that does not exist.
 */
export const PROBES = ['own', 'other_key', 'other_value'] as const;
export type Probe = (typeof PROBES)[number];

/** The response: from Claude, from something in between, or none. */
export type ProbeAnswer =
  | {
      readonly is: 'answer';
      readonly status: number;
      /** The answer's own type, such as "message"; null: not an answer of Claude. */
      readonly type: string | null;
      readonly code: string | null;
      readonly message: string;
    }
  | { readonly is: 'none'; readonly why: 'unreachable' | 'certificate' | 'timeout' };

/**
 * allowed: Claude did what was asked · refused: by the restriction, as documented · sent_twice, malformed: Claude
 * reports that the header is wrong · key_refused: the key is invalid, so nothing is shown · blocked: something else
 * blocked the request · unclear: any other answer.
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

/** Classifies an answer as the vendor documents it. Undocumented answers count neither as a refusal nor as access. */
export function probeOutcome(answer: ProbeAnswer, { refused, wrong }: TenantRestriction): ProbeOutcome {
  if (answer.is === 'none') return answer.why === 'certificate' ? 'unclear' : 'blocked';
  const { status, type, code, message } = answer;
  // Pages of gateways and portals also come with status 200, but are not messages of Claude.
  if (status >= 200 && status < 300) return type === 'message' ? 'allowed' : 'unclear';
  if (status === refused.status && code === refused.code) return 'refused';
  if (status === wrong.status && message.startsWith(wrong.duplicate)) return 'sent_twice';
  if (status === wrong.status && message.startsWith(wrong.malformed)) return 'malformed';
  if (status === 401) return 'key_refused';
  return 'unclear';
}

/** Results of the three requests; those not made are left out. */
export type ProbeOutcomes = { readonly [P in Probe]?: ProbeOutcome };

/**
 * holds: ours is allowed, another organization is refused, and a client's header is replaced · ours_refused · lets_in:
 * another organization gets in · wrong_header: Claude receives it twice or malformed · client_decides: the client's
 * header takes effect · not_shown: too little was tried, or an answer is inconclusive.
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

/** Result of the test. The worst finding decides; `holds` takes all three requests. */
export function probeVerdict({
  own,
  other_key: otherKey,
  other_value: otherValue,
}: ProbeOutcomes): ProbeVerdict {
  const all = [own, otherKey, otherValue];
  if (otherKey === 'allowed') return 'lets_in';
  if (all.some((one) => one === 'sent_twice' || one === 'malformed')) return 'wrong_header';
  if (own === 'refused') return 'ours_refused';
  // Our key works, but not if the client names another organization, so its header was not replaced.
  if (own === 'allowed' && otherValue === 'refused') return 'client_decides';
  return own === 'allowed' && otherKey === 'refused' && otherValue === 'allowed' ? 'holds' : 'not_shown';
}

/** Certificate issuer of one of Claude's hosts in a test. A gateway that inspects TLS issues its own certificates. */
export interface ProbeCertificate {
  readonly host: string;
  /** Organization or name of the authority. */
  readonly issuer: string;
  /** Whether it is a public authority; null: the device could not determine it. */
  readonly isPublic: boolean | null;
}

/** The issuer that inspects TLS between the device and Claude; null: none, or not read. */
export const inspectorOf = (certificates: readonly ProbeCertificate[] | null): string | null =>
  certificates?.find(({ isPublic }) => isPublic === false)?.issuer ?? null;

/** Programs in which a person tries a personal account; each takes its own path to Claude. */
export const PROBE_APPS = ['browser', 'desktop'] as const;
export type ProbeApp = (typeof PROBE_APPS)[number];

/**
 * Result of a person's test in the browser or desktop app, with our account and a personal one from a mail provider.
 */
export function accountVerdict({ own, other_key: personal }: ProbeOutcomes): ProbeVerdict {
  if (personal === 'allowed') return 'lets_in';
  if (own === 'refused') return 'ours_refused';
  return own === 'allowed' && personal === 'refused' ? 'holds' : 'not_shown';
}

/** What a test tried: the command's requests, or a personal account in the browser or the desktop app. */
export interface TriedProbe {
  readonly outcomes: ProbeOutcomes;
  readonly account: string | null;
}

export const verdictOf = ({ outcomes, account }: TriedProbe): ProbeVerdict =>
  account === null ? probeVerdict(outcomes) : accountVerdict(outcomes);
