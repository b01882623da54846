/** Placeholders (in braces) that the draft of a notice may use. */
export const NOTICE_FIELDS = ['client', 'noticed', 'classes', 'contact'] as const;
export type NoticeFacts = Readonly<Record<(typeof NOTICE_FIELDS)[number], string | null>>;

/** Text in place of an unknown value, to be filled in by hand. */
const UNKNOWN: Readonly<Record<(typeof NOTICE_FIELDS)[number], string>> = {
  client: 'name of the organization',
  noticed: 'day on which it was noticed',
  classes: 'kinds of data',
  contact: 'whom to ask',
};

/** Placeholders in a draft that do not exist. */
export function unknownFields(draft: string): string[] {
  return [...draft.matchAll(/\{(\w*)\}/gu)].flatMap(([, name = '']) => (isField(name) ? [] : [name]));
}

/** Fills in a draft. Unknown values appear in brackets, so that it is obvious they are missing. */
export function noticeText(draft: string, facts: NoticeFacts): string {
  return draft.replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
    isField(name) ? facts[name]?.trim() || `[${UNKNOWN[name]}]` : whole,
  );
}

function isField(name: string): name is (typeof NOTICE_FIELDS)[number] {
  return NOTICE_FIELDS.some((field) => field === name);
}
// Guide: G7.2-04
