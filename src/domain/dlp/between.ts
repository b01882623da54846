/** A quotation mark, also as a text within a text has it. */
const QUOTE = String.raw`\\{0,3}["'${'`'}]`;
const ASSIGNED = '(?:[=!]==?|=>|[:?|]{0,3}=|[.+]=|:)';

/** What stands between the name of a secret and its value, each with an example. */
const WAYS = [
  // api_key: … · KEY="…" · os.environ["KEY"] = … · "key": "…", with the value below it, too
  // A line that ends with = has no value, unless the one below it is in quotes.
  String.raw`(?:${QUOTE}|\])?\]?\s{0,2}${ASSIGNED}(?:[ \t]{0,16}|(?<!=)\s{1,16}|\s{1,16}(?=${QUOTE}))`,
  // KEY    = "…", in a column, with = on the line below, far from it, too · :key   => '…'
  String.raw`\s{3,24}(?:=>?|:=)[ \t]{1,16}(?=["'])`,
  // var apiToken string = "…" · token: String = "…"
  String.raw`[ \t]{0,2}:?[ \t]{0,2}(?<=[ \t:])(?:&(?:'static )?)?str(?:ing)?\??[ \t]{1,2}=[ \t]{1,2}`,
  // std::string ApiKey{"…"} · config.apiKey ?? "…" · os.environ.get("API_KEY") or "…"
  String.raw`(?:${QUOTE})?[)\]]{0,2}[ \t]{0,2}(?:\{|\|\||\?\?|\?:|(?<=[ \t])or(?=[ \t]))\s{0,16}(?=["'][^"'])`,
  // headers.set("X-Api-Key", "…") · equal(parsed["ApiKey"], "…")
  String.raw`${QUOTE}\]?[ \t]{0,2},[ \t]{0,3}(?=["'])`,
  // variable "api_token" { default = "…"
  String.raw`${QUOTE}\s{0,2}\{[^}]{0,80}?\bdefault\s{1,10}=\s{1,4}(?=["'])`,
  // setPassword("…")
  String.raw`\(\s{0,2}(?=[NrbuL@]?["'])`,
  // - name: DB_PASSWORD, and below it value: … · <add key="ApiKey" value="…"/>
  String.raw`(?:${QUOTE})?,?\s{1,20}(?:${QUOTE})?value(?:${QUOTE})?\s{0,2}[:=]\s{0,2}`,
  // password: | and below it the value
  String.raw`:[ \t]{1,2}[|>][+-]?[ \t]{0,2}\n[ \t]{1,20}`,
  // {"name": "password", "value": "…"}
  `${QUOTE},(?:${QUOTE})value(?:${QUOTE}):`,
  // <password>…</password> · <string name="key">…</string> · <pass encoding="base64">…</pass>, with the value on a line of its own, or after its name in braces
  String.raw`(?:(?:${QUOTE})?|(?:[ \t][\w:-]{1,20}="[^"<>\n]{0,60}"){1,3})>\s{0,16}(?:\{(?:[\w-]{1,30} ){0,2})?`,
  // --token …
  String.raw`(?<=(?<![\w-])--?[\w-]{0,30})[ \t]{1,2}`,
  // Bearer …
  String.raw`(?<=bearer)[ \t]`,
  // | apiKey | … |; without a blank it is an expression: (?:token|secret)
  String.raw`[ \t]{1,3}\|`,
  // The key is … · Key - …
  String.raw`[ \t](?:-|(?:is|was)(?: now)?:?)[ \t]`,
] as const;

/** Jira "…" · new Jira("…"): what only a provider's name may have before a value of the very form of its keys. */
const BESIDE = String.raw`[ \t]{0,2}\(?(?=["'${'`'}])`;

/** clockify secret … · clockify-token-…: the same, with the words between them, and a value that nothing follows. */
export const besideProvider = (value: string) =>
  String.raw`[A-Za-z_. \t-]{1,30}(?<=[ \t.-])(${value})(?![\w/@-]|[.:]\w)`;

/**
 * An expression of a name, what may stand between it and its value, and the value, which is its first group. A blank or
 * the word of a header before the value (`Bearer`) belongs to neither.
 */
export const nameAndValue = (name: string, value: string, ofProvider = false) =>
  `(?:${name})(?:${[...WAYS, ...(ofProvider ? [BESIDE] : [])].join('|')})(?:${QUOTE})?[ ]{0,2}(?:(?:bearer|token|basic) )?(?:[NrbuL@]?${QUOTE})?(${value})`;
