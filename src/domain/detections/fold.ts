import { type Detection, isCorrelation } from './sigma.ts';

/** What the alerts in one row of the list share besides their detection; `detection`: only the detection. */
export const FOLDS = ['connector', 'person', 'detection'] as const;
export type Fold = (typeof FOLDS)[number];

const CONNECTOR_FIELDS: readonly string[] = ['connector', 'connector_name', 'mcp_server_name'];

/** Whether a detection folds by actor. Otherwise the field names someone or something else, shown as it is. */
export function foldsByActor({ bylaw: { fold } }: Detection): boolean {
  return fold === 'person' || fold === 'actor.id';
}

/** What a detection's alerts are folded by. */
export function foldOf({ bylaw: { fold } }: Detection): Fold {
  return fold === undefined ? 'detection' : CONNECTOR_FIELDS.includes(fold) ? 'connector' : 'person';
}

/** The fields whose values identify an alert's group, in order. For a baseline, person and day. */
export function groupFields(detection: Detection): readonly string[] {
  if (isCorrelation(detection)) return detection.correlation['group-by'];
  return detection.bylaw.baseline === undefined ? detection.bylaw.group : ['person', 'day'];
}

/** Index of the folded field in the values of an alert's group; null: all alerts of the detection form one row. */
export function foldPlace(detection: Detection): number | null {
  const { fold } = detection.bylaw;
  return fold === undefined ? null : groupFields(detection).indexOf(fold);
}

/** Parallel lists: detections that fold by a field, and the index of its value in an alert's group. */
export interface FoldPlaces {
  readonly detections: readonly string[];
  readonly places: readonly number[];
}

export function foldPlaces(detections: readonly Detection[]): FoldPlaces {
  const folding = detections.flatMap((one) => {
    const place = foldPlace(one);
    return place === null ? [] : [{ detection: one.bylaw.id, place }];
  });
  return { detections: folding.map(({ detection }) => detection), places: folding.map(({ place }) => place) };
}

/** Id of a row of alerts in URLs: the detection, and the value it is folded by. */
export function foldId(detection: string, subject: string | null): string {
  return subject === null ? detection : `${detection}.${base64url(subject)}`;
}

/** Parses {@link foldId}; undefined if the text is not such an id. */
export function readFoldId(id: string): { detection: string; subject: string | null } | undefined {
  const [detection = '', subject] = id.split('.', 2);
  if (!/^CLA-DET-\d{2}[A-Z]?$/.test(detection)) return undefined;
  return { detection, subject: subject === undefined ? null : fromBase64url(subject) };
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
