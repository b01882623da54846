import type { ProofId } from '../../model/person-journey.ts';
import { entraSessionsRevoked } from './entra-sessions.ts';
import { policyAcknowledged, trained } from './joined.ts';
import { methodsRemoved } from './methods.ts';
import type { Asked, Shown } from './person.ts';
import { accountDisabled, notOwner, notReadded, seatGone, seatHeld } from './seats.ts';
import {
  apiKeys,
  cloudSessions,
  connectorsRevoked,
  noPersonalAccount,
  otherOrganizations,
  personalAccountClosed,
  projectsListed,
  sessionsEnded,
} from './traces.ts';

/** Functions that prove each step, by the proof's name in the catalogue. */
export const PROOF: Readonly<Record<ProofId, (asked: Asked) => Shown>> = {
  none: () => ({
    is: 'unread',
    on: null,
    code: 'no_source',
    words: 'No source shows it.',
    evidence: [],
  }),
  not_owner: notOwner,
  account_disabled: accountDisabled,
  entra_sessions_revoked: entraSessionsRevoked,
  methods_removed: methodsRemoved,
  seat_gone: seatGone,
  sessions_ended: sessionsEnded,
  connectors_revoked: connectorsRevoked,
  api_keys: apiKeys,
  cloud_sessions: cloudSessions,
  projects_listed: projectsListed,
  other_organizations: otherOrganizations,
  not_readded: notReadded,
  policy_acknowledged: policyAcknowledged,
  seat_held: seatHeld,
  no_personal_account: noPersonalAccount,
  personal_account_closed: personalAccountClosed,
  trained,
};
