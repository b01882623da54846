import { askedOf } from '#domain/detections/asked.ts';
import { CHECK_DETAILS, CHECK_VERDICTS, checkType } from '#domain/dlp/decision.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { CLAUDE_DETAILS } from '../otlp/claude.ts';
import { OFFICE_SPANS } from '../otlp/emitter.ts';
import { vocabularyOf } from '../otlp/vocabulary.ts';

/** Event types of Bylaw's own content checks. */
const CHECKS: ReadonlySet<string> = new Set(CHECK_VERDICTS.map(checkType));
const LIST = 'docs/detections.md lists them under “Fields”';

/**
 * Detections may only use types and fields that readers produce: one for anything else never fires, and looks like one
 * that found nothing.
 *
 * @param say receives the detection's id, the problem, and the word by which its line is found
 */
export function lintDetectionFields(
  catalogue: Catalogue,
  say: (id: string, says: string, about: string) => void,
): void {
  const feed = new Map(catalogue.activityTypes.flatMap(({ types }) => Object.entries(types)));
  const { events } = vocabularyOf(catalogue);
  /** Whether an event of a type can have a field. */
  const holds = (type: string, field: string): boolean => {
    const outer = field.split('.')[0] ?? field;
    if (CHECKS.has(type)) return CHECK_DETAILS.some((one) => one === outer);
    if (events.has(type)) return CLAUDE_DETAILS.has(field);
    return feed.get(type)?.fields?.includes(outer) === true && !feed.get(type)?.withheld?.includes(outer);
  };
  const asked = askedOf(catalogue.detections);
  for (const { detection, type } of asked.types)
    if (![feed, events, OFFICE_SPANS, CHECKS].some((known) => known.has(type)))
      say(
        detection,
        `looks for the type “${type}”, which no event has: catalogue/activities and catalogue/telemetry list the types`,
        type,
      );
  for (const { detection, field } of asked.unknown)
    say(detection, `names the field “${field}”, which Bylaw does not add: ${LIST}`, field);
  for (const { detection, field, types } of asked.fields) {
    const held =
      types === null
        ? CLAUDE_DETAILS.has(field) || [...feed.keys()].some((type) => holds(type, field))
        : [...types].some((type) => holds(type, field));
    if (!held)
      say(
        detection,
        `names the field “${field}”, which no event that it looks at has. It is none of Bylaw’s own (${LIST}), nor one of its types in catalogue/activities or catalogue/telemetry`,
        field,
      );
  }
}
