/** A quotation mark, also escaped as in nested strings. */
const QUOTE = String.raw`\\{0,3}["'${'`'}]`;
/** The same as an HTML entity. */
const ENTITY = '&(?:amp;)?(?:quot|apos|#3[49]|#x2[27]);';
const ASSIGNED = '(?:[=!]==?|=>|[:?|]{0,3}=|[.+]=|[:：])';

/** Start of a string literal, including language-specific prefixes. */
const TEXT = '(?=[NrbufL@]?["\'])';

/** Alternatives for expressions in which the first string is not the value. They are tried first. */
const WAYS_OF_PROGRAMS = [
  // var apiToken string = "…" · token: String = "…" · char password[255] = "…"
  String.raw`(?:\[\d{0,4}\](?=[ \t]{0,2}=)|[ \t]{0,2}:?[ \t]{0,2}(?<=[ \t:])(?:&(?:'static )?)?str(?:ing)?\??)[ \t]{1,2}=[ \t]{1,2}`,
  // passcode = new String(Base64.decode("…")) · key = atob("…")
  String.raw`[ \t]{0,2}:?=[ \t]{0,2}(?:new )?(?:[\w.]{1,30}\()?[\w.]{0,30}(?:base64|b64|decode|atob)[\w.]{0,30}\([ ]?(?=["'][A-Za-z0-9+\/]{12})`,
  // token = env.TOKEN || "…" · token = isTest ? "…" : "…" · token = getenv("TOKEN") ?: "…"
  String.raw`[ \t]{0,4}:?[:=][ \t]{1,4}(?=[a-z$_(!])[^"'\n;#?|]{1,60}?(?:["'][\w.-]{1,40}["'][)\]]{1,2}[ \t]{0,2}(?:[!=]{2,3}[ \t]\w{1,12}[ \t])?)?(?:\?[:?]?|\|\||(?<=[ \t])or)[ \t]{1,4}(?:["'][^"'\n]{0,60}["'][ \t]{0,2}:[ \t]{0,2}){0,1}(?=["'][^"'\n]{0,60}\d)`,
] as const;

/** What can be between the name of a secret and its value, each with an example. */
const WAYS = [
  // api_key: … · KEY="…" · os.environ["KEY"] = … · "key": "…", with the value below it, too
  // A line that ends with = has no value, unless the next line is quoted.
  String.raw`(?:${QUOTE}|\])?\]?\s{0,2}${ASSIGNED}(?:[ \t]{0,18}(?!\s)|(?=[ \t]{0,16}(?![ \t])\s)(?:(?<!=)\s{1,18}(?!\s)|\s{1,16}(?=${QUOTE})))`,
  // var apiToken string = "…" · token: String = "…"
  String.raw`[ \t]{0,2}:?[ \t]{0,2}(?<=[ \t:])(?:&(?:'static )?)?str(?:ing)?\??[ \t]{1,2}=[ \t]{1,2}`,
  // KEY = "…", aligned in columns, with = possibly on the next line · :key => '…'
  String.raw`\s{3,24}(?:=>?|:=)[ \t]{1,16}(?=["'])`,
  // std::string ApiKey{"…"} · config.apiKey ?? "…" · os.environ.get("API_KEY") or "…"
  String.raw`(?:${QUOTE})?[)\]]{0,2}[ \t]{0,2}(?:\{|\|\||\?\?|\?:|(?<=[ \t])or(?=[ \t]))\s{0,16}(?=["'][^"'])`,
  // headers.set("X-Api-Key", "…") · equal(parsed["ApiKey"], "…")
  String.raw`${QUOTE}\]?[ \t]{0,2},[ \t]{0,12}(?=["'])`,
  // variable "api_token" { default = "…"
  String.raw`${QUOTE}\s{0,2}\{[^}]{0,240}?\bdefault\s{1,10}=\s{1,4}(?=["'])`,
  // setPassword("…") · password (… ?: "…")
  String.raw`[ \t]?\(\s{0,2}(?:(?!["'])[^;\n]{1,120}?(?::|\?\?|\|\|)[ \t]{1,2})?${TEXT}`,
  // - name: DB_PASSWORD, and value: … on the next line · <add key="ApiKey" value="…"/>
  String.raw`(?:${QUOTE})?,?\s{1,20}(?:${QUOTE})?value(?:${QUOTE})?\s{0,2}[:=]\s{0,2}`,
  // password: | with the value on the next line
  String.raw`:[ \t]{1,2}[|>][+-]?[ \t]{0,2}\n[ \t]{1,20}`,
  // {"name": "password", "value": "…"}
  `${QUOTE},(?:${QUOTE})value(?:${QUOTE}):`,
  // <password>…</password> · <string name="key">…</string> · <pass encoding="base64">…</pass>, with the value possibly
  // on its own line, or after its name in braces
  String.raw`(?:(?:${QUOTE})?|(?:[ \t][\w:-]{1,20}="[^"<>\n]{0,60}"){1,3})>\s{0,16}(?:\{(?:[\w-]{1,30} ){0,2})?`,
  // --token …
  String.raw`(?<=(?<![\w-])--?[\w-]{0,30})[ \t]{1,2}`,
  // ENV DB_PASSWORD … · setx API_KEY … · set SMBPass …
  String.raw`(?<=(?<![\w-])(?:env|arg|setx?)[ \t]{1,2}\w{1,40})[ \t]{1,2}`,
  // Bearer …
  String.raw`(?<=bearer)[ \t]`,
  // | apiKey | … |; without spaces it is an expression: (?:token|secret)
  String.raw`[ \t]{1,3}\|`,
  // The key is … · Key - … · La contraseña es … · A senha é …
  String.raw`[ \t](?:-|(?:is|was|est|ist|lautet|es|é|è|är|er)(?: now)?[ ]?:?)[ \t]`,
] as const;

/** The same for generic names of keys and passwords, which also match providers' own keys. */
const WAYS_OF_DOCUMENTS = [
  // Password        : … · Password........: …, as lists of properties are printed
  String.raw`(?:[ \t]{3,30}|[ ]?\.{3,40}[ ]?):[ \t]{1,4}(?!\s)`,
  // keys: ["…"] · SECRETS = {"…"} · "token" -> "…"
  String.raw`(?:${QUOTE})?[ \t]{0,2}(?:(?:=>?|:)[ \t]{0,3}[[({]\s{0,16}|->[ \t]{0,3})${TEXT}`,
  // props.put(Context.SECURITY_CREDENTIALS, "…") · strcmp($token, "…")
  String.raw`(?=,)(?<=(?:put|set\w{0,20}|add\w{0,12}|cmp|equals\w{0,12}|compare\w{0,8})\(\$?[\w.]{3,60}),[ \t]{0,3}(?=["'])`,
  // <key>password</key> <value>…</value>
  String.raw`<\/\w{1,12}>\s{0,16}<(?:value|string)>\s{0,16}`,
  // | **Password** | … |, in the first column of a table
  String.raw`(?=[*_]{0,3}[ \t]{0,24}\|)(?<=(?:^|\n)[ \t]{0,4}\|[ \t]{0,3}[*_]{0,3}[\w -]{0,40})[*_]{0,3}[ \t]{0,24}\|[ \t]{0,24}`,
  // **Password**: … · **Password:** …
  String.raw`(?:[*_]{1,3}[ \t]{0,2}:|:[*_]{1,3})[ \t]{0,3}`,
  // <b>Password:</b> … · <td>Password</td><td>…
  String.raw`:?<\/(?:b|strong|em|th|td|dt|label|span|p)>\s{0,8}:?\s{0,3}(?:<(?:td|dd|code|span|b|p)(?:[ \t][^<>\n]{0,60})?>\s{0,8}){0,2}`,
  // password → … · password -> …, with a digit in it, unlike a return type
  String.raw`[ \t]{0,2}(?:→|⇒|➜)[ \t]{0,2}`,
  String.raw`[ \t]{1,2}->[ \t]{1,2}(?=\S{0,60}\d)(?![A-Z][a-z]{2,20}\d{0,4}(?!\S))`,
  // password, a tab, and only the value up to the next tab
  String.raw`[ \t]{0,2}\t[ \t]{0,3}(?=\S{6,200}[ \t]{0,3}(?:\t|\r?\n|$))(?=\S{0,60}\d)(?=\S{0,60}[a-z])(?![a-z]{2,20}[-_]?\d{1,4}(?!\S)|[\w.+-]{1,60}@|\w{2,6}:\/\/)`,
  // password >> …, with a punctuation character in it, unlike the target of a redirection
  String.raw`[ \t]{1,2}>>[ \t]{1,2}(?=\S{8})(?=\S{0,60}\d)(?=\S{0,60}[a-z])(?=\S{0,60}[!@#$%^&*?])(?!["'$&~.%]|\S{0,60}\/)`,
  // The password was reset to … · changed the password to …
  String.raw`[ \t](?:(?:has been|was|is|got)[ \t])?(?:(?:re)?set[ \t]|changed[ \t])?to:?[ \t](?=\S{8})(?=\S{0,60}\d)(?=\S{0,60}[a-z])(?![\w.+-]{1,60}@|\d[\d.,:\/-]{0,20}[a-z]{0,12}(?![\w!@#$%^&*])|[a-z]{2,30}\d{1,2}(?![\w!@#$%^&*])|(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{40})(?!\w))`,
  // A form label on its own line, and only a value on the next line
  String.raw`(?=[*_ \t]{0,7}\r?\n)(?<=(?:^|\n)[ \t>*#•-]{0,6}(?:[a-z'’-]{1,14}[ \t]){0,4}[\p{L}-]{2,14})[*_]{0,3}[ \t]{0,4}\r?\n(?:[ \t]{0,8}\r?\n)?[ \t]{0,8}(?=[^\s"'<>|#*\/=:-][^\s|<>="']{6,63}[^\s|<>="':,;][ \t]{0,8}(?:\r?\n|$))(?=\S{0,60}\d)(?=\S{0,60}[a-z])(?![a-z]{2,20}[-_]?\d{1,3}(?:\s|$)|[0-9a-f]{24,200}(?:\s|$)|[\w.+-]{1,60}@|\w{2,6}:\/\/)`,
  // secretKey "…"
  String.raw`[ \t](?=["'][^"'\s]{0,60}\d[^"'\s]{0,60}["'])`,
  // A heading, and a value on its own line below; not for fingerprints
  String.raw`(?:[ \t](?!for|of)[a-z]{2,12}){0,2}[ \t]{0,2}(?:\r?\n[ \t]{0,8}){1,2}(?![0-9a-f]{24,200}[ \t]{0,8}(?:\r?\n|$))(?=[\w+\/=-]{24,200}[ \t]{0,8}(?:\r?\n|$))`,
] as const;

/**
 * An optional quotation mark, so that a value is only tried after it; the first of three is left to the next part,
 * which handles triple quotes.
 */
const OPENED = `(?:${QUOTE}|(?!${QUOTE})|(?="""|'''))`;

/**
 * Apart from the string prefix `str`, no alternative starts with a letter or digit, so that none is tried within a
 * word.
 */
const WAY_BEGINS = '(?![a-rt-z\\d])';

/** Suffixes of a name that say what it is for: `DB_PASSWORD_PROD`, `tokenForBilling`. */
const PLACE =
  '(?:[_-]?(?:prod(?:uction)?|dev|test|stag(?:e|ing)|live|sandbox|old|new|backup|default|admin|root|main|master|primary|secondary|shared|local|int|qa|uat|preprod|field|start|const|raw|plain|te?mp|str|val|(?:for|with|in)[_-]?[a-z]{2,14})\\d{0,3})?';

/** Jira "…" · new Jira("…"): allowed only between a provider's name and a value in the exact form of its keys. */
const QUOTED_AFTER_NAME = String.raw`[ \t]{0,2}\(?(?=["'${'`'}])`;

/** A provider's name on a line, and on the next line only a value in the exact form of its keys. */
const VALUE_ON_NEXT_LINE = String.raw`[ \t]{0,3}\r?\n[ \t]{0,8}(?=\S{16,200}[ \t]{0,4}(?:\r?\n|$))(?=(?:[a-z_=-]{0,24}\d){3})(?!\d{4}-\d|[a-z]{2,20}[-_][a-z])`;

/** clockify secret … · clockify-token-…: the same with words in between, and nothing after the value. */
export const besideProvider = (value: string) =>
  String.raw`[A-Za-z_. \t-]{1,30}(?<=[ \t.-])(${value})(?![\w/@-]|[.:]\w)`;

/**
 * The expression for a name, what may be between it and its value, and the value, which is its first group. A space or
 * header word before the value (`Bearer`) belongs to neither.
 */
export const nameAndValue = (name: string, value: string, ofProvider = false) =>
  `(?:${name})${ofProvider ? '' : PLACE}${WAY_BEGINS}(?:${(ofProvider ? [...WAYS, QUOTED_AFTER_NAME, VALUE_ON_NEXT_LINE] : [...WAYS_OF_PROGRAMS, ...WAYS, ...WAYS_OF_DOCUMENTS]).join('|')})${OPENED}[ ]{0,2}(?:(?:bearer|token|basic|oauth|apikey)(?: |%20))?(?:[NrbufL@]?${QUOTE}(?:""|'')?|${ENTITY}|(?!${QUOTE}))(${value})`;
