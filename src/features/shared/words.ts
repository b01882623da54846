import { FACT_WORDS } from '#domain/labels.ts';
import { KINDS } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { CONSOLE_RECORDS } from './console-records.ts';

/** Display names for codes of catalogue and verdicts, the same on every page and in every form of the report. */

export const ACTION_WORDS = { fix: 'Fix', bring: 'Provide', wait: 'Wait' } as const;

const CONCERNS: Readonly<Record<string, string>> = {
  it_lead: 'IT lead',
  msp_technician: 'MSP technician',
  it_admin: 'IT admin',
  security: 'Security lead',
  hr: 'HR',
  governance_owner: 'Governance owner',
  board: 'Board',
  staff: 'All staff',
};

const LAYERS: Readonly<Record<string, string>> = {
  claude_team: 'Claude Team',
  claude_enterprise: 'Claude Enterprise',
  network_endpoint: 'Network and devices',
};

const COVERAGE: Readonly<Record<string, string>> = {
  covers: 'Covers',
  partly: 'Partly',
  none: 'Does not cover',
  policy_only: 'Policy only',
  not_applicable: 'Not applicable',
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  charter: 'charter',
  journal: 'journal',
  attestations: 'statement by a person',
  profile: 'client profile',
  plan: 'client profile',
  catalogue: 'catalogue',
  account_register: 'register of personal accounts',
};

/** Codes without an entry above are still shown as words, never as identifiers. */
function unspelled(code: string): string {
  const words = code.replace(/[_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const concernWords = (code: string): string => ownValue(CONCERNS, code) ?? unspelled(code);
export const layerWords = (code: string): string => ownValue(LAYERS, code) ?? unspelled(code);
export const coverageWords = (code: string): string => ownValue(COVERAGE, code) ?? unspelled(code);
export const factStatusWords = (code: string): string =>
  Object.entries(FACT_WORDS).find(([key]) => key === code)?.[1] ?? unspelled(code);
export const stateWords = (code: string): string =>
  Object.entries(STATE_WORDS).find(([key]) => key === code)?.[1] ?? unspelled(code);

/** What evidence was read from: "members file", "charter". */
export function kindWords(kind: string): string {
  const known = Object.entries(KINDS).find(([key]) => key === kind)?.[1];
  return known?.label ?? ownValue(DOCUMENTS, kind) ?? unspelled(kind).toLowerCase();
}

const RECORDED: ReadonlySet<string> = new Set(Object.values(CONSOLE_RECORDS));

/** The same of one piece of evidence: what was recorded in the console is decided like a journal, and is no file of that kind. */
export function evidenceWords({ kind, file }: { readonly kind: string; readonly file: string }): string {
  return kind === 'journal' && RECORDED.has(file) ? 'record in Bylaw' : kindWords(kind);
}

/** Initials of the first two words that start with a letter: "AS" for Alder Society. */
export function initials(name: string): string {
  const letters = name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word) && !/^(?:the|of|for|and)$/i.test(word))
    .map((word) => [...word][0] ?? '');
  return letters.slice(0, 2).join('').toUpperCase() || '·';
}

/** "About 10 minutes", "About 2 hours". */
export function minutesWords(minutes: number): string {
  if (minutes < 90) return `About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const hours = Math.round(minutes / 60);
  return `About ${hours} hours`;
}

/** "members.csv, row 41" */
export function placeWords(evidence: { file: string; row?: number | undefined }): string {
  return evidence.row === undefined ? evidence.file : `${evidence.file}, row ${evidence.row}`;
}
