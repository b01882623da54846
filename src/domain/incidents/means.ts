import type { ProbeApp, ProbeVerdict } from '../network/probe.ts';

/** What can block a session of Claude on a device, as the playbook of an upload names it. */
export const BLOCKING_MEANS = [
  'session_control',
  'indicator',
  'web_gateway',
  'header_injection',
  'browser_policy',
  'inference_hook',
] as const;
type BlockingMeans = (typeof BLOCKING_MEANS)[number];

/**
 * active: something that was read shows it at work for this device or person · not_proved: it is set up, and nothing
 * shows that it reaches them · not_active: what was read shows that it does not block · not_licensed: plan or licenses
 * lack it · cannot_read: nothing that Bylaw reads says.
 */
export const MEANS_STATES = ['active', 'not_proved', 'not_active', 'not_licensed', 'cannot_read'] as const;
export type MeansState = (typeof MEANS_STATES)[number];

const MEANS_EVIDENCE = [
  'session',
  'session_of_others',
  'session_policy',
  'no_session_policy',
  'stopped',
  'not_stopped',
  'onboarded',
  'not_onboarded',
  'refused_by_log',
  'passed_by_log',
  'some_refused_by_log',
  'checked_at_proxy',
  'watched_at_proxy',
  'proxy_of_others',
  'probe',
  'probe_lets_in',
  'probe_by_person',
  'probe_elsewhere',
  'hook',
  'hook_watches',
  'hook_of_others',
] as const;

/** What shows how a means is, and when that was. */
export interface MeansEvidence {
  readonly code: (typeof MEANS_EVIDENCE)[number];
  /** An instant; where the source has days only, the day. */
  readonly at: string;
  /** Name of what it was seen in: a policy, an alert, a place; a number of requests. */
  readonly of: string | null;
}

export interface MeansFinding {
  readonly id: BlockingMeans;
  readonly state: MeansState;
  /** own: it sees sessions of our own Claude only, so that it never blocks a personal account. */
  readonly reaches: 'personal' | 'own';
  /** The newest of each, newest first. */
  readonly evidence: readonly MeansEvidence[];
  /** Why nothing was read, or why it is not licensed; null: `evidence` says it. */
  readonly why: string | null;
}

/** A test of the restriction from a device. */
interface MeansProbe {
  readonly at: string;
  readonly place: string;
  /** The command's requests, or the program in which a personal account was tried: each has a way of its own to Claude. */
  readonly way: 'program' | ProbeApp;
  readonly verdict: ProbeVerdict;
  /** Whoever made it is the one whom the incident is about, so that it shows nothing in their favor. */
  readonly byPerson: boolean;
}

/** A decision of a guard on what someone sent. */
export interface MeansCheck {
  readonly at: string;
  readonly guard: 'inference_hook' | 'icap';
  readonly enforced: boolean;
  /** Of the person or from the address that is asked about. */
  readonly own: boolean;
}

export interface MeansAsked {
  readonly person: string | null;
  /** Names or addresses of the devices; none: not reported. */
  readonly devices: readonly string[];
  readonly probes: readonly MeansProbe[];
  readonly checks: readonly MeansCheck[];
  /** How the inference hook is set up; null: it is not. */
  readonly hook: 'watch' | 'enforce' | null;
}
// Guide: G7.2-10
