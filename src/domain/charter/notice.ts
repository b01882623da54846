/** Whether any of a notice's texts about what is collected matches. Parts that deny something do not count. */
export function noticeNames(covers: readonly string[], sign: RegExp): boolean {
  return covers.some((text) => sign.test(stated(text)));
}

/** "Conversations are not read", "content: none": denies what precedes it. */
const DENIES_BEFORE =
  /(?<!\p{L})(?:(?:is|are|was|were|be|will) (?:not|never)|\p{L}+n['’]t be)(?!\p{L})|: *(?:no|none|not|tb[adc]|to be|planned)(?!\p{L})|(?<!\p{L})(?:planned|to be (?:added|included|named|announced|decided|confirmed)|not yet|in (?:a later|the next) version|coming soon)(?!\p{L})/u;
/** "Usage (planned for v4)": the parentheses deny the words before them. */
const DENIED_ASIDE =
  /[^,;.()]*\((?:[^()]* )?(?:planned|to be|not|none|later|future|coming|tb[adc]|pending)(?!\p{L})(?! only)[^()]*\)/gu;
/** "No prompts or files": denies everything after it. */
const DENIES_AFTER =
  /(?<!\p{L})(?:not(?! only)|no|never|none|nor|neither|without|except|excluding|\p{L}+n['’]t)(?!\p{L})/u;

/** Removes the denied part: "Usage and sign-ins, but not what people write". */
function stated(text: string): string {
  const parts = text
    .toLowerCase()
    .replace(/[_-]+/g, ' ')
    .replace(DENIED_ASIDE, ' ')
    .split(/[;.()]|(?<!\p{L})but(?!\p{L})/u);
  return parts
    .map((part) =>
      part
        .split(',')
        .filter((clause) => !DENIES_BEFORE.test(clause))
        .join(','),
    )
    .map((part) => part.slice(0, DENIES_AFTER.exec(part)?.index))
    .join('; ');
}
// Guide: G8-13 G8-14
