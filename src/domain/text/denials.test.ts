import { expect, it } from 'vitest';
import { saysNotAgreed, saysNotDone, saysRefused, saysUnexplained } from './denials.ts';
import { saysInPart } from './reservations.ts';
import { conflictOf } from './statement-notes.ts';

it.each([
  'Denied',
  'Not approved',
  'Rejected by the board',
  'REFUSED',
  'No approval',
  'Approval withdrawn',
  'Counsel declined',
  'Board (vote failed)',
  'Disapproved',
  'no approval needed',
  'Request was denied on Nov 5',
  'Annual list: not authorized',
  'Never  been approved',
  'Vom Vorstand geprüft, abgelehnt',
  'Antrag wurde abgelehnt',
  'Refusée',
  'Rechazado por la junta',
  '却下',
])('“%s” refuses', (text) => expect(saysRefused(text)).toBe(true));

it.each([
  'Annual report to the board',
  'Declined-card report for finance',
  'Rejected applications report',
  'List of denied claims',
  'Approved by the board',
  'Nothing was rejected',
  'Replaces the refused export of May',
  'Deni Edwards',
  'Failed payments of October',
])('“%s” refuses nothing', (text) => expect(saysRefused(text)).toBe(false));

it.each([
  'Not done',
  'Not done yet, planned for December',
  'Postponed',
  'Skipped this quarter',
  'Meeting canceled',
  'Could not open the portal',
  'couldn’t log in, will retry',
  'Draft, not finished',
  'To follow in January',
  'Planned',
  'Not configured',
  'still to be tested',
  'Sitzung verschoben auf Januar',
  'Pas encore fait',
  'Pendiente',
  'Reunión cancelada',
])('“%s” was not done', (text) => expect(saysNotDone(text)).toBe(true));

it.each([
  'Removed Gmail and Slack',
  'Canceled three unused seats',
  'ChatGPT seen, nothing new',
  'Planned lockdown carried out',
  'All checked; none outstanding',
  'The switch is on and cannot be changed by members',
  'Drafted with counsel, final',
  'Nothing was skipped',
  'Scheduled reports reviewed',
])('“%s” was done', (text) => expect(saysNotDone(text)).toBe(false));

it.each([
  'No explanation given',
  'Did not respond',
  'Waiting for an answer',
  'Under investigation',
  'Unexplained',
  'Asked, no reply',
  'He refused to say',
  'To be asked',
  '?? ask Pete',
  'Pete didn’t reply yet',
  'Keine Antwort',
  'Sin respuesta',
])('“%s” explains nothing', (text) => expect(saysUnexplained(text)).toBe(true));

it.each([
  'Import of the directory for the annual meeting',
  'No answer at first; it was the mail merge',
  'Asked; she was importing the member directory',
  'Answered 400 member questions',
  'Reviewed 4,000 abstracts',
])('“%s” explains', (text) => expect(saysUnexplained(text)).toBe(false));

it.each([
  'TXT record added, verification pending',
  'alder.example.org verified, aldersurveyors.org not yet',
  'Currently off until the volunteers are invited',
  'SSO is set up but optional for now',
  'Required for staff, not for the board',
  'Only for the pilot group; the rest follows',
  'All but Gmail, which is still on',
  'Switched on, later switched off again for the conference',
  'Bis auf zwei Konten',
  'Sauf pour le bureau',
  'Solo para el personal',
])('“%s” holds in part', (text) => expect(saysInPart(text)).toBe(true));

it.each([
  'SSO through Entra is required',
  'Organization settings > Members, invite links shown as off.',
  'Checked again, still off',
  'The list was empty',
  'Read-only account, as agreed',
  'No connector added beyond the charter',
  '9 wanted, 5 kept',
])('“%s” holds as a whole', (text) => expect(saysInPart(text)).toBe(false));

it.each([
  ['Requests are auto-approved', ['auto-approv'], true],
  ['New tools start at Always allow', ['always allow'], true],
  ['Two unapproved connectors in use', ['unapproved'], true],
  ['Default is Needs approval, not Always allow', ['always allow'], false],
  ['Always allow is off', ['always allow'], false],
  ['No unapproved connectors', ['unapproved'], false],
])('“%s” affirms what must not be: %j, %s', (note, words, denies) =>
  expect(conflictOf(note, 'Look at the setting', words) === 'denied').toBe(denies),
);

it.each([
  'The vendor does not permit access by AI.',
  'No reply so far.',
  'Legal is still reviewing the terms.',
  'Refused',
  'Keine Antwort',
])('“%s” is no agreement', (text) => expect(saysNotAgreed(text)).toBe(true));

it.each(['Read-only access agreed.', 'agreed', 'Approved; API key issued', 'They have no objection'])(
  '“%s” may be an agreement',
  (text) => expect(saysNotAgreed(text)).toBe(false),
);
