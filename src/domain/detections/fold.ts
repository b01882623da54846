import { type Detection, isCorrelation } from './sigma.ts';

/** What the alerts of one row have in common beside their rule: `rule` where it is the rule alone. */
export const FOLDS = ['connector', 'person', 'rule'] as const;
export type Fold = (typeof FOLDS)[number];

const CONNECTOR_FIELDS: readonly string[] = ['connector', 'connector_name', 'mcp_server_name'];

/** Whether a rule folds by who acted; else the field names someone or something else, and is shown as it is. */
export function foldsByActor({ bylaw: { fold } }: Detection): boolean {
  return fold === 'person' || fold === 'actor.id';
}

/** What a rule's alerts are folded by. */
export function foldOf({ bylaw: { fold } }: Detection): Fold {
  return fold === undefined ? 'rule' : CONNECTOR_FIELDS.includes(fold) ? 'connector' : 'person';
}

/** The fields whose values name an alert's group, in their order there. A day of a person is named by both. */
export function groupFields(detection: Detection): readonly string[] {
  if (isCorrelation(detection)) return detection.correlation['group-by'];
  return detection.bylaw.baseline === undefined ? detection.bylaw.group : ['person', 'day'];
}

/** The place of the folded field among the values of an alert's group; null: the alerts of a rule are one row. */
export function foldPlace(detection: Detection): number | null {
  const { fold } = detection.bylaw;
  return fold === undefined ? null : groupFields(detection).indexOf(fold);
}

/** Where in the name of an alert's group the value stands that its rule folds by, of each rule that folds by one. */
export interface FoldPlaces {
  readonly rules: readonly string[];
  readonly places: readonly number[];
}

export function foldPlaces(detections: readonly Detection[]): FoldPlaces {
  const folding = detections.flatMap((one) => {
    const place = foldPlace(one);
    return place === null ? [] : [{ rule: one.bylaw.id, place }];
  });
  return { rules: folding.map(({ rule }) => rule), places: folding.map(({ place }) => place) };
}

/** Names a row of alerts in addresses: its rule, and what it is folded by. */
export function foldId(rule: string, subject: string | null): string {
  return subject === null ? rule : `${rule}.${base64url(subject)}`;
}

/** The rule and the subject of {@link foldId}; undefined where a text is none. */
export function readFoldId(id: string): { rule: string; subject: string | null } | undefined {
  const [rule = '', subject] = id.split('.', 2);
  if (!/^CLA-DET-\d{2}[A-Z]?$/.test(rule)) return undefined;
  return { rule, subject: subject === undefined ? null : fromBase64url(subject) };
}

function base64url(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

function fromBase64url(text: string): string | null {
  try {
    const bytes = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}
