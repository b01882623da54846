import { sampleRows } from './sample-row.ts';

/** Accounts. */
export const ACCOUNTS = sampleRows(`
ACC-01 high pass The account owner is a named organization address
  The Primary Owner is Mara Ellingsworth at alder.example.org, an address that the charter names.
ACC-02 high pass There is one Primary Owner and there are at most two Owners
  One Primary Owner and 2 Owners among 64 members: Mara Ellingsworth, Rafe Lindqvist and Dana Whitlock.
ACC-03 high fail Losing one Owner does not lock us out
  Two of the three Owners share one recovery address, so losing it locks both out.
ACC-04 critical pass Every Owner and Admin is approved
  All 5 Owners and Admins of the members file stand in charter v6.
ACC-05 high pass No Owner is a personal, shared or outside account
  All 3 Owners use a personal work address at alder.example.org.
ACC-06 medium pass Every seat uses our email domain
  64 of 64 seats use alder.example.org or aldersurveyors.example.
ACC-07 critical fail Only current staff hold a seat
  3 of 64 members have left: Tobin Achterberg, Wren Castellane and Ilse Marchetti. A person who has left can read projects and use connected mail and files until the seat is removed.
ACC-08 medium accepted No shared or service account holds a seat
  The shared mailbox membership@alder.example.org holds a seat. It is accepted until Jan 31, 2027.
ACC-09 medium pass Guests hold seats only by decision
  Two outside people hold seats and both stand in the charter.
ACC-10 high pass Every domain is verified by DNS
  Both domains carry the verification record in the DNS answer of Nov 24, 2026.
ACC-11 high cannot_read Only our domains can be invited
  No file shows the list of allowed invitation domains, and no one has stated it.
ACC-12 medium fail Invite links are off
  One link is active until Feb 2, 2027 and lets any alder.example.org address join.
ACC-13 medium fail Every seat holder is matched to one person
  2 of 64 seat holders are not on the roster and 1 resembles a staff record only by name.
ACC-14 high pending Sign-in through our identity provider is required
  Set up on Nov 10, 2026. The requirement starts on Dec 1, 2026.
ACC-15 high not_licensed Directory sync removes leavers
  Directory sync needs Claude Enterprise. On Team, remove leavers by hand on their last day.
ACC-16 medium not_applicable With just-in-time sign-in, leavers are removed in both places
  Just-in-time sign-in is not switched on.
ACC-17 medium not_licensed Domain capture is decided
  Domain capture needs Claude Enterprise.
ACC-18 low pass Seats held match seats bought
  64 seats are held of 70 bought.
`);
