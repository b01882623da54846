/** What a draft of a notice may name in braces. */
export const NOTICE_FIELDS = ['client', 'noticed', 'classes', 'contact'] as const;
export type NoticeFacts = Readonly<Record<(typeof NOTICE_FIELDS)[number], string | null>>;

/** What is to be filled in by hand where it is not known. */
const UNKNOWN: Readonly<Record<(typeof NOTICE_FIELDS)[number], string>> = {
  client: 'name of the organization',
  noticed: 'day on which it was noticed',
  classes: 'kinds of data',
  contact: 'whom to ask',
};

/** Fields of a draft that nobody fills in. */
export function unknownFields(draft: string): string[] {
  return [...draft.matchAll(/\{(\w*)\}/gu)].flatMap(([, name = '']) => (isField(name) ? [] : [name]));
}

/** A draft with what is known of the incident; what is not stands in brackets, so that it is seen to be missing. */
export function noticeText(draft: string, facts: NoticeFacts): string {
  return draft.replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
    isField(name) ? facts[name]?.trim() || `[${UNKNOWN[name]}]` : whole,
  );
}

function isField(name: string): name is (typeof NOTICE_FIELDS)[number] {
  return NOTICE_FIELDS.some((field) => field === name);
}
// Guide: G7.2-04
