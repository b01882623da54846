import { expect, it } from 'vitest';
import { saysNotDone, saysRefused, saysUnexplained } from './denials.ts';

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
