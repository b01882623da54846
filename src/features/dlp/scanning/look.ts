import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type CompiledRules, compileRules, type DlpTuning, NO_TUNING } from '#domain/dlp/compile.ts';
import { Hits } from '#domain/dlp/hits.ts';
import { type DlpRule, sampleText } from '#domain/dlp/rules.ts';
import { alarming, scan } from '#domain/dlp/scan.ts';
import { acrossSeams } from '#domain/dlp/seams.ts';
import { readHookCall } from '#sources/inference-hook/call.ts';
import type { RequestTexts, WebRequest } from '#sources/web-request/gather.ts';
import { fingerprintOf } from './fingerprint-of.ts';
import type { Scan, Scanned } from './messages.ts';

/** Extracts the texts of a request. */
type TextsOf = (request: WebRequest, stop: () => boolean) => Promise<RequestTexts>;

const MAX_READY = 50;

/** Scans content by the rules of data loss prevention, as tuned by each client. */
export class Looker {
  readonly #rules: readonly DlpRule[];
  /** Cache of compiled rules, by their clients' changes. */
  readonly #ready = new Map<string, CompiledRules>();

  readonly #textsOf: TextsOf;

  /** @param textsOf extracts the texts of a request: including files, or if there are none */
  constructor(rules: readonly DlpRule[], textsOf: TextsOf) {
    this.#textsOf = textsOf;
    // Guards only report what they would block.
    this.#rules = rules.filter(({ lookOnly }) => !lookOnly);
  }

  /**
   * Warms up rules and regular expressions, which V8 compiles on first use, so that the first content does not wait
   * for them.
   */
  async warm(): Promise<void> {
    const rules = this.#compiled(NO_TUNING);
    for (const { samples } of this.#rules) {
      for (const one of samples.hits) scan(sampleText(one), rules);
      // A hook call that arrives meanwhile has 200 milliseconds, which warming up all of them at once would exceed.
      await setImmediate();
    }
  }

  /** Findings in a content, as far as the time allows. */
  async look(task: Scan): Promise<Scanned> {
    const { tuning, until } = task;
    const stop = () => Date.now() > until;
    const { call, texts, rows, unread: partsUnread, isRead } = await this.#read(task, stop);
    const mine = this.#compiled(tuning);
    const hits = new Hits();
    const secrets = new Map<string, Set<string>>();
    let finished = isRead;
    let unread = partsUnread;
    let characters = 0;
    for (const text of texts) {
      characters += text.length;
      if (stop()) {
        finished = false;
        continue;
      }
      const result = scan(text, mine, { stop });
      const { files, pictures } = result.embedded;
      unread += files + pictures;
      if (result.scanned < text.length || files > 0) finished = false;
      for (const { rule, group, start, end, value } of result.findings)
        if (group === 'credential') note(secrets, rule, value ?? text.slice(start, end));
      hits.add(text, result.findings, mine);
    }
    for (const row of rows)
      if (stop()) finished = false;
      else hits.addNew(acrossSeams(row, mine));
    const { counts } = hits;
    const alarmed = alarming({ counts }, mine);
    const key = task.fingerprintKey;
    const fingerprints = alarmed.flatMap((rule) => {
      const found = key === null ? undefined : secrets.get(rule);
      return found === undefined || key === null
        ? []
        : [[rule, [...found].map((sha256) => fingerprintOf(key, sha256))]];
    });
    return {
      is: 'scanned',
      call,
      characters,
      unread,
      finished,
      alarming: Object.fromEntries(alarmed.map((rule) => [rule, counts.get(rule) ?? 0])),
      fingerprints: Object.fromEntries(fingerprints),
      text: finished && alarmed.length === 0 && characters <= (task.textUpTo ?? -1) ? texts.join('\n') : null,
    };
  }

  async #read(task: Scan, stop: () => boolean) {
    if (task.what === 'request') return { call: null, ...(await this.#textsOf(task, stop)) };
    if (task.what === 'text') return { call: null, texts: [task.text], rows: [], unread: 0, isRead: true };
    const { call, texts } = readHookCall(task.bytes);
    return { call, texts, rows: [texts], unread: call.unread, isRead: true };
  }

  #compiled(tuning: DlpTuning): CompiledRules {
    // Each member list index has its own key.
    const key = JSON.stringify({ ...tuning, exact: tuning.exact?.key });
    const known = this.#ready.get(key);
    if (known !== undefined) return known;
    if (this.#ready.size >= MAX_READY) this.#ready.clear();
    const made = compileRules(this.#rules, tuning);
    this.#ready.set(key, made);
    return made;
  }
}

/** Maximum distinct secrets recorded per rule and content. */
const MAX_SECRETS = 10;

/** Records a secret by its SHA-256, as a browser would send it. */
function note(secrets: Map<string, Set<string>>, rule: string, secret: string): void {
  const known = secrets.get(rule) ?? new Set<string>();
  secrets.set(rule, known);
  if (known.size < MAX_SECRETS) known.add(createHash('sha256').update(secret).digest('hex'));
}
