/** A quotation mark, also as a text within a text has it. */
const QUOTE = String.raw`\\{0,3}["'${'`'}]`;
const ASSIGNED = '(?:[=!]==?|=>|[:?|]{0,3}=|[.+]=|:)';

/** What stands between the name of a secret and its value, each with an example. */
const WAYS = [
  // api_key: … · KEY="…" · os.environ["KEY"] = … · "key": "…", with the value below it, too
  String.raw`(?:${QUOTE}|\])?\]?\s{0,2}${ASSIGNED}\s{0,16}`,
  // headers.set("X-Api-Key", "…")
  String.raw`${QUOTE},[ \t]{0,3}(?=["'])`,
  // - name: DB_PASSWORD, and below it value: … · <add key="ApiKey" value="…"/>
  String.raw`(?:${QUOTE})?,?\s{1,20}(?:${QUOTE})?value(?:${QUOTE})?\s{0,2}[:=]\s{0,2}`,
  // {"name": "password", "value": "…"}
  `${QUOTE},(?:${QUOTE})value(?:${QUOTE}):`,
  // <password>…</password>, with the value on a line of its own, or after its name in braces
  String.raw`>\s{0,16}(?:\{(?:[\w-]{1,30} ){0,2})?`,
  // --token …
  String.raw`(?<=(?<![\w-])--?[\w-]{0,30})[ \t]{1,2}`,
  // Bearer …
  String.raw`(?<=bearer)[ \t]`,
  // | apiKey | … |
  String.raw`[ \t]{0,3}\|`,
  // The key is … · Key - …
  String.raw`[ \t](?:-|(?:is|was)(?: now)?:?)[ \t]`,
] as const;

/**
 * An expression of a name, what may stand between it and its value, and the value, which is its first group. A blank or
 * the word of a header before the value (`Bearer`) belongs to neither.
 */
export const nameAndValue = (name: string, value: string) =>
  `(?:${name})(?:${WAYS.join('|')})(?:${QUOTE})?[ ]{0,2}(?:(?:bearer|token|basic) )?(?:${QUOTE})?(${value})`;
