import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type CompiledRules, compileRules } from '../../src/domain/dlp/compile.ts';
import { alarming, scan } from '../../src/domain/dlp/scan.ts';
import { loadCatalogue } from '../../src/sources/catalogue/load.ts';
import type { Line } from '../console/console.ts';
import { chance, cleanDocument, type Document, type Planted, plantedDocument } from './documents.ts';
import { lookAlike, numberForm, SECRET_FORM_COUNT, secretForm } from './forms.ts';
import { compareOthers } from './others.ts';

/** The kind of planted value that a rule detects; every credential rule detects `credential`. */
const FOUND: Readonly<Record<string, Planted['kind']>> = {
  us_ssn: 'ssn',
  payment_card: 'card',
  iban: 'iban',
  aba_routing: 'aba',
  bank_account: 'account',
  birth_date: 'birth',
  us_phone: 'phone',
  email_address: 'mail',
};
/** By how much precision and recall may fall short of 1. */
const SHORT: Readonly<Record<Planted['kind'], number>> = {
  ssn: 0.02,
  card: 0.02,
  iban: 0.02,
  aba: 0.02,
  account: 0.05,
  credential: 0.05,
  birth: 0.05,
  phone: 0.05,
  mail: 0.05,
};
const DOCUMENTS = 4_000;
/** Number of documents that the other scanners process, too. */
const OTHERS = 2_000;

/**
 * `-- dlp`: speed on prose, slowest inputs, and accuracy on documents that were generated independently of the rules.
 */
export function benchDlp(line: Line, note: (text: string) => void): void {
  const all = loadCatalogue().dlp.flatMap((file) => file.rules);
  // Only guards need to be fast; the few additional rules run when a person checks a text.
  const guarded = compileRules(all.filter(({ lookOnly }) => !lookOnly));
  speed(guarded, line);
  large(guarded, line);
  slowest(guarded, line, note);
  const rules = compileRules(all);
  truth(rules, line, note);
  forms(guarded, line, note);
  samples(rules, note);
  others(guarded, note);
}

/** Runs other scanners on the same documents, if they are installed. */
function others(rules: CompiledRules, note: (text: string) => void): void {
  const next = chance(20_261_201);
  const documents = Array.from({ length: OTHERS }, (_, at) => {
    const { text, planted } = at % 2 === 0 ? plantedDocument(next) : cleanDocument(next);
    return { text, secret: planted.some(({ kind }) => kind === 'credential') };
  });
  const flagged = new Set<number>();
  const before = performance.now();
  for (const [at, { text }] of documents.entries())
    if (alarming(scan(text, rules), rules).some((id) => rules.rules.get(id)?.group === 'credential'))
      flagged.add(at);
  compareOthers(documents, { flagged, seconds: (performance.now() - before) / 1000 }, note);
}

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** CPU seconds of a scan, the minimum of several runs. */
function cost(text: string, rules: CompiledRules, tries: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries; n += 1) {
    const before = process.cpuUsage();
    scan(text, rules);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000_000);
  }
  return least;
}

function speed(rules: CompiledRules, line: Line): void {
  const page = readFileSync(root('LICENSE'), 'utf8') + readFileSync(root('CONTRIBUTING.md'), 'utf8');
  const text = Buffer.from(page.repeat(Math.ceil(10_000_000 / page.length))).toString();
  const seconds = cost(text, rules, 9);
  const speed = text.length / 1_000_000 / seconds;
  line(
    `prose scanned with ${rules.rules.size} rules, ${speed.toFixed(0)} MB a second`,
    100 * (1 / speed),
    's for 100 MB',
    1,
  );
}

/** A file of the size of large uploads without any rule's keyword: scanning time must grow linearly. */
function large(rules: CompiledRules, line: Line): void {
  const text = 'The committee met and approved the minutes.\n'.repeat(570_000);
  line('25 MB in which nothing is found', cost(text, rules, 2), 's', 1);
}

/**
 * Strings that are repeated to a megabyte. Each makes a different part of the engine backtrack or retry as often as
 * possible.
 */
const REPEATED = [
  '1',
  '4 ',
  '433856478 ',
  'ssn 433856478 ',
  'card 4111111111111111 ',
  '(415) 555-0132 ',
  'account 5399947105 ',
  'ES79 ABCD ',
  'a@',
  'aaaaaaaaaaaaaaaa@b.co ',
  '://',
  'a://b:c',
  'key=',
  'password=',
  'password=abc1def2 ',
  'passw',
  'jdbc:',
  'login a1b2c3d4 password a1!b2c3d4 ',
  'PuTTY-User-Key-File-2: ',
  'clockify a1b2c3d4e5f6g7h8 ',
  'JQQJ99',
  'token: a1b2c3d4e5f6a7b8 ',
  'token ',
  '| password | ',
  'connect("a", ',
  'a1b2c3" == ',
  '-u a1 -p b2 ',
  'kind: secret\n',
  'https://mainnet.infura.io/v3',
  'HTTPBasicAuth',
  '.equals(',
  '-apikey',
  '-u ',
  'discord.com/api/webhooks/=',
  'secret: ',
  'secret: "',
  'pipedrive-client-v1',
  'wildapricot 9fk2mq8xt4vb7nl1cr6wz3pj ',
  'cGFzc3dvcmQ9',
  'password,b\n1,2\n',
  'eyJ',
  '-----BEGIN PRIVATE KEY-----',
  'ghp_',
  'azure ',
  'pin: 4821 ',
  'pin of ',
  'gate code ',
  'backup codes 4821-9912, ',
  'password to a1b2c3d4 ',
  'password (',
  'password\na1b2c3d4\n',
  'credentials\na@b.co\n',
  'x: a@b.co / ',
  'secret: a1b',
  'key_live_',
  'Y0dGemMzZHZjbVE5',
  'cookie: a=b; ',
  'a@b.com:',
  'password = "a1',
  'user: "a", password: "b',
  'user=a&password=',
  'totp: abc2 abc2 ',
  'seed phrase: abc abc abc ',
  'jwt.sign({',
  ' -p',
  'birth ',
  'born on 4 ',
  'Denver, CO 80202 ',
  'Ann Lee, 1 Main St, Denver, CO 80202\n',
  'ssn,name\n1,2\n3,4\n\n',
  'name\tssn\n',
  '１２３４５６７８９ ',
  '\n',
  ',',
  '"',
];

function slowest(rules: CompiledRules, line: Line, note: (text: string) => void): void {
  let worst = { piece: '', seconds: 0 };
  for (const piece of REPEATED) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length)).slice(0, 1_000_000);
    const seconds = cost(text, rules, 3);
    if (seconds > worst.seconds) worst = { piece, seconds };
  }
  line('the slowest megabyte', worst.seconds, 's', 1);
  note(`(${JSON.stringify(worst.piece)} again and again, of ${REPEATED.length} such inputs)`);
}

interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

function truth(rules: CompiledRules, line: Line, note: (text: string) => void): void {
  const next = chance(20_261_129);
  const tallies = new Map<Planted['kind'], Tally>();
  const tally = (kind: Planted['kind']) => {
    const one = tallies.get(kind) ?? { right: 0, wrong: 0, missed: 0 };
    tallies.set(kind, one);
    return one;
  };
  for (let n = 0; n < DOCUMENTS; n += 1) compare(plantedDocument(next), rules, tally);
  let flagged = 0;
  for (let n = 0; n < DOCUMENTS; n += 1)
    if (alarming(scan(cleanDocument(next).text, rules), rules).length > 0) flagged += 1;
  for (const [kind, { right, wrong, missed }] of tallies) {
    line(`${kind}: of what was found, wrong`, wrong / (right + wrong), 'share', SHORT[kind]);
    line(`${kind}: of what is there, missed`, missed / (right + missed), 'share', SHORT[kind]);
  }
  line('clean documents flagged', flagged / DOCUMENTS, 'share', 0.02);
  note(`(${DOCUMENTS} documents with and ${DOCUMENTS} without personal data)`);
}

function compare(document: Document, rules: CompiledRules, tally: (kind: Planted['kind']) => Tally): void {
  const open = document.planted.map(({ kind, value }) => {
    const start = document.text.indexOf(value);
    return { kind, start, end: start + value.length, found: false };
  });
  for (const { rule, group, start, end } of scan(document.text, rules).findings) {
    const kind = group === 'credential' ? 'credential' : FOUND[rule];
    if (kind === undefined) continue;
    const planted = open.find((one) => one.kind === kind && one.start < end && start < one.end);
    if (planted === undefined) {
      // An address in a clean sentence is a correct match, although not a member's.
      if (kind !== 'mail' && kind !== 'phone') tally(kind).wrong += 1;
    } else planted.found = true;
  }
  for (const { kind, found } of open) tally(kind)[found ? 'right' : 'missed'] += 1;
}

const FORM_DOCUMENTS = 4_600;

/** Documents in the forms in which staff share them, from a seed, with the wrong and missed ones as shares. */
function forms(rules: CompiledRules, line: Line, note: (text: string) => void): void {
  const next = chance(20_261_203);
  const missedForms = new Map<number, number>();
  const share = (make: (form: number) => Document, missed: (form: number) => void) => {
    let misses = 0;
    for (let form = 0; form < FORM_DOCUMENTS; form += 1) {
      const { text, planted } = make(form);
      const { findings } = scan(text, rules);
      const isMissed = planted.some(({ value }) => {
        const start = text.indexOf(value);
        return !findings.some((one) => one.start < start + value.length && start < one.end);
      });
      if (isMissed || (planted.length === 0 && findings.length > 0)) {
        misses += 1;
        missed(form);
      }
    }
    return misses / FORM_DOCUMENTS;
  };
  const secrets = share(
    (form) => secretForm(form, next),
    (form) => {
      const kind = form % SECRET_FORM_COUNT;
      missedForms.set(kind, (missedForms.get(kind) ?? 0) + 1);
    },
  );
  line(`passwords and keys in ${SECRET_FORM_COUNT} forms: missed`, secrets, 'share', 0.05);
  const numbers = share(
    (form) => numberForm(form, next),
    () => undefined,
  );
  line('numbers in forms of staff: missed', numbers, 'share', 0.02);
  const wrong = share(
    (form) => lookAlike(form, next),
    () => undefined,
  );
  line('look-alikes taken for one', wrong, 'share', 0.02);
  const list = [...missedForms].map(([form, count]) => `${form}: ${count}`);
  note(`(${FORM_DOCUMENTS} of each; missed by form: ${list.length === 0 ? 'none' : list.join(', ')})`);
}

/** Labeled documents from elsewhere, if the file is beside the repository. */
function samples(rules: CompiledRules, note: (text: string) => void): void {
  const file = root('../shared/facts/dlp-secret-vectors-sample.json');
  if (!existsSync(file)) return;
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as { label: string; text_b64: string }[];
  const count = { right: 0, wrong: 0, missed: 0 };
  for (const { label, text_b64 } of vectors) {
    const { findings } = scan(Buffer.from(text_b64, 'base64').toString(), rules);
    const found = findings.some(({ group }) => group === 'credential');
    if (label === 'secret') count[found ? 'right' : 'missed'] += 1;
    else if (found) count.wrong += 1;
  }
  note(
    `(${vectors.length} samples of gitleaks' own tests: ${count.right} secrets found, ${count.missed} missed, ${count.wrong} of the others taken for one)`,
  );
}
