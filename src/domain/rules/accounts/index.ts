import { type AnyRule, register } from '../registry.ts';
import { accountOwner } from './account-owner.ts';
import { approvedAdmins } from './approved-admins.ts';
import { domainCaptureDecided } from './domain-capture.ts';
import { domainsInDns, domainsInEvents } from './domains-verified.ts';
import { guestsByDecision } from './guests-by-decision.ts';
import { directorySync, ssoRequired } from './identity.ts';
import { inviteDomains } from './invite-domains.ts';
import { inviteLinks } from './invite-links.ts';
import { jitLeavers } from './jit-leavers.ts';
import { noSharedSeats } from './no-shared-seats.ts';
import { ownerAddresses } from './owner-addresses.ts';
import { ownerCount } from './owner-count.ts';
import { ownerSuccession } from './owner-succession.ts';
import { seatCount } from './seat-count.ts';
import { seatDomains } from './seat-domains.ts';
import { seatsArePeople } from './seats-are-people.ts';
import { seatsAreStaff } from './seats-are-staff.ts';
import { staffAddresses } from './staff-addresses.ts';
import { staffInvited } from './staff-invited.ts';

export const rules: readonly AnyRule[] = [
  register(accountOwner),
  register(ownerCount),
  register(ownerSuccession),
  register(approvedAdmins),
  register(ownerAddresses),
  register(seatDomains),
  register(staffAddresses),
  register(seatsAreStaff),
  register(noSharedSeats),
  register(guestsByDecision),
  register(domainsInDns),
  register(domainsInEvents),
  register(inviteDomains),
  register(inviteLinks),
  register(seatsArePeople),
  register(ssoRequired),
  register(directorySync),
  register(jitLeavers),
  register(domainCaptureDecided),
  register(seatCount),
  register(staffInvited),
];
