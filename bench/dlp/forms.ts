import {
  type Chance,
  chars,
  type Document,
  digits,
  type Planted,
  person,
  pick,
  routing,
  ssn,
  UPPER,
  withLastDigit,
} from './documents.ts';

/**
 * Forms in which staff paste or upload passwords, keys and numbers: wikis, mails, tickets, chats, sheets, settings,
 * scripts, infrastructure and consoles. Written by what such documents look like, not by what the rules look for.
 */
type Form = readonly [kind: Planted['kind'], write: (value: string, next: Chance) => string];

const ALL = `${UPPER}${UPPER.toLowerCase()}0123456789`;
const WORDS = [
  'harbor',
  'tulip',
  'copper',
  'walnut',
  'meadow',
  'lantern',
  'granite',
  'willow',
  'saddle',
  'orchard',
];
const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** A password as people choose it or a manager makes it. */
export function password(next: Chance): string {
  const [one, two] = [pick(next, WORDS), pick(next, WORDS)];
  switch (Math.floor(next() * 5)) {
    case 0:
      return `${capital(one)}${digits(next, 4)}${pick(next, ['!', '#', '$', '?'])}`;
    case 1:
      return `${capital(one)}-${capital(two)}-${digits(next, 2)}`;
    case 2:
      return `${capital(one)}${pick(next, ['@', '!', '_'])}${two}${digits(next, 2)}`;
    case 3:
      return `${chars(next, ALL, 9)}${digits(next, 2)}${pick(next, ['!', '%', '&', '*'])}x`;
    default:
      return `${one}.${two}${digits(next, 3)}`;
  }
}

/** A key of a provider that no rule knows. */
export const key = (next: Chance) =>
  next() < 0.5 ? `${chars(next, '0123456789abcdef', 30)}7a` : `${chars(next, ALL, 34)}4kQ2x9`;

const SECRET_FORMS: readonly (readonly [make: (next: Chance) => string, write: Form[1]])[] = [
  [
    password,
    (v, n) => `h2. Scanner in the mail room\nIP 10.4.0.${digits(n, 2)}\n*User:* admin\n*Password:* ${v}\n`,
  ],
  [
    password,
    (v) => `== Wi-Fi ==\n{| class="wikitable"\n! Network !! Password\n|-\n| Alder-Staff || ${v}\n|}`,
  ],
  [
    password,
    (v, n) =>
      `Hi ${person(n)},\n\nyour account is ready. Sign in as e.brandt with the temporary password\n\n    ${v}\n\nand change it today.\n\nThe office`,
  ],
  [
    password,
    (v) => `From: it@alder.test\nTo: board@alder.test\nSubject: Zoom\n\nuser: events@alder.test\npw: ${v}\n`,
  ],
  [
    password,
    (v, n) =>
      `#${digits(n, 5)} Cannot open the AMS\nReported by Ewa. I tried with ${v} as the password, and it still says no.\nPriority: low`,
  ],
  [
    password,
    (v) =>
      `[09:14] liam: what was the login for the label printer?\n[09:15] grace: admin and the password is ${v}\n[09:15] liam: thx`,
  ],
  [password, (v) => `09:02 AM  Keisha: creds for Canva?\n09:03 AM  Hiro: design@alder.test / ${v}\n`],
  [
    password,
    (v) =>
      `system,url,username,password,note\nCanva,https://canva.com,design@alder.test,${v},shared\nZoom,https://zoom.us,events@alder.test,${v}7,board\n`,
  ],
  [password, (v) => `System\tUser\tKennwort\nMailchimp\toffice\t${v}\nZoom\tevents\t${v}9\n`],
  [password, (v) => `SMTP_HOST=mail.alder.test\nSMTP_USER=office\nSMTP_PASS='${v}'\nSMTP_PORT=587\n`],
  [
    password,
    (v) =>
      `$cred = New-Object PSCredential("svc-backup", (ConvertTo-SecureString "${v}" -AsPlainText -Force))`,
  ],
  [password, (v) => `net use Z: \\\\files01\\members /user:ALDER\\svc-scan ${v}`],
  [password, (v) => `Connect-MsolService -Credential $c # office@alder.test, ${v} is the password`],
  [
    password,
    (v) =>
      `resource "azurerm_mssql_server" "members" {\n  administrator_login          = "sqladmin"\n  administrator_login_password = "${v}"\n}`,
  ],
  [password, (v) => `variable "db_password" {\n  type    = string\n  default = "${v}"\n}`],
  [password, (v) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ams\nstringData:\n  password: ${v}\n`],
  [
    password,
    (v) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ams\ndata:\n  password: ${Buffer.from(v).toString('base64')}\n`,
  ],
  [password, (v) => `env:\n  - name: DB_PASSWORD\n    value: "${v}"\n`],
  [
    password,
    (v) =>
      JSON.stringify({
        cells: [
          {
            cell_type: 'code',
            source: ['import psycopg2\n', `conn = psycopg2.connect(host="db", user="ro", password="${v}")\n`],
          },
        ],
      }),
  ],
  [
    password,
    (v) =>
      JSON.stringify(
        {
          userPrincipalName: 'e.brandt@alder.test',
          passwordProfile: { forceChangePasswordNextSignIn: true, password: v },
        },
        null,
        2,
      ),
  ],
  [password, (v) => `postgresql://ams:${v.replace(/[@/%#?]/gu, 'x')}@db.alder.test:5432/members`],
  [
    password,
    (v) =>
      `<connectionStrings><add name="ams" connectionString="Server=sql01;Database=members;User Id=ams;Password=${v.replace(/[;&<>]/gu, 'x')};" /></connectionStrings>`,
  ],
  [password, (v) => `mysqldump -u root -p'${v}' members > members.sql`],
  [password, (v) => `sshpass -p '${v}' scp export.csv office@10.4.0.7:/srv`],
  [password, (v) => `interface wlan0\n ssid Alder-Guest\n wpa-psk ascii ${v}\n`],
  [password, (v) => `Neue Zugangsdaten\nBenutzer: vorstand\nPasswort: ${v}\n`],
  [password, (v) => `Bonjour,\nle mot de passe du portail est ${v}\nMerci de le changer.`],
  [password, (v) => `Alarm company portal\nLogin ID  alder01\nPIN/Password  ${v}\nVerbal word  maple\n`],
  [password, (v) => `voicemail → ext 204. Password for the PDF of the audit is "${v}".`],
  [
    password,
    (v) =>
      `<tr><td>QuickBooks</td><td>treasurer</td><td><b>Password</b>: ${v.replace(/[&<>]/gu, 'x')}</td></tr>`,
  ],
  [password, (v) => `ALDER\\kfoster:${v}`],
  [password, (v) => `wifi: AlderStaff / pass: ${v}`],
  [key, (v) => `Our AMS vendor sent the API key yesterday: ${v}`],
  [key, (v) => `curl -H "Authorization: Bearer ${v}" https://api.ams.test/v1/members`],
  [key, (v) => `{"client_id":"alder-portal","client_secret":"${v}","grant_type":"client_credentials"}`],
  [key, (v) => `const client = new Ams({ apiKey: '${v}', region: 'us' });`],
  [key, (v) => `AMS_API_KEY=${v}\nAMS_REGION=us\n`],
  [key, (v) => `webhook:\n  url: https://hooks.alder.test/in\n  signing_secret: ${v}\n`],
  [key, (v) => `| Key name | Value |\n| --- | --- |\n| Production API key | ${v} |\n`],
  [key, (v) => `requests.get(URL, headers={"X-Api-Key": "${v}"}, timeout=30)`],
  [key, (v) => `AccountKey=${v};EndpointSuffix=core.windows.net`],
  [key, (v) => `Slack thread: new token for the event app -> ${v} (old one dies Friday)`],
  [key, (v) => `https://api.ams.test/v2/members?limit=5&access_token=${v}`],
  [key, (v) => `secrets:\n  staging: none\n  production: ${v}\n`],
  [key, (v) => `[integrations]\nstore_secret = ${v}\n`],
  [key, (v) => `Invoke-RestMethod -Uri $u -Headers @{ "api-key" = "${v}" }`],
];

const NUMBER_FORMS: readonly Form[] = [
  [
    'ssn',
    (v, n) => `W-9 of ${person(n)}\nTaxpayer identification number (TIN)\nSocial security number\n${v}\n`,
  ],
  ['ssn', (v, n) => `{"employee":{"name":"${person(n)}","ssn":"${v.replaceAll('-', '')}"}}`],
  ['ssn', (v, n) => `name;ssn;hired\n${person(n)};${v};2024-02-01\n${person(n)};${v};2025-02-01\n`],
  ['ssn', (v, n) => `Payroll rejected ${person(n)}: SSN is ${v.replaceAll('-', ' ')}, please fix.`],
  ['ssn', (v) => `WARN payroll-import row=17 ssn=${v} reason="name mismatch"`],
  ['ssn', (v, n) => `<Employee><Name>${person(n)}</Name><SSN>${v}</SSN></Employee>`],
  ['card', (v, n) => `name,card_number,exp\n${person(n)},${v},11/27\n${person(n)},${v},11/28\n`],
  ['card', (v, n) => `Caller (${person(n)}) read me ${spaced(v)} over the phone, exp 4/29`],
  ['card', (v) => `{"pan":"${v}","exp":"0928"}`],
  ['card', (v) => `Row 12: ${spaced(v)}\nRow 13: declined`],
  ['card', (v) => `CC# ${v}`],
  ['aba', (v) => `Wire instructions\nABA: ${v}\nBeneficiary: Alder`],
  ['aba', (v) => `{"routingNumber":"${v}","accountType":"checking"}`],
  ['aba', (v) => `Routing Number\n${v}\nAccount type\nsavings`],
];

const spaced = (value: string) => value.replace(/.{4}(?=.)/gu, '$& ');
const visa = (next: Chance) => withLastDigit(`4${digits(next, 14)}`);
const NUMBERS = { ssn, card: visa, aba: routing } as const;

/** Numbers that pass a check and are something else, and texts about passwords without one. */
const LOOK_ALIKES: readonly ((next: Chance) => string)[] = [
  (n) => `${digits(n, 13)} INFO worker[${digits(n, 5)}] id=${visa(n)} done`,
  (n) => `{"id":${digits(n, 18)},"ts":${digits(n, 13)},"parent_id":"${visa(n)}"}`,
  (n) => `row ${visa(n)}`,
  (n) => `request_id: ${visa(n)}`,
  (n) => `https://x.com/alder/status/${visa(n)}`,
  (n) => `IMEI ${withLastDigit(`35${digits(n, 12)}`)}`,
  (n) => `Ticket ${digits(n, 3)}-${digits(n, 2)}-${digits(n, 4)} closed`,
  (n) => `sku,ean,qty\n${digits(n, 9)},${digits(n, 13)},4\n`,
  (n) => `lat 40.${digits(n, 14)}, lon -73.${digits(n, 15)}`,
  (n) => `Zoom Meeting ID: ${digits(n, 3)} ${digits(n, 4)} ${digits(n, 4)}`,
  (n) => `uses: actions/checkout@${chars(n, '0123456789abcdef', 40)}`,
  (n) => `sha256:${chars(n, '0123456789abcdef', 64)}  members.zip`,
  (n) => `integrity="sha384-${chars(n, ALL, 64)}"`,
  (n) =>
    `correlation_id=${chars(n, '0123456789abcdef', 8)}-${chars(n, '0123456789abcdef', 4)}-4${chars(n, '0123456789abcdef', 3)}-a${chars(n, '0123456789abcdef', 3)}-${chars(n, '0123456789abcdef', 12)}`,
  () => 'password = var.db_password',
  () => `DB_PASSWORD=${'$'}{DB_PASSWORD:?set it}`,
  () => '$cred = Get-Credential -Message "Password of the service account"',
  () => 'The password must have 14 characters, 1 digit and 1 sign.',
  () => 'api_key: {{ vault.ams_api_key }}',
  () => 'client_secret: <see 1Password, vault "AMS 2026">',
  () => 'user: vagrant\npassword: vagrant',
  () => 'POSTGRES_USER=postgres\nPOSTGRES_PASSWORD=mysecretpassword',
  () => 'I forgot my password again, can you reset it before the 2 pm call?',
  () => 'keyboard shortcut: Ctrl+Shift+P, token count: 48213',
];

export const SECRET_FORM_COUNT = SECRET_FORMS.length;

/** A document with one secret, in a given form. */
export function secretForm(form: number, next: Chance): Document {
  const [make, write] = SECRET_FORMS[form % SECRET_FORMS.length] ?? [password, (value: string) => value];
  const made = make(next);
  const text = write(made, next);
  // Some forms cannot have every sign, or have it encoded.
  const encoded = Buffer.from(made).toString('base64');
  const value =
    [made, made.replace(/[@/%#?]/gu, 'x'), made.replace(/[;&<>]/gu, 'x'), encoded].find((one) =>
      text.includes(one),
    ) ?? made;
  return { text, planted: [{ kind: 'credential', value }] };
}

/** A document with one number. */
export function numberForm(form: number, next: Chance): Document {
  const [kind, write] =
    NUMBER_FORMS[form % NUMBER_FORMS.length] ?? (['ssn', (value: string) => value] as const);
  const made = NUMBERS[kind as keyof typeof NUMBERS](next);
  const text = write(made, next);
  const value =
    [made, made.replaceAll('-', ''), made.replaceAll('-', ' '), spaced(made)].find((one) =>
      text.includes(one),
    ) ?? made;
  return { text, planted: [{ kind, value }] };
}

export const lookAlike = (form: number, next: Chance): Document => ({
  text: LOOK_ALIKES[form % LOOK_ALIKES.length]?.(next) ?? '',
  planted: [],
});
