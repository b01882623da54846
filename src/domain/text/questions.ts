import { type CharterQuestion, questionAt } from '../charter/questions.ts';
import { ownValue } from '../model/own-value.ts';
import type { Ask } from './message.ts';
import { names } from './words.ts';

/** What each key of the journal records; completes "Write down …". */
const JOURNAL: Readonly<Record<string, string>> = {
  exported: 'when exports were made',
  connectorInventory: 'when the connectors that staff want were listed, and by whom',
  lockdown: 'when the connectors were locked down, and by whom',
  defaultConnectorsRemoved: 'when connectors that no one chose were removed, and by whom',
  firstInvitation: 'when staff were first invited',
  announcements: 'when staff were informed, and how many received it',
  explainedToLeadership: 'when leadership was informed, and by whom',
  approvedChanges: 'which permission changes were approved',
  connectorRequests: 'which connectors were requested, and what was decided',
  sharePointAudit: 'when SharePoint permissions were audited',
  connectorConsent: 'who consented to the Microsoft 365 connector, and when',
  sessionPolicy: 'when the session policy was entered in the Defender portal, and with which patterns',
  dlpTest: 'what the test of data loss prevention showed',
  tenantRestrictionProbe: 'what the test with another organization’s account showed',
  networkBlockProbe: 'what the test of the network block showed',
  siemTest: 'whether the test event arrived in the SIEM',
  discoveryReview: 'when Cloud App Discovery was reviewed and by whom',
  personalAccounts: 'the status of each personal account',
  reviews: 'which reviews were held, by whom, and what they covered',
  nextReview: 'when the next governance review takes place',
  explainedUsage: 'how unusual usage was explained',
  approvedExports: 'which exports were approved',
  offboardings: 'when each task of an offboarding was done',
  onboardings: 'when each step of an onboarding was done',
  trainings: 'which trainings were held and who attended',
  incidents: 'which incidents there were and how they ended',
};

/** Keys that are set in the client's profile. */
const PROFILE: Readonly<Record<string, string>> = {
  m365: 'the Microsoft licenses',
  addOns: 'the add-on licenses',
  swg: 'the secure web gateway',
  siem: 'the SIEM',
  normalHours: 'the normal working hours',
  staffCount: 'the number of staff',
  claudeSeats: 'the number of seats bought',
  deviceManagement: 'device management',
};

/** Paths where the answers to a question go; several if it takes several answers. */
export function placesOf(ask: Ask): readonly Pick<Ask, 'of' | 'field'>[] {
  return ask.parts ?? [ask];
}

/** Whether it asks for a charter as a whole, because there is none. */
export function asksForCharter(ask: Ask): boolean {
  return ask.of === 'charter' && ask.field === '*' && ask.parts === undefined;
}

/** The questions of the charter that all have to be answered, without duplicates. */
export function charterQuestionsOf(ask: Ask): readonly CharterQuestion[] {
  return [
    ...new Set(placesOf(ask).flatMap(({ of, field }) => (of === 'charter' ? (questionAt(field) ?? []) : []))),
  ];
}

/** Questions of the charter whose answers would settle it and for which there is a form, by id. */
export function answersTo(asks: readonly Ask[]): string[] {
  const questions = asks.flatMap((one) => charterQuestionsOf(one));
  return [...new Set(questions.flatMap(({ id, page }) => (page === undefined ? [id] : [])))];
}

/** What a person is to do, without names of keys and files; null: the question says it itself. */
export function questionWords(ask: Ask): string | null {
  if (asksForCharter(ask)) return 'Get a charter approved.';
  const each = placesOf(ask).map(({ of, field }) => partWords(of, field));
  const known = each.filter((words) => words !== null);
  const [first, ...others] = [...new Set(known)];
  if (first === undefined || known.length < each.length) return null;
  return `${[first, ...others].join('. ')}.`;
}

function partWords(of: Ask['of'], field: string): string | null {
  if (of === 'charter') {
    const question = questionAt(field);
    return question === null ? null : `${question.title} in the charter`;
  }
  if (of === 'journal') return journalWords(field) === null ? null : `Record ${journalWords(field)}`;
  if (of === 'profile')
    return ownValue(PROFILE, field) === undefined
      ? null
      : `Enter ${ownValue(PROFILE, field)} in the client’s settings`;
  return null;
}

/** What an entry of the journal records, as in "when staff were first invited"; null: there is no such key. */
export function journalWords(field: string): string | null {
  return ownValue(JOURNAL, field) ?? null;
}

export function profileWords(field: string): string | null {
  return ownValue(PROFILE, field) ?? null;
}

/** "Name the account owner, decide who gets a seat and 3 more" */
export function questionNames(questions: readonly CharterQuestion[], max: number): string {
  return names(
    questions.map(({ title }, at) =>
      at === 0 ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    ),
    max,
  );
}
