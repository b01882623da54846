import type { ProbeApp, ProbeVerdict } from '../network/probe.ts';

/** What can block a session of Claude on a device, as named in the playbook for uploads. */
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
 * active: a reading shows it at work for this device or person · not_proved: it is set up, but nothing shows that it
 * applies to them · not_active: a reading shows that it does not block · not_licensed: missing from plan or licenses ·
 * cannot_read: no reading shows it.
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

/** Evidence for the state of a means, with its time. */
export interface MeansEvidence {
  readonly code: (typeof MEANS_EVIDENCE)[number];
  /** An instant, or a day if the source has only days. */
  readonly at: string;
  /** Name of what it was seen in (a policy, an alert, a place), or a number of requests. */
  readonly of: string | null;
}

export interface MeansFinding {
  readonly id: BlockingMeans;
  readonly state: MeansState;
  /** own: it only sees sessions of our own Claude, so it never blocks a personal account. */
  readonly reaches: 'personal' | 'own';
  /** The newest evidence of each kind, newest first. */
  readonly evidence: readonly MeansEvidence[];
  /** Why nothing was read, or why it is not licensed; null: see `evidence`. */
  readonly why: string | null;
}

/** A test of the restriction from a device. */
interface MeansProbe {
  readonly at: string;
  readonly place: string;
  /**
   * The command's requests, or the program in which a personal account was tried; each takes its own path to Claude.
   */
  readonly way: 'program' | ProbeApp;
  readonly verdict: ProbeVerdict;
  /** Made by the person whom the incident is about, so it is no evidence in their favor. */
  readonly byPerson: boolean;
}

/** A guard's decision on something that was sent. */
export interface MeansCheck {
  readonly at: string;
  readonly guard: 'inference_hook' | 'icap';
  readonly enforced: boolean;
  /** By the person, or from the address, in question. */
  readonly own: boolean;
}

export interface MeansAsked {
  readonly person: string | null;
  /** Names or addresses of the devices; empty: not reported. */
  readonly devices: readonly string[];
  readonly probes: readonly MeansProbe[];
  readonly checks: readonly MeansCheck[];
  /** Mode of the inference hook; null: not set up. */
  readonly hook: 'watch' | 'enforce' | null;
}
// Guide: G7.2-10
