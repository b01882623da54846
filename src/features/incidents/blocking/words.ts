import type { MeansEvidence, MeansFinding } from '#domain/incidents/means.ts';
import { count } from '#domain/text/words.ts';

/** Describes one piece of evidence, without its time. */
export function evidenceWords({ code, of }: MeansEvidence): string {
  switch (code) {
    case 'session':
      return `A session of the person with ${of ?? 'Claude'} went through session control`;
    case 'session_of_others':
      return `A session of someone else with ${of ?? 'Claude'} went through session control, none of this person`;
    case 'session_policy':
      return `The Conditional Access policy ${of ?? ''} routes sessions to session control`;
    case 'no_session_policy':
      return 'No Conditional Access policy that is on routes sessions to session control';
    case 'stopped':
      return `Defender for Endpoint stopped an attempt to reach Claude on the device: ${of ?? ''}`;
    case 'not_stopped':
      return `Defender for Endpoint reported Claude on the device and does not say that it was stopped: ${of ?? ''}`;
    case 'onboarded':
      return 'Defender for Endpoint manages the device. Bylaw does not read its indicators, so it is not known whether one blocks Claude';
    case 'not_onboarded':
      return 'Defender for Endpoint does not manage the device, so no indicator works on it';
    case 'refused_by_log':
      return `The gateway’s log has ${requests(of)} from the device to Claude, all refused`;
    case 'passed_by_log':
      return `The gateway’s log has ${requests(of)} from the device to Claude, none refused`;
    case 'some_refused_by_log':
      return `The gateway’s log has ${of ?? ''} requests of the device to Claude refused`;
    case 'checked_at_proxy':
      return 'The check at the proxy inspected what the person or device sent, and refuses what its rules find. It does not end any session';
    case 'watched_at_proxy':
      return 'The check at the proxy inspected what the person or device sent, but only watches';
    case 'proxy_of_others':
      return 'The check at the proxy inspected what others sent, but nothing from this person or device';
    case 'probe':
      return `A test from ${of ?? 'the device'} was let in to our organization and refused elsewhere`;
    case 'probe_lets_in':
      return `A test from ${of ?? 'the device'} failed: the restriction does not hold there`;
    case 'probe_by_person':
      return `The person the incident is about ran the test from ${of ?? 'the device'}. Someone else has to make it`;
    case 'probe_elsewhere':
      return `A test from ${of ?? 'elsewhere'} was refused elsewhere than in our organization. None was made from this device`;
    case 'hook':
      return 'The inference hook checked what the person sent, and refuses what its rules find';
    case 'hook_watches':
      return 'The inference hook checked what the person sent, but only watches';
    case 'hook_of_others':
      return 'The inference hook checked what others sent, but nothing from this person';
  }
}

const requests = (of: string | null) => (of === null ? 'requests' : count(Number(of), 'request'));

const NOTHING: Readonly<Record<MeansFinding['id'], string>> = {
  session_control: 'No event or policy that was read shows it.',
  indicator: 'Bylaw does not read indicators, and no alert shows one working on the device.',
  web_gateway: 'No log or check that was read names the device.',
  header_injection: 'No test from the device was recorded in the last 90 days.',
  browser_policy: 'No test in a browser on the device was recorded in the last 90 days.',
  inference_hook: 'Nothing was checked in the last 30 days.',
};

/** Why a means has its state, if no evidence explains it; null: the evidence does. */
export function whyWords({ id, state, evidence, why }: MeansFinding): string | null {
  if (id === 'inference_hook' && state === 'not_active') return 'It is not set up here.';
  return why ?? (evidence.length === 0 ? NOTHING[id] : null);
}
// Guide: G7.2-10
